"""The world `entrelacs` separates ways to learn, and its activité partielle traps a model of 2018 (decision 0042)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from signaux_faibles.fictitious.measured.admission import Admission, admission
from signaux_faibles.fictitious.measured.hardness import known_of
from signaux_faibles.fictitious.measured.known import SHORT_TIME, KnownStocks
from signaux_faibles.fictitious.months import month
from signaux_faibles.fictitious.parameters.world import WORLDS
from signaux_faibles.fictitious.people.population import Bools, Ints

YOUNG = 12 * int(WORLDS["entrelacs"].interplay.young_years)
BEFORE, INSIDE = month(2018, 9), month(2020, 6)
_, OF_A_YEAR, _ = SHORT_TIME
Choice = Callable[[KnownStocks, Ints], Bools]


@pytest.fixture(scope="module")
def known() -> list[KnownStocks]:
    return known_of(4_000, 20, "entrelacs")


def share(known: list[KnownStocks], origin: int, of: Choice, among: Choice) -> float:
    """The share of some companies of the perimeter, in bonis at a month, among others."""
    found = [(one, one.companies(origin)) for one in known]
    kept = np.concatenate([of(one, rank)[among(one, rank)] for one, rank in found])
    return float(kept.mean())


def asked(origin: int) -> Choice:
    """Who used activité partielle in the year before a month."""
    return lambda one, rank: one.features(origin, rank)[:, OF_A_YEAR] > 0


def in_crisis(origin: int) -> Choice:
    return lambda one, rank: one.part.lives.crisis[rank, origin]


def young(origin: int) -> Choice:
    return lambda one, rank: origin - one.part.employers.birth[rank] < YOUNG


def both(first: Choice, second: Choice, is_not: bool = False) -> Choice:
    return lambda one, rank: first(one, rank) & (second(one, rank) != is_not)


def test_before_2020_the_young_ask_in_crisis_and_the_others_by_habit(known: list[KnownStocks]) -> None:
    crisis, of_young, asks = in_crisis(BEFORE), young(BEFORE), asked(BEFORE)
    assert share(known, BEFORE, crisis, both(asks, of_young)) > 0.5
    assert share(known, BEFORE, crisis, both(asks, of_young, is_not=True)) < 0.1
    assert share(known, BEFORE, asks, both(of_young, crisis, is_not=True)) < 0.03


def test_in_2020_half_ask_and_the_calm_ask_first(known: list[KnownStocks]) -> None:
    def calm(one: KnownStocks, rank: Ints) -> Bools:
        return np.asarray(one.part.lives.strain[rank, INSIDE] < 0)

    def strained(one: KnownStocks, rank: Ints) -> Bools:
        return ~calm(one, rank)

    of_young = young(INSIDE)
    assert share(known, INSIDE, asked(INSIDE), both(calm, of_young)) > 0.6
    assert share(known, INSIDE, asked(INSIDE), both(strained, of_young)) < 0.4


def test_debts_say_less_of_the_young(known: list[KnownStocks]) -> None:
    def owes(one: KnownStocks, rank: Ints) -> Bools:
        return np.asarray((one.employee + one.employer)[rank, BEFORE] > 0)

    crisis, of_young = in_crisis(BEFORE), young(BEFORE)
    said_of_the_young = share(known, BEFORE, crisis, both(owes, of_young))
    assert share(known, BEFORE, crisis, both(owes, of_young, is_not=True)) > 3 * said_of_the_young


@pytest.mark.parametrize(
    ("gain", "with_it", "without_it", "separates", "traps"),
    [
        ((0.04, 0.021, 0.06), 0.72, 0.74, True, True),
        ((0.04, 0.02, 0.06), 0.72, 0.74, False, True),
        ((0.04, 0.03, 0.05), 0.725, 0.74, True, False),
        ((-0.01, -0.03, 0.01), 0.76, 0.74, False, False),
    ],
)
def test_a_world_is_admitted_by_two_bounds(
    gain: tuple[float, float, float], with_it: float, without_it: float, separates: bool, traps: bool
) -> None:
    found = Admission((0.8, 0.16), (0.82, 0.2), gain, with_it, without_it)
    assert (found.separates, found.traps) == (separates, traps)


@pytest.mark.slow
def test_the_world_is_admitted() -> None:
    """As `sf bench admission` measures it: both seeds of the recipes, 20,000 companies each."""
    found = admission([known for seed in (20, 31) for known in known_of(20_000, seed, "entrelacs")])
    assert found.separates
    assert found.traps
