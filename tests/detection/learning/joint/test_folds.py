"""Folds keep the rows of a company together."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.detection.learning.joint.folds import folds_of_groups


@given(st.lists(st.sampled_from("ABCDEFGHIJ"), min_size=5, max_size=60), st.integers(2, 5), st.integers(0, 3))
def test_a_company_is_in_one_fold_and_folds_are_even(companies: list[str], folds: int, seed: int) -> None:
    groups = np.array(companies)
    fold = folds_of_groups(groups, folds, seed)
    of_company = {(company, int(one)) for company, one in zip(companies, fold, strict=True)}
    sizes = [sum(one == wanted for _, one in of_company) for wanted in range(folds)]
    assert len(of_company) == len(set(companies))
    assert max(sizes) - min(sizes) <= 1


@given(st.permutations(range(12)))
def test_the_order_of_the_rows_does_not_matter(order: list[int]) -> None:
    groups, outcome = np.array(list("AABBCCDDEEFF")), np.arange(12) % 5 == 0
    fold = folds_of_groups(groups, 3, 0, outcome)
    np.testing.assert_array_equal(folds_of_groups(groups[order], 3, 0, outcome[order]), fold[order])


def test_companies_with_an_event_are_spread_evenly() -> None:
    groups = np.arange(100).astype(str)
    fold = folds_of_groups(groups, 5, 0, outcome=np.arange(100) < 10)
    assert np.bincount(fold[:10], minlength=5).tolist() == [2, 2, 2, 2, 2]
