"""A trial: which rows teach, which are the latest known cohort, which are judged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.features.variables import Flags, Reals
from signaux_faibles.detection.learning.joint.encoding import Encoded, encode
from signaux_faibles.detection.learning.joint.folds import folds_of_groups
from signaux_faibles.detection.learning.joint.learner import Learned, Settings
from signaux_faibles.detection.learning.joint.table import Table

EVENTS = 10
"""With fewer events, or fewer companies with one, among the rows that teach, nothing is learned."""


@dataclass(frozen=True)
class Periods:
    """The periods of a trial in time, both ends included, each after the one before."""

    train: tuple[int, int]
    calibrate: tuple[int, int]
    test: tuple[int, int]


@dataclass(frozen=True)
class Trial:
    """The part that each row of a table plays; rows without a part still count in ranks and yearly changes.

    Attributes:
        columns: all rows, encoded.
        learned, latest, judged: masks; `latest` is the part of `learned` that calibrates.
    """

    table: Table
    columns: Encoded
    learned: Flags
    latest: Flags
    judged: Flags
    settings: Settings

    def lesson(self) -> Learned:
        """The rows to learn from, with their outcomes."""
        return Learned.drawn(self.columns, self.table.outcome, self.table.groups, self.learned, self.latest)

    @property
    def taught(self) -> tuple[Reals, Flags]:
        """The rows to learn from: columns of the file, zero for unknown as the service had it, and outcomes."""
        return np.nan_to_num(self.table.values[self.learned]), self.table.outcome[self.learned]

    @property
    def asked(self) -> Reals:
        """The columns of the file of the rows to judge, with zero for unknown."""
        return np.nan_to_num(self.table.values[self.judged])


def trial_in_time(table: Table, times: npt.NDArray[np.int64], periods: Periods, settings: Settings) -> Trial:
    """Learn from the first two periods, calibrate on the second, judge on the third.

    Args:
        times: of the rows of the table.
    Raises:
        DetectionRefused: a period is empty, has outcomes of one kind only, or too few events are learned from.
    """
    within = {name: (times >= first) & (times <= last) for name, (first, last) in vars(periods).items()}
    for name, label in (("train", "--train"), ("calibrate", "--calibrate"), ("test", "--test")):
        rows = within[name]
        if not rows.any():
            raise DetectionRefused(f"Aucune ligne du fichier n'est dans la période {label}.")
        if table.outcome[rows].all() or not table.outcome[rows].any():
            raise DetectionRefused(
                f"La cible a la même valeur sur toutes les lignes de la période {label} : il faut des 0 et des 1."
            )
    learned = within["train"] | within["calibrate"]
    _check(table, learned)
    return Trial(table, encode(table, learned), learned, within["calibrate"], within["test"], settings)


def trials_in_folds(table: Table, folds: int, settings: Settings) -> list[Trial]:
    """Judge each fold of companies by what the others teach; every row learned from also calibrates.

    Raises:
        DetectionRefused: there are fewer companies than folds, or too few events outside one of them.
    """
    groups = len(np.unique(table.groups))
    if groups < folds:
        raise DetectionRefused(f"{folds} parts demandées (--folds) pour {groups} entreprises : il en faut davantage.")
    fold = folds_of_groups(table.groups, folds, seed=0)
    trials = []
    for one in range(folds):
        judged = fold == one
        _check(table, ~judged)
        trials.append(Trial(table, encode(table, ~judged), ~judged, ~judged, judged, settings))
    return trials


def _check(table: Table, learned: Flags) -> None:
    for value, words in ((True, "un événement"), (False, "aucun événement")):
        companies = len(np.unique(table.groups[learned & (table.outcome == value)]))
        if companies < EVENTS:
            raise DetectionRefused(
                f"Parmi les lignes qui servent à apprendre, {companies} entreprises ont {words} : il en faut {EVENTS}."
            )
