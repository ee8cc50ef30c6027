"""Seeing with the rights of a colleague: said why, for half an hour, under both names, and without any act."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from harness.agents import CODEFI, PLACE, SIRET
from harness.tiny_home import ATELIERS, BRETONNE
from signaux_faibles.web.accompagnements.acts import Actor, open_on
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.journal.models import Entry
from signaux_faibles.web.rights.unlocks import Motive
from signaux_faibles.web.urls import urlpatterns

pytestmark = pytest.mark.django_db
Of = Callable[[str], Actor]
CRP, EXPIRED, OUTSIDE, PRODUCT = (
    "CRP de la zone",
    "habilitations échues",
    "CRP d'une autre zone",
    "administrateur du produit",
)
SHEET = f"/entreprises/{ATELIERS.siren}"
NAMED = re.compile(r"<(\w+):(\w+)>")
"""What varies in an address."""
LEVEL, DEBT, BANNER = "Alerte élevée", "52\u202f340", "Lecture seule avec les droits de"


@pytest.fixture
def correspondent(actor: Of, browser: Callable[[str], Client]) -> Client:
    """A CRP who reads everything of their zone, and reviews the accounts of the DREETS."""
    client = browser(CRP)
    Account.objects.filter(pk=actor(CRP).account.pk).update(correspondent=True)
    return client


def watch(client: Client, account: Account, motive: str = "il ne voit pas ses listes") -> int:
    return client.post(f"/comptes/{account.pk}/regard", {"motive": motive}).status_code


def test_what_both_may_read_is_seen_and_nothing_else(correspondent: Client, actor: Of) -> None:
    before = correspondent.get(SHEET).content.decode()
    assert (LEVEL in before, DEBT in before) == (True, True)
    assert watch(correspondent, actor(EXPIRED).account) == 302
    page = correspondent.get(SHEET).content.decode()
    assert (LEVEL in page, DEBT in page, f"{BANNER} Maxime" in page) == (False, False, True)
    assert "arrivées à échéance" in page, "why the colleague does not see it"
    assert correspondent.get("/listes/2").status_code == 403


def test_who_runs_the_product_sees_which_pages_open_and_no_company(actor: Of, browser: Callable[[str], Client]) -> None:
    client = browser(PRODUCT)
    assert watch(client, actor(CODEFI).account) == 302
    assert client.get(SHEET).status_code == 403
    assert f"{BANNER} Dominique" in client.get("/").content.decode()


def test_what_one_unlocked_or_follows_is_not_what_both_may_read(correspondent: Client, actor: Of) -> None:
    away = f"/entreprises/{BRETONNE.siren}"
    correspondent.post(f"{away}/deverrouillage", {"motive": Motive.LOCAL.name})
    assert "91\u202f000" in correspondent.get(away).content.decode()
    watch(correspondent, actor(OUTSIDE).account)
    assert "91\u202f000" not in correspondent.get(away).content.decode()


def test_it_is_written_under_both_names_with_its_motive(correspondent: Client, actor: Of) -> None:
    theirs = actor(EXPIRED).account
    watch(correspondent, theirs)
    correspondent.get("/")
    correspondent.post("/session/regard/fin")
    rows = Entry.objects.filter(kind="WATCHING").order_by("sequence")
    assert {(row.account, row.subject) for row in rows} == {("crp@demo.example", theirs.email)}
    began, ended = (json.loads(row.detail) for row in rows)
    assert began["motive"] == "il ne voit pas ses listes"
    assert datetime.fromisoformat(began["until"]) - timezone.now() < timedelta(minutes=30)
    assert ended == {"ended": True, "purpose": "DETECTION", "seen_as": theirs.email}


def test_each_reading_is_written_under_both_names(correspondent: Client, actor: Of) -> None:
    colleague = actor(OUTSIDE).account
    colleague.zone.create(departement="87")
    watch(correspondent, colleague)
    assert DEBT in correspondent.get(SHEET).content.decode()
    read = Entry.objects.get(kind="READING", subject=ATELIERS.siren)
    assert (read.account, json.loads(read.detail)["seen_as"]) == ("crp@demo.example", "corse@demo.example")


@pytest.mark.parametrize("motive", ["", "  ", "x" * 501])
def test_without_a_motive_nothing_begins(correspondent: Client, actor: Of, motive: str) -> None:
    assert watch(correspondent, actor(EXPIRED).account, motive) == 422
    assert BANNER not in correspondent.get("/").content.decode()


@pytest.mark.parametrize("kind", [CRP, CODEFI])
def test_neither_oneself_nor_another_administration(correspondent: Client, actor: Of, kind: str) -> None:
    watch(correspondent, actor(kind).account)
    assert BANNER not in correspondent.get("/").content.decode()


def over(client: Client, _: Account) -> None:
    session = client.session
    session["watched"]["until"] = timezone.now().isoformat()
    session.save()


def theirs_is_closed(_: Client, theirs: Account) -> None:
    Account.objects.filter(pk=theirs.pk).update(is_active=False)


def no_more_a_correspondent(_: Client, __: Account) -> None:
    Account.objects.update(correspondent=False)


@pytest.mark.parametrize("end", [over, theirs_is_closed, no_more_a_correspondent])
def test_it_ends_with_the_time_the_account_or_the_right(
    correspondent: Client, actor: Of, end: Callable[[Client, Account], None]
) -> None:
    theirs = actor(EXPIRED).account
    watch(correspondent, theirs)
    assert BANNER in correspondent.get("/").content.decode()
    end(correspondent, theirs)
    page = correspondent.get(SHEET).content.decode()
    assert (BANNER in page, DEBT in page) == (False, True), "one's own rights, again"


def stored() -> dict[str, list[object]]:
    """Everything that people wrote, sessions and what pages record of readings aside."""
    aside = {"session", "entry", "head", "exposure"}
    models = [one for one in apps.get_models() if one._meta.model_name not in aside]
    return {str(one._meta): sorted(map(str, one._default_manager.values_list())) for one in models}  # type: ignore[misc]


def test_no_act_is_possible_at_any_address(correspondent: Client, actor: Of) -> None:
    follow_up = open_on(actor(CODEFI), PLACE, {}, {}, {})
    known = {"number": follow_up.pk, "siren": ATELIERS.siren, "siret": SIRET, "section": "frise", "network": "CODEFI"}
    theirs = actor(EXPIRED).account
    watch(correspondent, theirs)
    before, entries = stored(), Entry.objects.count()
    tried = 0
    for pattern in urlpatterns:
        path = "/" + NAMED.sub(lambda found: str(known.get(found[2], 1)), str(pattern.pattern))
        if pattern.name in ("stop_watching", "sign_out"):
            continue
        for method in ("post", "put", "patch", "delete"):
            answer = getattr(correspondent, method)(path)
            assert (answer.status_code, "lecture seule" in answer.content.decode()) == (403, True), path
        tried += 1
    assert tried == len(urlpatterns) - 2
    assert (stored(), Entry.objects.count()) == (before, entries)
    correspondent.post("/session/regard/fin")
    assert correspondent.post(f"/comptes/{theirs.pk}/confirmation").status_code == 302
    assert Account.objects.get(pk=theirs.pk).reviewed_at, "acts are possible again"


def test_signing_out_remains_possible(correspondent: Client, actor: Of) -> None:
    watch(correspondent, actor(EXPIRED).account)
    correspondent.post("/deconnexion")
    assert correspondent.get("/").headers["Location"].startswith("/connexion")
