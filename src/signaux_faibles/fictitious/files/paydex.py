"""Paydex and FPI: how late companies pay their suppliers, until Altares stopped (model §1.7)."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from signaux_faibles.fictitious.files.contributions import euros
from signaux_faibles.fictitious.months import Batch, Dates, first_day, month
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people.population import Bools, Ints, Reals

FIRST = month(2016, 1)
LAST_DELIVERED = month(2025, 9)
"""The contract ended in September 2025: no batch after that one holds the file."""
_MONTHS = LAST_DELIVERED - FIRST
_SPRING = (month(2020, 4), month(2020, 9))
_FEWEST = 10
_DAY = np.timedelta64(1, "D")
_TIERS = (0, 15, 22, 30, 60, 90, 120)
_CODES = ("080", "070", "060", "050", "040", "030", "020", "010")
"""Scale of Dun & Bradstreet: 80 on time, 50 thirty days late, 20 a hundred and twenty."""


def is_delivered(batch: Batch) -> bool:
    """Whether a batch holds the file: from March 2016 to September 2025."""
    return FIRST + 2 <= batch.rank <= LAST_DELIVERED


def lateness(part: Part, batch: Batch) -> pa.Table:
    """Rows of `altares_paydex.csv`: one per company and month, two for a few, up to the month before the batch."""
    parameters, rng = part.parameters.paydex, part.rng("paydex")
    company = np.flatnonzero((part.lives.headcount[:, FIRST:LAST_DELIVERED] >= _FEWEST).any(axis=1))
    company = company[rng.random(len(company)) < parameters.known]
    shares = rng.random(len(company)) < parameters.fpi_known
    level = _level(part, company, rng)
    draws = rng.random((4, *level.shape), dtype=np.float32)
    size = part.lives.headcount[company, FIRST:LAST_DELIVERED]
    scored = (size > 0) & (draws[0] >= parameters.absent_month) & (np.arange(_MONTHS) < batch.rank - FIRST)
    row, at = np.nonzero(scored)
    twice = np.flatnonzero(draws[1][row, at] < parameters.second_value)
    row, at = np.r_[row, row[twice]], np.r_[at, at[twice]]
    second = np.arange(len(row)) >= len(row) - len(twice)
    order = np.lexsort((~second, at, row))
    row, at, second = row[order], at[order], second[order]
    late = np.exp(level[row, at]) * np.where(second, 0.9, 1.0) - 1
    days = np.clip(np.round(late), 0, parameters.most).astype(np.int64)
    seen = size[row, at] ** 0.6 * (1 + 3 * draws[2][row, at])
    outstanding = np.round(size[row, at] * np.exp(7.2 + 1.6 * draws[3][row, at]) * 100).astype(np.int64)
    beyond = draws[2][row, at] < parameters.out_of_range
    return pa.table(
        {
            "siren": pa.array(part.employers.siren[company[row]]),
            "etat_organisation": pa.repeat("Actif", len(row)),
            "code_paydex": pa.array(_CODES).take(pa.array(np.searchsorted(_TIERS, days))),
            "paydex": pa.array(days),
            "nombre_fournisseurs": pa.array(1 + seen.astype(np.int64)),
            "encours": euros(outstanding),
            "fpi_30": _share(late, 45.0, shares[row], beyond),
            "fpi_90": _share(late, 150.0, shares[row], np.zeros(len(row), dtype=bool)),
            "date_valeur": pa.array(_day(at, second)),
        }
    )


def _level(part: Part, company: Ints, rng: np.random.Generator) -> Reals:
    """Logarithm of 1 + days late, [company, month]: from habits, noise, strain, and the crises that suppliers see."""
    parameters, months = part.parameters.paydex, slice(FIRST, LAST_DELIVERED)
    habit = parameters.usual + parameters.habit * rng.standard_normal(len(company))
    seen = rng.random(len(company)) < parameters.crisis_seen
    innovation = np.sqrt(1 - parameters.memory**2) * rng.standard_normal((len(company), _MONTHS))
    noise = np.empty_like(innovation)
    state = rng.standard_normal(len(company))
    depth = np.zeros(len(company))
    crises = np.empty_like(innovation)
    for at in range(_MONTHS):
        state = parameters.memory * state + innovation[:, at]
        noise[:, at] = state
        depth = np.where(part.lives.crisis[company, FIRST + at], depth + 1, 0)
        crises[:, at] = np.minimum(depth / parameters.crisis_months, 1.0)
    level = habit[:, None] + parameters.noise * noise + parameters.strain * part.lives.strain[company, months]
    level += parameters.crisis * crises * seen[:, None]
    level[:, _SPRING[0] - FIRST : _SPRING[1] - FIRST + 1] += parameters.health_crisis
    return np.asarray(level)


def _share(late: Reals, middle: float, is_seen: Bools, beyond: Bools) -> pa.Array:
    """Share of the payments late by more than some days, in %, unknown for companies that Altares sees too little."""
    share = np.round(100 * (1 - np.exp(-np.maximum(late, 0) / middle)), 1)
    return pa.array(np.where(beyond, 100 + share, share), mask=~is_seen)


def _day(at: Ints, second: Bools) -> Dates:
    """Day of the value: the last of its month, or the 15th for a value that another follows."""
    return np.where(second, first_day(FIRST + at) + 14 * _DAY, first_day(FIRST + at + 1) - _DAY)
