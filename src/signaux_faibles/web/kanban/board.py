"""A board as a member reads it: the follow-ups of a region by department and column, in their order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone
from django.utils.text import slugify

from signaux_faibles.snapshot.served.establishments import Site, sites_of
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.accompagnements.acts import Actor, act_of_move
from signaux_faibles.web.accompagnements.models import Event, FollowUp
from signaux_faibles.web.accompagnements.naming import named
from signaux_faibles.web.accompagnements.reading import FollowUpLine, line_of, ties_to
from signaux_faibles.web.accompagnements.references import ReferenceKind
from signaux_faibles.web.accompagnements.states import BoardColumn, Criticite
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.kanban.limits import ColumnHead, limits_of
from signaux_faibles.web.rights.agent import Agent, Network, Segment
from signaux_faibles.web.rights.follow_ups import decide_act
from signaux_faibles.web.rights.networks import NETWORKS
from signaux_faibles.web.territory import department_labels, departments_of, region_labels


@dataclass(frozen=True)
class Region:
    """A region whose board an agent sees, and the departments that they see in it."""

    slug: str
    label: str
    departements: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """A follow-up on a board.

    Attributes:
        targets: the other columns where the agent may move it, « Suivi terminé » by its closing form.
        since: the day on which it came into its column, from its events; None if no event says so.
        days: how long ago that is.
    """

    line: FollowUpLine
    version: int
    name: str | None
    town: str | None
    column: BoardColumn
    criticite: Criticite
    labels: tuple[str, ...]
    targets: tuple[BoardColumn, ...]
    since: date | None
    days: int | None
    mine: bool


@dataclass(frozen=True)
class BoardRow:
    """A department of the board."""

    departement: str
    label: str
    cells: tuple[tuple[BoardColumn, tuple[Card, ...]], ...]


@dataclass(frozen=True)
class Board:
    """The board of a region.

    Attributes:
        members: the agents of the CRP network whose zone holds a department of it.
        heads: the columns, with how many cards the reader sees in each and its limit, filters left aside.
        etag: changes with anything that the board shows.
    """

    region: Region
    rows: tuple[BoardRow, ...]
    members: tuple[Account, ...]
    heads: tuple[ColumnHead, ...]
    etag: str

    @property
    def total(self) -> int:
        """How many cards the filters keep."""
        return sum(len(cards) for row in self.rows for _, cards in row.cells)


def boards_of(agent: Agent) -> tuple[Region, ...]:
    """The boards of an agent: none outside the CRP network, else those of the regions of their zone."""
    if Network.CRP not in agent.networks or agent.product_administrator:
        return ()
    regions = ((label, departments_of(label) & agent.zone) for label in region_labels())
    return tuple(Region(slugify(label), label, tuple(sorted(codes))) for label, codes in regions if codes)


def etag_of(region: Region, snapshot: Snapshot, query: str, today: date) -> str:
    """What changes when the board does: its follow-ups, the register, the filters, the day."""
    follow_ups = FollowUp.objects.filter(departement__in=region.departements)
    last = follow_ups.aggregate(Sum("version"), Count("pk"))
    limits = sorted((column.name, most) for column, most in limits_of(region.slug).items() if most is not None)
    text = f"{region.slug} {sorted(last.items())} {limits} {snapshot.manifest.id} {query} {today} {region.departements}"
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:24]}"'


def read_board(region: Region, filters: Mapping[str, Any], actor: Actor, snapshot: Snapshot, etag: str) -> Board:
    """The board of a region, with the cards that the filters keep."""
    of_filters = _kept(region, filters, actor, snapshot).prefetch_related("members__account").order_by("rank", "pk")
    follow_ups = list(of_filters)
    sites = sites_of(snapshot, [one.siret for one in follow_ups])
    arrivals = _arrivals(follow_ups)
    cards: dict[tuple[str, BoardColumn], list[Card]] = {}
    for one in follow_ups:
        card = _card(one, sites.get(one.siret), arrivals.get(one.pk), actor)
        cards.setdefault((one.departement or "", card.column), []).append(card)
    labels = department_labels()
    departments = [str(filters["departement"])] if filters.get("departement") else region.departements
    rows = tuple(
        BoardRow(
            code,
            labels.get(code, code),
            tuple((column, tuple(cards.get((code, column), ()))) for column in BoardColumn),
        )
        for code in departments
    )
    return Board(region, rows, members_of(region), heads_of(region), etag)


def heads_of(region: Region) -> tuple[ColumnHead, ...]:
    """The columns of a board, filters left aside, each with its limit."""
    rows = FollowUp.objects.filter(departement__in=region.departements, archived=False)
    counts = dict(rows.values_list("column").annotate(Count("pk")))
    limits = limits_of(region.slug)
    return tuple(ColumnHead(one, counts.get(one.name, 0), limits.get(one)) for one in BoardColumn)


def archived_cards(region: Region, actor: Actor, snapshot: Snapshot) -> tuple[Card, ...]:
    """The closed follow-ups that were taken off the board, the last closed first."""
    rows = FollowUp.objects.filter(departement__in=region.departements, archived=True)
    follow_ups = list(rows.prefetch_related("members__account").order_by("-closed_on", "-pk"))
    sites = sites_of(snapshot, [one.siret for one in follow_ups])
    return tuple(_card(one, sites.get(one.siret), one.closed_on, actor) for one in follow_ups)


def members_of(region: Region) -> tuple[Account, ...]:
    """The open accounts of the CRP network whose zone holds a department of the region, by name."""
    segments = [one.name for one in Segment if Network.CRP in NETWORKS[one]]
    accounts = Account.objects.filter(
        is_active=True, segment__in=segments, zone__departement__in=region.departements, product_administrator=False
    )
    return tuple(accounts.distinct().order_by("name", "pk"))


def _kept(region: Region, filters: Mapping[str, Any], actor: Actor, snapshot: Snapshot) -> QuerySet[FollowUp]:
    rows = FollowUp.objects.filter(departement__in=region.departements, archived=False)
    if filters.get("departement"):
        rows = rows.filter(departement=filters["departement"])
    if filters.get("text"):
        rows = named(rows, filters["text"], snapshot)
    if filters.get("criticite"):
        rows = rows.filter(criticite=filters["criticite"])
    if filters.get("mine"):
        rows = rows.filter(members__account=actor.account)
    if filters.get("label"):  # the labels of a follow-up are a list in its choices
        numbers = [one.pk for one in rows if filters["label"] in one.choices.get(ReferenceKind.ETIQUETTE.name, ())]
        rows = rows.filter(pk__in=numbers)
    return rows


def _card(follow_up: FollowUp, site: Site | None, since: date | None, actor: Actor) -> Card:
    ties, column = ties_to(follow_up, actor.account), BoardColumn[follow_up.column]
    targets = tuple(
        one
        for one in BoardColumn
        if one is not column and decide_act(actor.agent, ties, act_of_move(column, one), actor.today).allowed
    )
    return Card(
        line=line_of(follow_up),
        version=follow_up.version,
        name=site.name if site else follow_up.name or None,
        town=site.town if site else None,
        column=column,
        criticite=Criticite[follow_up.criticite],
        labels=tuple(follow_up.choices.get(ReferenceKind.ETIQUETTE.name, ())),
        targets=targets,
        since=since,
        days=(actor.today - since).days if since else None,
        mine=ties.role is not None,
    )


def _arrivals(follow_ups: Iterable[FollowUp]) -> dict[int, date]:
    """The day on which each follow-up came into its column."""
    moves = Event.objects.filter(follow_up__in=[one.pk for one in follow_ups], after__has_key="column").order_by("pk")
    return {number: timezone.localdate(at) for number, at in moves.values_list("follow_up", "at")}


def may_read_board(agent: Agent, region: str) -> Region | None:
    """The board of a region that an agent may read; None otherwise, as where there is no such region."""
    return next((one for one in boards_of(agent) if one.slug == region), None)
