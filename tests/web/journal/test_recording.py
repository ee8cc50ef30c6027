"""What each page records, for whom, and what it answers when it cannot."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from harness.tiny_home import ATELIERS, BRETONNE, CEVENOL, ELEONORE, MASKED
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.accounts.opening import set_active
from signaux_faibles.web.journal.models import Entry, Exposure

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
CRP, URSSAF, DETECTION, OUTSIDE = (
    "CRP de la zone",
    "Urssaf sans détection",
    "détection sans Urssaf",
    "CRP d'une autre zone",
)
EXPIRED, PRODUCT = "habilitations échues", "administrateur du produit"
SHEET, PLACE = f"/entreprises/{ATELIERS.siren}", f"/etablissements/{ATELIERS.siren}00010"
LIST, EXPORT = "/listes/2", "/listes/2/export.xlsx"


def recorded() -> list[tuple[str, str, str, str]]:
    """What was recorded of readings: nature, account, subject, families."""
    rows = Entry.objects.exclude(kind="RIGHTS").order_by("sequence")
    return [(row.kind, row.account, row.subject, row.families) for row in rows]


def get(client: Client, address: str) -> int:
    """Read an answer to its end, and give its status."""
    answer = client.get(address)
    if answer.streaming:
        answer.getvalue()  # type: ignore[attr-defined]
    return answer.status_code


CASES = {
    "the page of a company": (CRP, SHEET, [("READING", ATELIERS.siren, "detection dgefp urssaf")]),
    "that of an establishment": (CRP, PLACE, [("READING", f"{ATELIERS.siren}00010", "detection dgefp urssaf")]),
    "only what is open": (URSSAF, SHEET, [("READING", ATELIERS.siren, "urssaf")]),
    "the PDF of a company": (CRP, f"{SHEET}/fiche.pdf", [("EXPORT", ATELIERS.siren, "detection dgefp urssaf")]),
    "a list": (CRP, LIST, [("READING", "liste 2", "detection urssaf")]),
    "a list without its debts": (DETECTION, LIST, [("READING", "liste 2", "detection")]),
    "a workbook": (CRP, EXPORT, [("EXPORT", "liste 2", "detection urssaf")]),
    "a list that shows nothing": (CRP, "/listes/2?text=rien", []),
    "a company out of zone": (CRP, f"/entreprises/{BRETONNE.siren}", []),
    "a company read without any habilitation": (EXPIRED, SHEET, []),
    "a refused list": (URSSAF, LIST, []),
    "a refused workbook": (URSSAF, EXPORT, []),
    "a refused page": (PRODUCT, SHEET, []),
    "an unknown company": (CRP, "/entreprises/000000000", []),
    "levels among search results": (CRP, "/recherche?q=limoges", [("READING", "recherche", "detection")]),
    "search results without levels": (URSSAF, "/recherche?q=limoges", []),
    "the first page": (CRP, "/", [("READING", "accueil", "detection urssaf")]),
    "the first page without detection": (URSSAF, "/", [("READING", "accueil", "urssaf")]),
    "the first page without any habilitation": (EXPIRED, "/", []),
}


@pytest.mark.parametrize(("kind", "address", "entries"), CASES.values(), ids=CASES)
def test_what_is_read_of_protected_families_is_recorded(
    signed_in: SignedIn, kind: str, address: str, entries: list[tuple[str, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signaux_faibles.web.consultation.views.company_pdf", lambda _: b"%PDF")
    client = signed_in(kind)
    get(client, address)
    email = Account.objects.get(pk=client.session["_auth_user_id"]).email
    assert recorded() == [(nature, email, subject, families) for nature, subject, families in entries]


def test_the_first_page_says_whose_debts_it_showed(signed_in: SignedIn) -> None:
    signed_in(URSSAF).get("/")
    (read,) = (json.loads(row.detail) for row in Entry.objects.filter(kind="READING"))
    assert read == {"purpose": "DETECTION", "sirens": [ATELIERS.siren], "snapshot": "2610-a"}


def test_an_entry_says_which_companies_of_which_snapshot_and_why(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    crp.get("/listes/2?level=elevee")
    crp.get(SHEET)
    listed, read = (json.loads(row.detail) for row in Entry.objects.filter(kind="READING").order_by("sequence"))
    sirens = [ATELIERS.siren, CEVENOL.siren]
    snapshot = {"purpose": "DETECTION", "snapshot": "2610-a"}
    assert listed == {"filters": "level=elevee", "sirens": sirens, **snapshot}
    reasons = dict.fromkeys(("detection", "dgefp", "urssaf"), "IN_ZONE")
    assert read == {"reasons": reasons, **snapshot}


def test_an_unlock_and_what_it_opens_are_recorded(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    crp.post(f"/entreprises/{BRETONNE.siren}/deverrouillage", {"motive": "LOCAL", "text": "presse"})
    crp.get(f"/entreprises/{BRETONNE.siren}")
    unlocked, read = Entry.objects.exclude(kind="RIGHTS").order_by("sequence")
    assert (unlocked.kind, unlocked.subject, json.loads(unlocked.detail)["text"]) == (
        "UNLOCK",
        BRETONNE.siren,
        "presse",
    )
    assert set(json.loads(read.detail)["reasons"].values()) == {"UNLOCKED"}


def test_rights_are_recorded_when_they_are_given_and_taken(account: Callable[[str], Account]) -> None:
    person = account(CRP)
    set_active(person, active=False)
    given, closed = Entry.objects.order_by("sequence")
    assert (given.kind, given.account, given.subject) == ("RIGHTS", "ligne de commande", "crp@demo.example")
    assert json.loads(given.detail)["families"] == ["detection", "dgefp", "urssaf"]
    assert json.loads(given.detail)["zone"] == ["30", "87"]
    assert json.loads(closed.detail) == {"active": False}


@contextmanager
def closed_journal() -> Iterator[None]:
    """The database refuses to add to the journal."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER journal_closed BEFORE INSERT ON journal_entry "
            "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
        yield
        cursor.execute("DROP TRIGGER journal_closed")


