"""`/comptes`: the correspondent of an administration confirms or closes its accounts, and reads no company."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.journal.models import Entry
from signaux_faibles.web.rights.accounts import HALF_YEAR
from signaux_faibles.web.rights.unlocks import Motive
from signaux_faibles.web.unlocking.unlock import unlock

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
CRP, OUTSIDE, CODEFI, PRODUCT = "CRP de la zone", "CRP d'une autre zone", "SP CODEFI", "administrateur du produit"
EMAILS = {CRP: "crp@demo.example", OUTSIDE: "corse@demo.example", CODEFI: "codefi@demo.example"}


@pytest.fixture
def people(account: Callable[[str], Account]) -> dict[str, Account]:
    """A correspondent of the DREETS, a colleague, and somebody of the DGFiP."""
    found = {kind: account(kind) for kind in EMAILS}
    Account.objects.filter(email=EMAILS[CRP]).update(correspondent=True)
    return found


@pytest.fixture
def correspondent(people: dict[str, Account], signed_in: SignedIn) -> Client:
    client = signed_in(CRP)
    Account.objects.filter(email=EMAILS[CRP]).update(correspondent=True)
    return client


def last_entry() -> tuple[str, str, dict[str, object]]:
    """Who did what to whom, last."""
    row = Entry.objects.order_by("-sequence")[0]
    return row.account, row.subject, json.loads(row.detail)


def test_the_accounts_of_the_administration_are_listed_with_what_to_settle(
    correspondent: Client, people: dict[str, Account]
) -> None:
    people[OUTSIDE].habilitations.filter(family="urssaf").update(until=timezone.localdate() - timedelta(days=1))
    Account.objects.filter(email=EMAILS[OUTSIDE]).update(opened_at=timezone.now() - HALF_YEAR - timedelta(days=2))
    page = correspondent.get("/comptes").content.decode()
    assert (EMAILS[OUTSIDE] in page, EMAILS[CODEFI] in page) == (True, False)
    assert all(word in page for word in ("échue le", "À revoir", "Droits échus", "Inactif depuis six mois"))
    assert 'href="/comptes"' in correspondent.get("/").content.decode()


def test_more_than_twenty_unlocks_in_a_week_are_shown_to_the_correspondent(
    correspondent: Client, people: dict[str, Account]
) -> None:
    for n in range(20):
        unlock(people[OUTSIDE], f"{800_000_000 + n}", Motive.NATIONAL, "")
    assert "déverrouillages" not in correspondent.get("/comptes").content.decode()
    unlock(people[OUTSIDE], "800000099", Motive.NATIONAL, "")
    page = correspondent.get("/comptes").content.decode()
    assert "Plus de 20 déverrouillages en 7 jours" in page
    assert "8000000" not in page, "no company"


def test_who_runs_the_product_reviews_every_administration(signed_in: SignedIn, people: dict[str, Account]) -> None:
    page = signed_in(PRODUCT).get("/comptes").content.decode()
    assert all(email in page for email in EMAILS.values())


@pytest.mark.parametrize("ending", ["", "/{}", "/{}/confirmation", "/{}/fermeture", "/{}/regard"])
def test_for_others_nothing_of_it_exists(signed_in: SignedIn, people: dict[str, Account], ending: str) -> None:
    client, path = signed_in(CODEFI), "/comptes" + ending.format(people[OUTSIDE].pk)
    assert (client.get(path).status_code, client.get("/comptes/99999").status_code) == (404, 404)
    if ending.count("/") == 2:
        assert client.post(path, {"why": "x", "motive": "x"}).status_code == 404
    assert 'href="/comptes"' not in client.get("/").content.decode()


def test_an_account_of_another_administration_is_not_found(correspondent: Client, people: dict[str, Account]) -> None:
    path = f"/comptes/{people[CODEFI].pk}"
    answers = [
        correspondent.get(path),
        correspondent.post(f"{path}/confirmation"),
        correspondent.post(f"{path}/fermeture"),
    ]
    assert [one.status_code for one in answers] == [404, 404, 404]
    assert Account.objects.get(pk=people[CODEFI].pk).is_active


def test_rights_are_confirmed_under_the_name_of_the_reviewer(correspondent: Client, people: dict[str, Account]) -> None:
    path = f"/comptes/{people[OUTSIDE].pk}"
    assert correspondent.post(f"{path}/confirmation").headers["Location"] == path
    assert Account.objects.get(pk=people[OUTSIDE].pk).reviewed_at
    assert last_entry() == (EMAILS[CRP], EMAILS[OUTSIDE], {"reviewed": True, "purpose": "DETECTION"})
    assert "Droits revus et confirmés" in correspondent.get(path).content.decode()


def test_an_account_is_closed_for_a_reason_and_its_sessions_end(
    correspondent: Client, signed_in: SignedIn, people: dict[str, Account]
) -> None:
    session, path = signed_in(OUTSIDE), f"/comptes/{people[OUTSIDE].pk}"
    for why in ("", " ", "x" * 501):
        answer = correspondent.post(f"{path}/fermeture", {"why": why})
        assert (answer.status_code, why.strip() in answer.content.decode()) == (422, True)
    assert session.get("/").status_code == 200
    correspondent.post(f"{path}/fermeture", {"why": "a changé de service"})
    assert session.get("/").status_code == 302
    closed = {"active": False, "why": "a changé de service", "purpose": "DETECTION"}
    assert last_entry() == (EMAILS[CRP], EMAILS[OUTSIDE], closed)
    page = correspondent.get(path).content.decode()
    assert ("Compte fermé : a changé de service" in page, "Fermer le compte" in page) == (True, False)


def test_nobody_reviews_their_own_account(correspondent: Client, people: dict[str, Account]) -> None:
    path = f"/comptes/{people[CRP].pk}"
    assert "revu par quelqu’un d’autre" in correspondent.get(path).content.decode()
    correspondent.post(f"{path}/confirmation")
    correspondent.post(f"{path}/fermeture", {"why": "x"})
    own = Account.objects.get(pk=people[CRP].pk)
    assert (own.is_active, own.reviewed_at) == (True, None)


def test_the_sheet_says_the_rights_that_were_given(correspondent: Client, people: dict[str, Account]) -> None:
    page = correspondent.get(f"/comptes/{people[OUTSIDE].pk}").content.decode()
    assert "Corse-du-Sud (2A), Haute-Corse (2B)" in page
    assert "Droits donnés : détection, DGEFP, Urssaf, jusqu’au" in page
