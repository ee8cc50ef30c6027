"""The recipes that ours must beat, fitted on the same rows: those of the service, and those that anyone would try.

The recipes of 2021 and 2024 are those in service in these years: unknown values read as zero, positives made more
frequent than they are, no calibration. « Own way » is how that of 2024 was judged: on companies left out of the very
months that it learned from.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.variables import Flags, Reals
from signaux_faibles.detection.learning.forest import fit_forest
from signaux_faibles.detection.learning.joint.amounts import Amounts
from signaux_faibles.detection.learning.joint.folds import folds_of_groups
from signaux_faibles.detection.learning.joint.trial import Trial

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

SHARE_2021, SHARE_2024 = 0.20, 0.35
"""Share of positives among the rows learned from, after resampling."""
PENALTY_2021 = 0.12
STEPS = 1_000


class NotApplicable(Exception):
    """Why a recipe cannot be tried on a table, as a French sentence."""


def constant(trial: Trial) -> Reals:
    """The frequency of the latest cohort, for all."""
    rate = float(trial.table.outcome[trial.latest].mean())
    return np.full(int(trial.judged.sum()), rate)


def recipe_2021(trial: Trial) -> Reals:
    """Logistic regression on standardised columns, negatives drawn until one row in five is positive."""
    from sklearn.linear_model import LogisticRegression  # here, so that no other command takes a second to load it

    values, outcome = trial.taught
    drawn = np.random.default_rng(0)
    events, others = np.flatnonzero(outcome), np.flatnonzero(~outcome)
    number_of_others = min(len(others), round(len(events) * (1 - SHARE_2021) / SHARE_2021))
    rows = np.concatenate([events, drawn.choice(others, number_of_others, replace=False)])
    mean, scale = values[rows].mean(axis=0), values[rows].std(axis=0)
    scale[scale == 0] = 1.0
    learner = LogisticRegression(C=1 / (PENALTY_2021 * len(rows)), max_iter=500, tol=1e-5)
    learner.fit((values[rows] - mean) / scale, outcome[rows])
    return _likely(learner, (trial.asked - mean) / scale)


def recipe_2024(trial: Trial) -> Reals:
    """Forest of depth 9, positives repeated until they are 35 %, judged on rows that come after."""
    values, outcome = trial.taught
    return fit_forest(values, outcome, _repeated(outcome)).probability(trial.asked)


def natural_forest(trial: Trial) -> Reals:
    """The same forest at the natural prior."""
    values, outcome = trial.taught
    return fit_forest(values, outcome, np.arange(len(outcome))).probability(trial.asked)


def hazard(trial: Trial) -> Reals:
    """Discrete-time hazard: one logistic on company-periods, with the time since the company was first seen.

    Raises:
        NotApplicable: the table has no company or no time.
    """
    from sklearn.linear_model import LogisticRegression

    times = trial.table.times
    if times is None or not trial.table.followed:
        raise NotApplicable("il faut une entreprise (--group) et un temps (--time).")
    _, group = np.unique(trial.table.groups, return_inverse=True)
    first = np.full(group.max() + 1, np.iinfo(np.int64).max)
    np.minimum.at(first, group, times)
    seen = (times - first[group]) / trial.table.year
    taught, asked = (np.column_stack([trial.table.values[rows], seen[rows]]) for rows in (trial.learned, trial.judged))
    columns = Amounts.fit(taught)
    learner = LogisticRegression(C=1.0, solver="newton-cholesky", max_iter=STEPS)
    learner.fit(columns.matrix(taught), trial.table.outcome[trial.learned])
    return _likely(learner, columns.matrix(asked))


def recipe_2024_own_way(trial: Trial) -> tuple[Reals, Flags]:
    """The forest of 2024 judged its own way: a fifth of the companies, in the very months learned from.

    Returns:
        the probability of the rows of these companies, and the mask of these rows in the table.
    Raises:
        NotApplicable: the table has no time, so it is judged on folds of companies anyway; or too few events.
    """
    if trial.table.times is None:
        raise NotApplicable("sans temps, les parts d'entreprises sont déjà sa façon d'évaluer.")
    fold = folds_of_groups(trial.table.groups, 5, seed=1)
    left_out = trial.learned & (fold == 0)
    taught = trial.learned & (fold != 0)
    if any(len(set(trial.table.outcome[rows].tolist())) < 2 for rows in (left_out, taught)):
        raise NotApplicable("un cinquième des entreprises n'a pas les deux issues.")
    learned, asked = (np.nan_to_num(trial.table.values[rows]) for rows in (taught, left_out))
    outcome = trial.table.outcome[taught]
    return fit_forest(learned, outcome, _repeated(outcome)).probability(asked), left_out


RECIPES: dict[str, Callable[[Trial], Reals]] = {
    "constant": constant,
    "recipe_2021": recipe_2021,
    "recipe_2024": recipe_2024,
    "natural_forest": natural_forest,
    "hazard": hazard,
}
"""By the name that the JSON gives them."""
OF_THE_SERVICE = ("recipe_2021", "recipe_2024")
"""Those that were in service, each with the inputs that it had."""


def _repeated(outcome: Flags) -> npt.NDArray[np.intp]:
    """The positions of all rows, those with an event repeated until they are 35 %."""
    events, others = np.flatnonzero(outcome), np.flatnonzero(~outcome)
    needed = round(len(others) * SHARE_2024 / (1 - SHARE_2024))
    if needed > len(events):
        events = np.random.default_rng(0).choice(events, needed, replace=True)
    return np.concatenate([events, others])


def _likely(learner: LogisticRegression, values: Reals) -> Reals:
    return np.asarray(learner.predict_proba(values)[:, 1], dtype=np.float64)
