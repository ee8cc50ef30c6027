"""What each recipe would have given to the companies of each past list, with only what was known then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from signaux_faibles.detection.backtest.panel_table import PanelTable
from signaux_faibles.detection.features.amounts import AMOUNTS
from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import Flags, Reals
from signaux_faibles.detection.learning.joint.learner import Joint, Settings, learn_jointly
from signaux_faibles.detection.learning.joint.recipes import OF_THE_SERVICE, RECIPES, NotApplicable
from signaux_faibles.detection.learning.joint.rules import RULES, altman
from signaux_faibles.detection.learning.joint.table import Table
from signaux_faibles.detection.learning.joint.trial import Trial
from signaux_faibles.detection.learning.logistic import logistic_forecast
from signaux_faibles.detection.learning.regime import KNOWN_AFTER, yearly_rate
from signaux_faibles.detection.learning.split import STRIDE, Split
from signaux_faibles.panel.schema import LONGEST
from signaux_faibles.relations.months import month_at

OURS, UNSEEN, LOGISTIC, LAST_LIST, ALTMAN = "ours", "ours_unseen", "logistic", "last_list", "altman"
READ = ("sector_rate", "sector_department_size", "debt_rule")
"""The rules that the columns of a panel suffice for; here the last list gives an order, not classes."""
Announce = Callable[[int, int], None]


@dataclass(frozen=True)
class Forecasts:
    """The rows of the past lists, and what each recipe gave them.

    Attributes:
        rows: of one month per quarter.
        by_recipe: one probability per row.
        moved: for each row, how the yearly failure rate known at its month compares with that of the cohort that
            calibrated: 1 when it has not moved.
        models: for each model, when it was used, what it learned from, the weights of its learners.
    """

    rows: PanelRows
    by_recipe: dict[str, Reals]
    moved: Reals
    models: list[dict[str, Any]]

    @property
    def outcome(self) -> Flags:
        """Whether a procedure opened within 18 months; false where one was already open without being known."""
        return self.rows.target(LONGEST)


def forecast(
    panel: PanelTable,
    splits: Sequence[Split],
    settings: Settings,
    announce: Announce,
    stride: int = STRIDE,
    past: Table | None = None,
) -> Forecasts:
    """Learn at each origin, and forecast the lists made until the next one.

    Args:
        stride: months between two that are learned from.
        past: the same rows, with the inputs that the recipes of the service had; None when all read the same ones.
    """
    parts = []
    for rank, split in enumerate(splits):
        announce(rank, len(splits))
        parts.append(_one_model(panel, split, trial_of(panel, split, settings, stride), past))
    return joined(parts)


def joined(parts: Sequence[Forecasts]) -> Forecasts:
    """The forecasts of several models, or of several countries, one after the other, by the recipes that all have."""
    columns = {name: np.concatenate([part.rows.columns[name] for part in parts]) for name in parts[0].rows.columns}
    common = [name for name in parts[0].by_recipe if all(name in part.by_recipe for part in parts)]
    by_recipe = {name: np.concatenate([part.by_recipe[name] for part in parts]) for name in common}
    models = [model for part in parts for model in part.models]
    return Forecasts(PanelRows(columns), by_recipe, np.concatenate([part.moved for part in parts]), models)


def permuted(panel: PanelTable, seed: int) -> PanelTable:
    """The same companies, each with the outcomes of another one, in every month.

    There is nothing to learn from these: an order better than chance would come from a leak in the back-test.
    """
    names, company = np.unique(panel.table.groups, return_inverse=True)
    other = np.random.default_rng(seed).permutation(len(names))
    months = panel.months()
    row_of = {key: row for row, key in enumerate(zip(company.tolist(), months.tolist(), strict=True))}
    positions = np.array([row_of.get((int(other[c]), int(m)), -1) for c, m in zip(company, months, strict=True)])
    turned = {
        name: np.where(positions >= 0, values[positions], 0.0)
        for name, values in panel.rows.columns.items()
        if name.startswith("target_")
    }
    rows = PanelRows({**panel.rows.columns, **turned})
    outcome = rows.target(LONGEST)
    return replace(
        panel, rows=rows, table=replace(panel.table, outcome=outcome), rules=replace(panel.rules, outcome=outcome)
    )


def trial_of(panel: PanelTable, split: Split, settings: Settings, stride: int = STRIDE) -> Trial:
    """What one origin learns from and judges; a row whose procedure was already open is judged, never learned from."""
    months = panel.months()
    learned = np.isin(months, split.training.spaced(stride)) & (panel.rows.columns["already_open"] == 0.0)
    latest = learned & (months >= split.calibration.first)
    return Trial(panel.table, panel.columns, learned, latest, _judged(months, split), settings)


def baselines_of(trial: Trial, rules: Table, past: Table | None = None) -> dict[str, Reals]:
    """What the recipes of the service and the rules give to the rows to judge.

    Args:
        rules: the same rows, with the columns that rules read.
        past: the same rows, with the inputs that the recipes of the service had; None when all read the same ones.
    Returns:
        by recipe, one probability per row; without accounts to learn from, no Altman-like score.
    """
    with threadpool_limits(1):
        served = replace(trial, table=trial.table if past is None else past)
        by_recipe = {name: recipe(served if name in OF_THE_SERVICE else trial) for name, recipe in RECIPES.items()}
        read = replace(trial, table=rules)
        by_recipe |= {name: RULES[name].probability(read) for name in READ}
        with suppress(NotApplicable):
            by_recipe[ALTMAN] = altman(read, AMOUNTS if AMOUNTS[0] in rules.names else ())
        return by_recipe


def _one_model(panel: PanelTable, split: Split, trial: Trial, past: Table | None) -> Forecasts:
    before = _before(panel, split)
    asked = np.concatenate([np.flatnonzero(trial.judged), np.flatnonzero(before)])
    count = int(trial.judged.sum())
    joint = learn_jointly(trial.lesson(), trial.columns.at(asked), trial.settings, panel.table.groups[asked])
    ours = joint.probability
    by_recipe = {
        OURS: ours[:count],
        UNSEEN: joint.unseen[:count],
        **{name: one[:count] for name, one in joint.alone.items()},
    }
    rows = panel.rows.where(trial.judged)
    learned = panel.rows.where(trial.learned)
    with threadpool_limits(1):
        by_recipe[LOGISTIC] = logistic_forecast(learned, trial.latest[trial.learned], rows, LONGEST)
    by_recipe |= baselines_of(trial, panel.rules, past)
    by_recipe[LAST_LIST] = _of_the_list_before(panel, asked, ours, count)
    return Forecasts(rows, by_recipe, moved_since(panel, split, rows), [_about(trial, split, joint)])


def _of_the_list_before(panel: PanelTable, asked: npt.NDArray[np.intp], ours: Reals, count: int) -> Reals:
    """The probability that the list of the quarter before gave; the lowest one to companies that it did not hold."""
    months, groups = panel.months()[asked], panel.table.groups[asked]
    by_row = dict(zip(zip(groups.tolist(), months.tolist(), strict=True), ours, strict=True))
    least = float(ours.min())
    keys = zip(groups[:count].tolist(), (months[:count] - STRIDE).tolist(), strict=True)
    return np.array([by_row.get(key, least) for key in keys])


def moved_since(panel: PanelTable, split: Split, rows: PanelRows) -> Reals:
    """How far the yearly failure rate has moved since calibration, from the failures known at each list."""
    months = panel.months()
    calibrated = yearly_rate(panel.rows.of_months(split.calibration.quarterly()))
    ratios = {
        month: yearly_rate(panel.rows.where(months == month - KNOWN_AFTER)) / calibrated
        for month in split.evaluation.quarterly()
    }
    return np.array([ratios[int(month)] for month in rows.columns["month"]])


def _judged(months: npt.NDArray[np.int64], split: Split) -> Flags:
    return np.asarray(np.isin(months, split.evaluation.quarterly()))


def _before(panel: PanelTable, split: Split) -> Flags:
    """The rows of the list made one quarter before the first one that this model makes."""
    return np.asarray(panel.months() == split.evaluation.first - STRIDE)


def _about(trial: Trial, split: Split, joint: Joint) -> dict[str, Any]:
    outcome = trial.table.outcome
    return {
        "used": [month_at(month).isoformat() for month in split.evaluation.quarterly()],
        "learned": [month_at(split.training.first).isoformat(), month_at(split.training.last).isoformat()],
        "calibrated": [month_at(split.calibration.first).isoformat(), month_at(split.calibration.last).isoformat()],
        "rows": int(trial.learned.sum()),
        "events": int(outcome[trial.learned].sum()),
        "companies": len(np.unique(trial.table.groups[trial.learned])),
        "weights": dict(zip(joint.alone, joint.stack.weights, strict=True)),
        "calibration": joint.calibration.kind,
    }
