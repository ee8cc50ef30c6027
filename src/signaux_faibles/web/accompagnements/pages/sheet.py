"""The page of a follow-up as an agent reads it: each part asked of the rights before it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from signaux_faibles.snapshot.served.establishments import Site, site_of
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.accompagnements.acts import Actor, people_of
from signaux_faibles.web.accompagnements.contacts import Touch, contacts_of, courtesy, touches_of
from signaux_faibles.web.accompagnements.content import AMICABLE, DISPOSITIFS, LISTS
from signaux_faibles.web.accompagnements.covers import covers_of
from signaux_faibles.web.accompagnements.models import Comment, Contact, FollowUp, Synthesis, Task
from signaux_faibles.web.accompagnements.pages.forms import amicable_words, dispositif_line
from signaux_faibles.web.accompagnements.reading import (
    FollowUpLine,
    line_of,
    seen_follow_ups_of_company,
    ties_to,
)
from signaux_faibles.web.accompagnements.references import ReferenceKind, dispositifs
from signaux_faibles.web.accompagnements.states import Answer, BoardColumn, Criticite, EventKind, Outcome
from signaux_faibles.web.accompagnements.tasks import tasks_of
from signaux_faibles.web.rights.agent import Network
from signaux_faibles.web.rights.follow_ups import (
    Act,
    ActVerdict,
    FollowUpTies,
    commentable_networks,
    decide_act,
    readable_networks,
    writable_networks,
)
from signaux_faibles.wording.french import day_label


@dataclass(frozen=True)
class Circle:
    """What a network writes of a follow-up: its comments latest first, corrections in place of what they replace."""

    network: Network
    synthesis: Synthesis | None
    comments: tuple[Comment, ...]
    writable: bool
    commentable: bool


@dataclass(frozen=True)
class FollowUpSheet:
    """A follow-up as an agent reads it.

    Attributes:
        may: by name of `Act`, what is allowed, and why not.
        lists: title and labels of each reference list, those of the board left out for whoever does not see it.
        contacts, tasks: None where they are closed to the agent.
        amicable: the confidential procedure in words; None where there is none, or where it is closed to the agent.
        colleague: who was in touch with the company in the last fortnight.
        answer: what the director last answered to a letter; empty without one, or for whoever does not carry it.
        absences: who is away among those who carry it, until when, and who covers them.
    """

    follow_up: FollowUp
    line: FollowUpLine
    site: Site | None
    ties: FollowUpTies
    may: Mapping[str, ActVerdict]
    lists: tuple[tuple[str, tuple[str, ...]], ...]
    dispositifs: tuple[tuple[str, str, str], ...]
    people: Mapping[str, list[Any]]
    circles: tuple[Circle, ...]
    contacts: list[Contact] | None
    tasks: list[Task] | None
    amicable: str | None
    touches: tuple[Touch, ...]
    colleague: Touch | None
    others: tuple[FollowUpLine, ...]
    answer: str
    absences: tuple[str, ...]

    @property
    def name(self) -> str | None:
        """The name of the company in today's register; the one noted at the opening if it is no longer there."""
        return self.site.name if self.site else self.follow_up.name or None

    @property
    def column(self) -> BoardColumn:
        """Where it stands on a board."""
        return BoardColumn[self.follow_up.column]

    @property
    def criticite(self) -> Criticite:
        """How critical the situation is."""
        return Criticite[self.follow_up.criticite]

    @property
    def outcome(self) -> str:
        """How it ended; empty while it is open."""
        return Outcome[self.follow_up.outcome].value if self.follow_up.outcome else ""

    @classmethod
    def read(cls, number: int, actor: Actor, snapshot: Snapshot) -> FollowUpSheet | None:
        """Read what the actor may read; None where there is no such follow-up, or where they may not see it."""
        follow_up = FollowUp.objects.filter(pk=number).prefetch_related("members__account").first()
        if follow_up is None:
            return None
        ties = ties_to(follow_up, actor.account, with_silence=True)
        may = {act.name: decide_act(actor.agent, ties, act, actor.today) for act in Act}
        if not may[Act.SEE.name].allowed:
            return None
        touches = touches_of(follow_up.siret, actor, follow_up.departement)
        of_company = seen_follow_ups_of_company(follow_up.siren, actor.account, actor.agent, actor.today)
        labelled = may[Act.READ_BOARD.name].allowed or ties.role is not None
        return cls(
            follow_up=follow_up,
            line=line_of(follow_up),
            site=site_of(snapshot, follow_up.siret),
            ties=ties,
            may=may,
            lists=_lists(follow_up, labels=labelled),
            dispositifs=_dispositifs(follow_up),
            people=people_of(follow_up),
            circles=_circles(follow_up, actor, ties),
            tasks=tasks_of(follow_up) if ties.role else None,
            contacts=contacts_of(follow_up) if may[Act.READ_CONTACTS.name].allowed else None,
            amicable=_amicable(follow_up) if may[Act.READ_AMICABLE.name].allowed else None,
            touches=touches,
            colleague=courtesy(touches, actor.today),
            others=tuple(one for one in of_company if one.number != number),
            answer=_answer(follow_up) if ties.role else "",
            absences=_absences(follow_up, actor),
        )


