"""The margin that is published is explained to the last digit, whatever was learned from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.examples import tried
from signaux_faibles.detection.learning.joint.encoding import Encoded, encode
from signaux_faibles.detection.learning.joint.learner import Learned, Settings, fit_jointly
from signaux_faibles.detection.learning.joint.mixture import Mixture
from signaux_faibles.detection.learning.joint.stacking import Stack
from signaux_faibles.detection.learning.joint.table import Table
from signaux_faibles.detection.learning.joint.views import VIEWS, by_column

COMPANIES, YEARS = 150, 5


def rows(seed: int) -> tuple[Encoded, np.ndarray, np.ndarray]:
    """Columns with amounts, so that there are ratios, yearly changes, a flag, and what is unknown."""
    chance = np.random.default_rng(seed)
    count = COMPANIES * YEARS
    assets, owed = np.exp(chance.normal(5, 2, (2, count)))
    noise = np.where(chance.random(count) < 0.2, np.nan, chance.normal(0, 1, count))
    flag = (chance.random(count) < 0.1).astype(float)
    companies = np.repeat(np.arange(COMPANIES), YEARS).astype(str)
    outcome = chance.random(count) < np.where(owed > 2 * assets, 0.4, 0.05)
    times = np.tile(np.arange(2000, 2000 + YEARS), COMPANIES)
    table = Table(
        ("assets", "owed", "noise", "flag"), np.column_stack([assets, owed, noise, flag]), outcome, companies, times,
        followed=True,
    )  # fmt: skip
    return encode(table, np.ones(count, dtype=np.bool_)), outcome, companies


def learned(seed: int) -> tuple[Mixture, Encoded]:
    columns, outcome, companies = rows(seed)
    every = np.ones(len(outcome), dtype=np.bool_)
    lesson = Learned.drawn(columns, outcome, companies, every, every)
    return fit_jointly(lesson, Settings(seeds=2, folds=2, rising=frozenset({1}))).mixture, columns


LEARNED = learned(0)


@tried(15)
@given(seed=st.integers(0, 1_000), hidden=st.sets(st.integers(0, 3)))
def test_base_and_contributions_make_the_margin(seed: int, hidden: set[int]) -> None:
    """Of rows that were not learned from, some of whose columns are lost."""
    mixture, _ = LEARNED
    asked = rows(seed)[0].at(np.arange(40))
    asked = asked.without(np.arange(40) % 3 == 0, hidden)
    added = mixture.contributions(asked)
    assert added.shape == (40, 4)
    np.testing.assert_allclose(mixture.base + added.sum(axis=1), mixture.margin(asked), rtol=0, atol=1e-9)


def test_each_learner_is_explained_alone() -> None:
    mixture, columns = LEARNED
    assert len(mixture.parts) == 4
    for rank, name in enumerate(mixture.parts):
        weights = tuple(1.0 if one == rank else 0.0 for one in range(4))
        alone = Mixture(mixture.parts, Stack(weights, 0.5)).without_idle()
        assert list(alone.parts) == [name]
        margin = alone.base + alone.contributions(columns).sum(axis=1)
        np.testing.assert_allclose(margin, alone.margin(columns), rtol=0, atol=1e-9)


def test_a_learner_that_weighs_nothing_is_left_out_and_changes_no_margin() -> None:
    mixture, columns = LEARNED
    lighter = replace(mixture, stack=Stack((0.7, 0.0, 0.0, 0.6), -0.1))
    np.testing.assert_allclose(lighter.without_idle().margin(columns), lighter.margin(columns), rtol=0, atol=1e-12)
    assert len(lighter.without_idle().parts) == 2


def test_what_a_ratio_adds_is_shared_between_its_two_columns() -> None:
    added = by_column(np.array([[1.0, 2.0, 6.0, 0.5]]), ((0,), (1,), (0, 1), (2,)), 3)
    assert added.tolist() == [[4.0, 5.0, 0.5]]


def test_each_view_names_the_parents_of_the_columns_that_it_reads() -> None:
    _, columns = LEARNED
    for name, view in VIEWS.items():
        assert view.read(columns).shape[1] == len(view.parents(columns)), name


def test_a_column_that_nothing_reads_adds_nothing() -> None:
    """The outcome of half of the companies is known by a column; of another column only one value exists."""
    columns, outcome, companies = rows(3)
    columns = columns.without(np.ones(len(outcome), dtype=np.bool_), {2})
    every = np.ones(len(outcome), dtype=np.bool_)
    mixture = fit_jointly(Learned.drawn(columns, outcome, companies, every, every), Settings(seeds=1, folds=2)).mixture
    assert np.abs(mixture.contributions(columns)[:, 2]).max() == pytest.approx(0, abs=1e-12)
