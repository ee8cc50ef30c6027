"""Agents help some companies: whom they choose, and what becomes of these with the help and without it.

First, all live without help. A company that is helped then lives twice more from that month, from the state that it has
reached and with the same draws: once with the help, which is what happens, and once without, which only the truth
knows. Where the help changes nothing, nobody lives twice and the first life is what happens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from signaux_faibles.fictitious.lives.courts import Case, Events
from signaux_faibles.fictitious.lives.lives import Life, Lives, Unpaid
from signaux_faibles.fictitious.months import LAST, month_of
from signaux_faibles.fictitious.parameters.help import Help
from signaux_faibles.fictitious.parameters.world import World
from signaux_faibles.fictitious.people.population import Bools, Employers, Ints, Reals

NOBODY = -1
_LEAST_AGE = 36
_FEWEST = 10
_UNPAID = slice(-8, -2)
"""Periods in the data of a month: those of the last six months, known two months later."""
_HEADCOUNT_LAG = 4


@dataclass(frozen=True)
class Helped:
    """Companies touched by a help, one value each, in the order of the months.

    Attributes:
        company: rank in the part.
        period: month of the help.
        neighbour_of: for a company touched by the help of another, that other one; `NOBODY` for a company helped.
        logged: the help is written down.
        on_data: what the data showed when agents chose; higher is worse.
    """

    company: Ints
    period: Ints
    neighbour_of: Ints
    logged: Bools
    on_data: Reals


@dataclass(frozen=True)
class Stories:
    """What happens, and what would have happened to the companies touched by help.

    Attributes:
        lives: what happens.
        unhelped: what would have happened without help; read only at the companies touched.
        helped: the companies touched.
    """

    lives: Lives
    unhelped: Lives
    helped: Helped


def live(employers: Employers, world: World, rng: Callable[[str], np.random.Generator]) -> Stories:
    """Live all the months; the first life has the same draws as in a country without agents."""
    parameters = world.help
    first = Life(employers, world, rng("lives"))
    agents = _Agents(first, parameters, rng("agents"))
    twins = [_twin(first, rng("twin lives")) for _ in range(2 * parameters.changes_lives)]
    for now in range(LAST):
        agents.relieve(twins[:1], now)
        for twin in twins:
            twin.step(now)
        first.begin(now)
        first.step(now)
        touched = agents.choose(now)
        for twin in twins:
            _adopt(twin, first, touched)
    alone, helped = first.lives(), agents.helped()
    if not twins:
        return Stories(alone, alone, helped)
    with_help, without = (_merged(alone, twin.lives(), helped) for twin in twins)
    return Stories(with_help, without, helped)


class _Agents:
    """Agents at work, month after month."""

    def __init__(self, life: Life, parameters: Help, rng: np.random.Generator) -> None:
        self._life, self._law, self._chance = life, parameters, rng
        count = life.employers.count
        self._touched = np.zeros(count, dtype=bool)
        self._ratio = np.ones(count)
        self._until = np.zeros(count, dtype=np.int64)
        self._found: list[tuple[Ints, Ints, Ints, Bools, Reals]] = []

    def relieve(self, lives: list[Life], now: int) -> None:
        """The share of the risk of a month that the help leaves, in these lives."""
        for life in lives:
            life.relief = np.where(now < self._until, self._ratio, 1.0)

    def choose(self, now: int) -> Ints:
        """The companies touched by the help of the month: those helped, and their neighbours."""
        parameters, life = self._law, self._life
        draws = self._chance.random((3, life.employers.count))
        if now < parameters.since:
            return np.zeros(0, dtype=np.int64)
        size = life.headcount[:, now]
        eligible = life.alive & (life.courts.case == Case.IN_BONIS) & (size >= _FEWEST) & ~self._touched
        eligible &= now - life.employers.birth >= _LEAST_AGE
        seen = self._seen(now)
        weight = np.where(eligible, np.exp(parameters.on_data * seen + parameters.on_hidden * self._prospects()), 0.0)
        total = max(weight.sum(), 1e-9)
        company = np.flatnonzero(draws[0] < parameters.a_month * eligible.sum() * weight / total)
        neighbours, of = self._neighbours(company, eligible, draws[1])
        self._touched[np.r_[company, neighbours]] = True
        self._ratio[company], self._ratio[neighbours] = parameters.ratio, parameters.neighbour
        candidates = np.r_[company, neighbours]
        self._until[candidates] = now + 1 + parameters.months
        logged = np.r_[draws[2][company] < parameters.logged, np.zeros(len(neighbours), dtype=bool)]
        beside = np.r_[np.full(len(company), NOBODY), of]
        self._found.append((candidates, np.full(len(candidates), now), beside, logged, seen[candidates]))
        return np.asarray(candidates)

    def helped(self) -> Helped:
        """All those touched."""
        empty = (np.zeros(0, dtype=np.int64),) * 3 + (np.zeros(0, dtype=bool), np.zeros(0))
        return Helped(*(np.concatenate(column) for column in zip(empty, *self._found, strict=True)))

    def _seen(self, now: int) -> Reals:
        """What the data of the month show of the difficulty: unpaid months, fall of the headcount in a year."""
        life = self._life
        unpaid = np.zeros(life.employers.count)
        for month in life.unpaid[_UNPAID]:
            unpaid[month.company] += 1
        last = life.headcount[:, now - _HEADCOUNT_LAG]
        before = life.headcount[:, now - _HEADCOUNT_LAG - 12]
        fall = np.log(np.maximum(before, 1) / np.maximum(last, 1)) * (before > 0) * (last > 0)
        return np.asarray(np.log1p(unpaid) + 2 * np.clip(fall, -0.5, 0.5))

    def _prospects(self) -> Reals:
        """What the latent state says about the future of a company: standard deviation 1, higher is better."""
        parameters, life = self._life.world.distress, self._life
        weight = parameters.strain * life.strain + parameters.frailty * life.employers.frailty
        return np.asarray(-weight / np.hypot(parameters.strain, parameters.frailty))

    def _neighbours(self, company: Ints, eligible: Bools, draw: Reals) -> tuple[Ints, Ints]:
        """For each company helped, one other company of its sector, in worlds where help spreads."""
        if self._law.neighbour == 1.0:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        sector = self._life.employers.sector
        free = eligible.copy()
        free[company] = False
        links = []
        for one in company:
            choices = np.flatnonzero(free & (sector == sector[one]))
            if len(choices):
                other = choices[int(draw[one] * len(choices))]
                free[other] = False
                links.append((other, one))
        pairs = np.array(links, dtype=np.int64).reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1]


def _twin(first: Life, rng: np.random.Generator) -> Life:
    """A second life that nobody lives yet: it only shares with the first what never changes in a company."""
    twin = Life(first.employers, first.world, rng)
    twin.rounding, twin.deferral, twin.silent = first.rounding, first.deferral, first.silent
    twin.customer = first.customer
    twin.alive = np.zeros(first.employers.count, dtype=bool)
    return twin


def _adopt(twin: Life, first: Life, companies: Ints) -> None:
    """Make companies begin their second life in the state that they have reached."""
    for name in ("strain", "gap", "months_in_crisis", "alive", "end", "infected"):
        getattr(twin, name)[companies] = getattr(first, name)[companies]
    twin.courts.adopt(first.courts, companies)


def _merged(first: Lives, second: Lives, helped: Helped) -> Lives:
    """The first life, and the second one of each company touched from the month after its help on."""
    start = np.full(len(first.end), LAST, dtype=np.int64)
    start[helped.company] = helped.period + 1
    later = np.arange(LAST) >= start[:, None]
    touched = start < LAST
    return Lives(
        headcount=np.where(later, second.headcount, first.headcount),
        end=np.where(touched, second.end, first.end).astype(np.int32),
        hazard=np.where(later, second.hazard, first.hazard),
        crisis=np.where(later, second.crisis, first.crisis),
        strain=np.where(later, second.strain, first.strain),
        events=_spliced_events(first.events, second.events, start),
        unpaid=_spliced_unpaid(first.unpaid, second.unpaid, start),
    )


def _spliced_events(first: Events, second: Events, start: Ints) -> Events:
    """Events of the first life before the help, of the second one after it, in the order of the months."""
    before = month_of(first.day) < start[first.company]
    columns = [np.r_[getattr(first, f.name)[before], getattr(second, f.name)] for f in fields(Events)]
    spliced = Events(*columns)
    order = np.argsort(month_of(spliced.day), kind="stable")
    return Events(*(column[order] for column in columns))


def _spliced_unpaid(first: Unpaid, second: Unpaid, start: Ints) -> Unpaid:
    """Unpaid contributions of the first life before the help, of the second one after it."""
    before = first.period < start[first.company]
    return Unpaid(*(np.r_[getattr(first, f.name)[before], getattr(second, f.name)] for f in fields(Unpaid)))
