"""Who came and went on a card of Wekan, its labels, its archiving, its due date: dated events, or counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.agents import CRP, URSSAF
from harness.former_exports import UNKNOWN, read_card
from harness.replaying import replay
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.content import content_of
from signaux_faibles.web.accompagnements.models import Addressee, FollowUp, Task
from signaux_faibles.web.accompagnements.pages.history import history
from signaux_faibles.web.circulation.news import news_of
from signaux_faibles.web.rights.agent import Network
from signaux_faibles.web.takeover.parsed import Export, Plan
from signaux_faibles.web.takeover.planning import Ready
from signaux_faibles.web.takeover.wekan_activities import CHANGES, NOT_TODAYS, RETURNED, Hand, not_taken_over, unwound
from signaux_faibles.web.takeover.writing import DUE, write

ActorOf = Callable[[str], Actor]
Planned = Callable[[Export], Plan[Ready]]
OPENED = datetime(2024, 2, 1, 8, tzinfo=UTC)
EMPTY = Hand((), (), ())


def act(kind: str, day: int, who: str = "crp", **others: object) -> dict[str, object]:
    """An activity of March 2024 on the card of the Ateliers."""
    at = {"$date": f"2024-03-{day:02}T10:00:00Z"}
    return {"activityType": kind, "cardId": "cardOfTheAteliers", "userId": who, "createdAt": at} | others


def taken(plan: Plan[Ready]) -> FollowUp:
    """The only follow-up of a plan, written; what its events make is what it holds."""
    (row,) = write(plan)
    row.refresh_from_db()
    assert replay(row.events.exclude(version=None).order_by("version")) == content_of(row)
    return row


def lines(row: FollowUp) -> list[tuple[str, str, tuple[str, ...]]]:
    """Its history, the oldest first: the day and the author, what was done, what it changed."""
    seen = history(row, lambda _: True, frozenset(Network))
    return [(f"{one.at:%m-%d} {one.who.split()[0]}", one.what.split(",")[0], one.changes) for one in reversed(seen)]


def test_members_come_and_go_on_their_days(tmp_path: Path, planned: Planned, actor: ActorOf) -> None:
    export = read_card(
        tmp_path,
        act("joinMember", 3, memberId="urssaf"),
        act("joinAssignee", 5, assigneeId="crp"),
        act("unjoinMember", 9, "urssaf", memberId="urssaf"),
        members=[],
    )
    row = taken(planned(export))
    held = [{name: one.after.get(name) for name in ("referents", "participants")} for one in row.events.order_by("pk")]
    crp, urssaf = actor(CRP).account.pk, actor(URSSAF).account.pk
    assert held[0] == {"referents": [crp], "participants": []}, "whoever created it, since somebody must answer for it"
    assert [one["participants"] for one in held if one["participants"] is not None] == [[], [urssaf], []]
    assert [what for _, what, _ in lines(row)].count("a changé les contributeurs") == 2
    assert (row.members.count(), row.events.latest("version").author) == (1, actor(URSSAF).account)


def test_labels_come_and_go_and_criticite_follows_them(tmp_path: Path, planned: Planned) -> None:
    export = read_card(
        tmp_path,
        act("addedLabel", 4, labelId="wood"),
        act("addedLabel", 6, "urssaf", labelId="red"),
        act("removedLabel", 8, labelId="free"),
        labelIds=["wood", "red"],
    )
    row = taken(planned(export))
    changes = [one for _, what, one in lines(row) if what == "a modifié les informations"]
    assert changes == [
        ("Filières : + bois",),
        ("Pas de criticité → Criticité modérée",),
        ("Étiquettes : − Cellule Limoges",),
    ]
    assert (row.criticite, row.choices["FILIERE"], row.choices["ETIQUETTE"]) == ("MODEREE", ["bois"], [])


def test_what_was_done_when_the_card_was_created_is_part_of_its_opening(tmp_path: Path, planned: Planned) -> None:
    joined = act("joinMember", 1, memberId="urssaf") | {"createdAt": "2024-02-01T08:00:00.000Z"}
    row = taken(planned(read_card(tmp_path, joined)))
    assert [one.kind for one in row.events.exclude(version=None)] == ["OPENED"]


def test_comings_and_goings_are_no_news_for_those_who_left(tmp_path: Path, planned: Planned, actor: ActorOf) -> None:
    gone = [act("joinMember", 3, memberId="urssaf"), act("unjoinMember", 9, memberId="urssaf")]
    taken(planned(read_card(tmp_path, *gone, members=[])))
    assert not Addressee.objects.exists()
    assert list(news_of(actor(URSSAF))) == []


def test_a_member_without_an_account_is_reported_and_their_passage_left_aside(tmp_path: Path, planned: Planned) -> None:
    gone = [act("joinMember", 3, memberId="gone"), act("unjoinMember", 9, memberId="gone")]
    plan = planned(read_card(tmp_path, *gone))
    assert [(one.what, one.why) for one in plan.left_aside] == [
        (UNKNOWN, "Cette personne n'a pas de compte : son passage n'est pas repris.")
    ]
    assert [one.kind for one in taken(plan).events.exclude(version=None)] == ["OPENED"]


def test_whoever_has_no_account_is_named_by_what_they_changed(tmp_path: Path, planned: Planned) -> None:
    row = taken(planned(read_card(tmp_path, act("joinMember", 3, "gone", memberId="urssaf"))))
    assert row.events.latest("version").seen["import"]["by"] == UNKNOWN


def test_comings_that_contradict_today_are_counted_and_the_others_kept(tmp_path: Path, planned: Planned) -> None:
    export = read_card(tmp_path, act("joinMember", 3, memberId="urssaf"), act("addedLabel", 5, labelId="pme"))
    plan = planned(export)
    assert [one.why for one in plan.left_aside] == [f"{NOT_TODAYS} (1)."]
    assert [one.kind for one in taken(plan).events.exclude(version=None).order_by("version")] == [
        "OPENED",
        "CONTRIBUTORS",
    ]


def test_whoever_archived_a_card_closed_it_then(tmp_path: Path, planned: Planned, actor: ActorOf) -> None:
    row = taken(planned(read_card(tmp_path, act("archivedCard", 20, "urssaf"), archived=True)))
    closed = row.events.latest("version")
    assert (closed.kind, closed.author, closed.at.date()) == ("CLOSED", actor(URSSAF).account, date(2024, 3, 20))


def test_an_archiving_undone_is_reported(tmp_path: Path, planned: Planned) -> None:
    plan = planned(read_card(tmp_path, act("archivedCard", 3), act("restoredCard", 5)))
    assert [one.why for one in plan.left_aside] == [RETURNED]
    assert taken(plan).statut == "EN_COURS"


def test_what_changed_after_the_closing_is_kept_and_replays(tmp_path: Path, planned: Planned) -> None:
    moved = act("moveCard", 9, oldListId="going") | {"listId": "done"}
    row = taken(planned(read_card(tmp_path, moved, act("addedLabel", 20, labelId="wood"), listId="done")))
    kinds = [one.kind for one in row.events.exclude(version=None).order_by("version")]
    assert (kinds, row.statut) == (["OPENED", "CLOSED", "EDITED"], "TERMINE")


def test_a_due_date_becomes_a_task_of_the_referent(tmp_path: Path, planned: Planned, actor: ActorOf) -> None:
    set_at = act("a-dueAt", 3, "urssaf", timeKey="dueAt", timeValue="2027-01-15T00:00:00.000Z")
    row = taken(planned(read_card(tmp_path, set_at, dueAt="2027-01-15T11:00:00.000Z")))
    task = Task.objects.get()
    assert (task.text, task.due, task.follow_up) == (DUE, date(2027, 1, 15), row)
    assert (task.assignee, task.author) == (actor(CRP).account, actor(URSSAF).account)
    assert ("03-03", "TASK") in [(f"{one.at:%m-%d}", one.kind) for one in row.events.all()]


def test_a_card_that_is_over_waits_for_no_day(tmp_path: Path, planned: Planned) -> None:
    taken(planned(read_card(tmp_path, dueAt="2027-01-15T11:00:00.000Z", listId="done")))
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("addBoardMember", "le tableau, et non une carte"),
        ("a-dueAt", "telles qu'elles sont aujourd'hui"),
        ("editComment", "tel qu'il est aujourd'hui"),
        ("checkedItem", "ni liste de contrôle"),
        ("dance", "rien n'y correspond"),
        (None, "(sans type : 2)"),
    ],
)
def test_what_has_no_meaning_here_is_counted_with_its_reason(kind: str | None, why: str) -> None:
    (said,) = not_taken_over([{"activityType": kind}, {"activityType": kind}])
    assert why in said
    assert " : 2)" in said


@pytest.mark.parametrize("kind", sorted({*CHANGES, "createCard", "moveCard", "archivedCard", "addComment"}))
def test_what_is_read_is_not_counted(kind: str) -> None:
    assert list(not_taken_over([{"activityType": kind}])) == []


@given(st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), st.sampled_from("abc")), max_size=12))
def test_undoing_then_doing_again_gives_today(steps: Sequence[tuple[str, str]]) -> None:
    """Whatever truly happened, the hands found are those that it made, in their order."""
    hands, dated = [EMPTY], []
    for number, (kind, one) in enumerate(steps):
        name, field, added = CHANGES[kind]
        held = getattr(hands[-1], name)
        if (one in held) is added:
            continue
        after = {"assignees": hands[-1].assignees, "members": hands[-1].members, "labels": hands[-1].labels}
        after[name] = (*held, one) if added else tuple(other for other in held if other != one)
        hands.append(Hand(**after))
        dated.append((OPENED + timedelta(days=number), {"activityType": kind, field: one}))
    began, changed, lost = unwound(hands[-1], dated)
    assert lost == 0
    for found, made in zip((began, *(one.hand for one in changed)), hands, strict=True):
        assert {name: set(held) for name, held in vars(found).items()} == {
            name: set(held) for name, held in vars(made).items()
        }
