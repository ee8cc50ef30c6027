"""What a director answers does not wait for the morning: whoever sent the letter and whoever carries the follow-up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.core import mail

from harness.agents import CODEFI, CRP, SIRET, URSSAF
from harness.tiny_home import ATELIERS
from signaux_faibles.snapshot.served.establishments import site_of
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.accounts.opening import Person, open_account
from signaux_faibles.web.circulation.digest import Mail, digests, send
from signaux_faibles.web.circulation.kinds import NewsKind
from signaux_faibles.web.circulation.models import NoticeMark, Unwanted
from signaux_faibles.web.circulation.urgent import AT_ONCE, urgent_mails
from signaux_faibles.web.courriers.noting import note_step
from signaux_faibles.web.courriers.steps import LetterStepKind
from signaux_faibles.web.pinning import shelf
from signaux_faibles.web.request import today
from signaux_faibles.web.rights.agent import Administration

pytestmark = pytest.mark.django_db
Actors = Callable[[str], Actor]
ADDRESS, SENDER = "https://signaux-faibles.example", "sf@example.org"


def note(account: Account, step: LetterStepKind) -> None:
    with shelf(settings.SF_HOME).pinned() as snapshot:
        site = site_of(snapshot, SIRET)
    assert site is not None
    note_step(Actor(account, account.agent(), today()), site, step, today())


def of_the_morning() -> list[Mail]:
    with shelf(settings.SF_HOME).pinned() as snapshot:
        return digests(today(), ADDRESS, snapshot)


@pytest.fixture
def colleague() -> Account:
    """Another Urssaf agent of the department."""
    person = Person("autre@demo.example", "Lou", Administration.URSSAF, "Urssaf", frozenset({"87"}), ())
    return open_account(person, "x" * 20, demo=True)


@pytest.fixture
def answered(actor: Actors, colleague: Account) -> None:
    """A letter of an Urssaf agent, whose answer a colleague notes."""
    note(actor(URSSAF).account, LetterStepKind.SENT)
    note(colleague, LetterStepKind.ANSWERED)


@pytest.mark.usefixtures("answered")
def test_whoever_sent_the_letter_knows_at_once_and_once() -> None:
    (one,) = urgent_mails(today(), ADDRESS)
    assert (one.account.email, one.news) == ("urssaf@demo.example", 1)
    assert send([one], SENDER, AT_ONCE) == 1
    sent = mail.outbox[0]
    assert "- réponses de dirigeants : 1" in sent.body
    assert ATELIERS.name not in sent.subject + sent.body
    assert urgent_mails(today(), ADDRESS) == [], "once"


@pytest.mark.usefixtures("answered")
def test_the_morning_counts_it_again_once_as_long_as_it_is_unread() -> None:
    send(urgent_mails(today(), ADDRESS), SENDER, AT_ONCE)
    assert [one.account.email for one in of_the_morning()] == ["urssaf@demo.example"]
    send(of_the_morning(), SENDER)
    assert of_the_morning() == []
    mark = NoticeMark.objects.get()
    assert mark.urgent_at is not None
    assert mark.sent_at is not None


@pytest.mark.usefixtures("answered")
def test_what_a_digest_counted_or_the_agent_read_is_not_urgent(actor: Actors) -> None:
    send(of_the_morning(), SENDER)
    assert urgent_mails(today(), ADDRESS) == []


@pytest.mark.usefixtures("answered")
def test_an_agent_may_do_without(actor: Actors) -> None:
    Unwanted(account=actor(URSSAF).account, kind=NewsKind.ANSWERS.name).save()
    assert urgent_mails(today(), ADDRESS) == []


def test_whoever_carries_the_follow_up_knows_at_once_by_its_event(
    actor: Actors, follow_up: FollowUp, colleague: Account
) -> None:
    send(urgent_mails(today(), ADDRESS), SENDER, AT_ONCE)
    actor(CRP)
    note(actor(URSSAF).account, LetterStepKind.SENT)
    note(colleague, LetterStepKind.REFUSED)
    counted = {one.account.email: one.text for one in urgent_mails(today(), ADDRESS)}
    assert set(counted) == {actor(CODEFI).account.email, "urssaf@demo.example"}, "one carries it, one wrote"
    assert all("- réponses de dirigeants : 1" in text for text in counted.values())
    assert follow_up.events.filter(kind="CALLED").exists()
