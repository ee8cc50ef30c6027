"""`sf backtest`: everything that is measured, as one JSON object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from signaux_faibles.detection.backtest.ceiling import HAZARD, latent_hazard
from signaux_faibles.detection.backtest.forecasts import (
    LOGISTIC,
    OURS,
    Announce,
    Forecasts,
    forecast,
    joined,
    permuted,
)
from signaux_faibles.detection.backtest.measures import by_quarter, measures_of, slices, too_good
from signaux_faibles.detection.backtest.origins import REGIMES, months_of, regime, rolling_splits
from signaux_faibles.detection.backtest.panel_table import panel_table
from signaux_faibles.detection.backtest.policy import (
    CALLS,
    USUAL,
    failures_of,
    kept_between_lists,
    policies,
    share_of,
)
from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.features.amounts import amounts_known
from signaux_faibles.detection.features.places import head_offices
from signaux_faibles.detection.features.rows import PanelRows, learning_rows, months_of_the_panel
from signaux_faibles.detection.learning.fitting import RECENT
from signaux_faibles.detection.learning.metrics import reliability
from signaux_faibles.detection.learning.panel_encoding import settings_of
from signaux_faibles.detection.learning.split import STRIDE
from signaux_faibles.home.published import PublishedSnapshot
from signaux_faibles.panel.label import last_observed
from signaux_faibles.panel.schema import LONGEST

SHOWN_BY_QUARTER = (OURS, LOGISTIC, "recipe_2021", "recipe_2024", "natural_forest", "constant")
REFERENCE = "recipe_2024"
"""The recipe in service in 2024, to which policies are compared."""


@dataclass(frozen=True)
class LearningPace:
    """How much is learned: months between two models, and between two months that a model learns from."""

    between_models: int = 12
    stride: int = STRIDE


def backtest(
    snapshots: Sequence[PublishedSnapshot],
    *,
    pace: LearningPace,
    seeds: int,
    shuffled: bool,
    announce: Announce,
    truths: Sequence[Path] = (),
) -> dict[str, Any]:
    """Forecast all past lists of some countries, each by its own models, and measure them together.

    Args:
        snapshots: the published snapshot of each; several only when all are invented.
        seeds: boosters whose log-odds are averaged.
        shuffled: give each company the outcomes of another one, so that there is nothing to learn.
        truths: of invented countries, the folders that hold their true risk, in the same order: a ceiling is added.
    Raises:
        DetectionRefused: the history is too short, real data would be mixed with others, or truths are not those of
            these countries.
    """
    if len(snapshots) > 1 and not all(one.manifest.fictitious for one in snapshots):
        raise DetectionRefused(
            "Seuls des pays inventés se jugent ensemble : donnez un seul dossier de données réelles."
        )
    if truths and len(truths) != len(snapshots):
        raise DetectionRefused(
            f"{len(truths)} vérités (--truth) pour {len(snapshots)} pays : donnez celle de chacun, dans le même ordre."
        )
    parts = []
    for rank, one in enumerate(snapshots):
        forecasts = _of_country(one, pace, seeds, shuffled, announce)
        forecasts = _under_a_ceiling(forecasts, truths[rank]) if truths else forecasts
        parts.append(_named_apart(forecasts, f"{rank}:") if len(snapshots) > 1 else forecasts)
    return {
        "snapshots": [one.manifest.id for one in snapshots],
        "as_of": max(one.manifest.as_of for one in snapshots).isoformat(),
        "fictitious": snapshots[0].manifest.fictitious,
        "permuted": shuffled,
        "every": pace.between_models,
        "stride": pace.stride,
        "seeds": seeds,
        "folds": settings_of(seeds).folds,
        **judged(joined(parts)),
    }


def judged(forecasts: Forecasts) -> dict[str, Any]:
    """All measures of some forecasts, None when unknown; the headline is about companies that still employ."""
    rows = forecasts.rows
    employers = np.asarray(rows.columns["effectif_retard"] < RECENT)
    everyone = np.ones(len(rows), dtype=np.bool_)
    named = np.array([regime(int(month)) for month in rows.columns["month"]])
    regimes = {name: named == name for name in REGIMES if (named == name).any()}
    views = {"all": employers, **{name: employers & inside for name, inside in regimes.items()}}
    of_employers = {name: measures_of(forecasts, inside, 0, (HAZARD,)) for name, inside in views.items()}
    parts = {
        "models": forecasts.models,
        "employers": of_employers,
        "too_good": too_good(of_employers, (HAZARD,)),
        "service": measures_of(forecasts, everyone, 0, (HAZARD,)),
        "by_quarter": by_quarter(forecasts, SHOWN_BY_QUARTER),
        "reliability": [vars(one) for one in reliability(forecasts.outcome, forecasts.by_recipe[OURS])],
        "slices": slices(forecasts, employers),
        "already_open": int(np.sum(rows.columns["already_open"] == 1.0)),
        "kept_between_lists": {
            name: kept_between_lists(rows, forecasts.by_recipe[name], share_of(USUAL))
            for name in (OURS, LOGISTIC, REFERENCE)
        },
        "policy": _policies(forecasts),
        "policy_by_regime": {name: _policy(_some(forecasts, inside), USUAL) for name, inside in regimes.items()},
    }
    return {name: known_or_none(part) for name, part in parts.items()}


def known_or_none(value: Any) -> Any:
    """The same measures with None instead of NaN, as JSON requires."""
    if isinstance(value, dict):
        return {name: known_or_none(part) for name, part in value.items()}
    if isinstance(value, list):
        return [known_or_none(part) for part in value]
    return None if isinstance(value, float) and np.isnan(value) else value


def _policies(forecasts: Forecasts) -> dict[str, Any]:
    return {str(calls): _policy(forecasts, calls) for calls in CALLS}


def _policy(forecasts: Forecasts, calls: int) -> dict[str, Any]:
    """What the calls of each recipe reach, among all failures."""
    return {
        "in_all": failures_of(forecasts.rows),
        "recipes": policies(forecasts, share_of(calls), REFERENCE, seed=0),
    }


def _some(forecasts: Forecasts, rows: np.ndarray[Any, np.dtype[np.bool_]]) -> Forecasts:
    by_recipe = {name: one[rows] for name, one in forecasts.by_recipe.items()}
    return Forecasts(forecasts.rows.where(rows), by_recipe, forecasts.moved[rows], forecasts.models)


def _of_country(
    snapshot: PublishedSnapshot, pace: LearningPace, seeds: int, shuffled: bool, announce: Announce
) -> Forecasts:
    first, last = months_of_the_panel(snapshot.tables)
    splits = rolling_splits(min(last, last_observed(snapshot.manifest.as_of) - LONGEST), first, pace.between_models)
    if not splits:
        raise DetectionRefused("Aucune liste passée n'a 18 mois de recul : reprenez un historique plus long.")
    rows = learning_rows(snapshot.tables, snapshot.manifest.as_of, months_of(splits, pace.stride))
    places = head_offices(snapshot.tables, rows.sirens.tolist())
    panel = panel_table(rows, places, amounts_known(snapshot.tables, rows))
    return forecast(permuted(panel, seed=0) if shuffled else panel, splits, settings_of(seeds), announce, pace.stride)


def _under_a_ceiling(forecasts: Forecasts, truth: Path) -> Forecasts:
    return replace(forecasts, by_recipe={**forecasts.by_recipe, HAZARD: latent_hazard(truth, forecasts.rows)})


def _named_apart(forecasts: Forecasts, prefix: str) -> Forecasts:
    """The same forecasts, with a prefix that keeps the companies of each country apart."""
    sirens = np.array([prefix + siren for siren in forecasts.rows.sirens], dtype=object)
    return replace(forecasts, rows=PanelRows({**forecasts.rows.columns, "siren": sirens}))
