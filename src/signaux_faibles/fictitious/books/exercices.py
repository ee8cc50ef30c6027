"""The exercices of companies: when each closes and how long it lasts, whether or not it is filed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from signaux_faibles.fictitious.lives.courts import ProcedureKind, ProcedureStage
from signaux_faibles.fictitious.lives.lives import Lives
from signaux_faibles.fictitious.months import LAST, month_of
from signaux_faibles.fictitious.parameters.annual_accounts import Filing
from signaux_faibles.fictitious.people.population import Bools, Employers, Ints

SHORTEST_FIRST, SHORTEST = 5, 6
"""Months: a first exercice lasts at least six, and so does one in which the closing changes."""
MOST = LAST // 12 + 2


@dataclass(frozen=True)
class Exercices:
    """Exercices of the companies of a part, in their order.

    Attributes:
        close: [company, rank], month whose end is the closing.
        months: [company, rank], its length.
        real: [company, rank], whether its accounts are drawn up: the company still lives, out of liquidation.
    """

    close: Ints
    months: Ints
    real: Bools


def draw(employers: Employers, lives: Lives, parameters: Filing, rng: np.random.Generator) -> Exercices:
    """Closings of the companies of one part: one a year, except the first one and when the month changes."""
    count = employers.count
    shares = np.array(parameters.closings) / sum(parameters.closings)
    month = rng.choice(12, count, p=shares)
    born = np.maximum(employers.birth, 0)
    wait = (month - born - SHORTEST_FIRST) % 12 + SHORTEST_FIRST
    close = np.where(employers.birth < 0, month, born + wait)
    length = np.where(employers.birth < 0, 12, wait + 1)
    closes, lengths = [close], [length]
    for _ in range(MOST - 1):
        changing = rng.random(count) < parameters.new_closing
        month = np.where(changing, rng.choice(12, count, p=shares), month)
        length = (month - close - SHORTEST) % 12 + SHORTEST
        close = close + length
        closes.append(close)
        lengths.append(length)
    closed, months = np.stack(closes, axis=1), np.stack(lengths, axis=1)
    stop = np.minimum(lives.end, liquidated(lives, count))
    return Exercices(closed, months, closed < np.minimum(stop, LAST)[:, None])


def liquidated(lives: Lives, count: int) -> Ints:
    """Month in which the liquidation of each company opens; `LAST` if it never does."""
    return _first(lives, count, kinds=(ProcedureKind.LIQUIDATION,))


def opened(lives: Lives, count: int) -> Ints:
    """Month in which the first procedure of each company opens; `LAST` if none does."""
    return _first(lives, count, kinds=tuple(ProcedureKind))


def _first(lives: Lives, count: int, kinds: tuple[ProcedureKind, ...]) -> Ints:
    events = lives.events
    of_kinds = np.isin(events.kind, kinds) & (events.stage == ProcedureStage.OUVERTURE)
    month = np.full(count, LAST, dtype=np.int64)
    np.minimum.at(month, events.company[of_kinds], month_of(events.day[of_kinds]))
    return month
