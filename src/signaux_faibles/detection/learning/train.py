"""`sf train`: a candidate model with its card, from the panel of the published snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from signaux_faibles.detection.features.presence import unlike_absences
from signaux_faibles.detection.features.rows import PanelRows, learning_rows, months_of_the_panel, scoring_rows
from signaux_faibles.detection.features.variables import EFFECTIF, LIASSE, PROCOL, VARIABLES, Flags, Provenance, Reals
from signaux_faibles.detection.learning.archive import write_candidate
from signaux_faibles.detection.learning.artefact.files import sha256_of, written
from signaux_faibles.detection.learning.fitting import cohorts, fit, judge, months_read
from signaux_faibles.detection.learning.joint.learner import Fitted
from signaux_faibles.detection.learning.model import Model, of_variables
from signaux_faibles.detection.learning.panel_encoding import CodedRows, PanelEncoding
from signaux_faibles.detection.learning.regime import yearly_rate
from signaux_faibles.detection.learning.split import Split, backtest_splits, split_at
from signaux_faibles.detection.learning.thresholds import fit_thresholds
from signaux_faibles.detection.levels import NONE, Level
from signaux_faibles.home.home import Home
from signaux_faibles.home.published import PublishedSnapshot, published_panel
from signaux_faibles.panel.label import last_observed
from signaux_faibles.panel.schema import HORIZONS, LONGEST
from signaux_faibles.relations.months import index_of, month_at

LIMITS = (
    "Apprentissage sur les entreprises du périmètre de chaque mois ; celles qui sont déjà en procédure n'y sont pas.",
    "Une entreprise sortie d'une procédure depuis moins de douze mois n'est ni apprise ni évaluée.",
    "Une cessation sans procédure compte comme une absence de procédure.",
    (
        "L'activité, donc le secteur, la catégorie juridique et le siège sont, à chaque mois passé, ceux du répertoire "
        "d'aujourd'hui : ses valeurs passées ne sont pas livrées. Une entreprise que ces règles excluent aujourd'hui "
        "manque donc aussi au passé."
    ),
    (
        "Le secteur est celui de la NAF rév. 2. Quand le répertoire ne livre plus que la NAF 2025, c'est le dernier "
        "code livré si l'activité n'a pas changé, sinon la section que la NAF 2025 permet de déduire, ou inconnu."
    ),
    (
        "La fréquence de chaque niveau est celle de la dernière liste dont les 18 mois sont connus, refaite par un "
        "modèle et des seuils d'alors : ceux de ce modèle, appris depuis, peuvent classer un peu autrement."
    ),
    "Les mandats ad hoc et les conciliations, confidentiels, sont absents : une entreprise aidée paraît saine.",
    (
        "Des comptes, seuls sont lus ceux de la DGFiP, à partir de 280 jours après la clôture. La TVA et les positions "
        "sectorielles publiées ne sont pas lues : elles sont inconnues dans les mois qui servent à apprendre."
    ),
    (
        "Une entreprise « déjà ouverte, non connue », dont aucun fichier ne disait que la procédure était ouverte, est "
        "dans les listes : elle est évaluée avec les autres, comme une alerte inutile, et comptée à part."
    ),
)

RECIPE = (
    "deux régressions pénalisées (sur les rangs du mois et sur les montants) et deux boostings d'arbres (sur les "
    "valeurs et sur les rangs), ajoutés en log-cotes avec des poids jamais négatifs, puis calibrés sur des entreprises "
    "non vues"
)
JUDGED = 2
"""How many origins `sf train` judges, the latest, on windows that do not overlap; `sf backtest` judges all."""
SAMPLE = 4_000
"""How many rows learned from are explained, to know what each variable adds on average and how far it spreads."""

Classes = dict[str, dict[str, float | int | None]]
"""By level: companies, events, frequency."""


@dataclass(frozen=True)
class CandidateModel:
    """A model, its card, and the folder that holds both."""

    name: str
    model: Model
    card: dict[str, Any]
    folder: Path


def train(home: Home, seed: int = 0) -> CandidateModel:
    """Back-test the recipe, learn today's model, and write both as a candidate; nothing is promoted.

    Args:
        seed: of the draws that give intervals; learning has its own seeds, which never change.
    Raises:
        NothingPublished: no snapshot with a panel is published.
        DetectionRefused: the history is too short.
    """
    snapshot = published_panel(home)
    first, last = months_of_the_panel(snapshot.tables)
    final = split_at(index_of(snapshot.manifest.as_of), first)
    labelled = min(last, last_observed(snapshot.manifest.as_of) - LONGEST)
    past = backtest_splits(labelled, first, final.origin)[:JUDGED]
    rows = learning_rows(snapshot.tables, snapshot.manifest.as_of, months_read(final, *past))
    encoding = PanelEncoding.fit(rows)
    panel = CodedRows.of(rows, encoding)
    fitted = {horizon: fit(panel, final, horizon) for horizon in HORIZONS}
    judged = [judge(split, panel, seed) for split in past]
    in_classes: Classes = judged[0]["last_list"] if judged else {}
    model, added = _model(encoding, fitted, panel, final, in_classes)
    files = written(model)
    name = f"{snapshot.manifest.as_of:%Y-%m}-joint-{sha256_of(files)[:10]}"
    card = {
        "id": name,
        "sha256": sha256_of(files),
        **_learned(model, fitted, panel, final, added),
        **_context(snapshot, panel, final),
        "backtest": judged,
        "class_observed": in_classes,
        "seed": seed,
        "limits": list(LIMITS),
    }
    return CandidateModel(name, model, card, write_candidate(home, name, files, card))


def _model(
    encoding: PanelEncoding, fitted: dict[int, Fitted], panel: CodedRows, final: Split, in_classes: Classes
) -> tuple[Model, dict[str, Reals]]:
    """The model, and by variable what it adds to the rows of `_sample`.

    Args:
        in_classes: the companies of the last list of the last back-test, by the levels that its own thresholds gave:
            those of this model were chosen on months that hold their outcomes. Without a back-test, nothing: that of
            the calibration cohort would be flattering too.
    """
    _, latest = cohorts(final, panel.rows)
    thresholds = fit_thresholds(panel.rows.target(LONGEST)[latest], fitted[LONGEST].unseen)
    frequencies = {
        level: in_classes[level]["frequency"] if in_classes else None for level in (Level.HIGH, Level.MODERATE, NONE)
    }
    mixtures = {horizon: one.mixture.without_idle() for horizon, one in fitted.items()}
    added = of_variables(mixtures[LONGEST].contributions(panel.columns.at(_sample(panel, final))), encoding)
    centre = {name: float(part.mean()) for name, part in added.items()}
    calibrations = {horizon: one.calibration for horizon, one in fitted.items()}
    return Model(encoding, mixtures, calibrations, centre, thresholds, frequencies), added


def _sample(panel: CodedRows, final: Split) -> Flags:
    """Some rows learned from, evenly spaced: enough to know what a variable adds to a usual company."""
    learned = cohorts(final, panel.rows)[0]
    return np.asarray(learned & (np.cumsum(learned) % max(1, int(learned.sum()) // SAMPLE) == 0))


def _learned(
    model: Model, fitted: dict[int, Fitted], panel: CodedRows, final: Split, added: dict[str, Reals]
) -> dict[str, Any]:
    """What the card says of the learners, of what they learned from, and of what rests on assumed dates."""
    learned, latest = cohorts(final, panel.rows)
    training, calibration = panel.rows.where(learned), panel.rows.where(latest)
    return {
        "recipe": RECIPE,
        "folds": len(next(iter(fitted[LONGEST].mixture.parts.values()))),
        "learners": {
            str(horizon): {
                "weights": dict(zip(one.mixture.parts, one.mixture.stack.weights, strict=True)),
                "rows_taught": one.rows_taught,
                "events": int(training.target(horizon).sum()),
            }
            for horizon, one in fitted.items()
        },
        "training": _cohort(training, final.training.first, final.training.last),
        "calibration": {
            **_cohort(calibration, final.calibration.first, final.calibration.last),
            "yearly_rate": yearly_rate(calibration),
            "kind": {str(horizon): one.kind for horizon, one in model.calibrations.items()},
        },
        "base": model.base,
        "thresholds": vars(model.thresholds),
        "variables": [variable.name for variable in VARIABLES],
        "assumed_dates": _assumed(added, panel.rows.where(_sample(panel, final))),
    }


def _context(snapshot: PublishedSnapshot, panel: CodedRows, final: Split) -> dict[str, Any]:
    """What the card says of the data."""
    training = panel.rows.where(cohorts(final, panel.rows)[0])
    return {
        "snapshot": snapshot.manifest.id,
        "as_of": snapshot.manifest.as_of.isoformat(),
        "fictitious": snapshot.manifest.fictitious,
        "absences": [vars(one) for one in unlike_absences(training, scoring_rows(snapshot.tables, snapshot.month))],
    }


def _cohort(rows: PanelRows, first: int, last: int) -> dict[str, Any]:
    outcome = rows.target(LONGEST)
    return {
        "first": month_at(first).isoformat(),
        "last": month_at(last).isoformat(),
        "rows": len(rows),
        "companies": len(np.unique(rows.sirens.astype(str))),
        "events": int(outcome.sum()),
        "rate": float(outcome.mean()),
    }


def _assumed(added: dict[str, Reals], sample: PanelRows) -> dict[str, Any]:
    """The share of the importance that rests on dates of knowledge that are assumed, not delivered.

    The importance of a variable is the spread of its contributions over rows learned from. Each source has its own flag
    for assumed dates. Debts have none, because they carry their processing date; nor has the register, of which only
    today's values are delivered (`LIMITS`).

    Args:
        added: by variable, what the model adds to each row of the sample.
    """
    spread = {name: float(np.std(part)) for name, part in added.items()}
    by_source = {}
    for source, share in _assumed_rows(sample).items():
        resting = sum(spread.get(variable.name, 0.0) for variable in VARIABLES if variable.source is source)
        by_source[source.label] = {"importance": share * resting / sum(spread.values()), "rows": share}
    return {"importance": sum(part["importance"] for part in by_source.values()), "by_source": by_source}


def _assumed_rows(training: PanelRows) -> dict[Provenance, float]:
    """By source, the share of its values whose date of knowledge is assumed; 0 when it has no values."""
    after_one = training.columns["procedure_assumed"][training.columns["procedure_anterieure"] == 1.0]
    flags = {
        EFFECTIF: training.columns["known_at_assumed"],
        PROCOL: after_one,
        LIASSE: training.columns["comptes_assumed"],
    }
    return {source: float(np.nanmean(flag)) if np.isfinite(flag).any() else 0.0 for source, flag in flags.items()}
