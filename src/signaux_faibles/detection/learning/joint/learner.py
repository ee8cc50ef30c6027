"""Ours: ridges and boostings fitted on folds of companies, added in log-odds, then calibrated (decision 0027).

Every margin that weighs, calibrates or chooses a penalty comes from a learner that had not seen the company. What is
published is the mean of the folds, so no row is lost to calibration.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy.special import log_expit
from threadpoolctl import threadpool_limits

from signaux_faibles.detection.features.variables import Flags, Reals
from signaux_faibles.detection.learning.calibration import Calibration, fit_calibration
from signaux_faibles.detection.learning.joint.amounts import Amounts
from signaux_faibles.detection.learning.joint.boosting import fit_boosting
from signaux_faibles.detection.learning.joint.draw import weights_of_a_draw
from signaux_faibles.detection.learning.joint.encoding import Encoded
from signaux_faibles.detection.learning.joint.folds import folds_of_groups
from signaux_faibles.detection.learning.joint.mixture import Mixture, Part
from signaux_faibles.detection.learning.joint.ridge import Hinges, Ridge, fit_ridges, margins_of
from signaux_faibles.detection.learning.joint.stacking import Stack, fit_stack
from signaux_faibles.detection.learning.joint.views import ON_AMOUNTS, ON_RANKS, ON_VALUES, RIDGE, VIEWS
from signaux_faibles.detection.learning.parts import WORKERS

HIDDEN = 0.12
"""Share of the rows learned from on which a source is hidden, so that a month without it can still be scored."""
Fit = Callable[[Reals, Flags, Reals], Sequence[Part]]
"""From the columns of a view, outcomes and weights, to the variants of a learner."""


@dataclass(frozen=True)
class Settings:
    """What a person chooses.

    Attributes:
        seeds: boosters whose log-odds are averaged.
        rising, falling: columns of the file that can only raise the risk, or only lower it; boosting obeys.
        sources: columns of the file that are lost together when a source is late.
        folds: parts of the companies that are left out in turn.
        unused: learners that are left out of the sum, to measure what they bring.
    """

    seeds: int = 3
    rising: frozenset[int] = frozenset()
    falling: frozenset[int] = frozenset()
    sources: tuple[frozenset[int], ...] = ()
    folds: int = 5
    unused: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Learned:
    """Rows to learn from, with what is known of them.

    Attributes:
        latest: the rows of the latest cohort, on which probabilities are calibrated.
        weight: how much each row teaches; 0 for one that only calibrates.
    """

    columns: Encoded
    outcome: Flags
    groups: npt.NDArray[Any]
    latest: Flags
    weight: Reals

    @classmethod
    def drawn(cls, columns: Encoded, outcome: Flags, groups: npt.NDArray[Any], learned: Flags, latest: Flags) -> Self:
        """Draw those that teach among the rows of a mask; all those of the latest cohort calibrate."""
        rows = np.flatnonzero(learned)
        weight = weights_of_a_draw(outcome[rows])
        used = (weight > 0) | latest[rows]
        rows = rows[used]
        return cls(columns.at(rows), outcome[rows], groups[rows], latest[rows], weight[used])


@dataclass(frozen=True)
class Crossed:
    """A learner, fitted without each fold in turn.

    Attributes:
        parts: of each fold left out.
        left_out: the margin of each row learned from, by the fold that did not see it.
    """

    parts: tuple[Part, ...]
    left_out: Reals


@dataclass(frozen=True)
class Fitted:
    """What was learned.

    Attributes:
        mixture: the margin; calibration: from it to the probability.
        left_out: by learner, the margin of the rows of the latest cohort, by the fold that had not seen the company.
        latest: the outcomes of these rows, and their companies.
        unseen: the probability of the rows of the latest cohort, by learners that had not seen the company.
        fold_of: the rank of the fold that left each company out.
        rows_taught: how many rows taught.
    """

    mixture: Mixture
    calibration: Calibration
    left_out: Mapping[str, Reals]
    latest: tuple[Flags, npt.NDArray[Any]]
    unseen: Reals
    fold_of: Mapping[Any, int]
    rows_taught: int

    def probability(self, columns: Encoded) -> Reals:
        """The calibrated probability of rows."""
        return self.calibration.probability(self.mixture.margin(columns))

    def give(self, columns: Encoded, companies: npt.NDArray[Any] | None = None) -> Joint:
        """All that was learned says of other rows.

        Args:
            companies: of these rows; without them, none of the rows counts as learned from.
        """
        by_fold = self.mixture.by_fold(columns)
        margins = by_fold.mean(axis=0)
        blind = margins
        if companies is not None:
            fold = np.array([self.fold_of.get(company, -1) for company in companies.tolist()], dtype=np.intp)
            blind = np.where(fold[:, None] < 0, margins, by_fold[fold, np.arange(len(margins))])
        stack = self.mixture.stack
        ours, unseen = (self.calibration.probability(stack.margin(one)) for one in (margins, blind))
        alone = {
            name: fit_calibration(one, *self.latest).probability(margins[:, rank])
            for rank, (name, one) in enumerate(self.left_out.items())
        }
        return Joint(ours, unseen, alone, stack, self.calibration)


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
        companies: those of the rows to judge; without them, none of the rows counts as learned from.
    """
    fitted = fit_jointly(learned, settings)
    with threadpool_limits(1):
        return fitted.give(judged, companies)


