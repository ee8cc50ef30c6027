"""Baselines: the recipes of the service, and the rules that need no learning."""

from __future__ import annotations

import numpy as np
import pytest

from signaux_faibles.detection.learning.joint import recipes
from signaux_faibles.detection.learning.joint.learner import Settings
from signaux_faibles.detection.learning.joint.recipes import RECIPES, NotApplicable, hazard, recipe_2024_own_way
from signaux_faibles.detection.learning.joint.rules import RULES, altman
from signaux_faibles.detection.learning.joint.table import Table
from signaux_faibles.detection.learning.joint.trial import Periods, Trial, trial_in_time, trials_in_folds

COMPANIES, YEARS = 120, 8


def table(names: tuple[str, ...] = ("a", "b")) -> Table:
    chance = np.random.default_rng(0)
    rows = COMPANIES * YEARS
    values = chance.normal(0, 1, (rows, len(names)))
    values[::9, 0] = np.nan
    outcome = chance.random(rows) < np.where(np.nan_to_num(values[:, 0]) > 1, 0.4, 0.05)
    groups = np.repeat(np.arange(COMPANIES), YEARS).astype(str)
    return Table(names, values, outcome, groups, np.tile(np.arange(YEARS), COMPANIES), 1, True)


def trial(whole: Table) -> Trial:
    assert whole.times is not None
    return trial_in_time(whole, whole.times, Periods((0, 4), (5, 5), (6, 7)), Settings(1))


def test_the_constant_is_the_frequency_of_the_latest_cohort() -> None:
    one = trial(table())
    assert set(RECIPES["constant"](one)) == {one.table.outcome[one.latest].mean()}


@pytest.mark.parametrize("name", ["recipe_2021", "recipe_2024"])
def test_a_resampled_recipe_shows_several_times_the_truth(name: str) -> None:
    one = trial(table())
    assert RECIPES[name](one).mean() > 1.5 * one.table.outcome[one.judged].mean()


@pytest.mark.parametrize("name", ["natural_forest", "hazard"])
def test_a_recipe_at_the_natural_prior_shows_the_truth(name: str) -> None:
    one = trial(table())
    assert RECIPES[name](one).mean() == pytest.approx(one.table.outcome[one.judged].mean(), rel=0.25)


def test_positives_are_repeated_until_they_are_35_percent() -> None:
    one = trial(table())
    outcome = one.taught[1]
    rows = recipes._repeated(outcome)
    assert outcome[rows].mean() == pytest.approx(0.35, abs=0.005)
    assert set(rows[~outcome[rows]]) == set(np.flatnonzero(~outcome))
    assert np.unique(rows[~outcome[rows]], return_counts=True)[1].max() == 1


def test_its_own_way_judges_other_companies_in_the_same_months() -> None:
    one = trial(table())
    probability, left_out = recipe_2024_own_way(one)
    assert len(probability) == left_out.sum()
    assert (one.learned | ~left_out).all()
    assert len(set(one.table.groups[left_out])) == COMPANIES / 5


def test_what_needs_a_company_and_a_time_says_so() -> None:
    whole = table()
    without = Table(whole.names, whole.values, whole.outcome, whole.groups)
    one = trials_in_folds(without, 3, Settings(1))[0]
    with pytest.raises(NotApplicable, match="--group"):
        hazard(one)
    with pytest.raises(NotApplicable, match="sans temps"):
        recipe_2024_own_way(one)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_without_its_columns_names_them(name: str) -> None:
    with pytest.raises(NotApplicable, match=RULES[name].needed[0]):
        RULES[name].probability(trial(table()))


def test_a_rule_gives_each_class_its_frequency_drawn_to_the_common_one() -> None:
    whole = table(("naf_section",))
    codes = 1.0 + whole.groups.astype(int) % 2
    one = trial(Table(whole.names, codes[:, None], codes == 1.0, whole.groups, whole.times, 1, True))
    first, second = sorted(set(RULES["sector_rate"].probability(one)))
    rows = int(one.learned.sum()) / 2
    assert first == pytest.approx(0.5 * 200 / (rows + 200))
    assert second == pytest.approx((rows + 0.5 * 200) / (rows + 200))


def test_an_altman_like_score_ranks_the_indebted_first() -> None:
    names = ("current", "short", "kept", "operating", "assets", "owed")
    whole = table(names)
    owed = np.random.default_rng(2).uniform(0.1, 2, len(whole))
    flat = np.column_stack([np.full(len(whole), one) for one in (0.5, 0.4, 0.1, 0.1, 1.0)] + [owed])
    one = trial(Table(names, flat, owed > 1.5, whole.groups, whole.times, 1, True))
    probability = altman(one, names)
    assert np.corrcoef(probability, one.table.outcome[one.judged])[0, 1] > 0.8
    assert len(set(probability)) >= 3
    with pytest.raises(NotApplicable, match="--altman"):
        altman(one, ())
