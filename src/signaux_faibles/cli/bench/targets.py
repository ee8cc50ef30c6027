"""The targets of `sf bench recipes`, each beside what the run measured, and the lists that two of them count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from signaux_faibles.cli.bench.windows import BEFORE, CRISIS, IN_CRISIS, QUIET
from signaux_faibles.detection.backtest.ceiling import HAZARD
from signaux_faibles.detection.backtest.forecasts import OURS, Forecasts
from signaux_faibles.detection.backtest.lost_source import DEPRIVED, loss_of
from signaux_faibles.detection.backtest.measures import DRAWS
from signaux_faibles.detection.backtest.origins import regime
from signaux_faibles.detection.backtest.policy import USUAL, share_of
from signaux_faibles.detection.backtest.pooled import pooled_calls
from signaux_faibles.detection.backtest.report import REFERENCE
from signaux_faibles.detection.backtest.targets import (
    alarm_targets,
    call_targets,
    crisis_targets,
    deprived_targets,
    level_targets,
    loss_targets,
    order_targets,
)
from signaux_faibles.detection.learning.metrics import level_interval, measure
from signaux_faibles.detection.learning.resampling import draws_of
from signaux_faibles.relations.months import index_of

CONTAGION = "contagion"
"""The world in which ours must not lose to any baseline."""


def judged_by_targets(
    measured: Mapping[str, Any],
    lists: Mapping[str, Forecasts],
    deprived: Forecasts,
    world: str,
    ceilings: Sequence[str],
) -> dict[str, Any]:
    """All targets, and what they are judged on.

    Args:
        measured: the measures of each window; lists: what each recipe gave to its lists.
        deprived: what ours gave to one list, with debts and without.
        ceilings: the recipes that rest on what nobody can know.
    Returns:
        `table`, the targets; `calls` of both quiet windows; `june_2020` and `without_debts`, one list each; `origins`,
        every list, with its regime and the interval of its level.
    """
    calls = pooled_calls([lists[name] for name in QUIET], share_of(USUAL), REFERENCE, HAZARD)
    june_2020, without_debts = _of_list(lists[CRISIS], IN_CRISIS), loss_of(deprived)
    origins = [origin for name, one in lists.items() for origin in _origins(measured[name]["by_list"], one)]
    targets = [
        *order_targets(measured[BEFORE]),
        *call_targets(calls),
        *level_targets(origins),
        *crisis_targets(june_2020),
        *deprived_targets(without_debts["recipes"][DEPRIVED]),
        *alarm_targets(measured, ceilings),
        *(loss_targets(measured, ceilings) if world == CONTAGION else ()),
    ]
    return {
        "table": [one.as_json() for one in targets],
        "calls": calls,
        "june_2020": june_2020,
        "without_debts": without_debts,
        "origins": origins,
    }


def _of_list(forecasts: Forecasts, day: date) -> dict[str, Any]:
    """Order and level of ours on one list."""
    rows = forecasts.rows.columns["month"] == index_of(day)
    draws = draws_of(forecasts.rows.sirens[rows], DRAWS, seed=0)
    return measure(forecasts.outcome[rows], forecasts.by_recipe[OURS][rows], draws)


def _origins(by_list: Sequence[Mapping[str, Any]], forecasts: Forecasts) -> list[dict[str, Any]]:
    """The lists of a window with their regime, and the interval of their level, companies drawn with all their rows."""
    months, draws = forecasts.rows.columns["month"], draws_of(forecasts.rows.sirens, DRAWS, seed=0)
    origins = []
    for one in by_list:
        month = index_of(date.fromisoformat(one["month"]))
        rows = months == month
        expected = np.where(rows, forecasts.by_recipe[OURS], 0.0)
        bounds = level_interval(forecasts.outcome & rows, expected, draws)
        origins.append({**one, "regime": regime(month), "observed_expected_interval": bounds})
    return origins
