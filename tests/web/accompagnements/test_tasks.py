"""What remains to be done for a follow-up, by whom, before when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client

from harness.agents import CODEFI, CRP, URSSAF
from signaux_faibles.web.accompagnements.acts import Actor, name_people
from signaux_faibles.web.accompagnements.models import FollowUp, Task
from signaux_faibles.web.accompagnements.tasks import is_late, tasks_of_account
from signaux_faibles.web.circulation.digest import digests
from signaux_faibles.web.pinning import shelf
from signaux_faibles.web.request import today

Browser = Callable[[str], Client]
Actors = Callable[[str], Actor]
DAY, YESTERDAY = date(2026, 11, 29), date(2026, 11, 28)


@pytest.mark.parametrize(
    ("due", "done_on", "late"),
    [
        (None, None, False),
        (DAY, None, False),
        (DAY - timedelta(days=1), None, True),
        (DAY - timedelta(days=1), DAY, False),
    ],
)
def test_a_task_is_late_the_day_after(due: date | None, done_on: date | None, late: bool) -> None:
    assert is_late(due, done_on, DAY) is late


@pytest.fixture
def shared(actor: Actors, follow_up: FollowUp) -> FollowUp:
    """With the CRP as a participant."""
    people = {"referents": [actor(CODEFI).account.pk], "participants": [actor(CRP).account.pk]}
    name_people(actor(CODEFI), follow_up, people, follow_up.version)
    return follow_up


def give(client: Client, follow_up: FollowUp, assignee: int, **values: str) -> int:
    sent = {"tache-text": "Appeler le SIE", "tache-assignee": assignee, "tache-due": ""}
    return client.post(f"/accompagnements/{follow_up.pk}/taches", sent | values).status_code


@pytest.mark.django_db
def test_a_task_is_given_done_and_done_again(browser: Browser, actor: Actors, shared: FollowUp) -> None:
    yesterday = (today() - timedelta(days=1)).isoformat()
    crp = actor(CRP).account
    assert give(browser(CODEFI), shared, crp.pk, **{"tache-due": yesterday}) == 302
    task = Task.objects.get()
    page = browser(CRP).get(f"/accompagnements/{shared.pk}").content.decode()
    assert "Appeler le SIE" in page
    assert "En retard" in page
    assert (tasks_of_account(crp, today()).to_do, tasks_of_account(crp, today()).late) == (1, 1)
    assert "1 tâche à faire, dont 1 en retard" in browser(CRP).get("/").content.decode()
    browser(CRP).post(f"/accompagnements/{shared.pk}/taches/{task.pk}")
    task.refresh_from_db()
    assert task.done_on == today()
    assert tasks_of_account(crp, today()).to_do == 0
    browser(CRP).post(f"/accompagnements/{shared.pk}/taches/{task.pk}", {"undo": "1"})
    task.refresh_from_db()
    assert task.done_on is None


@pytest.mark.django_db
def test_only_who_carries_the_follow_up_gives_gets_and_reads_tasks(
    browser: Browser, actor: Actors, shared: FollowUp
) -> None:
    assert give(browser(URSSAF), shared, actor(CRP).account.pk) == 403
    assert give(browser(CODEFI), shared, actor(URSSAF).account.pk) == 422
    give(browser(CODEFI), shared, actor(CRP).account.pk)
    assert "Appeler le SIE" not in browser(URSSAF).get(f"/accompagnements/{shared.pk}").content.decode()
    assert browser(URSSAF).post(f"/accompagnements/{shared.pk}/taches/{Task.objects.get().pk}").status_code == 403
    assert give(browser(CODEFI), shared, actor(CRP).account.pk, **{"tache-text": "Voir le mandat ad hoc"}) == 422
    assert Task.objects.count() == 1


@pytest.mark.django_db
def test_the_digest_counts_tasks_beside_news(browser: Browser, actor: Actors, shared: FollowUp) -> None:
    give(browser(CODEFI), shared, actor(CRP).account.pk)
    with shelf(settings.SF_HOME).pinned() as snapshot:
        (mail,) = digests(today(), "https://sf.example", snapshot)
    assert "Tâches à faire : 1, dont 0 en retard." in mail.text
    assert "SIE" not in mail.text
