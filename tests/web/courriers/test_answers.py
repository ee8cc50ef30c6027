"""What the answer of a director leads to: who is notified, what waits, and the acts that follow it up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from harness.agents import CODEFI, CRP, DARP, OUTSIDE, SIRET, URSSAF
from harness.tiny_home import ATELIERS, BRETONNE
from signaux_faibles.web.accompagnements.acts import Actor, CardPlace, Followed, move, name_people, open_on
from signaux_faibles.web.accompagnements.contacts import note_touch
from signaux_faibles.web.accompagnements.models import Event, FollowUp, Task
from signaux_faibles.web.accompagnements.states import BoardColumn, Channel, Outcome
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.accounts.opening import Person, open_account
from signaux_faibles.web.circulation.news import news_of
from signaux_faibles.web.circulation.notices import notices_of
from signaux_faibles.web.courriers.answers import WITHIN, waiting
from signaux_faibles.web.courriers.models import LetterStep
from signaux_faibles.web.pinning import shelf
from signaux_faibles.web.request import today
from signaux_faibles.web.rights.agent import Administration

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
Actors = Callable[[str], Actor]
AT = f"/etablissements/{SIRET}/courrier"
HERE = Followed(SIRET, ATELIERS.name, "87", active=True)
ELSEWHERE = Followed(f"{ATELIERS.siren}00020", ATELIERS.name, "30", active=True)


def note(client: Client, *steps: str, days: int = 0) -> None:
    for step in steps:
        on = today() - timedelta(days=days)
        assert client.post(AT, {"step": step, "on": on.isoformat()}).status_code == 302


def sequel(client: Client, **sent: str) -> str:
    """Where the act on an answer leads."""
    answer = client.post(f"{AT}/suite", sent)
    assert answer.status_code == 302
    return answer["Location"]


def page(client: Client, address: str = AT) -> str:
    return client.get(address).content.decode()


def test_an_answer_waits_until_a_follow_up_is_opened_from_it(browser: Browser, actor: Actors) -> None:
    urssaf = browser(URSSAF)
    note(urssaf, "SENT", "ANSWERED")
    assert "rien n’a donné suite à cette réponse" in page(urssaf)
    assert ATELIERS.name in page(urssaf, "/courriers/reponses")
    assert "1 réponse de dirigeant à suivre" in page(urssaf, "/")
    assert "Réponses de dirigeants (1)" in page(urssaf, "/accompagnements")
    assert ATELIERS.name not in page(browser(CRP), "/courriers/reponses"), "the answer to another administration"
    led = sequel(urssaf, ouvrir="oui")
    opened, task = FollowUp.objects.get(), Task.objects.get()
    assert led == f"/accompagnements/{opened.pk}"
    assert (task.follow_up, task.assignee, task.due) == (opened, actor(URSSAF).account, today() + WITHIN)
    assert task.text.startswith("Donner suite à la réponse du dirigeant (courrier Urssaf, ")
    assert opened.events.earliest("pk").seen["letter"] == LetterStep.objects.get(step="ANSWERED").pk
    assert "Aucune réponse n’attend." in page(urssaf, "/courriers/reponses")
    assert "Tâche : Donner suite" in page(urssaf)
    assert sequel(urssaf, ouvrir="oui") == f"{AT}#echange", "a second click opens nothing"
    assert FollowUp.objects.count() == Task.objects.count() == 1


def test_who_carries_the_follow_up_is_notified_and_nobody_else_reads_what(
    browser: Browser, actor: Actors, follow_up: FollowUp
) -> None:
    crp = actor(CRP)
    note_touch(crp, HERE, on=today(), channel=Channel.PHONE, subject="Délai")
    note(browser(URSSAF), "SENT", "ANSWERED")
    latest = news_of(actor(CODEFI))[0]
    assert (latest.kind.name, latest.what) == (
        "ANSWERS",
        "a noté : le dirigeant a répondu",
    )
    assert {(one.kind.name, one.what) for one in news_of(crp)} == {("CALLS", "a été en relation avec l’entreprise")}
    sheet = f"/accompagnements/{follow_up.pk}"
    assert "Le dirigeant a répondu, a noté Alex (Urssaf) le " in page(browser(CODEFI), sheet)
    assert "Le dirigeant a répondu" not in page(browser(CRP), sheet)
    history = f"{sheet}/historique"
    assert "Le dirigeant a répondu" in page(browser(CODEFI), history)
    assert "Le dirigeant a répondu" not in page(browser(CRP), history)
    assert waiting(actor(URSSAF)) == [], "the follow-up has it"


def test_whoever_sent_the_letter_is_notified_of_what_a_colleague_noted(browser: Browser, actor: Actors) -> None:
    colleague = open_account(
        Person("autre@demo.example", "Lou", Administration.URSSAF, "Urssaf", frozenset({"87"}), ()), "x" * 20, demo=True
    )
    note(browser(URSSAF), "SENT")
    other = Client()
    other.force_login(colleague)
    step = LetterStep.objects.get()
    assert step.approach.account == actor(URSSAF).account
    _note_as(colleague, "REFUSED")
    with shelf(settings.SF_HOME).pinned() as snapshot:
        (notice,) = notices_of(actor(URSSAF), snapshot)
        assert notices_of(actor(CRP), snapshot) == []
    assert (notice.kind.name, notice.link) == ("ANSWERS", ("letter", SIRET))
    assert "ne souhaite pas d’échange : réponse à votre courrier, notée par Lou (Urssaf)." in notice.words
    assert notice.words in page(browser(URSSAF), "/notifications")
    assert "Réponses de dirigeants : 1" in page(browser(URSSAF), "/notifications")


def _note_as(account: Account, step: str) -> None:
    from signaux_faibles.snapshot.served.establishments import site_of
    from signaux_faibles.web.courriers.noting import note_step
    from signaux_faibles.web.courriers.steps import LetterStepKind

    with shelf(settings.SF_HOME).pinned() as snapshot:
        site = site_of(snapshot, SIRET)
    assert site is not None
    note_step(Actor(account, account.agent(), today()), site, LetterStepKind[step], today())


def test_a_task_is_given_in_the_follow_up_that_is_open(browser: Browser, actor: Actors, follow_up: FollowUp) -> None:
    urssaf = browser(URSSAF)
    note(urssaf, "SENT", "ANSWERED")
    assert "Un accompagnement est ouvert" in page(urssaf)
    assert "Ajouter la tâche" not in page(urssaf), "only those who carry it"
    assert sequel(urssaf, tache="oui") == f"{AT}#echange"
    mine, theirs = actor(CODEFI).account.pk, actor(URSSAF).account.pk
    people = {"referents": [mine], "participants": [theirs]}
    name_people(actor(CODEFI), follow_up, people, FollowUp.objects.get(pk=follow_up.pk).version)
    assert "Ajouter la tâche" in page(urssaf)
    assert sequel(urssaf, tache="oui") == f"/accompagnements/{follow_up.pk}#taches"
    assert sequel(urssaf, tache="oui") == f"/accompagnements/{follow_up.pk}#taches"
    assert [one.assignee for one in Task.objects.all()] == [actor(URSSAF).account], "one task for one answer"


def test_a_refusal_leads_the_referent_to_the_closing(browser: Browser, actor: Actors) -> None:
    crp = browser(CRP)
    open_on(actor(CRP), HERE, {}, {}, {})
    note(crp, "SENT", "REFUSED")
    closing = f"/accompagnements/{FollowUp.objects.get().pk}/cloture?issue=REFUS"
    assert closing in page(crp)
    assert '<option value="REFUS" selected>' in page(crp, closing)


def test_a_refusal_without_a_follow_up_opens_nothing(browser: Browser, actor: Actors) -> None:
    urssaf = browser(URSSAF)
    note(urssaf, "SENT", "REFUSED")
    assert "Rien à ouvrir" in page(urssaf)
    assert sequel(urssaf, tache="oui") == f"{AT}#echange"
    assert waiting(actor(URSSAF)) == []


def test_an_answer_is_attached_to_the_follow_up_of_another_establishment(browser: Browser, actor: Actors) -> None:
    urssaf, held = browser(URSSAF), open_on(actor(CODEFI), ELSEWHERE, {}, {}, {})
    note(urssaf, "SENT", "ANSWERED")
    assert "Rattacher à l’accompagnement de l’établissement" in page(urssaf)
    assert sequel(urssaf, rattacher=str(held.pk)) == f"/accompagnements/{held.pk}"
    event = Event.objects.latest("pk")
    assert (event.kind, event.seen["answer"]) == ("CALLED", "ANSWERED")
    assert [one.kind.name for one in news_of(actor(CODEFI))] == ["ANSWERS"]
    assert waiting(actor(URSSAF)) == []


@pytest.mark.parametrize("sent", ["99999", "toto", "¹", "-1", ""])
def test_an_answer_is_attached_to_what_is_seen_alone(browser: Browser, actor: Actors, sent: str) -> None:
    urssaf = browser(URSSAF)
    note(urssaf, "SENT", "ANSWERED")
    assert urssaf.post(f"{AT}/suite", {"rattacher": sent}).status_code == 404


def test_an_answer_is_not_attached_to_another_company(browser: Browser, actor: Actors) -> None:
    other = open_on(actor(OUTSIDE), Followed(f"{BRETONNE.siren}00010", "x", "2A", active=True), {}, {}, {})
    note(browser(URSSAF), "SENT", "ANSWERED")
    assert browser(URSSAF).post(f"{AT}/suite", {"rattacher": other.pk}).status_code == 404


def called_back(actor: Actors, kind: str) -> None:
    note_touch(actor(kind), HERE, on=today(), channel=Channel.PHONE, subject="Rappel")


def opened_and_closed(actor: Actors, _kind: str) -> None:
    row = open_on(actor(CODEFI), HERE, {}, {}, {})
    move(actor(CODEFI), row, CardPlace(BoardColumn.SUIVI_TERMINE, None, row.version), Outcome.ORIENTEE)


@pytest.mark.parametrize(
    ("act", "kind", "waits"),
    [
        (called_back, URSSAF, False),
        (called_back, DARP, True),
        (opened_and_closed, CODEFI, False),
    ],
    ids=["the same administration called", "another one called", "a follow-up was opened, then closed"],
)
def test_what_follows_an_answer(
    browser: Browser, actor: Actors, act: Callable[[Actors, str], None], kind: str, waits: bool
) -> None:
    note(browser(URSSAF), "SENT", "ANSWERED")
    act(actor, kind)
    assert bool(waiting(actor(URSSAF))) is waits


def test_a_follow_up_closed_before_the_answer_does_not_follow_it(browser: Browser, actor: Actors) -> None:
    opened_and_closed(actor, CODEFI)
    FollowUp.objects.update(opened_on=today() - timedelta(days=40))
    note(browser(URSSAF), "SENT", "ANSWERED")
    assert len(waiting(actor(URSSAF))) == 1
