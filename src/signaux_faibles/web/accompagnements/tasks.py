"""What remains to be done for a follow-up: its carriers give each other tasks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from signaux_faibles.web.accompagnements.acts import Actor, ActRefused
from signaux_faibles.web.accompagnements.models import FollowUp, Task
from signaux_faibles.web.accompagnements.recording import note
from signaux_faibles.web.accompagnements.states import OPEN_STATUTS, EventKind
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.rights.follow_ups import Act, Why
from signaux_faibles.web.rights.verdict import Verdict


@dataclass(frozen=True)
class TasksOfAccount:
    """What an account has to do: how many tasks, and how many are past their day."""

    to_do: int
    late: int


def is_late(due: date | None, done_on: date | None, today: date) -> bool:
    """Whether a task is past its day: that day itself is still in time."""
    return done_on is None and due is not None and due < today


def tasks_of(follow_up: FollowUp) -> list[Task]:
    """The tasks of a follow-up: those to do by day, those without a day, then those that are done."""
    tasks = follow_up.tasks.select_related("assignee", "author")
    return sorted(tasks, key=lambda one: (one.done_on is not None, one.due is None, one.due or date.max, one.pk))


def tasks_of_account(account: Account, today: date) -> TasksOfAccount:
    """What an account has to do, on open follow-ups."""
    dues = Task.objects.filter(assignee=account, done_on=None, follow_up__statut__in=OPEN_STATUTS)
    due_days = list(dues.values_list("due", flat=True))
    return TasksOfAccount(len(due_days), sum(is_late(due, None, today) for due in due_days))


def give_task(actor: Actor, follow_up: FollowUp, text: str, assignee: Account, due: date | None) -> Task:
    """Give a task to somebody who carries the follow-up.

    Raises:
        ActRefused: the actor does not carry it, it is closed, or the assignee does not carry it.
    """
    actor.must(follow_up, Act.EDIT)
    if assignee.pk not in _carriers(follow_up):
        raise ActRefused(Verdict(False, Why.NOT_CONTRIBUTOR))
    with transaction.atomic():
        task = Task(follow_up=follow_up, text=text, assignee=assignee, due=due, author=actor.account)
        task.save()
        note(follow_up, actor.account, EventKind.TASK)
    return task


def end_task(actor: Actor, task: Task, *, done: bool) -> None:
    """Say that a task is done, or that it is not after all.

    Raises:
        ActRefused: the actor does not carry the follow-up, or it is closed.
    """
    actor.must(task.follow_up, Act.EDIT)
    with transaction.atomic():
        row = Task.objects.select_for_update().get(pk=task.pk)
        if (row.done_on is not None) is done:
            return
        row.done_on = actor.today if done else None
        row.save()
        note(row.follow_up, actor.account, EventKind.TASK)


def _carriers(follow_up: FollowUp) -> Iterable[int]:
    return [one.account_id for one in follow_up.members.all()]
