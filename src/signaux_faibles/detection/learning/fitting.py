"""Fitting the learner of the service at an origin and judging it there, for past origins as for today."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import Flags, Reals
from signaux_faibles.detection.learning.baselines import BASELINES, ClassRates
from signaux_faibles.detection.learning.joint.learner import Fitted, Learned, fit_jointly
from signaux_faibles.detection.learning.metrics import measure, reliability
from signaux_faibles.detection.learning.panel_encoding import CodedRows, settings_of
from signaux_faibles.detection.learning.resampling import draws_of
from signaux_faibles.detection.learning.split import Months, Split
from signaux_faibles.detection.learning.thresholds import (
    fit_thresholds,
    observed_companies,
    observed_frequencies,
)
from signaux_faibles.detection.levels import Level
from signaux_faibles.panel.schema import LONGEST
from signaux_faibles.relations.months import month_at

DRAWS = 200
EVENTS = 10
"""If fewer companies enter a procedure, nothing is learned or calibrated."""
OURS = "Modèle"
SERVICE, EMPLOYERS = "service", "employers"
"""Two views, never mixed: all companies, as in service, and those that still employ, which give the headline figures.

A company that has ceased trading stays in the perimeter for three years. It will not fail, which is easy to predict and
flatters the first view."""
RECENT = 3
"""Months of missing headcount from which a company may have ceased (import-chain §6.2, rule 4)."""


def fit(panel: CodedRows, split: Split, horizon: int) -> Fitted:
    """Learn from the months of a split, one per quarter, then calibrate on the latest cohort among them.

    Raises:
        DetectionRefused: too few companies enter a procedure.
    """
    learned, latest = cohorts(split, panel.rows)
    outcome, sirens = panel.rows.target(horizon), panel.rows.sirens
    for rows, words in ((learned, "d'apprentissage"), (latest, "de calibration")):
        failing = len(np.unique(sirens[outcome & rows].astype(str)))
        if failing < EVENTS:
            raise DetectionRefused(
                f"{failing} entreprises entrent en procédure dans les {horizon} mois qui suivent les mois {words} : "
                f"il en faut {EVENTS}."
            )
    lesson = Learned.drawn(panel.columns, outcome, sirens.astype(str), learned, latest)
    return fit_jointly(lesson, settings_of())


def cohorts(split: Split, rows: PanelRows) -> tuple[Flags, Flags]:
    """Which rows a split learns from, one month per quarter, and which of them are the latest cohort."""
    learned = np.isin(rows.columns["month"], split.training.quarterly()) & (rows.columns["already_open"] == 0.0)
    return learned, learned & np.isin(rows.columns["month"], split.calibration.quarterly())


def judge(split: Split, panel: CodedRows, seed: int) -> dict[str, Any]:
    """How the recipe would have performed from one origin on, beside the baselines, at 18 months.

    Args:
        panel: labelled rows that include all months of the split.
    Returns:
        the months, the measures by view and forecast, the reliability, the thresholds, their classes, the last list.
    """
    _, latest = cohorts(split, panel.rows)
    calibration = panel.rows.where(latest)
    judged = np.isin(panel.rows.columns["month"], split.evaluation.quarterly())
    evaluation = panel.rows.where(judged)
    fitted = fit(panel, split, LONGEST)
    outcome, probability = evaluation.target(LONGEST), fitted.probability(panel.columns.at(judged))
    forecasts = {OURS: probability}
    for name, classes in BASELINES.items():
        rates = ClassRates.fit(classes(calibration.columns), calibration.target(LONGEST))
        forecasts[name] = rates.probability(classes(evaluation.columns))
    thresholds = fit_thresholds(calibration.target(LONGEST), fitted.unseen)
    levels = thresholds.levels(probability)
    employers = evaluation.columns["effectif_retard"] < RECENT
    views = {EMPLOYERS: employers, SERVICE: np.ones(len(evaluation), dtype=np.bool_)}
    return {
        **{name: _months(getattr(split, name)) for name in ("training", "calibration", "evaluation")},
        "views": {
            name: _view(evaluation.where(inside), {n: f[inside] for n, f in forecasts.items()}, seed)
            for name, inside in views.items()
        },
        "already_open": _already_open(evaluation, levels),
        "reliability": [vars(bin) for bin in reliability(outcome, probability)],
        "thresholds": vars(thresholds),
        "classes": observed_frequencies(levels, outcome),
        "last_list": _last_list(evaluation, levels),
    }


def _last_list(evaluation: PanelRows, levels: npt.NDArray[Any]) -> dict[str, dict[str, float | int | None]]:
    """The companies of the last list, by the levels of thresholds that saw none of its outcomes, and those that failed.

    One list, so that a company counts once and has 18 months to fail: what pages show, and what a promise rests on.
    """
    last = evaluation.columns["month"] == evaluation.columns["month"].max()
    return dict(observed_companies(levels[last], evaluation.target(LONGEST)[last], evaluation.sirens[last]))


def _already_open(evaluation: PanelRows, levels: npt.NDArray[Any]) -> dict[str, int]:
    """The rows « déjà ouverte, non connue » that the list would have held, in all and by level.

    They count as failures that did not happen: an alert on them comes too late to be of any use.
    """
    of_these = levels[evaluation.columns["already_open"] == 1.0]
    by_level = {str(level): int((of_these == level).sum()) for level in (Level.HIGH, Level.MODERATE)}
    return {"rows": len(of_these), **by_level}


def _view(rows: PanelRows, forecasts: dict[str, Reals], seed: int) -> dict[str, Any]:
    draws = draws_of(rows.sirens, DRAWS, seed)
    outcome = rows.target(LONGEST)
    return {
        "rows": len(rows),
        "companies": len(np.unique(rows.sirens.astype(str))),
        "events": int(outcome.sum()),
        "forecasts": {name: measure(outcome, forecast, draws) for name, forecast in forecasts.items()},
    }


def months_read(*splits: Split) -> set[int]:
    """All the months that these splits read."""
    parts = [part for split in splits for part in (split.training, split.evaluation)]
    return {month for part in parts for month in part.quarterly()}


def _months(months: Months) -> dict[str, str]:
    return {"first": month_at(months.first).isoformat(), "last": month_at(months.last).isoformat()}