def _answer(follow_up: FollowUp) -> str:
    """The last answer of the director to a letter, in words; empty without one."""
    events = follow_up.events.filter(kind=EventKind.CALLED.name).select_related("author").order_by("-pk")
    last = next((one for one in events if "answer" in one.seen), None)
    if last is None:
        return ""
    on = day_label(timezone.localdate(last.at))
    return f"{Answer[last.seen['answer']].value}, a noté {last.author.signature} le {on}."


def _absences(follow_up: FollowUp, actor: Actor) -> tuple[str, ...]:
    members = {one.account_id: one.account for one in follow_up.members.all()}
    return tuple(
        f"{members[away].signature} jusqu’au {day_label(one.last)}, remplacé par {one.by.signature}."
        for away, covers in covers_of(members, actor.today).items()
        for one in covers
    )


def _lists(follow_up: FollowUp, *, labels: bool) -> tuple[tuple[str, tuple[str, ...]], ...]:
    names = (name for name in LISTS if labels or name != ReferenceKind.ETIQUETTE.name)
    return tuple((ReferenceKind[name].value, tuple(follow_up.choices.get(name, ()))) for name in names)


def _dispositifs(follow_up: FollowUp) -> tuple[tuple[str, str, str], ...]:
    progress_of, labels = follow_up.choices.get(DISPOSITIFS, {}), dispositifs()
    return tuple(dispositif_line(label, progress, labels) for label, progress in progress_of.items())


def _amicable(follow_up: FollowUp) -> str | None:
    procedure = follow_up.choices.get(AMICABLE)
    return amicable_words(procedure) if procedure else None


def _circles(follow_up: FollowUp, actor: Actor, ties: FollowUpTies) -> tuple[Circle, ...]:
    """The circles that the agent reads; whoever does not carry the follow-up reads no text on an amicable procedure."""
    readable, writable = readable_networks(actor.agent, ties), writable_networks(actor.agent, ties)
    commentable = commentable_networks(actor.agent, ties)
    names = [one.name for one in readable]
    syntheses = follow_up.syntheses.filter(network__in=names).select_related("author").order_by("at", "pk")
    comments = follow_up.comments.filter(network__in=names).select_related("author").order_by("-at", "-pk")
    if ties.role is None:
        syntheses, comments = syntheses.filter(amicable=False), comments.filter(amicable=False)
    latest = {one.network: one for one in syntheses}
    written = list(comments.filter(replaced_by=None))
    return tuple(
        Circle(
            network=network,
            synthesis=latest.get(network.name),
            comments=tuple(one for one in written if one.network == network.name),
            writable=network in writable,
            commentable=network in commentable,
        )
        for network in Network
        if network in readable
    )
