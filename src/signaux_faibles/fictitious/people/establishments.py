"""Establishments of employers: head offices that may move, secondary ones that open and close."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from signaux_faibles.fictitious.months import LAST, Dates, Months, first_day
from signaux_faibles.fictitious.parameters.world import Population
from signaux_faibles.fictitious.people import identifiers, places
from signaux_faibles.fictitious.people.population import Bools, Employers, Ints, Reals

_MOVES = 3
_MOST = 40
_OLDEST = 12 * 80
_MONTHS = 100_000


@dataclass(frozen=True)
class Establishments:
    """Establishments of one part, ordered by company and number.

    Attributes:
        company: rank in the part.
        siret: fourteen digits.
        line: 0 for the head office and those that followed it, 1, 2… for the secondary ones; an Urssaf account follows
            a line, so that the debt follows a move.
        opens: month of creation.
        closes: month from which it is closed, alone or by a move; `LAST` or more if never. The end of the company does
            not count here.
        weight: share of the company's headcount.
        commune: rank in `places.communes()`.
    """

    company: Ints
    siret: identifiers.Texts
    line: Ints
    opens: Ints
    closes: Ints
    weight: Reals
    commune: Ints

    @property
    def head(self) -> Bools:
        """Head offices, present or former."""
        return np.asarray(self.line == 0)

    def is_open(self, company: Ints, line: Ints, month: Ints) -> Bools:
        """Whether a line has an establishment open at a month."""
        site = self.current_at(company, line, month)
        same = (self.company[site] == company) & (self.line[site] == line)
        return np.asarray(same & (self.opens[site] <= month) & (month < self.closes[site]))

    def current_at(self, company: Ints, line: Ints, month: Ints) -> Ints:
        """Rank of the establishment of a line in a month given for each; the line must have begun."""
        key = (self.company * (_MOST + 1) + self.line) * _MONTHS + self.opens + _OLDEST
        sought = (company * (_MOST + 1) + line) * _MONTHS + month + _OLDEST
        return np.asarray(np.maximum(np.searchsorted(key, sought, side="right") - 1, 0))

    def current(self, company: Ints, line: Ints, month: int) -> Ints:
        """Rank of the establishment of a line in a month, or of its last one."""
        born = np.flatnonzero(self.opens <= max(month, 0))
        key = self.company[born] * (_MOST + 1) + self.line[born]
        order = np.argsort(key, kind="stable")
        place = np.searchsorted(key[order], company * (_MOST + 1) + line, side="right") - 1
        return born[order][np.maximum(place, 0)]


def draw(employers: Employers, end: Months, parameters: Population, rng: np.random.Generator) -> Establishments:
    """The establishments of the employers of one part; none opens once its company has stopped."""
    heads = _heads(employers, parameters, rng)
    secondary = _secondary(employers, rng)
    company, line, opens, closes, weight = (np.concatenate([a, b]) for a, b in zip(heads, secondary, strict=True))
    lived = (opens < end[company]) | (opens == employers.birth[company])
    order = np.lexsort((opens, line, company))
    order = order[lived[order]]
    company, line, opens, closes, weight = (a[order] for a in (company, line, opens, closes, weight))
    first = np.flatnonzero(np.r_[True, company[1:] != company[:-1]])
    number = np.arange(len(company)) - np.repeat(first, np.diff(np.r_[first, len(company)])) + 1
    siren = employers.siren[company]
    siret = np.char.add(siren, identifiers.nic(siren, number))
    return Establishments(company, siret, line, opens, closes, weight, _communes(company, rng))


def opening_day(opens: Ints, company: Ints) -> Dates:
    """Day of creation, in the month `opens`: always the same for a company."""
    return np.asarray(first_day(opens) + (company * 7919 % 28).astype("timedelta64[D]"))


def _heads(employers: Employers, parameters: Population, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """A head office, then up to three moves between the first and the last month."""
    count = employers.count
    wait = rng.exponential(12 / parameters.moves_a_year, (_MOVES, count)).astype(np.int64) + 6
    dates = np.cumsum(wait, axis=0) + np.maximum(employers.birth, 0)
    opens = np.vstack([employers.birth[None, :], dates])
    closes = np.vstack([dates, np.full((1, count), 10 * LAST)])
    real = opens < LAST
    company = np.broadcast_to(np.arange(count), opens.shape)[real]
    return company, np.zeros(len(company), dtype=np.int64), opens[real], closes[real], np.ones(len(company))


def _secondary(employers: Employers, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Secondary establishments; larger companies have more."""
    mean = np.where(employers.small, 0.05, 0.12 + employers.full_size / 55)
    count = np.minimum(rng.poisson(mean * rng.gamma(0.7, 1 / 0.7, employers.count)), _MOST)
    company = np.repeat(np.arange(employers.count), count)
    first = np.cumsum(count) - count
    line = np.arange(len(company)) - np.repeat(first, count) + 1
    birth = employers.birth[company]
    opens = birth + (rng.random(len(company)) ** 2 * (LAST - birth)).astype(np.int64)
    closes = opens + rng.exponential(12 * 18, len(company)).astype(np.int64) + 3
    return company, line, opens, closes, np.exp(0.6 * rng.standard_normal(len(company))) * 0.5


def _communes(company: Ints, rng: np.random.Generator) -> Ints:
    """Secondary establishments and moves stay in the same commune half of the time."""
    commune = places.draw(len(company), rng)
    stays = np.r_[False, company[1:] == company[:-1]] & (rng.random(len(company)) < 0.5)
    source = np.maximum.accumulate(np.where(stays, 0, np.arange(len(company))))
    return np.asarray(commune[source])
