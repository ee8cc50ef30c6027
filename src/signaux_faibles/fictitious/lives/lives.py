"""The lives of employers, month by month: strain, crises, headcount, failures, procedures, unpaid months.

They are lived from 2004 to the end of the country, whatever the batch that will be written.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from signaux_faibles.fictitious.lives.courts import Case, Courts, Events
from signaux_faibles.fictitious.months import LAST, Months, month
from signaux_faibles.fictitious.parameters.world import Distress, World
from signaux_faibles.fictitious.people.population import Bools, Employers, Ints, Reals
from signaux_faibles.fictitious.people.sectors import SECTORS, failures_relative_to_2019

CAUSES = ("choc", "usure", "crise")
"""A failure comes from a shock without sign, from slow strain, or from a crisis."""


@dataclass(frozen=True)
class Unpaid:
    """Contributions unpaid at their due date: one value per écart négatif.

    Attributes:
        company: rank in the part.
        period: month of the contributions.
        share: share of the employer's contributions that is unpaid, 0 to 1.
        employee: share of the employee's contributions that is unpaid, 0 to 1.
        in_crisis: the company is in crisis.
        deferred: a deferral of 2020-2021, allowed by the State.
    """

    company: Ints
    period: Ints
    share: Reals
    employee: Reals
    in_crisis: Bools
    deferred: Bools


@dataclass(frozen=True)
class Lives:
    """What happened to the employers of one part.

    Attributes:
        headcount: [company, month], -1 where the company employs no one yet or any more.
        end: month in which the company stops for good; `LAST` if it never does.
        hazard: [company, month], monthly probability of failure; 0 when not at risk.
        crisis: [company, month].
        strain: [company, month], mean 0 and standard deviation 1.
        events: the procedures.
        unpaid: the contributions unpaid.
    """

    headcount: npt.NDArray[np.int32]
    end: Months
    hazard: npt.NDArray[np.float32]
    crisis: Bools
    strain: npt.NDArray[np.float32]
    events: Events
    unpaid: Unpaid


class Life:
    """Employers living month after month: their state at the month being lived, and what has happened so far."""

    def __init__(self, employers: Employers, world: World, rng: np.random.Generator) -> None:
        count = employers.count
        self.employers, self.world, self.rng = employers, world, rng
        self.strain = rng.standard_normal(count)
        self.gap = 0.15 * rng.standard_normal(count)
        self.rounding = rng.random(count)
        self.deferral = rng.random(count)
        self.months_in_crisis = np.zeros(count, dtype=np.int64)
        self.silent = rng.random(count) < world.distress.silent_crisis
        self.alive = employers.birth < 0
        self.end = np.full(count, LAST, dtype=np.int32)
        self.courts = Courts(count, world.procedures, rng)
        self.relief = np.ones(count)
        """The share of the risk that the help of agents leaves."""
        self.infected = np.zeros(count, dtype=np.int64)
        """Month until which the failure of a customer weighs on the company."""
        self.customer = _customers(count, world.distress, rng)
        rate = np.array([sector.failure_rate for sector in SECTORS])
        mean = (rate * np.array([sector.share for sector in SECTORS])).sum() / sum(s.share for s in SECTORS)
        self.sector_factor = rate[employers.sector] / mean
        self.swing = np.array([sector.season for sector in SECTORS])[employers.sector]
        self.regime = failures_relative_to_2019()
        self.headcount = np.full((count, LAST), -1, dtype=np.int32)
        self.hazard = np.zeros((count, LAST), dtype=np.float32)
        self.crises = np.zeros((count, LAST), dtype=bool)
        self.strains = np.zeros((count, LAST), dtype=np.float32)
        self.unpaid: list[Unpaid] = []

    @property
    def crisis(self) -> Bools:
        """Who is in crisis."""
        return np.asarray(self.months_in_crisis > 0)

    def young(self, now: int) -> Bools:
        """Who is young, in worlds where youth changes what signs mean."""
        return np.asarray(now - self.employers.birth < 12 * self.world.interplay.young_years)

    def begin(self, now: int) -> None:
        """Bring the companies born in a month to life."""
        self.alive |= self.employers.birth == now

    def step(self, now: int) -> None:
        """Live a month."""
        _strain(self)
        size = _headcount(self, now)
        hazard = _hazard(self, size, now)
        self.crises[:, now] = self.crisis
        self.strains[:, now] = self.strain
        self.hazard[:, now] = hazard
        self.headcount[:, now] = size
        self.unpaid.append(_unpaid(self, size, now))
        _fail(self, hazard, size, now)
        _close(self, now)

    def lives(self) -> Lives:
        """Everything that happened."""
        happened = self.courts.events(), joined(self.unpaid)
        return Lives(self.headcount, self.end, self.hazard, self.crises, self.strains, *happened)


def _strain(present: Life) -> None:
    memory = present.world.distress.persistence
    noise = present.rng.standard_normal(present.employers.count)
    present.strain = memory * present.strain + np.sqrt(1 - memory**2) * noise


def _headcount(present: Life, now: int) -> npt.NDArray[np.int32]:
    """Headcount of the month; -1 for companies without life."""
    parameters, employers = present.world.headcount, present.employers
    noise = parameters.noise * present.rng.standard_normal(employers.count)
    loss = parameters.crisis_loss * present.crisis + parameters.strain_loss * present.strain
    loss = loss + parameters.procedure_loss * (present.courts.case == Case.OBSERVATION)
    present.gap = parameters.memory * present.gap + noise - loss
    age = np.maximum(now - employers.birth, 0)
    grown = np.minimum(1.0, 0.3 + 0.7 * age / (12 * present.world.population.years_to_full_size))
    summer = 1 + present.swing * np.cos(2 * np.pi * (now % 12 - 6) / 12)
    level = employers.full_size * np.exp(present.gap) * grown * summer
    size = np.floor(level + present.rounding).astype(np.int32)
    size = np.where(present.courts.case == Case.LIQUIDATION, 0, np.maximum(size, 1))
    return np.where(present.alive, size, -1).astype(np.int32)


def _hazard(present: Life, size: npt.NDArray[np.int32], now: int) -> npt.NDArray[np.float32]:
    """Monthly probability of failure, after entries in crisis and recoveries."""
    parameters, employers = present.world.distress, present.employers
    at_risk = present.alive & (present.courts.case == Case.IN_BONIS)
    weight = parameters.strain * present.strain + parameters.frailty * employers.frailty
    risk = np.exp(weight - (parameters.strain**2 + parameters.frailty**2) / 2)
    risk *= np.where(now < present.infected, parameters.contagion, 1.0)
    risk *= present.sector_factor * _by(parameters.age, (now - employers.birth) / 12) * _by(parameters.headcount, size)
    draws = present.rng.random((2, employers.count))
    since = present.months_in_crisis
    entering = at_risk & (since == 0) & (draws[0] < parameters.crisis * risk)
    recovering = draws[1] < parameters.recovery * np.exp(-since / parameters.recovery_months) / present.relief
    present.months_in_crisis = np.where(entering | ((since > 0) & at_risk & ~recovering), since + 1, 0)
    regime = present.regime[employers.sector, now]
    rate = parameters.shock * present.sector_factor * _by(parameters.headcount, size) + parameters.slow * risk
    deep = np.minimum(present.months_in_crisis / parameters.crisis_months, 1.0) ** parameters.crisis_slope
    hazard = np.minimum(regime * (rate + parameters.crisis_failure * deep) * present.relief, 0.5)
    return np.where(at_risk, hazard, 0).astype(np.float32)


def _by(steps: tuple[tuple[float, float], ...], value: npt.NDArray[np.generic]) -> Reals:
    """The factor of the first step whose bound is above the value."""
    bounds = np.array([bound for bound, _ in steps])
    factors = np.array([factor for _, factor in steps])
    return np.asarray(factors[np.minimum(np.searchsorted(bounds, value, side="right"), len(steps) - 1)])


def _fail(present: Life, hazard: npt.NDArray[np.float32], size: npt.NDArray[np.int32], now: int) -> None:
    """Open procedures, and let those in progress go on."""
    parameters, employers = present.world.distress, present.employers
    draws = present.rng.random((2, employers.count))
    failing = np.flatnonzero(draws[0] < hazard)
    regime = present.regime[employers.sector[failing], now]
    shock = (
        regime
        * parameters.shock
        * present.sector_factor[failing]
        * _by(parameters.headcount, size[failing])
        / hazard[failing]
    )
    shock *= present.relief[failing]
    cause = np.where(present.crisis[failing], 2, 1)
    cause[draws[1][failing] < shock] = 0
    ended = present.courts.go_on(now)
    present.end[ended] = now
    present.alive[ended] = False
    present.courts.open(failing, now, size[failing] < 10, cause)
    present.months_in_crisis[failing] = 0
    if len(present.customer):
        present.infected[np.isin(present.customer, failing)] = now + parameters.contagion_months


def _close(present: Life, now: int) -> None:
    """Companies in bonis that stop without a procedure."""
    parameters = present.world.population
    rate = np.where(present.employers.small, parameters.small_closures_a_year, parameters.closures_a_year) / 12
    stopping = present.alive & (present.rng.random(present.employers.count) < rate)
    stopping &= present.courts.case == Case.IN_BONIS
    present.end[stopping] = now
    present.alive[stopping] = False
    present.months_in_crisis[stopping] = 0


def _unpaid(present: Life, size: npt.NDArray[np.int32], now: int) -> Unpaid:
    """Contributions of the month that will not be paid when due."""
    parameters, employers, rng = present.world.debt, present.employers, present.rng
    draws = rng.random((5, employers.count))
    interplay, young = present.world.interplay, present.young(now)
    loud = present.crisis & ~present.silent & (interplay.young_crises_unpaid | ~young)
    depth = np.minimum(present.months_in_crisis / parameters.crisis_deepens, 1.0) * loud
    odds = parameters.slip + parameters.strain * present.strain + parameters.discipline * employers.discipline
    odds = odds + parameters.crisis * loud + parameters.deep_crisis * depth + interplay.young_slip * young
    slips = draws[0] < 1 / (1 + np.exp(-odds))
    deferring = _deferring(present, now) & (draws[4] < 0.85)
    owing = np.flatnonzero((slips | deferring) & (size > 0) & (present.courts.case != Case.LIQUIDATION))
    whole = draws[1][owing] < 0.45 + 0.40 * depth[owing]
    employee = draws[2][owing] < 0.25 + 0.45 * depth[owing]
    share = np.where(whole, 1.0, 0.05 + 0.9 * draws[3][owing])
    deferred = deferring[owing] & ~slips[owing]
    return Unpaid(
        company=owing,
        period=np.full(len(owing), now),
        share=share,
        employee=np.where(employee & ~deferred, share, np.where(deferred & employee, 0.5 * share, 0.0)),
        in_crisis=loud[owing],
        deferred=deferred,
    )


def _deferring(present: Life, now: int) -> Bools:
    """Deferrals of spring 2020 in all sectors, and of the next winter in those closed by decree, mostly by the same."""
    parameters, spring, autumn = present.world.debt, now - month(2020, 2), now - month(2020, 9)
    appetite = np.array([sector.short_time for sector in SECTORS])[present.employers.sector]
    if 0 <= spring < len(parameters.deferred):
        return np.asarray(present.deferral < np.minimum(parameters.deferred[spring] * appetite, 0.9))
    if 0 <= autumn < len(parameters.deferred_autumn):
        return np.asarray(present.deferral < np.minimum(parameters.deferred_autumn[autumn] * appetite**2, 0.9))
    return np.zeros(present.employers.count, dtype=bool)


def _customers(count: int, parameters: Distress, rng: np.random.Generator) -> Ints:
    """The main customer of each company, in worlds where failures spread."""
    return rng.integers(0, count, count) if parameters.contagion != 1.0 else np.zeros(0, dtype=np.int64)


def joined(pieces: list[Unpaid]) -> Unpaid:
    """Unpaid contributions put together."""
    names = ("company", "period", "share", "employee", "in_crisis", "deferred")
    return Unpaid(*(np.concatenate([getattr(piece, name) for piece in pieces]) for name in names))
