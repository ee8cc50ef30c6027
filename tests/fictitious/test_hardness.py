"""The invented country is as hard as the real one.

The published figures (evaluation of September 2021, strong signals removed): a logistic regression at the natural
prior, on companies in bonis at the months of June to November 2018, AUC 0.80, average precision 0.15 at 1.8 %.
"""

from __future__ import annotations

import numpy as np
import pytest

from signaux_faibles.fictitious.measured.hardness import LEARNT, TESTED, Score, latent_hazard, processes, recipe
from signaux_faibles.fictitious.measured.known import HORIZON, KnownStocks
from signaux_faibles.fictitious.months import month, month_of
from signaux_faibles.fictitious.part import Part


@pytest.fixture(scope="module")
def known(lives: list[Part]) -> list[KnownStocks]:
    return [KnownStocks.of(part) for part in lives]


@pytest.fixture(scope="module")
def anchor(known: list[KnownStocks]) -> Score:
    return recipe(known)


def test_a_logistic_regression_scores_what_it_scored_on_real_data(anchor: Score) -> None:
    assert 0.014 < anchor.prevalence < 0.022
    assert 0.77 < anchor.auc < 0.83
    assert 0.11 < anchor.precision < 0.19


def test_what_is_learnt_is_over_before_the_test_begins() -> None:
    assert max(LEARNT) + HORIZON < min(TESTED)
    assert tuple(month(2018, number) for number in range(6, 12)) == TESTED


def test_the_latent_hazard_is_above_the_recipe_and_below_certainty(known: list[KnownStocks], anchor: Score) -> None:
    ceiling = latent_hazard(known)
    assert anchor.auc + 0.02 < ceiling.auc < 0.90
    assert anchor.precision < ceiling.precision < 0.35


@pytest.mark.slow
def test_free_of_noise_a_strong_model_is_above_the_recipe(known: list[KnownStocks], anchor: Score) -> None:
    ceiling = processes(known)
    assert anchor.auc + 0.02 < ceiling.auc < 0.90
    assert anchor.precision < ceiling.precision < 0.35


def test_the_population_is_in_bonis_and_in_the_perimeter(known: list[KnownStocks]) -> None:
    origin = TESTED[0]
    for one in known:
        rank = one.companies(origin)
        assert one.in_bonis[rank, origin].all()
        assert (one.part.lives.headcount[rank, origin] > 0).all()


def test_nothing_known_later_changes_the_features(known: list[KnownStocks]) -> None:
    """The stocks after the month are free to be anything."""
    one, origin = known[0], TESTED[0]
    rank = one.companies(origin)
    before = one.features(origin, rank)
    later = {name: getattr(one, name).copy() for name in ("employee", "employer", "hours", "in_bonis")}
    for stock in later.values():
        stock[:, origin + 1 :] = 0
    assert np.array_equal(KnownStocks(one.part, **later).features(origin, rank), before)


def test_most_companies_with_a_debt_do_not_fail(known: list[KnownStocks]) -> None:
    origin = month(2018, 6)
    owing, outcome = [], []
    for one in known:
        rank = one.companies(origin)
        owing.append((one.employee + one.employer)[rank, origin] > 0)
        outcome.append(one.fails(origin, rank))
    owed, failed = np.concatenate(owing), np.concatenate(outcome)
    assert 0.03 < failed[owed].mean() < 0.25
    assert failed[owed].mean() > 3 * failed[~owed].mean()


def test_a_fifth_of_the_failures_give_no_sign(lives: list[Part]) -> None:
    """Companies of ten or more, before the health crisis: no debt, short-time work nor fall of 5 % in 18 months."""
    silent, failures = 0, 0
    for part in lives:
        events, size = part.lives.events, part.lives.headcount
        when = month_of(events.day)
        mine = np.flatnonzero(events.failures & (when >= month(2012, 1)) & (when < month(2020, 3)))
        company, when = events.company[mine], when[mine]
        owed = _had(part.gaps.company, month_of(part.gaps.created), company, when)
        asked = part.sites.company[part.short_time.site]
        used = _had(asked, month_of(part.short_time.start), company, when)
        fell = size[company, when - 1] < 0.95 * size[company, when - HORIZON]
        large = size[company, when - 1] >= 10
        silent += (large & ~owed & ~used & ~fell).sum()
        failures += large.sum()
    assert 0.16 < silent / failures < 0.28


def _had(who: np.ndarray, at: np.ndarray, company: np.ndarray, when: np.ndarray) -> np.ndarray:
    """Whether something happened to each company in the 18 months before a month."""
    key = np.sort(who * 1_000 + np.maximum(at, 0))
    before, after = (np.searchsorted(key, company * 1_000 + at) for at in (when - HORIZON, when))
    return np.asarray(after > before)
