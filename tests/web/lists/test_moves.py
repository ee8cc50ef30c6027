"""What changed between two lists, why, and the card of a list."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from harness.tiny_home import ATELIERS, BRETONNE, CEVENOL, ELEONORE, HEALTHY, IN_PROCEDURE, MASKED, TinyHome
from signaux_faibles.detection.levels import Level
from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.served.lists import Alert, PublishedList
from signaux_faibles.snapshot.served.procedures import ProcedureStanding
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.alert_work.models import WorkEvent
from signaux_faibles.web.journal.models import Entry
from signaux_faibles.web.lists.card import card_of
from signaux_faibles.web.lists.changes.moves import AlertChange, DeducedCause, cause, cause_of_cards, grouped, moves

SignedIn = Callable[[str], Client]
CRP = "CRP de la zone"
MONTH = date(2026, 10, 1)
CARD = {"model": "2609-a", "thresholds": {"elevee": 0.3, "moderee": 0.1}}
APRIL = PublishedList(1, "Avril 2026", date(2026, 4, 1), True, Path(), {}, CARD)
OCTOBER = PublishedList(2, "Octobre 2026", MONTH, True, Path(), {}, CARD)
HIGH, MODERATE = Level.HIGH, Level.MODERATE
ALERT = Alert(
    "811111111",
    1,
    "ATELIERS",
    "87",
    None,
    None,
    None,
    None,
    None,
    None,
    None,
    None,
    True,
    frozenset({"87"}),
    HIGH,
    None,
)
JUDGED = ProcedureStanding("en_cours", "Redressement judiciaire", None, 0, None)

CHANGES: dict[str, tuple[dict[int, Level | None], AlertChange, DeducedCause, str, str]] = {
    "scored without alert, then in alert": (
        {1: None, 2: MODERATE},
        AlertChange.ENTERED,
        DeducedCause.DATA,
        "Pas d’alerte",
        "Alerte modérée",
    ),
    "not assessed before": (
        {2: HIGH},
        AlertChange.ENTERED,
        DeducedCause.NEWLY_ASSESSED,
        "Non évaluée",
        "Alerte élevée",
    ),
    "from moderate to high": (
        {1: MODERATE, 2: HIGH},
        AlertChange.WORSENED,
        DeducedCause.DATA,
        "Alerte modérée",
        "Alerte élevée",
    ),
    "from high to moderate": (
        {1: HIGH, 2: MODERATE},
        AlertChange.EASED,
        DeducedCause.DATA,
        "Alerte élevée",
        "Alerte modérée",
    ),
    "no longer in alert": (
        {1: HIGH, 2: None},
        AlertChange.LEFT,
        DeducedCause.DATA,
        "Alerte élevée",
        "Pas d’alerte",
    ),
    "no longer assessed": (
        {1: HIGH},
        AlertChange.LEFT,
        DeducedCause.NO_LONGER_ASSESSED,
        "Alerte élevée",
        "Non évaluée",
    ),
}


@pytest.mark.parametrize(("levels", "change", "why", "was", "now"), CHANGES.values(), ids=CHANGES)
def test_a_move_has_its_kind_its_cause_and_its_levels(
    levels: dict[int, Level | None], change: AlertChange, why: DeducedCause, was: str, now: str
) -> None:
    before = {ALERT.siren: ALERT} if levels.get(1) else {}
    after = {ALERT.siren: ALERT} if levels.get(2) else {}
    (move,) = moves(before, after, {ALERT.siren: levels}, APRIL, OCTOBER)
    assert (move.change, move.cause, move.before_words, move.after_words) == (change, why, was, now)


@pytest.mark.parametrize("level", [HIGH, MODERATE])
def test_the_same_level_is_no_move(level: Level) -> None:
    here = {ALERT.siren: ALERT}
    assert moves(here, here, {ALERT.siren: {1: level, 2: level}}, APRIL, OCTOBER) == []


def test_a_company_whose_head_office_left_the_zone_is_not_said_to_leave_the_list() -> None:
    assert moves({ALERT.siren: ALERT}, {}, {ALERT.siren: {1: HIGH, 2: HIGH}}, APRIL, OCTOBER) == []


@pytest.mark.parametrize(
    ("alert", "why"),
    [
        (replace(ALERT, standing=JUDGED), DeducedCause.PROCEDURE),
        (replace(ALERT, active=False), DeducedCause.CLOSED),
        (replace(ALERT, standing=JUDGED, active=False), DeducedCause.PROCEDURE),
    ],
)
def test_what_is_no_longer_assessed_says_why(alert: Alert, why: DeducedCause) -> None:
    assert cause(alert, {1: HIGH}, APRIL, OCTOBER) is why


CARDS = {
    "the same model and thresholds": (CARD, CARD, DeducedCause.DATA),
    "other thresholds": (CARD, CARD | {"thresholds": {"elevee": 0.2}}, DeducedCause.THRESHOLDS),
    "another model": (CARD, CARD | {"model": "2610-b"}, DeducedCause.MODEL),
    "an early card that names no model": ({}, CARD, DeducedCause.MODEL),
    "two early cards": ({}, {}, DeducedCause.MODEL),
}


@pytest.mark.parametrize(("previous", "chosen", "why"), CARDS.values(), ids=CARDS)
def test_the_cards_say_what_else_changed(
    previous: dict[str, object], chosen: dict[str, object], why: DeducedCause
) -> None:
    assert cause_of_cards(previous, chosen) is why


def test_moves_are_grouped_and_empty_groups_left_out() -> None:
    found = moves({}, {ALERT.siren: ALERT}, {ALERT.siren: {2: HIGH}}, APRIL, OCTOBER)
    assert [(change, len(some)) for change, some in grouped(found)] == [(AlertChange.ENTERED, 1)]


@pytest.fixture
def two_lists(settings: Settings, tmp_path: Path) -> None:
    """In April: Ateliers moderate, Cévenol high, Éléonore without alert, Masked not assessed, Healthy in alert."""
    home = TinyHome(tmp_path)
    home.publish("2610-a")
    october = home.companies
    april = {
        ATELIERS.siren: replace(ATELIERS, level="moderee"),
        ELEONORE.siren: replace(ELEONORE, level=None),
        MASKED.siren: replace(MASKED, rank=0),
        HEALTHY.siren: replace(HEALTHY, level="elevee"),
        IN_PROCEDURE.siren: replace(IN_PROCEDURE, level="elevee", rank=9),
        BRETONNE.siren: replace(BRETONNE, level=None),
    }
    home.companies = [april.get(one.siren, one) for one in october]
    home.write_list(1, "Avril 2026", date(2026, 4, 1))
    home.companies = october
    home.write_list(2, "Octobre 2026", MONTH)
    settings.SF_HOME = Home(tmp_path)


def said(client: Client, number: int = 2) -> dict[str, list[str]]:
    """By title, the companies of the page."""
    page = client.get(f"/listes/{number}/changements").content.decode()
    return {
        title: re.findall(r'href="/entreprises/(\d+)"', part)
        for title, part in re.findall(r'<h2 class="fr-h5">(.*?)</h2>(.*?)(?=<h2|</main>)', page, re.DOTALL)
    }


@pytest.mark.django_db
def test_the_page_says_what_changed_in_the_zone(signed_in: SignedIn, two_lists: None) -> None:
    crp = signed_in(CRP)
    assert said(crp) == {
        "Nouvelles alertes (2)": [ELEONORE.siren, MASKED.siren],
        "Aggravations (1)": [ATELIERS.siren],
        "Sorties d’alerte (2)": [HEALTHY.siren, IN_PROCEDURE.siren],
    }
    page = crp.get("/listes/2/changements").content.decode()
    assert [one.value in page for one in (DeducedCause.NEWLY_ASSESSED, DeducedCause.PROCEDURE, DeducedCause.MODEL)] == [
        True,
        True,
        True,
    ]
    assert CEVENOL.siren not in page
    rows = {siren: row for row in page.split("<tr>") for siren in re.findall(r'href="/entreprises/(\d+)"', row)}
    assert ["Non évaluée" in rows[one.siren] for one in (MASKED, IN_PROCEDURE, ELEONORE)] == [True, True, False]
    entry = Entry.objects.filter(kind="READING").last()
    assert entry is not None
    assert (entry.subject, entry.families, ELEONORE.siren in entry.detail) == ("liste 2", "detection urssaf", True)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "debts"), [(CRP, True), ("détection sans Urssaf", False)])
def test_a_change_says_what_is_owed_and_what_was_done(
    signed_in: SignedIn, two_lists: None, kind: str, debts: bool
) -> None:
    client = signed_in(kind)
    account = Account.objects.get(pk=client.session["_auth_user_id"])
    WorkEvent(
        siren=HEALTHY.siren, version=1, act="ASIDE_UNLESS_WORSE", reason="GROUP", by=account,
        list_number=1, snapshot="x", rank=9, level="elevee", in_procedure=False,
    ).save()  # fmt: skip
    rows = re.findall(r"<tr>(.*?)</tr>", client.get("/listes/2/changements").content.decode(), re.DOTALL)
    by_siren = {siren: row for row in rows for siren in re.findall(r'href="/entreprises/(\d+)"', row)}
    assert ("52\u00a0k€, part salariale" in by_siren[ATELIERS.siren]) is debts
    assert ("Confidentiel" in by_siren[ATELIERS.siren]) is not debts
    assert "Écartée jusqu’à aggravation : Soutien du groupe" in by_siren[HEALTHY.siren]
    entry = Entry.objects.filter(kind="READING", subject="liste 2").last()
    assert entry is not None
    assert ("urssaf" in entry.families) is debts


@pytest.mark.django_db
def test_no_alert_in_the_list_before_is_not_confused_with_no_assessment(signed_in: SignedIn, two_lists: None) -> None:
    crp = signed_in(CRP)

    def previous(number: int) -> dict[str, str]:
        page = crp.get(f"/listes/{number}?columns=previous").content.decode()
        row = r'<tr id="e-(\d+)">.*?data-label="Niveau précédent"><div[^>]*>(.*?)</div>'
        return {siren: re.sub(r"<[^>]+>", "", cell).strip() for siren, cell in re.findall(row, page, re.DOTALL)}

    assert previous(2) == {
        ATELIERS.siren: "Alerte modérée",
        CEVENOL.siren: "Alerte élevée",
        ELEONORE.siren: "Pas d’alerte",
        MASKED.siren: "Non évaluée",
    }
    assert set(previous(1).values()) == {"Pas de liste précédente"}


@pytest.mark.django_db
def test_a_list_of_the_past_says_what_is_of_today(signed_in: SignedIn, two_lists: None) -> None:
    crp, sentence = signed_in(CRP), "sont ceux d’aujourd’hui, arrêtés au 31 octobre 2026"
    assert [sentence in crp.get(f"/listes/{number}").content.decode() for number in (1, 2)] == [True, False]


@pytest.mark.django_db
def test_the_first_list_is_compared_with_nothing(signed_in: SignedIn, two_lists: None) -> None:
    crp = signed_in(CRP)
    assert said(crp, 1) == {}
    assert "Aucune liste publiée avant celle-ci." in crp.get("/listes/1/changements").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["Urssaf sans détection", "habilitations échues", "administrateur du produit"])
@pytest.mark.parametrize("page", ["changements", "fiche"])
def test_whoever_reads_no_alert_reads_neither(signed_in: SignedIn, two_lists: None, kind: str, page: str) -> None:
    assert signed_in(kind).get(f"/listes/2/{page}").status_code == 403


@pytest.mark.django_db
def test_an_agent_of_another_zone_sees_no_change(signed_in: SignedIn, two_lists: None) -> None:
    assert said(signed_in("CRP d'une autre zone")) == {}


WHOLE = CARD | {
    "label": "Octobre 2026",
    "month": "2026-10-01",
    "snapshot": "2610-a",
    "as_of": "2026-10-31",
    "counts": {"scored": 1_240, "elevee": 47, "moderee": 111, "first_alerts": None},
    "class_observed": {
        "elevee": {"companies": 312, "frequency": 0.31},
        "moderee": {"companies": 68, "frequency": 0.09},
        "aucune": {"companies": 9_000, "frequency": None},
    },
    "training": {"first": "2016-01-01", "last": "2023-12-01"},
    "limits": ["Le siège est celui d'aujourd'hui."],
}


def test_a_card_is_said_in_plain_french() -> None:
    said = {title: " ".join(sentences) for title, sentences in card_of(WHOLE).paragraphs}
    assert said["Ce qu’elle a lu"].startswith("L’instantané 2610-a : ce qui était livré au 31 octobre 2026")
    contents = said["Ce qu’elle contient"].replace("\u202f", " ")
    assert contents.startswith("1 240 entreprises évaluées : 47 en alerte élevée, 111 en alerte modérée.")
    assert "On ne sait pas lesquelles sont des premières alertes" in contents
    levels = said["Ce que valent ses niveaux"]
    assert "sur 312 entreprises classées ainsi au dernier contrôle, 97 (31 sur 100) en procédure" in levels
    assert "sur 68 entreprises classées ainsi au dernier contrôle, 6 en procédure" in levels
    assert "Pas d'alerte" not in levels, "nothing is known of it"
    assert "janvier 2016 à décembre 2023" in said["D’où vient le modèle"]
    assert card_of(WHOLE).limits == ("Le siège est celui d'aujourd'hui.",)


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ({"moved": 1.04, "certain": True, "bound": 0.15}, "a changé de moins de 15"),
        ({"moved": 0.8, "certain": False}, "Ordre valable, niveau incertain"),
        ({"moved": 0.7, "certain": False}, "a baissé de 30\u00a0%."),
        ({"moved": 1.35, "certain": False}, "a augmenté de 35\u00a0%."),
        ({"moved": None, "certain": False}, "On ne sait pas si les défaillances ont changé de rythme"),
    ],
)
def test_a_card_says_whether_its_levels_still_hold(level: dict[str, object], words: str) -> None:
    said = {title: " ".join(sentences) for title, sentences in card_of({**WHOLE, "level": level}).paragraphs}
    assert words in said["Ce que valent ses niveaux"]


def test_an_early_card_says_less() -> None:
    card = card_of({"month": "2026-10-01", "snapshot": "2610-a"})
    assert [title for title, _ in card.paragraphs] == ["Ce que la liste cherche", "Ce qu’elle a lu"]


@pytest.mark.django_db
def test_the_card_has_its_page(signed_in: SignedIn, two_lists: None) -> None:
    page = signed_in(CRP).get("/listes/2/fiche").content.decode()
    assert "Ce que la liste cherche" in page
    assert "Données fictives" in page


@pytest.mark.django_db
def test_a_cause_is_explained_once_and_named_beside_each_company(signed_in: SignedIn, two_lists: None) -> None:
    page = signed_in(CRP).get("/listes/2/changements").content.decode()
    assert page.count(DeducedCause.MODEL.value) == 1
    cells = re.findall(r'data-label="Explication"><div class="sf-value">(.*?)</div>', page)
    assert cells.count("Le modèle ou ses données") > 1
    assert DeducedCause.PROCEDURE.value in cells, "what explains one company stays beside it"
