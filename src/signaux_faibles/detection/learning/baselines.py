"""What a model must beat: a constant, the rate of the sector, a rule on debts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.variables import Columns, Flags, Reals

WEIGHT = 200
"""Rows at the common rate that are added to each class, so that small classes stay close to that rate."""


@dataclass(frozen=True)
class ClassRates:
    """A rule that gives each class of rows its frequency in the calibration cohort."""

    rates: dict[str, float]
    common: float

    @classmethod
    def fit(cls, classes: npt.NDArray[Any], outcome: Flags) -> ClassRates:
        """The frequency of each class, drawn towards the common one."""
        common = float(outcome.mean())
        rows, events = Counter(classes.tolist()), Counter(classes[outcome].tolist())
        named = sorted(name for name in rows if name is not None)
        return cls({name: (events[name] + WEIGHT * common) / (rows[name] + WEIGHT) for name in named}, common)

    def probability(self, classes: npt.NDArray[Any]) -> Reals:
        """The rate of the class of each row; the common rate for an unknown class."""
        return np.array([self.rates.get(name, self.common) for name in classes])


def constant(columns: Columns) -> npt.NDArray[Any]:
    """The same class for all rows."""
    return np.full(len(columns["siren"]), "all", dtype=object)


def sector(columns: Columns) -> npt.NDArray[Any]:
    """The NAF section."""
    return columns["naf_section"]


def debt_rule(columns: Columns) -> npt.NDArray[Any]:
    """What an Urssaf agent looks at first: how many months of the year the employee share was left unpaid."""
    months = np.asarray(columns["mois_impayes_12"], dtype=np.float64)
    owed = np.asarray(columns["part_ouvriere"], dtype=np.float64) > 0
    classes = np.full(len(months), "no debt", dtype=object)
    classes[months > 0] = "some months"
    classes[months >= 3] = "three months or more"
    classes[(months >= 3) & owed] = "three months or more, still owed"
    classes[np.isnan(months)] = "unknown"
    return classes


CONSTANT = "Constante"
BASELINES = {CONSTANT: constant, "Taux du secteur": sector, "Règle de dette": debt_rule}
"""The rules, by the name that reports give them."""
