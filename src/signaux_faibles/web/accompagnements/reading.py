"""What ties an account to follow-ups, and the follow-ups of establishments that it may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from signaux_faibles.web.accompagnements.covers import covered_accounts, zone_of
from signaux_faibles.web.accompagnements.models import Event, FollowUp, Membership
from signaux_faibles.web.accompagnements.states import OPEN_STATUTS, BoardColumn, Statut
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.database.fixed_query import FixedQuery
from signaux_faibles.web.rights.agent import Agent
from signaux_faibles.web.rights.covers import role_with_cover
from signaux_faibles.web.rights.follow_ups import (
    Act,
    ActVerdict,
    FollowUpTies,
    Role,
    decide_act,
    first_day_that_counts,
)

if TYPE_CHECKING:  # acts ask what is read here
    from signaux_faibles.web.accompagnements.acts import Actor

_CARRIED = FixedQuery(
    lambda account: Membership.objects.filter(account=account, follow_up__statut__in=sorted(OPEN_STATUTS)).values_list(
        "follow_up__siren", "follow_up__departement"
    ),
    10**9,
)
_OF_COMPANY = FixedQuery(lambda siren: FollowUp.objects.filter(siren=siren).values_list("pk"), "sample")

AT_ONCE = 20
"""Companies of a page of results, whose follow-ups one written query reads."""
_HEADS = ("pk", "siren", "departement", "column")
_OF_PAGE = FixedQuery(
    lambda *sirens: FollowUp.objects.filter(siren__in=sirens).values_list(*_HEADS),
    *(f"sample {n}" for n in range(AT_ONCE)),
)


@dataclass(frozen=True)
class FollowUpLine:
    """A follow-up as every agent of its zone reads it: that it exists, its statut, its dates, its referents."""

    number: int
    siret: str
    statut: Statut
    opened_on: date
    closed_on: date | None
    referents: tuple[str, ...]
    open: bool


def role_of(follow_up: FollowUp, account: Account) -> Role | None:
    """What an account is in a follow-up whose members are read: its own role, or that of whoever covers."""
    members = follow_up.members.all()
    own = next((Role[one.role] for one in members if one.account_id == account.pk), None)
    covered = covered_accounts(account)
    if own is not None or not covered:
        return own
    covers = any(one.account_id in covered for one in members)
    return role_with_cover(None, covers=covers, in_zone=follow_up.departement in zone_of(account))


def ties_to(follow_up: FollowUp, account: Account, *, with_silence: bool = False) -> FollowUpTies:
    """What ties an account to a follow-up; `with_silence` also reads when its referents last did something."""
    return FollowUpTies(
        departement=follow_up.departement,
        role=role_of(follow_up, account),
        open=follow_up.statut in OPEN_STATUTS,
        last_act_of_referents=_last_act_of_referents(follow_up) if with_silence else None,
    )


def verdict_on(follow_up: FollowUp, account: Account, agent: Agent, act: Act, today: date) -> ActVerdict:
    """Whether an account may do something with a follow-up."""
    return decide_act(agent, ties_to(follow_up, account, with_silence=act is Act.TAKE), act, today)


def seen_follow_ups(sirets: Iterable[str], account: Account, agent: Agent, today: date) -> tuple[FollowUpLine, ...]:
    """The follow-ups of establishments that an account may see, open ones first, then the latest."""
    return _lines(FollowUp.objects.filter(siret__in=list(sirets)), account, agent, today)


def seen_follow_ups_of_company(siren: str, account: Account, agent: Agent, today: date) -> tuple[FollowUpLine, ...]:
    """The follow-ups of a company that an account may see, open ones first, then the latest."""
    if not _OF_COMPANY.rows(siren):  # as of most companies, for which the ORM takes ten times longer to say so
        return ()
    return _lines(FollowUp.objects.filter(siren=siren), account, agent, today)


def seen_statuts(sirens: Collection[str], account: Account, agent: Agent, today: date) -> dict[str, Statut]:
    """By siren, the statut of the follow-ups that an account may see, « En cours » before those that come after it."""
    return {siren: next(iter(statuts)) for siren, statuts in counted_statuts(sirens, account, agent, today).items()}


def counted_statuts(
    sirens: Collection[str], account: Account, agent: Agent, today: date
) -> dict[str, dict[Statut, int]]:
    """By siren, how many follow-ups of each statut an account may see, in the order of the statuts.

    Whoever sees one whatever their role is not looked for among its members, whom it costs more to read.
    """
    visible: list[tuple[str, Statut]] = []
    elsewhere: list[int] = []
    for number, siren, departement, column in _followed(sirens):
        if decide_act(agent, FollowUpTies(departement), Act.SEE, today).allowed:
            visible.append((siren, BoardColumn[column].statut))
        else:
            elsewhere.append(number)
    if elsewhere:
        lines = _lines(FollowUp.objects.filter(pk__in=elsewhere), account, agent, today)
        visible += [(line.siret[:9], line.statut) for line in lines]
    by_company: dict[str, dict[Statut, int]] = {}
    for siren, statut in sorted(visible, key=lambda one: list(Statut).index(one[1])):
        counts = by_company.setdefault(siren, {})
        counts[statut] = counts.get(statut, 0) + 1
    return by_company


def _followed(sirens: Collection[str]) -> list[tuple[int, str, str | None, str]]:
    """The number, the siren, the département and the column of the follow-ups of companies."""
    if len(sirens) <= AT_ONCE:
        return _OF_PAGE.rows(*sirens, *[""] * (AT_ONCE - len(sirens))) if sirens else []
    return list(FollowUp.objects.filter(siren__in=sirens).values_list(*_HEADS))


def open_one(siret: str) -> FollowUp | None:
    """The open follow-up of an establishment; None without one."""
    return FollowUp.objects.filter(siret=siret, statut__in=OPEN_STATUTS).first()


def followed_in_zone(account: Account, zone: frozenset[str]) -> frozenset[str]:
    """The companies with an open follow-up that an account carries, on an establishment in its zone."""
    return frozenset(siren for siren, departement in _CARRIED.rows(account.pk) if departement in zone)


def carried(account: Account) -> list[FollowUp]:
    """The open follow-ups that an account carries, wherever they are."""
    return list(FollowUp.objects.filter(members__account=account, statut__in=OPEN_STATUTS))


def line_of(follow_up: FollowUp) -> FollowUpLine:
    """A follow-up, its members and their accounts being read, as agents of its zone see it."""
    referents = [one.account.signature for one in follow_up.members.all() if one.role == Role.REFERENT.name]
    return FollowUpLine(
        number=follow_up.pk,
        siret=follow_up.siret,
        statut=BoardColumn[follow_up.column].statut,
        opened_on=follow_up.opened_on,
        closed_on=follow_up.closed_on,
        referents=tuple(sorted(referents)),
        open=follow_up.statut in OPEN_STATUTS,
    )


def _lines(rows: Iterable[FollowUp], account: Account, agent: Agent, today: date) -> tuple[FollowUpLine, ...]:
    read = rows.prefetch_related("members__account")  # type: ignore[attr-defined]
    seen = [row for row in read if verdict_on(row, account, agent, Act.SEE, today).allowed]
    return tuple(
        line_of(row) for row in sorted(seen, key=lambda row: (row.statut in OPEN_STATUTS, row.pk), reverse=True)
    )


def _last_act_of_referents(follow_up: FollowUp) -> date | None:
    referents = follow_up.members.filter(role=Role.REFERENT.name, account__is_active=True)
    acts = Event.objects.filter(follow_up=follow_up, author__in=referents.values("account"))
    last = acts.order_by("-at").values_list("at", flat=True).first()
    return timezone.localdate(last) if last else None


def seen(actor: Actor) -> Q:
    """`Act.SEE`: of the zone, or carried by the agent."""
    if actor.agent.product_administrator:
        return Q(pk__in=[])
    in_zone = Q(departement__in=actor.agent.zone)
    return in_zone | mine(actor) if actor.agent.personal_ties else in_zone


def mine(actor: Actor) -> Q:
    """Carried by the agent."""
    return Q(Exists(Membership.objects.filter(follow_up=OuterRef("pk"), account=actor.account)))


def has_active_referent(today: date) -> Exists:
    """Whether a referent whose account is open acted in the last sixty days: without one, `Act.TAKE` is allowed."""
    acts = _acts_since(today).filter(
        author__is_active=True,
        author__follow_ups__follow_up=OuterRef("pk"),
        author__follow_ups__role=Role.REFERENT.name,
    )
    return Exists(acts)


def has_acts(today: date) -> Exists:
    """Whether anybody acted in the last sixty days."""
    return Exists(_acts_since(today))


def _acts_since(today: date) -> QuerySet[Event]:
    """The events of a follow-up of an outer query, of the days that count."""
    since = timezone.make_aware(datetime.combine(first_day_that_counts(today), time.min))
    events: QuerySet[Event] = Event.objects.filter(follow_up=OuterRef("pk"), at__gte=since)
    return events