def fit_jointly(learned: Learned, settings: Settings) -> Fitted:
    """Learn from some rows: each learner by folds of companies, then their weights, then the calibration."""
    with threadpool_limits(1):  # the same sums on every machine, and no threads that wait for a busy processor
        return _fit_jointly(learned, settings)


def _fit_jointly(learned: Learned, settings: Settings) -> Fitted:
    fold = folds_of_groups(learned.groups, settings.folds, seed=0, outcome=learned.outcome)
    crossed = cross(learners(learned.columns, settings), learned, fold, settings.sources)
    left_out = np.column_stack([one.left_out for one in crossed.values()])
    stack = fit_stack(left_out, learned.outcome, learned.weight)
    rows = learned.latest
    latest, joint = (learned.outcome[rows], learned.groups[rows]), stack.margin(left_out[rows])
    calibration = fit_calibration(joint, *latest)
    return Fitted(
        Mixture({name: one.parts for name, one in crossed.items()}, stack),
        calibration,
        {name: one.left_out[rows] for name, one in crossed.items()},
        latest,
        calibration.probability(joint),
        dict(zip(learned.groups.tolist(), fold.tolist(), strict=True)),
        int((learned.weight > 0).sum()),
    )


def learners(columns: Encoded, settings: Settings) -> dict[str, Fit]:
    """The learners that are added; to a tree, ranks among all rows carry no more than values do."""
    own_senses = senses(columns, settings)
    boosting = _boosting(settings.seeds, own_senses)
    fits: dict[str, Fit] = {RIDGE: _ridge(Hinges), ON_AMOUNTS: _ridge(Amounts), ON_VALUES: boosting}
    if columns.in_time:
        fits[ON_RANKS] = boosting
    return {name: fit for name, fit in fits.items() if name not in settings.unused}


def cross(
    fits: Mapping[str, Fit], learned: Learned, fold: npt.NDArray[np.intp], sources: Sequence[Collection[int]] = ()
) -> dict[str, Crossed]:
    """Fit each learner without each fold in turn; of its variants, keep the one that left-out companies prefer."""
    folds = range(int(fold.max()) + 1)
    lessons = [_lesson(learned, fold != one, sources, one) for one in folds]

    def without(task: tuple[str, int]) -> tuple[Sequence[Part], list[Reals]]:
        name, one = task
        columns, outcome, weight = lessons[one]
        parts = fits[name](VIEWS[name].read(columns), outcome, weight)
        read = VIEWS[name].read(learned.columns.at(fold == one))
        return parts, _margins(parts, read)

    tasks = [(name, one) for name in fits for one in folds]
    with ThreadPoolExecutor(WORKERS) as pool:
        fitted = dict(zip(tasks, pool.map(without, tasks), strict=True))
    return {name: _preferred([fitted[name, one] for one in folds], learned, fold) for name in fits}


def _margins(parts: Sequence[Part], read: Reals) -> list[Reals]:
    """The margins of the variants of a learner; those of a ridge have one design."""
    ridges = [part for part in parts if isinstance(part, Ridge)]
    return margins_of(ridges, read) if ridges else [part.margin(read) for part in parts]


def _lesson(
    learned: Learned, companies: Flags, sources: Sequence[Collection[int]], seed: int
) -> tuple[Encoded, Flags, Reals]:
    """The rows of some companies that teach, with sources hidden on a share of them."""
    taught = companies & (learned.weight > 0)
    return hidden(learned.columns.at(taught), sources, seed), learned.outcome[taught], learned.weight[taught]


def _preferred(
    by_fold: Sequence[tuple[Sequence[Part], list[Reals]]], learned: Learned, fold: npt.NDArray[np.intp]
) -> Crossed:
    variants = []
    for rank in range(len(by_fold[0][0])):
        margin = np.empty(len(fold))
        for one, (_, margins) in enumerate(by_fold):
            margin[fold == one] = margins[rank]
        variants.append(margin)
    best = int(np.argmin([_loss(margin, learned) for margin in variants]))
    return Crossed(tuple(parts[best] for parts, _ in by_fold), variants[best])


def hidden(columns: Encoded, sources: Sequence[Collection[int]], seed: int) -> Encoded:
    """The same rows, where each source is unknown on a share of them."""
    drawn = np.random.default_rng(seed)
    for source in sources:
        columns = columns.without(drawn.random(len(columns.values)) < HIDDEN, source)
    return columns


def senses(columns: Encoded, settings: Settings) -> list[int]:
    """The sense of each column that boosting reads: that of a column of the file, none for a ratio or a change."""
    own = [(one in settings.rising) - (one in settings.falling) for one in range(columns.own)]
    return own + [0] * (len(columns.parents) - columns.own)


def _ridge(kind: type[Hinges] | type[Amounts]) -> Fit:
    return lambda columns, outcome, weight: fit_ridges(kind, columns, outcome, weight)


def _boosting(seeds: int, senses: Sequence[int]) -> Fit:
    return lambda columns, outcome, weight: [fit_boosting(columns, outcome, seeds, senses, weight)]


def _loss(margin: Reals, learned: Learned) -> float:
    each = np.where(learned.outcome, log_expit(margin), log_expit(-margin))
    return float(-np.sum(learned.weight * each))