@pytest.mark.parametrize("address", [SHEET, PLACE, LIST, EXPORT])
def test_a_page_that_cannot_be_recorded_is_not_sent(signed_in: SignedIn, address: str) -> None:
    client = signed_in(CRP)
    client.raise_request_exception = False
    with closed_journal():
        answer = client.get(address)
        assert (answer.status_code, answer["Retry-After"]) == (503, "60")
        assert [word for word in (ATELIERS.name, "52\u202f340", "Alerte") if word in answer.content.decode()] == []
    assert get(client, address) == 200


def test_what_records_nothing_does_not_need_the_journal(signed_in: SignedIn) -> None:
    client = signed_in(EXPIRED)
    with closed_journal():
        assert client.get(SHEET).status_code == 200


def test_an_unlock_that_cannot_be_recorded_opens_nothing(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    crp.raise_request_exception = False
    with closed_journal():
        answer = crp.post(f"/entreprises/{BRETONNE.siren}/deverrouillage", {"motive": "LOCAL"})
        assert answer.status_code == 503
    assert "91\u202f000" not in crp.get(f"/entreprises/{BRETONNE.siren}").content.decode()


def test_each_alert_that_was_shown_is_kept_once_with_its_rank_and_snapshot(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    for _ in range(2):
        crp.get("/listes/2")
    crp.get("/listes/1?level=moderee")
    rows = Exposure.objects.order_by("-list_number", "rank")
    shown = [(row.account, row.list_number, row.siren, row.rank, row.level, row.snapshot) for row in rows]
    expected = [
        (2, ATELIERS, "elevee"),
        (2, CEVENOL, "elevee"),
        (2, ELEONORE, "moderee"),
        (2, MASKED, "moderee"),
        (1, ELEONORE, "moderee"),
        (1, MASKED, "moderee"),
    ]
    assert shown == [
        ("crp@demo.example", number, one.siren, one.rank, level, "2610-a") for number, one, level in expected
    ]


@pytest.mark.parametrize("kind", [URSSAF, OUTSIDE, EXPIRED, PRODUCT])
def test_nothing_is_shown_to_whoever_reads_no_alert(signed_in: SignedIn, kind: str) -> None:
    signed_in(kind).get("/listes/2")
    assert not Exposure.objects.exists()
