"""Learning and back-test: the same recipe is applied at each past origin, then for today's model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.features.encoding import fit_columns
from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import Flags, Reals, read_variables
from signaux_faibles.detection.learning.baselines import BASELINES, ClassRates
from signaux_faibles.detection.learning.calibration import Calibration, fit_calibration
from signaux_faibles.detection.learning.joint.folds import folds_of_groups
from signaux_faibles.detection.learning.logistic import Logistic, fit_logistic, mean_of
from signaux_faibles.detection.learning.metrics import bootstrap_weights, measure, reliability
from signaux_faibles.detection.learning.model import LONGEST
from signaux_faibles.detection.learning.split import Months, Split
from signaux_faibles.detection.learning.thresholds import (
    Thresholds,
    fit_thresholds,
    observed_companies,
    observed_frequencies,
)
from signaux_faibles.detection.levels import Level
from signaux_faibles.relations.months import month_at

DRAWS = 200
FOLDS = 3
"""Parts of the companies that are left out in turn; with five, `sf train` takes longer and predicts no better."""
EVENTS = 10
"""With fewer companies than that entering a procedure, nothing is learned nor calibrated."""
OURS = "Modèle"
SERVICE, EMPLOYERS = "service", "employers"
"""Two views that are never mixed: all companies, as in service, and those that still employ, whose figures are the
headline. A company that has ceased trading stays in the perimeter for three years; it will not fail, which is easy to
predict and flatters the first view."""
RECENT = 3
"""Months of missing headcount from which a company may have ceased (import-chain §6.2, rule 4)."""


@dataclass(frozen=True)
class Fitted:
    """What one origin learns for one horizon.

    Attributes:
        regression: the mean of the regressions that each left out a third of the companies.
        calibration: fitted on the latest cohort.
        unseen: the calibrated probability of the rows of that cohort, by the regression that had not seen the company.
    """

    regression: Logistic
    calibration: Calibration
    unseen: Reals

    def probability(self, rows: PanelRows) -> Reals:
        """The calibrated probability of rows."""
        return self.calibration.probability(self.regression.margin(read_variables(rows.columns)))


@dataclass(frozen=True)
class Judgement:
    """The outcome of one origin of the back-test.

    Attributes:
        card: the months, the measures by view and forecast, the reliability, the thresholds and the classes.
        rows: the rows evaluated.
        probability: what the model of that origin gave them, without having seen any of their outcomes.
    """

    card: dict[str, Any]
    rows: PanelRows
    probability: Reals

    def observed(self, thresholds: Thresholds) -> dict[str, dict[str, float | int | None]]:
        """The companies that some thresholds would have put at each level, and those that failed within 18 months."""
        levels = thresholds.levels(self.probability)
        return dict(observed_companies(levels, self.rows.target(LONGEST), self.rows.sirens))


def fit(learned: PanelRows, latest: Flags, horizon: int) -> Fitted:
    """Learn from rows, without each third of the companies in turn, and calibrate on the latest of them.

    What is published is the mean of the three regressions; what calibrates a row comes from the one that had not seen
    its company, so the latest cohort both teaches and calibrates.

    Args:
        latest: the rows of the latest cohort; shape (rows,).
    Raises:
        DetectionRefused: too few companies enter a procedure.
    """
    outcome = learned.target(horizon)
    for rows, words in ((np.ones(len(latest), dtype=np.bool_), "d'apprentissage"), (latest, "de calibration")):
        failing = len(np.unique(learned.sirens[outcome & rows].astype(str)))
        if failing < EVENTS:
            raise DetectionRefused(
                f"{failing} entreprises entrent en procédure dans les {horizon} mois qui suivent les mois {words} : "
                f"il en faut {EVENTS}."
            )
    values = read_variables(learned.columns)
    columns = fit_columns(values)
    fold = folds_of_groups(learned.sirens.astype(str), FOLDS, seed=0, outcome=outcome)
    margin, regressions = np.empty(len(learned)), []
    for one in range(FOLDS):
        taught = fold != one
        regressions.append(fit_logistic(columns, _some(values, taught), outcome[taught]))
        margin[~taught] = regressions[-1].margin(_some(values, ~taught))
    calibration = fit_calibration(margin[latest], outcome[latest], learned.sirens[latest])
    return Fitted(mean_of(columns, regressions), calibration, calibration.probability(margin[latest]))


def _some(values: dict[str, npt.NDArray[Any]], rows: Flags) -> dict[str, npt.NDArray[Any]]:
    return {name: column[rows] for name, column in values.items()}


def cohorts(split: Split, rows: PanelRows) -> tuple[PanelRows, Flags]:
    """The rows that a split learns from, one month per quarter, and which of them are the latest cohort."""
    learned = rows.learnable.of_months(split.training.quarterly())
    return learned, np.isin(learned.columns["month"], split.calibration.quarterly())


def judge(split: Split, rows: PanelRows, seed: int) -> Judgement:
    """How the recipe would have performed from one origin on, beside the baselines, at 18 months.

    Args:
        rows: labelled rows that include all months of the split.
    """
    learned, latest = cohorts(split, rows)
    calibration = learned.where(latest)
    evaluation = rows.of_months(split.evaluation.quarterly())
    fitted = fit(learned, latest, LONGEST)
    outcome, probability = evaluation.target(LONGEST), fitted.probability(evaluation)
    forecasts = {OURS: probability}
    for name, classes in BASELINES.items():
        rates = ClassRates.fit(classes(calibration.columns), calibration.target(LONGEST))
        forecasts[name] = rates.probability(classes(evaluation.columns))
    thresholds = fit_thresholds(calibration.target(LONGEST), fitted.unseen)
    employers = evaluation.columns["effectif_retard"] < RECENT
    views = {EMPLOYERS: employers, SERVICE: np.ones(len(evaluation), dtype=np.bool_)}
    card = {
        **{name: _months(getattr(split, name)) for name in ("training", "calibration", "evaluation")},
        "views": {
            name: _view(evaluation.where(inside), {n: f[inside] for n, f in forecasts.items()}, seed)
            for name, inside in views.items()
        },
        "already_open": _already_open(evaluation, thresholds.levels(probability)),
        "reliability": [vars(bin) for bin in reliability(outcome, probability)],
        "thresholds": vars(thresholds),
        "classes": observed_frequencies(thresholds.levels(probability), outcome),
    }
    return Judgement(card, evaluation, probability)


def _already_open(evaluation: PanelRows, levels: npt.NDArray[Any]) -> dict[str, int]:
    """The rows « déjà ouverte, non connue » that the list would have held, in all and by level.

    They count as failures that did not happen: an alert on them comes too late to be of any use.
    """
    of_these = levels[evaluation.columns["already_open"] == 1.0]
    by_level = {str(level): int((of_these == level).sum()) for level in (Level.HIGH, Level.MODERATE)}
    return {"rows": len(of_these), **by_level}


def _view(rows: PanelRows, forecasts: dict[str, Reals], seed: int) -> dict[str, Any]:
    weights = bootstrap_weights(rows.sirens, DRAWS, seed)
    outcome = rows.target(LONGEST)
    return {
        "rows": len(rows),
        "companies": len(np.unique(rows.sirens.astype(str))),
        "events": int(outcome.sum()),
        "forecasts": {name: measure(outcome, forecast, weights) for name, forecast in forecasts.items()},
    }


def months_wanted(*splits: Split) -> set[int]:
    """All the months that these splits read."""
    parts = [part for split in splits for part in (split.training, split.evaluation)]
    return {month for part in parts for month in part.quarterly()}


def _months(months: Months) -> dict[str, str]:
    return {"first": month_at(months.first).isoformat(), "last": month_at(months.last).isoformat()}
