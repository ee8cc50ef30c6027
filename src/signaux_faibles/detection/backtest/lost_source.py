"""What a list is worth when a whole source is missing on the day of scoring.

The model in service goes on with what is left: that is the list that the monitor proposes, `sf list build --without`
(`detection/lists/monitor.py`). A model that learned without the source says how much of the loss is in the data.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from signaux_faibles.detection.backtest.forecasts import OURS, Forecasts, trial_of
from signaux_faibles.detection.backtest.measures import DRAWS, compared
from signaux_faibles.detection.backtest.panel_table import PanelTable
from signaux_faibles.detection.backtest.safeguards import columns_of_sources, without_source
from signaux_faibles.detection.features.variables import Provenance
from signaux_faibles.detection.learning.joint.learner import Settings, fit_jointly
from signaux_faibles.detection.learning.metrics import measure
from signaux_faibles.detection.learning.parts import by_parts
from signaux_faibles.detection.learning.resampling import draws_of
from signaux_faibles.detection.learning.split import Split

DEPRIVED, NEVER_HAD = "ours_without_source", "ours_learned_without_source"


def forecast_without(panel: PanelTable, split: Split, source: Provenance, settings: Settings, stride: int) -> Forecasts:
    """Learn before a list, with every source and without one, then forecast it.

    Returns:
        `OURS`, as in service; `DEPRIVED`, the same model when the source is missing; `NEVER_HAD`, the one that learned
        without it.
    """
    trial = trial_of(panel, split, settings, stride)
    columns = columns_of_sources(panel)[source.label]
    lesson, asked = trial.lesson(), trial.columns.at(trial.judged)
    blind = replace(lesson, columns=without_source(lesson.columns, columns))
    served, never_had = (fit_jointly(one, settings) for one in (lesson, blind))
    left = without_source(asked, columns)
    with threadpool_limits(1):
        by_recipe = {
            OURS: by_parts(served.probability, asked),
            DEPRIVED: by_parts(served.probability, left),
            NEVER_HAD: by_parts(never_had.probability, left),
        }
    rows = panel.rows.where(trial.judged)
    return Forecasts(rows, by_recipe, np.full(len(rows), np.nan), [])


def loss_of(forecasts: Forecasts, seed: int = 0) -> dict[str, Any]:
    """Order and level of each forecast of `forecast_without`, with what it has less than ours, paired (`beside`)."""
    outcome, draws = forecasts.outcome, draws_of(forecasts.rows.sirens, DRAWS, seed)
    ours = forecasts.by_recipe[OURS]
    recipes = {
        name: {**measure(outcome, one, draws), "beside": compared(outcome, one, ours, draws)}
        for name, one in forecasts.by_recipe.items()
    }
    return {"rows": len(forecasts.rows), "events": int(outcome.sum()), "recipes": recipes}
