"""The employers of a part of the country: who they are, before anything happens to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from signaux_faibles.fictitious.months import LAST
from signaux_faibles.fictitious.parameters.world import Population, Size
from signaux_faibles.fictitious.people import identifiers
from signaux_faibles.fictitious.people.sectors import SECTORS, activities

Ints = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

PART = 20_000
"""Employers simulated together, which bounds the memory; a part never depends on how many others there are."""


@dataclass(frozen=True)
class Employers:
    """Employers of one part, one value per company.

    Attributes:
        rank: rank in the whole country.
        siren: nine digits.
        sector: rank in `SECTORS`.
        activity: rank in `activities()`.
        birth: month of creation, may be long before the first month of the simulation.
        small: never meant to reach ten employees.
        full_size: headcount at maturity.
        frailty: standard normal, weight of what never changes on the risk.
        discipline: standard normal, habit of paying late; unrelated to the risk.
        wage: contributions of one employee relative to the sector.
    """

    rank: Ints
    siren: identifiers.Texts
    sector: Ints
    activity: Ints
    birth: Ints
    small: Bools
    full_size: Reals
    frailty: Reals
    discipline: Reals
    wage: Reals

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.rank)


def total(size: Size, population: Population) -> int:
    """Employers that live at some time between the first and the last month."""
    stock = size.employers * (1 + size.small)
    return round(stock * (1 + population.births_a_year * LAST / 12))


def parts(size: Size, population: Population) -> list[range]:
    """Ranks of the employers of each part."""
    count = total(size, population)
    return [range(start, min(start + PART, count)) for start in range(0, count, PART)]


def draw(ranks: range, size: Size, population: Population, rng: np.random.Generator) -> Employers:
    """The employers of one part."""
    count = len(ranks)
    sector = rng.choice(len(SECTORS), count, p=_shares())
    small = rng.random(count) < size.small / (1 + size.small)
    rank = np.arange(ranks.start, ranks.stop, dtype=np.int64)
    return Employers(
        rank=rank,
        siren=identifiers.siren(rank),
        sector=sector,
        activity=_activity(sector, rng),
        birth=_birth(count, population, rng),
        small=small,
        full_size=_full_size(small, population, rng),
        frailty=rng.standard_normal(count),
        discipline=rng.standard_normal(count),
        wage=np.exp(0.22 * rng.standard_normal(count)),
    )


def _shares() -> Reals:
    shares = np.array([sector.share for sector in SECTORS])
    return np.asarray(shares / shares.sum())


def _activity(sector: Ints, rng: np.random.Generator) -> Ints:
    _, of_sector, weight = activities()
    activity = np.zeros(len(sector), dtype=np.int64)
    for rank in range(len(SECTORS)):
        companies = np.flatnonzero(sector == rank)
        choices = np.flatnonzero(of_sector == rank)
        activity[companies] = rng.choice(choices, len(companies), p=weight[choices])
    return activity


def _birth(count: int, population: Population, rng: np.random.Generator) -> Ints:
    """A first stock, with its ages, then births all along."""
    newcomers = population.births_a_year * LAST / 12
    is_new = rng.random(count) < newcomers / (1 + newcomers)
    age = np.minimum(rng.exponential(population.mean_age_of_the_stock * 12, count), 70 * 12)
    return np.where(is_new, rng.integers(0, LAST, count), -age.astype(np.int64) - 1)


def _full_size(small: Bools, population: Population, rng: np.random.Generator) -> Reals:
    """Sizes log-uniform within each class; the smallest of ten or more may dip below ten and come back."""
    count = len(small)
    share, low, high = (np.array(column) for column in zip(*population.sizes, strict=True))
    which = rng.choice(len(share), count, p=share / share.sum())
    low, high = low[which].astype(float), high[which].astype(float)
    low, high = np.where(small, population.small_sizes[0], low), np.where(small, population.small_sizes[1], high)
    return np.asarray(low * (high / low) ** rng.random(count))
