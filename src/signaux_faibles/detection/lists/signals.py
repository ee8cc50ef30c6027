"""What became of the companies that each expert signal named, in the last month whose outcomes are all known.

Signals are facts that analysts look at first. They stand beside the level and never change it. All are measured on the
rows of a list of that month: those that the panel holds by its columns, the others by their tables (`past_signals`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np

from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import Columns, Flags
from signaux_faibles.panel.schema import LONGEST
from signaux_faibles.relations.months import month_at

LONG_MONTHS, WATCHED_MONTHS = 8, 12
"""Activité partielle is long from eight months out of the last twelve."""
MARGIN = 10
"""A plan is exceeded from a tenth of its amount on: the even schedule that we assume is not that of every plan."""


class Signal(StrEnum):
    """An expert signal, by the name that a card gives it."""

    EMPLOYEE_SHARE = "part_salariale"
    NEGATIVE_EQUITY = "capitaux_propres_negatifs"
    LOW_EQUITY = "capitaux_propres_faibles"
    SHORT_TIME = "activite_partielle_longue"
    LATE_FILING = "depot_en_retard"
    EXCEEDED_PLAN = "echeancier_depasse"


IN_PANEL: Mapping[Signal, Callable[[Columns], Flags]] = {
    Signal.EMPLOYEE_SHARE: lambda columns: columns["part_ouvriere"] > 0,
    Signal.NEGATIVE_EQUITY: lambda columns: columns["solidite_financiere"] < 0,
    Signal.LOW_EQUITY: lambda columns: (
        (columns["capitaux_propres_faibles"] == 1.0) & ~(columns["solidite_financiere"] < 0)
    ),
    Signal.SHORT_TIME: lambda columns: columns["ap_mois_12"] >= LONG_MONTHS,
}
"""Where a value is not known, the signal is not seen: a comparison with NaN is false."""


def measured(rows: PanelRows, named: Mapping[Signal, Collection[str]]) -> dict[str, Any]:
    """What a card says of the signals: their month, and for each, and for all, companies and failures in 18 months.

    Args:
        rows: those of one month, whose outcome is known; nothing is measured without any.
        named: the companies that had each of the other signals then.
    """
    if not len(rows):
        return {}
    failed = rows.target(LONGEST)
    month: date = month_at(int(rows.columns["month"].max()))
    return {
        "month": month.isoformat(),
        "all": _counts(np.ones(len(rows), dtype=np.bool_), failed),
        **{signal.value: _counts(np.asarray(seen(rows.columns)), failed) for signal, seen in IN_PANEL.items()},
        **{
            signal.value: _counts(np.isin(rows.sirens.astype(str), sorted(sirens)), failed)
            for signal, sirens in named.items()
        },
    }


def _counts(seen: Flags, failed: Flags) -> dict[str, int]:
    return {"companies": int(seen.sum()), "events": int((seen & failed).sum())}
