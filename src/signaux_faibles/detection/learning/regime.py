"""Whether the level of probabilities still holds: how far failures have moved since the cohort that calibrated.

No calibration survives a change of regime (decision 0031). What is known at the month of a list says whether one came.
"""

from __future__ import annotations

import numpy as np

from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.panel.label import REPORTING_DELAY

YEAR = 12
KNOWN_AFTER = YEAR + REPORTING_DELAY
"""Months between a list and the latest cohort whose failures within a year are known."""
MOVED = 0.15
"""How far the yearly rate may move, since calibration, for levels to be trusted."""


def yearly_rate(rows: PanelRows) -> float:
    """The share of rows whose company enters a procedure within a year; NaN without rows that were at risk."""
    at_risk = rows.learnable
    return float(at_risk.target(YEAR).mean()) if len(at_risk) else float("nan")


def level_is_certain(moved: float) -> bool:
    """Whether levels may be shown as probabilities; otherwise « ordre valable, niveau incertain ».

    Args:
        moved: the yearly rate known over that of the cohort that calibrated; NaN when unknown, which is not certain.
    """
    return bool(np.abs(moved - 1) <= MOVED)
