"""Unpaid contributions as Urssaf writes them: écarts négatifs and their versions (import-chain §5.4, §8.3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from signaux_faibles.fictitious.lives.courts import Events, ProcedureStage
from signaux_faibles.fictitious.lives.lives import Lives, Unpaid
from signaux_faibles.fictitious.months import Dates, first_day
from signaux_faibles.fictitious.parameters.world import Debt
from signaux_faibles.fictitious.people.population import Bools, Employers, Ints, Reals
from signaux_faibles.fictitious.people.sectors import SECTORS

NEVER = np.datetime64("2200-01-01")
_MONTH = 30.4
_PAYMENTS = 8
_PLAN_PAYMENTS = 10


@dataclass(frozen=True)
class Gaps:
    """Écarts négatifs, one value each: what was unpaid, since when, until when.

    Attributes:
        company: rank in the part.
        period: month of the contributions.
        number: number of the écart négatif in its company, from 1.
        employee, employer: shares of the debt at its creation, in centimes.
        created: day on which the first version was processed.
        settled: day on which it would be settled without a procedure.
        deferred: deferral of 2020-2021.
        draw: uniform, decides details.
    """

    company: Ints
    period: Ints
    number: Ints
    employee: Ints
    employer: Ints
    created: Dates
    settled: Dates
    deferred: Bools
    draw: Reals


@dataclass(frozen=True)
class Versions:
    """Versions of écarts négatifs: remaining amounts from a day on, ordered by gap then number.

    Attributes:
        gap: rank in `Gaps`.
        number: from 1, grows with the day.
        day: day of processing.
        employee, employer: remaining amounts, in centimes.
        operation: 1 mise en recouvrement, 2 paiement, 3 admission en non-valeur.
    """

    gap: Ints
    number: Ints
    day: Dates
    employee: Ints
    employer: Ints
    operation: Ints


def gaps(employers: Employers, lives: Lives, parameters: Debt, rng: np.random.Generator) -> Gaps:
    """Écarts négatifs of the unpaid months of one part."""
    unpaid = _ordered(lives.unpaid)
    company, count = unpaid.company, len(unpaid.company)
    charges = np.array([sector.charges for sector in SECTORS])[employers.sector] * employers.wage
    due = lives.headcount[company, unpaid.period] * charges[company] * 100
    part = np.clip(parameters.employee_share + 0.04 * rng.standard_normal(count), 0.1, 0.45)
    lag = np.minimum(15 + np.exp(2.2 + 0.6 * rng.standard_normal(count)), 80).astype(np.int64)
    created = first_day(unpaid.period + 1) + lag.astype("timedelta64[D]")
    first = np.flatnonzero(np.r_[True, company[1:] != company[:-1]]) if count else np.zeros(0, dtype=np.int64)
    number = np.arange(count) - np.repeat(first, np.diff(np.r_[first, count])) + 1
    days = _days_to_settle(unpaid, parameters, rng)
    return Gaps(
        company=company,
        period=unpaid.period,
        number=number,
        employee=np.round(due * part * unpaid.employee).astype(np.int64),
        employer=np.maximum(np.round(due * (1 - part) * unpaid.share).astype(np.int64), 100),
        created=created,
        settled=created + days.astype("timedelta64[D]"),
        deferred=unpaid.deferred,
        draw=rng.random(count),
    )


def versions(gaps: Gaps, events: Events, rng: np.random.Generator) -> Versions:
    """All the versions, past and to come; a batch takes those processed up to its 20th."""
    openings = _Next(events, ProcedureStage.OUVERTURE)(gaps.company, gaps.created)
    frozen = openings < gaps.settled
    plain = _plain(gaps, np.where(frozen, openings, NEVER), rng)
    after = _after_procedure(gaps, np.flatnonzero(frozen), openings[frozen], events)
    gap, day, left, operation = (np.concatenate(pair) for pair in zip(plain, after, strict=True))
    order = np.lexsort((-left, day, gap))
    gap, day, left, operation = gap[order], day[order], left[order], operation[order]
    left = _never_rising(left, gap)
    first = np.flatnonzero(np.r_[True, gap[1:] != gap[:-1]]) if len(gap) else np.zeros(0, dtype=np.int64)
    number = np.arange(len(gap)) - np.repeat(first, np.diff(np.r_[first, len(gap)])) + 1
    employee = np.round(gaps.employee[gap] * left).astype(np.int64)
    employer = np.round(gaps.employer[gap] * left).astype(np.int64)
    return Versions(gap, number, day, employee, employer, operation)


def _ordered(unpaid: Unpaid) -> Unpaid:
    order = np.lexsort((unpaid.period, unpaid.company))
    return Unpaid(*(column[order] for column in vars(unpaid).values()))


def _days_to_settle(unpaid: Unpaid, parameters: Debt, rng: np.random.Generator) -> Ints:
    """Days between the first version and the last, without a procedure."""
    count = len(unpaid.company)
    slip = np.where(unpaid.in_crisis, parameters.crisis_months, parameters.slip_months) * rng.exponential(1.0, count)
    shortest, mean, longest = parameters.repaid_within
    deferral = np.clip(shortest + rng.exponential(mean - shortest, count), shortest, longest)
    months = np.where(unpaid.deferred, deferral, np.minimum(slip, 60))
    return np.asarray(np.maximum((months * _MONTH).astype(np.int64), 4))


def _plain(gaps: Gaps, frozen: Dates, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Creation, partial payments, settlement; once a procedure is open, nothing more is paid."""
    count = len(gaps.company)
    length = (gaps.settled - gaps.created).astype(np.int64)
    payments = np.minimum(rng.poisson(np.minimum(length / (5 * _MONTH), 6) * (gaps.draw < 0.6)), _PAYMENTS)
    payments = np.minimum(payments, np.maximum(length // 3 - 1, 0))
    steps = payments + 2
    gap = np.repeat(np.arange(count), steps)
    step = np.arange(len(gap)) - np.repeat(np.cumsum(steps) - steps, steps)
    part = step / (steps[gap] - 1)
    day = gaps.created[gap] + np.round(part * length[gap]).astype("timedelta64[D]")
    left = np.where(step == steps[gap] - 1, 0.0, np.where(step == 0, 1.0, 1 - part * (0.35 + 0.6 * gaps.draw[gap])))
    stays = (day < frozen[gap]) | (step == 0)
    operation = np.where(step == 0, 1, 2)
    return gap[stays], day[stays], left[stays], operation[stays]


def _after_procedure(gaps: Gaps, gap: Ints, opening: Dates, events: Events) -> tuple[np.ndarray, ...]:
    """A frozen debt is repaid by the plan, a tenth a year, or written off when the liquidation closes."""
    company = gaps.company[gap]
    plan = _Next(events, ProcedureStage.PLAN_CONTINUATION)(company, opening)
    closing = _Next(events, ProcedureStage.SOLDE_PROCEDURE)(company, opening)
    plan = np.where(plan < closing, plan, NEVER)
    broken = np.where(plan < NEVER, _Next(events, ProcedureStage.OUVERTURE)(company, plan), NEVER)
    ended = np.where(plan < NEVER, _Next(events, ProcedureStage.FIN_PROCEDURE)(company, plan), NEVER)
    freed = np.where(plan < NEVER, NEVER, _Next(events, ProcedureStage.FIN_PROCEDURE)(company, opening))
    freed = np.minimum(ended, freed)
    already = 0.35 + 0.6 * gaps.draw[gap]
    years = np.arange(1, _PLAN_PAYMENTS)
    day = plan[:, None] + (years * 365).astype("timedelta64[D]")[None, :]
    stop = np.minimum(np.minimum(broken, closing), freed)
    stays = (plan < NEVER)[:, None] & (day < stop[:, None])
    left = np.broadcast_to((1 - years / _PLAN_PAYMENTS)[None, :] * already[:, None], day.shape)
    last = np.minimum(closing, freed)
    over = last < NEVER
    paid, written_off = 2, 3
    return (
        np.concatenate([np.broadcast_to(gap[:, None], day.shape)[stays], gap[over]]),
        np.concatenate([day[stays], last[over] + np.timedelta64(20, "D")]),
        np.concatenate([left[stays], np.zeros(over.sum())]),
        np.concatenate([np.full(stays.sum(), paid), np.where(closing <= freed, written_off, paid)[over]]),
    )


def _never_rising(left: Reals, gap: Ints) -> Reals:
    """What remains of a debt never grows from one version to the next; `left` is in [0, 1]."""
    return np.asarray(np.minimum.accumulate(left - 2.0 * gap) + 2.0 * gap)


class _Next:
    """Day of the first event of a stage after a day, company by company; `NEVER` if there is none."""

    def __init__(self, events: Events, stage: ProcedureStage) -> None:
        of_stage = events.stage == stage
        self._keys = np.sort(_key(events.company[of_stage], events.day[of_stage]))

    def __call__(self, company: Ints, day: Dates) -> Dates:
        if not len(self._keys):
            return np.full(len(company), NEVER)
        place = np.searchsorted(self._keys, _key(company, day), side="right")
        key = self._keys[np.minimum(place, len(self._keys) - 1)]
        same = (place < len(self._keys)) & (key // _DAYS == company)
        return np.where(same, (key % _DAYS).astype("datetime64[D]"), NEVER)


_DAYS = 1_000_000


def _key(company: Ints, day: Dates) -> Ints:
    return company.astype(np.int64) * _DAYS + day.astype("datetime64[D]").astype(np.int64)
