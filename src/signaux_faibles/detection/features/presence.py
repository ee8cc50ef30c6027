"""A variable must be unknown as often in the month scored as in the months learned from, or for a stated reason.

A model learns what an absent value means. If a source was absent in the past and is there today, or the reverse, what
was learned does not hold.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import APCONSO, LIASSE, PAYDEX, VARIABLES, Variable, read_variables

TOLERANCE = 0.05
"""Shares of unknown values that differ by more are not the same."""
REASONS = {
    LIASSE: "les liasses de la DGFiP commencent avec les exercices clos en 2014",
    PAYDEX: "Altares commence en 2016 et n'est plus livré depuis septembre 2025",
    APCONSO: "l'activité partielle n'est décrite que depuis sa première livraison",
}
"""Why a source may be absent in some months and not in others."""
UNEXPLAINED = "sans raison connue"


@dataclass(frozen=True)
class Absence:
    """A variable that is not unknown as often in the month scored as in the months learned from.

    Attributes:
        learned, scored: the shares of rows where it is unknown.
        reason: in French; `UNEXPLAINED` when there is none.
    """

    variable: str
    label: str
    learned: float
    scored: float
    reason: str


def unlike_absences(learned: PanelRows, scored: PanelRows) -> list[Absence]:
    """The variables whose share of unknown values differs by more than `TOLERANCE`, in the order of `VARIABLES`."""
    before, now = (read_variables(rows.columns) for rows in (learned, scored))
    compared = [
        Absence(
            variable.name,
            variable.label,
            _share_unknown(variable, before[variable.name]),
            _share_unknown(variable, now[variable.name]),
            REASONS.get(variable.source, UNEXPLAINED),
        )
        for variable in VARIABLES
    ]
    return [one for one in compared if abs(one.learned - one.scored) > TOLERANCE]


def _share_unknown(variable: Variable, values: npt.NDArray[np.generic]) -> float:
    """NaN in a number, None in a category; 0 without rows."""
    if not len(values):
        return 0.0
    absent = (
        np.isnan(np.asarray(values, dtype=np.float64)) if variable.shapes else np.array([v is None for v in values])
    )
    return float(absent.mean())
