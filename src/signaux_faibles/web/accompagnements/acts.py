"""What agents do with follow-ups, each act asked of `decide_act` before it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from signaux_faibles.web.accompagnements.content import DISPOSITIFS, LISTS, PEOPLE, content_of, first_content
from signaux_faibles.web.accompagnements.models import Event, FollowUp
from signaux_faibles.web.accompagnements.ordering import between
from signaux_faibles.web.accompagnements.reading import open_one, ties_to, verdict_on
from signaux_faibles.web.accompagnements.recording import open_follow_up, record
from signaux_faibles.web.accompagnements.states import BoardColumn, EventKind, Outcome
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.rights.agent import Agent, Segment
from signaux_faibles.web.rights.follow_ups import Act, Why, decide_opening
from signaux_faibles.web.rights.verdict import RefusedByRight, Verdict


class ActRefused(RefusedByRight):
    """The agent may not do it; the reason is a sentence."""


class NoReferent(Exception):
    """A follow-up has one referent at least."""


@dataclass(frozen=True)
class Actor:
    """Who acts: the account, its rights, the day."""

    account: Account
    agent: Agent
    today: date

    def must(self, follow_up: FollowUp, act: Act) -> None:
        """Refuse what the actor may not do.

        Raises:
            ActRefused: why.
        """
        verdict = verdict_on(follow_up, self.account, self.agent, act, self.today)
        if not verdict.allowed:
            raise ActRefused(verdict)

    def may(self, follow_up: FollowUp, act: Act) -> bool:
        """Whether the actor may do it."""
        return verdict_on(follow_up, self.account, self.agent, act, self.today).allowed


@dataclass(frozen=True)
class Followed:
    """The establishment of a new follow-up, as the register knows it."""

    siret: str
    name: str | None
    departement: str | None
    active: bool


def open_on(
    actor: Actor, place: Followed, choices: Mapping[str, Any], people: Mapping[str, Sequence[int]], seen: dict[str, Any]
) -> FollowUp:
    """Open a follow-up; its author is a referent. One born from a list has the SP CODEFI of the department too.

    Raises:
        ActRefused: out of the zone, on a closed establishment, or on one that has an open follow-up.
        AlreadyOpen: somebody else opened it meanwhile.
    """
    taken = open_one(place.siret) is not None
    verdict = decide_opening(actor.agent, place.departement, active=place.active, already_open=taken)
    if not verdict.allowed:
        raise ActRefused(verdict)
    referents = {actor.account.pk, *people.get("referents", ())}
    participants = {*people.get("participants", ()), *(secretaries(place.departement) if seen.get("list") else ())}
    content = first_content(
        vars(place),
        on=actor.today,
        column=BoardColumn.A_DEFINIR,
        rank=between(last_rank(BoardColumn.A_DEFINIR, place.departement), ""),
        choices=choices,
        people={"referents": referents, "participants": participants},
    )
    return open_follow_up(actor.account, content, seen)


def edit(actor: Actor, follow_up: FollowUp, choices: Mapping[str, Any], version: int) -> Event | None:
    """Change the criticité and what is chosen in the reference lists.

    Raises:
        ActRefused, Stale: nothing is written.
    """
    actor.must(follow_up, Act.EDIT)
    return record(follow_up.pk, actor.account, EventKind.EDITED, choices, version=version)


@dataclass(frozen=True)
class CardPlace:
    """Where a card goes: a column, after a card of it (None for the top) and the version that the agent read."""

    column: BoardColumn
    after: int | None
    version: int


def move(actor: Actor, follow_up: FollowUp, place: CardPlace, outcome: Outcome | None = None) -> Event | None:
    """Move a follow-up to another column or rank; into « Suivi terminé » it is closed, and needs its outcome.

    Raises:
        ActRefused, Stale: nothing is written.
        ValueError: it would be closed without an outcome.
    """
    actor.must(follow_up, act_of_move(BoardColumn[follow_up.column], place.column))
    changes: dict[str, Any] = {"column": place.column.name}
    kind = EventKind.MOVED
    if place.column is BoardColumn.SUIVI_TERMINE and place.column.name != follow_up.column:
        if outcome is None:
            raise ValueError("a follow-up is closed with its outcome")
        kind = EventKind.CLOSED
        changes |= {"outcome": outcome.name, "closed_on": actor.today.isoformat()}
    with transaction.atomic():
        changes["rank"] = _rank_after(follow_up, place)
        return record(follow_up.pk, actor.account, kind, changes, version=place.version)


def act_of_move(origin: BoardColumn, target: BoardColumn) -> Act:
    """The right that a move needs: a change of statut needs a referent, the others do not."""
    if origin.statut is target.statut:
        return Act.MOVE
    return Act.WATCH if target is BoardColumn.VEILLE else Act.CHANGE_STATUT


def name_people(actor: Actor, follow_up: FollowUp, people: Mapping[str, Sequence[int]], version: int) -> Event | None:
    """Say who carries a follow-up.

    Raises:
        NoReferent: there would be none; ActRefused, Stale: nothing is written.
    """
    actor.must(follow_up, Act.NAME)
    referents = set(people["referents"])
    if not referents:
        raise NoReferent
    roles = {"referents": sorted(referents), "participants": sorted(set(people["participants"]) - referents)}
    return record(follow_up.pk, actor.account, EventKind.CONTRIBUTORS, roles, version=version)


def take(actor: Actor, follow_up: FollowUp) -> Event | None:
    """Become a referent of a follow-up whose referents are silent or gone; the former ones stay.

    Raises:
        ActRefused: they are not.
    """
    with transaction.atomic():
        locked = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
        actor.must(locked, Act.TAKE)
        now = content_of(locked)
        people = {
            "referents": sorted({*now["referents"], actor.account.pk}),
            "participants": [one for one in now["participants"] if one != actor.account.pk],
        }
        return record(locked.pk, actor.account, EventKind.TAKEN, people)


def duplicate(actor: Actor, follow_up: FollowUp, place: Followed) -> FollowUp:
    """Open a new follow-up with the choices and the people of a closed one.

    Raises:
        ActRefused, AlreadyOpen: nothing is written.
    """
    actor.must(follow_up, Act.DUPLICATE)
    former = content_of(follow_up)
    open_accounts = set(Account.objects.filter(is_active=True).values_list("pk", flat=True))
    people = {name: [one for one in former[name] if one in open_accounts] for name in PEOPLE}
    choices = {name: former[name] for name in (*LISTS, DISPOSITIFS)} | {"criticite": former["criticite"]}
    return open_on(actor, place, choices, people, {"duplicated": follow_up.pk})


def secretaries(departement: str | None) -> set[int]:
    """The open accounts of the SP CODEFI of a department."""
    accounts = Account.objects.filter(
        is_active=True, segment=Segment.SP_CODEFI.name, zone__departement=departement, product_administrator=False
    )
    return set(accounts.values_list("pk", flat=True))


def archive(actor: Actor, follow_up: FollowUp, *, archived: bool) -> Event | None:
    """Take a closed follow-up off the board, or put it back.

    Raises:
        ActRefused: the board is not theirs.
    """
    actor.must(follow_up, Act.READ_BOARD)
    if archived and ties_to(follow_up, actor.account).open:
        raise ActRefused(Verdict(False, Why.STILL_OPEN))
    return record(follow_up.pk, actor.account, EventKind.ARCHIVED, {"archived": archived})


def people_of(follow_up: FollowUp) -> dict[str, list[Account]]:
    """The accounts that carry a follow-up, by name of `PEOPLE`, in alphabetical order."""
    members = sorted(follow_up.members.all(), key=lambda one: one.account.name)
    return {name: [one.account for one in members if one.role == role.name] for name, role in PEOPLE.items()}


def _rank_after(follow_up: FollowUp, place: CardPlace) -> str:
    """A rank just after a card of the column, whose row is locked; at the top without one."""
    cards = FollowUp.objects.select_for_update().filter(column=place.column.name, departement=follow_up.departement)
    ranks = sorted((rank, pk) for rank, pk in cards.exclude(pk=follow_up.pk).values_list("rank", "pk"))
    before = next((rank for rank, pk in ranks if pk == place.after), "")
    after = next((rank for rank, _ in ranks if rank > before), "")
    return between(before, after)


def last_rank(column: BoardColumn, departement: str | None) -> str:
    """The rank of the last card of a column, in a department; empty where it holds none."""
    cards = FollowUp.objects.filter(column=column.name, departement=departement)
    last: str | None = cards.order_by("-rank").values_list("rank", flat=True).first()
    return last or ""
