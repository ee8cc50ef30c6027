"""Activité partielle: who asks for it, and the hours consumed (import-chain §5.1, §5.2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from signaux_faibles.fictitious.lives.lives import Lives
from signaux_faibles.fictitious.months import LAST, Dates, Months, first_day, month
from signaux_faibles.fictitious.parameters.world import ShortTimeLaw, World
from signaux_faibles.fictitious.people.establishments import Establishments
from signaux_faibles.fictitious.people.population import Bools, Employers, Ints, Reals
from signaux_faibles.fictitious.people.sectors import SECTORS

FIRST = month(2012, 1)
_MONTHLY_HOURS = 151.67
_HEALTH_CRISIS = 5
_YEAR_TO_CLAIM = 360
_INDUSTRY = next(rank for rank, sector in enumerate(SECTORS) if sector.code == "BE")


@dataclass(frozen=True)
class ShortTime:
    """Demands, one value each; then the months in which their hours are consumed, one value each.

    Attributes:
        site: rank of the establishment.
        start, stop: first and last day of the period asked for.
        decided: day of the decision.
        headcount: employees of the establishment when it asks.
        authorised: employees authorised.
        hours: hours authorised, in hundredths.
        reason: 1 conjoncture… 5 autres circonstances exceptionnelles.
        demand: rank of the demand of each consumption.
        consumed_month: its month.
        consumed_hours: its hours, in hundredths.
        consumed_by: its employees.
        claimed: day on which the employer claimed it.
    """

    site: Ints
    start: Dates
    stop: Dates
    decided: Dates
    headcount: Ints
    authorised: Ints
    hours: Ints
    reason: Ints
    demand: Ints
    consumed_month: Months
    consumed_hours: Ints
    consumed_by: Ints
    claimed: Dates


def draw(
    employers: Employers, lives: Lives, sites: Establishments, world: World, rng: np.random.Generator
) -> ShortTime:
    """All demands and consumptions, past and to come."""
    parameters = world.short_time
    usual = _usual(employers, lives, sites, world, rng)
    health = _health_crisis(employers, lives, sites, world, rng)
    site, first, last, crisis = (np.concatenate(pair) for pair in zip(usual, health, strict=True))
    order = np.lexsort((first, site))
    return _written(site[order], first[order], last[order], crisis[order], lives, sites, parameters, rng)


def _usual(
    employers: Employers, lives: Lives, sites: Establishments, world: World, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints, Bools]:
    """Demands outside the health crisis: more in industry, in a crisis and, since 2020, by habit."""
    parameters = world.short_time
    rate = parameters.monthly * np.where(employers.sector == _INDUSTRY, parameters.industry, parameters.elsewhere)
    months = np.arange(LAST)
    habit = np.where(months >= month(2021, 7), parameters.habit_since_2020, 1.0)
    share = rate[:, None] * habit * _need(employers, lives, world, rng)
    asking = (rng.random(share.shape) < share) & (lives.headcount > 0) & (months >= FIRST)
    asking[:, month(2020, 3) : month(2021, 7)] = False
    company, first = np.nonzero(asking)
    length = rng.integers(*parameters.usual_months, len(company))
    head = sites.current_at(company, np.zeros(len(company), dtype=np.int64), first)
    return head, first, np.minimum(first + length - 1, LAST - 1), np.zeros(len(company), dtype=bool)


def _need(employers: Employers, lives: Lives, world: World, rng: np.random.Generator) -> Reals:
    """The factor of the demands of each company and month: of crisis, or, where signs depend on age, of habit."""
    parameters, interplay = world.short_time, world.interplay
    in_crisis = np.where(lives.crisis, parameters.in_crisis, 1.0)
    if not interplay.young_years:
        return in_crisis
    young = np.arange(LAST)[None, :] - employers.birth[:, None] < 12 * interplay.young_years
    regular = rng.random(employers.count) < interplay.settled_habit
    return np.where(young, in_crisis, np.where(regular, interplay.settled_short_time, 1.0)[:, None])


def _health_crisis(
    employers: Employers, lives: Lives, sites: Establishments, world: World, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints, Bools]:
    """Demands of 2020-2021: an establishment consumes while its propensity is below the share of the month."""
    appetite = np.array([sector.short_time for sector in SECTORS])[employers.sector[sites.company]]
    parameters, start = world.short_time, month(2020, 3)
    strain = lives.strain[sites.company, start]
    propensity = _reserve(rng.random(len(sites.company)), strain, world.interplay.calm_ask_first) / appetite
    months = start + np.arange(len(parameters.health_crisis))
    open_then = (sites.opens[:, None] <= months) & (months < sites.closes[:, None])
    active = open_then & (lives.headcount[sites.company][:, months] > 0)
    using = active & (propensity[:, None] < np.array(parameters.health_crisis))
    columns = []
    for low, high in parameters.windows:
        inside = using[:, low:high]
        site = np.flatnonzero(inside.any(axis=1))
        first = start + low + inside[site].argmax(axis=1)
        last = start + high - 1 - inside[site, ::-1].argmax(axis=1)
        columns.append((site, first, last))
    site, first, last = (np.concatenate(column) for column in zip(*columns, strict=True))
    return site, first, last, np.ones(len(site), dtype=bool)


def _reserve(drawn: Reals, strain: npt.NDArray[np.float32], calm: float) -> Reals:
    """How late each one asks in the health crisis, from 0 to 1: drawn, or weighted by how calm the company is."""
    return (1 - calm) * drawn + calm / (1 + np.exp(-1.7 * strain.astype(np.float64))) if calm else drawn


def _days_of_demands(first: Ints, crisis: Bools, rng: np.random.Generator) -> tuple[Dates, Dates]:
    """The first day of each demand, and the day of the decision; none begins before 16 March 2020 in that month."""
    count = len(first)
    start = first_day(first) + np.where(crisis, 0, rng.integers(0, 28, count)).astype("timedelta64[D]")
    start = np.maximum(start, np.where(first == month(2020, 3), np.datetime64("2020-03-16"), start))
    wait = np.where(crisis, rng.integers(3, 45, count), rng.integers(-18, 12, count))
    return start, start + wait.astype("timedelta64[D]")


def _written(
    site: Ints,
    first: Ints,
    last: Ints,
    crisis: Bools,
    lives: Lives,
    sites: Establishments,
    parameters: ShortTimeLaw,
    rng: np.random.Generator,
) -> ShortTime:
    """Dates, employees and hours of demands; hours of each month, claimed later."""
    count = len(site)
    total = np.maximum(lives.headcount[sites.company[site], first], 1)
    headcount = np.maximum(np.round(total * np.minimum(sites.weight[site], 1.0)), 1).astype(np.int64)
    share = np.where(crisis, 0.5 + 0.5 * rng.random(count), 0.2 + 0.8 * rng.random(count))
    authorised = np.maximum(np.round(headcount * share), 1).astype(np.int64)
    length = last - first + 1
    asked = authorised * length * _MONTHLY_HOURS * (0.4 + 0.6 * rng.random(count))
    start, decided = _days_of_demands(first, crisis, rng)
    months = np.repeat(first, length) + _steps(length)
    demand = np.repeat(np.arange(count), length)
    alive = lives.headcount[sites.company[site[demand]], np.minimum(months, LAST - 1)] > 0
    used = alive & (rng.random(len(demand)) < parameters.months_used)
    demand, months = demand[used], months[used]
    by, hours = _hours(authorised[demand], (asked / length)[demand], crisis[demand], parameters, rng)
    delay = np.minimum(5 + rng.exponential(parameters.claim_days, len(demand)), _YEAR_TO_CLAIM)
    return ShortTime(
        site=site,
        start=start,
        stop=first_day(last + 1) - np.timedelta64(1, "D"),
        decided=decided,
        headcount=headcount,
        authorised=authorised,
        hours=np.round(asked * 100).astype(np.int64),
        reason=_reasons(crisis, parameters, rng),
        demand=demand,
        consumed_month=months.astype(np.int32),
        consumed_hours=hours,
        consumed_by=by,
        claimed=first_day(months + 1) + delay.astype("timedelta64[D]"),
    )


def _reasons(crisis: Bools, parameters: ShortTimeLaw, rng: np.random.Generator) -> Ints:
    """The reasons given; in the health crisis nearly all give the crisis."""
    usual = rng.choice(len(parameters.reasons), len(crisis), p=parameters.reasons) + 1
    health = np.where(rng.random(len(crisis)) < parameters.health_reason, _HEALTH_CRISIS, 1)
    return np.where(crisis, health, usual)


def _hours(
    authorised: Ints, room: Reals, crisis: Bools, parameters: ShortTimeLaw, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """Employees who do not work in a month and their hours, in hundredths, within the hours of the month."""
    count = len(authorised)
    by = np.maximum(np.round(authorised * (0.4 + 0.6 * rng.random(count))), 1).astype(np.int64)
    mean = np.where(crisis, parameters.health_hours_each, parameters.hours_each)
    each = np.minimum(mean * np.exp(0.5 * rng.standard_normal(count)), _MONTHLY_HOURS)
    return by, np.round(np.minimum(by * each, room) * 100).astype(np.int64)


def _steps(length: Ints) -> Ints:
    """0, 1, 2… for each of the demands, as many as it has months."""
    return np.asarray(np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length))
