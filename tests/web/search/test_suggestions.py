"""What the field suggests while a company is typed: public data only, from three letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.test import Client
from pytest_django import Settings

from harness.tiny_home import ATELIERS, BRETONNE, CEVENOL, ELEONORE, MASKED, TinyHome
from signaux_faibles.web.journal.models import Entry, SuggestionCount
from signaux_faibles.web.journal.usage import Asker, use_by_purpose
from signaux_faibles.web.request import today
from signaux_faibles.web.search import views as search
from signaux_faibles.web.search.pace import A_SECOND, BURST, LONGEST_WAIT, WRITTEN_AFTER, SuggestionPace

Session = Callable[[str], Client]


def suggested(client: Client, text: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = client.get("/recherche/suggestions", {"q": text}).json()["suggestions"]
    return found


@pytest.fixture
def crp(signed_in: Session) -> Client:
    return signed_in("CRP de la zone")


SUGGESTED = {
    "two letters": ("at", []),
    "three letters": ("ate", [ATELIERS.name]),
    "a letter wrong": ("atelirs", [ATELIERS.name]),
    "a sign": ("pain", [ELEONORE.name]),
    "a place, then its companies": ("rennes", ["Rennes (35)", BRETONNE.name]),
    "a registration": (f"RCS Limoges {ATELIERS.siren}", [ATELIERS.name]),
    "too many words": ("ab cd ef gh ij kl mn op qr st uv wx yz", []),
    "nothing": ("   ", []),
}


@pytest.mark.parametrize(("text", "texts"), SUGGESTED.values(), ids=SUGGESTED.keys())
def test_a_text_is_suggested(crp: Client, text: str, texts: list[str]) -> None:
    assert [one["text"] for one in suggested(crp, text)] == texts


def test_a_suggestion_says_where_and_leads_to_its_page(crp: Client) -> None:
    (one,) = suggested(crp, "cevenol limoges")
    assert one["url"] == f"/entreprises/{CEVENOL.siren}"
    assert one["detail"] == "822 222 222 · Nîmes (30) · Établissement à Limoges (87)"


def test_no_suggestion_of_what_is_not_disseminated(crp: Client) -> None:
    assert suggested(crp, "limoges")[0]["text"] == "Limoges (87)"
    assert all(MASKED.siren not in one["url"] for one in suggested(crp, "limoges"))


def test_a_name_that_would_mislead_is_shown_as_it_is_written(crp: Client, settings: Settings, tmp_path: Path) -> None:
    home = TinyHome(tmp_path)
    home.publish("2610-a", renamed={ATELIERS.siren: "ATELIERS \u202eXUAF"})
    settings.SF_HOME = home.home
    assert [one["text"] for one in suggested(crp, "ateliers")] == ["ATELIERS <U+202E>XUAF"]


def test_suggestions_are_closed_to_who_reads_no_company(signed_in: Session, client: Client) -> None:
    assert signed_in("administrateur du produit").get("/recherche/suggestions?q=ate").status_code == 403
    assert client.get("/recherche/suggestions?q=ate").status_code == 302


@dataclass
class Clock:
    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_nobody_is_suggested_faster_than_they_type() -> None:
    clock = Clock()
    pace = SuggestionPace(clock)
    assert [pace.admits(1) for _ in range(BURST + 1)] == [True] * BURST + [False]
    assert pace.admits(2), "each account has its own pace"
    clock.now += 1 / A_SECOND
    assert [pace.admits(1), pace.admits(1)] == [True, False]
    clock.now += 3_600
    assert [pace.admits(1) for _ in range(BURST + 1)] == [True] * BURST + [False]


def test_who_asks_too_fast_gets_nothing_and_is_not_counted(crp: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "PACE", SuggestionPace(Clock()))
    answers = [crp.get("/recherche/suggestions?q=ate") for _ in range(BURST + 1)]
    assert [one.status_code for one in answers] == [200] * BURST + [429]
    assert answers[-1].json() == {"suggestions": []}
    assert search.PACE.counts.total() + sum(one.times for one in SuggestionCount.objects.all()) == BURST


def test_suggestions_are_counted_by_administration_and_purpose_and_never_journalled(crp: Client) -> None:
    entries = Entry.objects.count()
    suggested(crp, "ateliers")
    row = SuggestionCount.objects.get()
    assert (row.segment, row.administration, row.times) == (f"{today():%Y-%m}", "DREETS", 1)
    assert Entry.objects.count() == entries
    used = use_by_purpose()[Asker(row.segment, row.administration, row.purpose)]
    assert used.suggestions == 1


@pytest.mark.django_db
def test_sums_are_written_now_and_then_and_lost_by_no_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, asker = Clock(), Asker("2026-11", "DREETS", "DETECTION")
    pace = SuggestionPace(clock, written=clock.now)
    for _ in range(WRITTEN_AFTER - 1):
        pace.count(asker)
    assert not SuggestionCount.objects.exists()

    def refuse(_: object) -> None:
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr("signaux_faibles.web.search.pace.add_suggestions", refuse)
        pace.count(asker)
    clock.now += LONGEST_WAIT
    pace.count(asker)
    assert SuggestionCount.objects.get().times == WRITTEN_AFTER + 1


def test_places_are_suggested_in_titled_groups_with_the_filter_that_they_set(crp: Client) -> None:
    found = crp.get("/recherche/lieux", {"q": "vienne"}).json()["suggestions"]
    titled = [(one["group"], one["filter"], one["value"]) for one in found if one["group"]]
    assert titled == [("Communes", "commune", "Vienne (38)"), ("Départements", "departement", "86")]
    (code,) = crp.get("/recherche/lieux", {"q": "87000"}).json()["suggestions"]
    assert (code["group"], code["value"]) == ("Codes postaux", "87000")
    assert crp.get("/recherche/lieux", {"q": "v"}).json() == {"suggestions": []}


def test_places_come_no_faster_than_somebody_types(crp: Client) -> None:
    answers = [crp.get("/recherche/lieux", {"q": "vienne"}).status_code for _ in range(BURST + 8)]
    assert (answers[0], answers[-1]) == (200, 429)
