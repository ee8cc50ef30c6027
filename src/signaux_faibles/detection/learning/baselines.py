"""What a model must beat: the constant, the rate of the sector, a debt rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.variables import Columns, Flags, Reals

WEIGHT = 200
"""Rows at the rate of all that are added to each class: small classes stay near the common rate."""


@dataclass(frozen=True)
class ClassRates:
    """A rule that gives each class of rows the frequency that it had in the calibration cohort."""

    rates: dict[str, float]
    common: float

    @classmethod
    def fit(cls, classes: npt.NDArray[Any], outcome: Flags) -> ClassRates:
        """Frequencies by class, drawn to the common one."""
        common = float(outcome.mean())
        rates = {}
        for name in sorted({name for name in classes if name is not None}):
            of_class = classes == name
            rates[str(name)] = float((outcome[of_class].sum() + WEIGHT * common) / (of_class.sum() + WEIGHT))
        return cls(rates, common)

    def probability(self, classes: npt.NDArray[Any]) -> Reals:
        """The rate of each row's class; the common rate for a class never seen."""
        return np.array([self.rates.get(name, self.common) for name in classes])


def constant(columns: Columns) -> npt.NDArray[Any]:
    """One class for all."""
    return np.full(len(columns["siren"]), "all", dtype=object)


def sector(columns: Columns) -> npt.NDArray[Any]:
    """The NAF section."""
    return columns["naf_section"]


def debt_rule(columns: Columns) -> npt.NDArray[Any]:
    """What an agent of Urssaf looks at first: for how many months of the year the employee share was left unpaid."""
    months = np.asarray(columns["debt_months_12"], dtype=np.float64)
    owed = np.asarray(columns["debt_employee"], dtype=np.float64) > 0
    classes = np.full(len(months), "no debt", dtype=object)
    classes[months > 0] = "some months"
    classes[months >= 3] = "three months or more"
    classes[(months >= 3) & owed] = "three months or more, still owed"
    classes[np.isnan(months)] = "unknown"
    return classes


BASELINES = {"Constante": constant, "Taux du secteur": sector, "Règle de dette": debt_rule}
"""The rules by the name that reports give them."""
