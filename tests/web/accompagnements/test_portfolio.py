"""Handing follow-ups over, covering a colleague who is away, and what no referent acts on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from harness.agents import CODEFI, CRP, DARP, OUTSIDE, URSSAF
from harness.replaying import replay
from harness.tiny_home import CEVENOL, HEALTHY
from signaux_faibles.web.accompagnements.acts import Actor, Followed, name_people, open_on, people_of
from signaux_faibles.web.accompagnements.content import content_of
from signaux_faibles.web.accompagnements.covers import CoverRefused, cover, covered_accounts, end_cover
from signaux_faibles.web.accompagnements.models import Cover, Event, FollowUp
from signaux_faibles.web.accompagnements.pages.index import Basket, in_basket
from signaux_faibles.web.accompagnements.portfolio import without_active_referent
from signaux_faibles.web.accompagnements.reading import role_of, verdict_on
from signaux_faibles.web.accompagnements.states import EventKind
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.circulation.news import news_of
from signaux_faibles.web.request import today
from signaux_faibles.web.rights.follow_ups import Act, Role

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
Actors = Callable[[str], Actor]
PORTFOLIO = "/accompagnements/portefeuille"


@pytest.fixture
def others(actor: Actors, follow_up: FollowUp) -> list[FollowUp]:
    """Two more follow-ups of the SP CODEFI, beside that of the Ateliers; colleagues exist."""
    for kind in (CRP, URSSAF, DARP, OUTSIDE):
        actor(kind)
    places = [Followed(f"{one.siren}00010", one.name, one.places[0], active=True) for one in (CEVENOL, HEALTHY)]
    return [follow_up, *(open_on(actor(CODEFI), place, {}, {}, {}) for place in places)]


def referents(follow_up: FollowUp) -> list[str]:
    return [one.name for one in people_of(FollowUp.objects.get(pk=follow_up.pk))["referents"]]


def fresh(account: Account) -> Account:
    """The account as another request reads it."""
    return Account.objects.get(pk=account.pk)


def test_a_portfolio_goes_to_one_colleague_or_to_several(
    browser: Browser, actor: Actors, others: list[FollowUp]
) -> None:
    page = browser(CODEFI).get(PORTFOLIO).content.decode()
    for name in ("ATELIERS DU LIMOUSIN", "TRANSPORTS CÉVENOL", "IMPRIMERIE DU PARC"):
        assert name in page
    assert "Sacha" not in page, "of another zone"
    crp, urssaf = actor(CRP).account.pk, actor(URSSAF).account.pk
    chosen = {"follow_up": [one.pk for one in others[:2]], "to": crp, f"to-{others[1].pk}": urssaf}
    answer = browser(CODEFI).post(f"{PORTFOLIO}/transfert", chosen)
    assert answer.status_code == 200
    assert "TRANSPORTS CÉVENOL est confié à Alex (Urssaf)." in answer.content.decode()
    assert [referents(one) for one in others] == [["Camille"], ["Alex"], ["Dominique"]]
    for one in others:
        held = FollowUp.objects.get(pk=one.pk)
        assert replay(held.events.exclude(version=None).order_by("version")) == content_of(held)
    event = others[0].events.latest("pk")
    assert (event.kind, event.author.name) == (EventKind.TRANSFERRED.name, "Dominique")
    assert [one.kind.name for one in news_of(actor(CRP))] == ["ADDED"]
    assert browser(CODEFI).get(PORTFOLIO).content.decode().count('name="follow_up"') == 1


@pytest.mark.parametrize("sent", [{}, {"follow_up": "all"}, {"to": "crp"}, {"follow_up": "all", "to": "outside"}])
def test_without_a_colleague_who_has_the_right_nothing_changes(
    browser: Browser, actor: Actors, others: list[FollowUp], sent: dict[str, str]
) -> None:
    to = {"crp": CRP, "outside": OUTSIDE}
    values = {"follow_up": [one.pk for one in others]} if "follow_up" in sent else {}
    values |= {"to": actor(to[sent["to"]]).account.pk} if "to" in sent else {}
    assert browser(CODEFI).post(f"{PORTFOLIO}/transfert", values).status_code == 422
    assert [referents(one) for one in others] == [["Dominique"]] * 3


def test_a_participant_hands_nothing_over(browser: Browser, actor: Actors, others: list[FollowUp]) -> None:
    people = {"referents": [actor(CODEFI).account.pk], "participants": [actor(URSSAF).account.pk]}
    name_people(actor(CODEFI), others[0], people, others[0].version)
    page = browser(URSSAF).get(PORTFOLIO).content.decode()
    assert 'name="follow_up"' not in page
    assert "Vous participez aussi à" in page
    sent = {"follow_up": others[0].pk, "to": actor(CRP).account.pk}
    assert browser(URSSAF).post(f"{PORTFOLIO}/transfert", sent).status_code == 422


def test_who_is_taken_off_is_notified(browser: Browser, actor: Actors, others: list[FollowUp]) -> None:
    held, mine = others[0], actor(CODEFI).account.pk
    people = {"referents": [mine], "participants": [actor(OUTSIDE).account.pk]}
    name_people(actor(CODEFI), held, people, held.version)
    held.refresh_from_db()
    name_people(actor(CODEFI), held, {"referents": [mine], "participants": []}, held.version)
    read = news_of(actor(OUTSIDE))
    assert [(one.kind.name, one.closed) for one in read] == [("ADDED", True)]
    page = browser(OUTSIDE).get("/notifications").content.decode()
    assert "ne vous compte plus parmi ses contributeurs" in page
    assert f'href="/accompagnements/{held.pk}"' not in page, "a page that they no longer see"
    browser(OUTSIDE).post("/notifications/lecture")
    assert news_of(actor(OUTSIDE)) == []


def away(actor: Actors, first: int, last: int, by: str = URSSAF) -> Cover:
    days = (today() + timedelta(days=one) for one in (first, last))
    return cover(actor(CODEFI).account, actor(by).account, *days, today())


@pytest.mark.parametrize(
    ("first", "last", "role"),
    [(0, 0, Role.PARTICIPANT), (-3, 5, Role.PARTICIPANT), (1, 5, None)],
    ids=["today alone", "these days", "from tomorrow"],
)
def test_whoever_covers_acts_as_a_participant_those_days(
    actor: Actors, others: list[FollowUp], first: int, last: int, role: Role | None
) -> None:
    away(actor, first, last)
    assert role_of(others[0], fresh(actor(URSSAF).account)) is role
    assert role_of(others[0], fresh(actor(CRP).account)) is None


def test_a_cover_that_is_over_or_ended_gives_nothing(actor: Actors, others: list[FollowUp]) -> None:
    past = Cover(account=actor(CODEFI).account, by=actor(URSSAF).account)
    past.first, past.last = today() - timedelta(days=9), today() - timedelta(days=1)
    past.save()
    assert covered_accounts(fresh(actor(URSSAF).account)) == {}
    running = away(actor, 0, 9)
    assert covered_accounts(fresh(actor(URSSAF).account)) != {}
    end_cover(actor(CRP).account, running.pk)
    assert covered_accounts(fresh(actor(URSSAF).account)) != {}, "only whoever is away ends it"
    end_cover(actor(CODEFI).account, running.pk)
    assert covered_accounts(fresh(actor(URSSAF).account)) == {}


def test_a_cover_opens_no_follow_up_of_another_zone(browser: Browser, actor: Actors, others: list[FollowUp]) -> None:
    away(actor, 0, 9, by=OUTSIDE)
    assert browser(OUTSIDE).get(f"/accompagnements/{others[0].pk}").status_code == 404


def test_whoever_covers_is_notified_and_comments_from_the_first_day(
    browser: Browser, actor: Actors, others: list[FollowUp]
) -> None:
    page = f"/accompagnements/{others[0].pk}"
    assert browser(URSSAF).post(f"{page}/informations", {"version": 1, "criticite": "ELEVEE"}).status_code == 403
    days = {"first": today().isoformat(), "last": (today() + timedelta(days=4)).isoformat()}
    sent = {"by": actor(URSSAF).account.pk, **days}
    assert browser(CODEFI).post(f"{PORTFOLIO}/absence", sent).status_code == 302
    assert "remplacé par Alex (Urssaf)" in browser(CRP).get(page).content.decode()
    assert "Vous remplacez Dominique (DGFiP)" in browser(URSSAF).get(PORTFOLIO).content.decode()
    browser(URSSAF).post("/notifications/lecture")
    browser(CODEFI).post(f"{page}/reseaux/CODEFI/commentaires", {"text": "Avant de partir"})
    held = Actor(fresh(actor(URSSAF).account), actor(URSSAF).agent, today())
    assert [one.kind.name for one in news_of(held)] == ["TEXTS"]
    assert browser(URSSAF).post(f"{page}/informations", {"version": 1, "criticite": "ELEVEE"}).status_code == 302
    assert browser(URSSAF).post(f"{page}/cloture", {"version": 2, "outcome": "REFUS"}).status_code == 403
    assert "ATELIERS" in browser(URSSAF).get("/accompagnements?scope=MINE").content.decode()
    assert Event.objects.latest("pk").author.name == "Alex", "the true author"


@pytest.mark.parametrize(
    ("first", "last", "by", "why"),
    [(-5, -1, URSSAF, "déjà passés"), (3, 1, URSSAF, "précède"), (0, 400, URSSAF, "six mois"),
     (0, 1, CODEFI, "soi-même")],
)  # fmt: skip
def test_days_that_make_no_cover(actor: Actors, first: int, last: int, by: str, why: str) -> None:
    with pytest.raises(CoverRefused, match=why):
        away(actor, first, last, by)
    assert not Cover.objects.exists()


def test_who_may_not_cover_is_not_offered(browser: Browser, actor: Actors, others: list[FollowUp]) -> None:
    sent = {"by": actor(OUTSIDE).account.pk, "first": today().isoformat(), "last": today().isoformat()}
    assert browser(CODEFI).post(f"{PORTFOLIO}/absence", sent).status_code == 422
    assert not Cover.objects.exists()


@pytest.fixture
def orphan(actor: Actors, others: list[FollowUp]) -> FollowUp:
    """A follow-up of the zone whose only referent has left."""
    leaver = Account.objects.create(email="parti@demo.example", name="Parti", administration="DDETS", is_active=False)
    event = others[0].events.get()
    author = Actor(actor(CODEFI).account, actor(CODEFI).agent, today())
    name_people(author, others[0], {"referents": [leaver.pk], "participants": []}, others[0].version)
    assert event.author_id != leaver.pk
    return FollowUp.objects.get(pk=others[0].pk)


def test_what_no_referent_acts_on_is_taken_or_entrusted(browser: Browser, actor: Actors, orphan: FollowUp) -> None:
    screen = "/accompagnements/sans-referent"
    seen = browser(URSSAF).get(screen).content.decode()
    assert "ATELIERS DU LIMOUSIN" in seen
    assert "Parti (DDETS) (compte fermé)" in seen
    assert "TRANSPORTS" not in seen, "its referent acts"
    assert 'name="follow_up"' not in seen, "they may take it, not entrust it"
    assert "ATELIERS" not in browser(OUTSIDE).get(screen).content.decode()
    sent = {"follow_up": orphan.pk, "to": actor(CRP).account.pk}
    assert browser(URSSAF).post(screen, sent).status_code == 422
    assert browser(CODEFI).post(screen, sent).status_code == 200
    assert referents(orphan) == ["Camille", "Parti"]
    assert "ATELIERS" in browser(CODEFI).get(screen).content.decode(), "until the new referent does something"


@pytest.mark.parametrize("by", ["their account open", "their account closed"])
@pytest.mark.parametrize("days", [0, 1, 59, 60, 61, 400])
def test_one_rule_says_who_has_no_active_referent(actor: Actors, follow_up: FollowUp, days: int, by: str) -> None:
    """The screen, the basket and the right to take a follow-up agree, to the day."""
    agent = replace(actor(URSSAF), today=today() + timedelta(days=days))
    if by == "their account closed":
        Account.objects.filter(pk=actor(CODEFI).account.pk).update(is_active=False)
    silent = days >= 60 or by == "their account closed"
    assert (follow_up in without_active_referent(agent)) is silent
    assert in_basket(FollowUp.objects.all(), Basket.ORPHAN, agent.today).exists() is silent
    assert verdict_on(follow_up, agent.account, agent.agent, Act.TAKE, agent.today).allowed is silent


def test_the_screen_and_the_basket_hold_the_same(browser: Browser, orphan: FollowUp) -> None:
    for address in ("/accompagnements/sans-referent", "/accompagnements?basket=ORPHAN"):
        page = browser(URSSAF).get(address).content.decode()
        assert "ATELIERS DU LIMOUSIN" in page
        assert "TRANSPORTS" not in page
