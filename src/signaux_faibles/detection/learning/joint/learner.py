"""Ours: ridges and boostings fitted on folds of companies, added in log-odds, then calibrated (decision 0027).

Every margin that weighs, calibrates or chooses a penalty comes from a learner that had not seen the company. What is
published is the mean of the folds, so no row is lost to calibration.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import log_expit
from threadpoolctl import threadpool_limits

from signaux_faibles.detection.features.variables import Flags, Reals
from signaux_faibles.detection.learning.calibration import Calibration, fit_calibration
from signaux_faibles.detection.learning.joint.amounts import Amounts
from signaux_faibles.detection.learning.joint.boosting import fit_boosting
from signaux_faibles.detection.learning.joint.encoding import Encoded
from signaux_faibles.detection.learning.joint.folds import folds_of_groups
from signaux_faibles.detection.learning.joint.ridge import Hinges, fit_ridges
from signaux_faibles.detection.learning.joint.stacking import Stack, fit_stack

FOLDS = 5
RIDGE, ON_AMOUNTS = "ridge_on_ranks", "ridge_on_amounts"
ON_RANKS, ON_VALUES = "boosting_on_ranks", "boosting_on_values"

HIDDEN = 0.12
"""Share of the rows learned from on which a whole source is hidden, so that a month without it is still scored."""

Margins = Callable[[Encoded], Reals]
"""From encoded rows to one margin for each variant of a learner; shape (rows, variants)."""
Fit = Callable[[Encoded, Flags], Margins]


@dataclass(frozen=True)
class Settings:
    """What a person decides.

    Attributes:
        seeds: boosters whose log-odds are averaged.
        rising, falling: columns of the file that can only raise the risk, or only lower it; boosting obeys.
        sources: columns of the file that are lost together when a source is late.
    """

    seeds: int = 3
    rising: frozenset[int] = frozenset()
    falling: frozenset[int] = frozenset()
    sources: tuple[frozenset[int], ...] = ()


@dataclass(frozen=True)
class Learned:
    """Rows to learn from, with what is known of them.

    Attributes:
        latest: the rows of the latest cohort, on which probabilities are calibrated.
    """

    columns: Encoded
    outcome: Flags
    groups: npt.NDArray[Any]
    latest: Flags


@dataclass(frozen=True)
class Crossed:
    """The margins of a learner.

    Attributes:
        left_out: of each row learned from, by the fold that did not see it.
        judged: of each row to judge, the mean of the folds.
        unseen: the same, by the fold that did not see its company.
    """

    left_out: Reals
    judged: Reals
    unseen: Reals


@dataclass(frozen=True)
class Joint:
    """What the joint learner gives to the rows to judge.

    Attributes:
        probability: ours; alone: that of each learner without the others, calibrated in the same way.
        unseen: ours, by learners that had not seen the company of the row.
        stack: the weights, in the order of `alone`.
        calibration: from the joint margin to the probability.
    """

    probability: Reals
    unseen: Reals
    alone: dict[str, Reals]
    stack: Stack
    calibration: Calibration


def learn_jointly(
    learned: Learned, judged: Encoded, settings: Settings, companies: npt.NDArray[Any] | None = None
) -> Joint:
    """Learn from some rows, then give their probability to others, whose outcomes are not read.

    Args:
        companies: those of the rows to judge; without them none is believed to have been learned from.
    """
    fold = folds_of_groups(learned.groups, FOLDS, seed=0, outcome=learned.outcome)
    fits = learners(learned.columns, settings)
    with threadpool_limits(1):  # the same sums on every machine, and no threads that wait for a busy processor
        blind = None if companies is None else left_out_by(learned.groups, fold, companies)
        crossed = {name: cross(fit, learned, judged, fold, settings.sources, blind) for name, fit in fits.items()}
        return _joined(crossed, learned)


def _joined(crossed: Mapping[str, Crossed], learned: Learned) -> Joint:
    left_out = np.column_stack([one.left_out for one in crossed.values()])
    stack = fit_stack(left_out, learned.outcome)
    new, unseen = (
        stack.margin(np.column_stack([getattr(one, which) for one in crossed.values()]))
        for which in ("judged", "unseen")
    )
    probability, calibration = calibrated(Crossed(stack.margin(left_out), new, unseen), learned)
    alone = {name: calibrated(one, learned)[0] for name, one in crossed.items()}
    return Joint(probability, calibration.probability(unseen), alone, stack, calibration)


def learners(columns: Encoded, settings: Settings) -> dict[str, Fit]:
    """The learners that are added; ranks among all rows say no more to a tree than values do."""
    fits: dict[str, Fit] = {
        RIDGE: _ridge(Hinges, _bendable),
        ON_AMOUNTS: _ridge(Amounts, _own),
        ON_VALUES: _boosting(_values, settings),
    }
    if columns.in_time:
        fits[ON_RANKS] = _boosting(_ranks, settings)
    return fits


def cross(
    fit: Fit,
    learned: Learned,
    judged: Encoded,
    fold: npt.NDArray[np.intp],
    sources: Sequence[Collection[int]] = (),
    blind: npt.NDArray[np.intp] | None = None,
) -> Crossed:
    """Fit without each fold in turn; among the variants of a learner, keep the one that left-out companies prefer.

    Args:
        blind: for each row to judge, the rank of the fold that left its company out, −1 if all of them did.
    """
    folds = np.unique(fold)
    left_out: list[Reals] = []
    new: list[Reals] = []
    for one in folds:
        taught = fold != one
        margins = fit(hidden(learned.columns.at(taught), sources, int(one)), learned.outcome[taught])
        left_out.append(margins(learned.columns.at(~taught)))
        new.append(margins(judged))
    unseen = np.concatenate(left_out)[np.argsort(np.concatenate([np.flatnonzero(fold == one) for one in folds]))]
    best = int(np.argmin([_loss(variant, learned.outcome) for variant in unseen.T]))
    margins_of = np.stack(new)[:, :, best]
    mean = margins_of.mean(axis=0)
    if blind is None:
        return Crossed(unseen[:, best], mean, mean)
    return Crossed(unseen[:, best], mean, np.where(blind < 0, mean, margins_of[blind, np.arange(len(mean))]))


def left_out_by(
    groups: npt.NDArray[Any], fold: npt.NDArray[np.intp], companies: npt.NDArray[Any]
) -> npt.NDArray[np.intp]:
    """The rank of the fold that left each company out, −1 for one that was not learned from."""
    rank_of = dict(zip(groups.tolist(), np.unique(fold, return_inverse=True)[1].tolist(), strict=True))
    return np.array([rank_of.get(company, -1) for company in companies.tolist()], dtype=np.intp)


def hidden(columns: Encoded, sources: Sequence[Collection[int]], seed: int) -> Encoded:
    """The same rows, where each source is unknown on a share of them."""
    drawn = np.random.default_rng(seed)
    for source in sources:
        columns = columns.without(drawn.random(len(columns.values)) < HIDDEN, source)
    return columns


def calibrated(crossed: Crossed, learned: Learned) -> tuple[Reals, Calibration]:
    """Probabilities of the rows to judge, calibrated on the latest cohort by margins blind to its companies."""
    latest = learned.latest
    found = fit_calibration(crossed.left_out[latest], learned.outcome[latest], learned.groups[latest])
    return found.probability(crossed.judged), found


def _ridge(kind: type[Hinges] | type[Amounts], read: Callable[[Encoded], Reals]) -> Fit:
    def fit(columns: Encoded, outcome: Flags) -> Margins:
        ridges = fit_ridges(kind, read(columns), outcome)
        return lambda one: np.column_stack([ridge.margin(read(one)) for ridge in ridges])

    return fit


def _own(columns: Encoded) -> Reals:
    """The columns of the file; a sum of logarithms already holds the ratios."""
    return columns.values[:, : columns.own]


def _bendable(columns: Encoded) -> Reals:
    """What the ridge bends: ranks of the columns of the file and of their changes, and changes of rank."""
    changes = columns.ranks[:, columns.values.shape[1] :]
    return np.column_stack([columns.ranks[:, : columns.own], changes, columns.slopes + 0.5])


def _values(columns: Encoded) -> Reals:
    return np.column_stack([columns.values, columns.ranks[:, columns.values.shape[1] :], columns.slopes])


def _ranks(columns: Encoded) -> Reals:
    return np.column_stack([columns.ranks, columns.slopes])


def _boosting(read: Callable[[Encoded], Reals], settings: Settings) -> Fit:
    def fit(columns: Encoded, outcome: Flags) -> Margins:
        boosting = fit_boosting(read(columns), outcome, settings.seeds, senses(columns, settings))
        return lambda one: boosting.margin(read(one))[:, None]

    return fit


def senses(columns: Encoded, settings: Settings) -> list[int]:
    """The sense of each column that boosting reads: that of a column of the file, none for a ratio or a change."""
    known = [(one in settings.rising) - (one in settings.falling) for one in range(columns.own)]
    return known + [0] * (len(columns.parents) - columns.own)


def _loss(margin: Reals, outcome: Flags) -> float:
    return float(-np.sum(np.where(outcome, log_expit(margin), log_expit(-margin))))
