"""What each safeguard of the learner changes in a regime, and what losing each source costs there.

The safeguards are ranks within the month, sources hidden on a share of the rows learned from, and a level that follows
the rate of failures known at each list. The last one is measured but not in service.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.special import expit, logit
from threadpoolctl import threadpool_limits

from signaux_faibles.detection.backtest.forecasts import OURS, moved_since, trial_of
from signaux_faibles.detection.backtest.measures import DRAWS, compared
from signaux_faibles.detection.backtest.panel_table import PanelTable
from signaux_faibles.detection.features.variables import SECTION, Flags, Reals
from signaux_faibles.detection.learning.fitting import RECENT
from signaux_faibles.detection.learning.joint.encoding import Encoded
from signaux_faibles.detection.learning.joint.learner import Fitted, Settings, fit_jointly
from signaux_faibles.detection.learning.joint.views import ON_RANKS, RIDGE
from signaux_faibles.detection.learning.metrics import LEAST, measure
from signaux_faibles.detection.learning.panel_encoding import LOST_TOGETHER, NUMBERS
from signaux_faibles.detection.learning.parts import by_parts
from signaux_faibles.detection.learning.resampling import Draws, draws_of
from signaux_faibles.detection.learning.split import Split
from signaux_faibles.panel.schema import LONGEST

WITHOUT_RANKS, WITHOUT_HIDING, UPDATED = "without_ranks", "without_hiding", "updated"
SECTOR = "Secteur d'activité"
"""What is lost when the nomenclature changes, as the NAF does."""


def safeguards(panel: PanelTable, split: Split, settings: Settings, stride: int) -> dict[str, Any]:
    """Learn three models before the first list of a split, and judge what each gives to the lists that follow.

    Args:
        panel: with the months learned from, judged, and those that give the rate known at each list.
        stride: months between two that are learned from.
    Returns:
        rows and events judged, companies that still employ; `variants`, the measures of ours, of ours without each
        safeguard and with the level updated; `lost`, by source, those of ours when the source is hidden from the
        lists; `lost_unprepared`, those of a model that learned with no source hidden. Each has its difference with
        ours (`beside`).
    """
    trial = trial_of(panel, split, settings, stride)
    lesson, asked = trial.lesson(), trial.columns.at(trial.judged)
    rows = panel.rows.where(trial.judged)
    ours = fit_jointly(lesson, settings)
    unprepared = fit_jointly(lesson, replace(settings, sources=()))
    unranked = fit_jointly(lesson, replace(settings, unused=frozenset({RIDGE, ON_RANKS})))
    with threadpool_limits(1):
        forecast = _given(ours, asked)
        variants = {
            OURS: forecast,
            WITHOUT_RANKS: _given(unranked, asked),
            WITHOUT_HIDING: _given(unprepared, asked),
            UPDATED: _updated(forecast, moved_since(panel, split, rows)),
        }
        columns = columns_of_sources(panel)
        hidden = {name: without_source(asked, those) for name, those in columns.items()}
        lost = {name: _given(ours, one) for name, one in hidden.items()}
        lost_unprepared = {name: _given(unprepared, one) for name, one in hidden.items()}
    employers = np.asarray(rows.columns["effectif_retard"] < RECENT)
    judged = rows.where(employers)
    judge = _Judge(judged.target(LONGEST), forecast[employers], draws_of(judged.sirens, DRAWS, 0))
    return {
        "rows": len(judged),
        "events": int(judge.outcome.sum()),
        "variants": {name: judge.measured(one[employers]) for name, one in variants.items()},
        "lost": {name: judge.measured(one[employers]) for name, one in lost.items()},
        "lost_unprepared": {name: judge.measured(one[employers]) for name, one in lost_unprepared.items()},
    }


def columns_of_sources(panel: PanelTable) -> dict[str, Collection[int]]:
    """The columns that are lost with each source, by its name; the sections of activity among them."""
    columns: dict[str, Collection[int]] = {
        source.label: frozenset(rank for rank, one in enumerate(NUMBERS) if one.source is source)
        for source in LOST_TOGETHER
    }
    flags = (rank for rank, name in enumerate(panel.table.names) if name.startswith(f"{SECTION}_"))
    return {**columns, SECTOR: frozenset(flags)}


def without_source(columns: Encoded, source: Collection[int]) -> Encoded:
    """The same rows when the columns of a source are missing from all of them."""
    return columns.without(np.ones(len(columns.values), dtype=np.bool_), source)


def _given(fitted: Fitted, asked: Encoded) -> Reals:
    return by_parts(fitted.probability, asked)


def _updated(forecast: Reals, moved: Reals) -> Reals:
    """The same order within a list, with log-odds that follow the rate; unchanged where the rate is unknown."""
    shift = np.log(np.maximum(np.nan_to_num(moved, nan=1.0), LEAST))
    return np.asarray(expit(logit(np.clip(forecast, LEAST, 1 - LEAST)) + shift))


@dataclass(frozen=True)
class _Judge:
    """Judges all forecasts on the same rows, outcomes and draws of companies, and compares each with ours."""

    outcome: Flags
    ours: Reals
    draws: Draws

    def measured(self, forecast: Reals) -> dict[str, Any]:
        beside = compared(self.outcome, forecast, self.ours, self.draws)
        return {**measure(self.outcome, forecast, self.draws), "beside": beside}
