"""Ours beside its baselines, on the same rows of a table (`sf bench learner`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from signaux_faibles.detection.features.variables import Reals
from signaux_faibles.detection.learning.joint.learner import learn_jointly
from signaux_faibles.detection.learning.joint.measures import judge_recipe
from signaux_faibles.detection.learning.joint.recipes import RECIPES, NotApplicable, recipe_2024_own_way
from signaux_faibles.detection.learning.joint.rules import RULES, altman
from signaux_faibles.detection.learning.joint.table import Table
from signaux_faibles.detection.learning.joint.trial import Trial

OURS, OWN_WAY = "ours", "recipe_2024_own_way"


def contest(trials: Sequence[Trial], altman_columns: Sequence[str] = ()) -> dict[str, Any]:
    """Measure ours, each learner alone, and each baseline.

    Args:
        trials: of one table; the rows that they judge are measured together, each once.
    Returns:
        by recipe its measures, and under `about` what was tried on what, with the recipes left out and why.
    """
    forecasts: dict[str, list[Reals]] = {}
    weights: list[dict[str, float]] = []
    for trial in trials:
        joint = learn_jointly(trial.lesson(), trial.columns.at(trial.judged), trial.settings)
        for name, probability in {OURS: joint.probability, **joint.alone}.items():
            forecasts.setdefault(name, []).append(probability)
        weights.append(dict(zip(joint.alone, joint.stack.weights, strict=True)))
    skipped: dict[str, str] = {}
    for name, recipe in baselines(altman_columns).items():
        try:
            with threadpool_limits(1):
                forecasts[name] = [recipe(trial) for trial in trials]
        except NotApplicable as reason:
            skipped[name] = str(reason)
    table = trials[0].table
    rows = np.concatenate([np.flatnonzero(trial.judged) for trial in trials])
    outcome, groups = table.outcome[rows], table.groups[rows]
    measures = {name: judge_recipe(outcome, np.concatenate(parts), groups) for name, parts in forecasts.items()}
    try:
        probability, left_out = recipe_2024_own_way(trials[0])
        measures[OWN_WAY] = judge_recipe(table.outcome[left_out], probability, table.groups[left_out])
    except NotApplicable as reason:
        skipped[OWN_WAY] = str(reason)
    return {**measures, "about": {**_about(trials, table), "weights": weights, "skipped": skipped}}


def baselines(altman_columns: Sequence[str]) -> dict[str, Callable[[Trial], Reals]]:
    """All baselines judged on the same rows, by name."""
    rules = {name: rule.probability for name, rule in RULES.items()}
    return {**RECIPES, **rules, "altman": lambda trial: altman(trial, altman_columns)}


def _about(trials: Sequence[Trial], table: Table) -> dict[str, Any]:
    learned = sum(int(trial.learned.sum()) for trial in trials)
    judged = sum(int(trial.judged.sum()) for trial in trials)
    return {
        "rows": len(table),
        "events": int(table.outcome.sum()),
        "columns": list(table.names),
        "columns_read": len(trials[0].columns.parents),
        "rows_learned": learned // len(trials),
        "rows_judged": judged,
        "events_judged": sum(int(table.outcome[trial.judged].sum()) for trial in trials),
        "seeds": trials[0].settings.seeds,
    }
