"""Expert signals measured on a month whose outcome is known, company by company."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.lists.signals import IN_PANEL, Signal, measured
from signaux_faibles.relations.months import index_of

MONTH = date(2025, 3, 1)
UNKNOWN = float("nan")
# part_ouvriere, solidite_financiere, capitaux_propres_faibles, ap_mois_12, failed
COMPANIES = [
    (120.0, -4.0, 1.0, 9.0, True),
    (0.0, 12.0, 1.0, 8.0, True),
    (0.01, 30.0, 0.0, 7.0, False),
    (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, True),
    (UNKNOWN, UNKNOWN, 1.0, 0.0, False),
]
COLUMNS = ("part_ouvriere", "solidite_financiere", "capitaux_propres_faibles", "ap_mois_12")


def rows(companies: list[tuple[float, float, float, float, bool]]) -> PanelRows:
    columns = {name: np.array([one[rank] for one in companies], dtype=float) for rank, name in enumerate(COLUMNS)}
    columns["siren"] = np.array([str(rank) for rank in range(len(companies))], dtype=object)
    columns["target_18"] = np.array([float(one[4]) for one in companies])
    columns["month"] = np.full(len(companies), index_of(MONTH))
    return PanelRows(columns)


def test_each_signal_counts_those_who_had_it_and_those_who_failed() -> None:
    named = {Signal.LATE_FILING: {"1", "2", "elsewhere"}, Signal.EXCEEDED_PLAN: frozenset[str]()}
    assert measured(rows(COMPANIES), named) == {
        "month": "2025-03-01",
        "all": {"companies": 5, "events": 3},
        "part_salariale": {"companies": 2, "events": 1},
        "capitaux_propres_negatifs": {"companies": 1, "events": 1},
        "capitaux_propres_faibles": {"companies": 2, "events": 1},
        "activite_partielle_longue": {"companies": 2, "events": 2},
        "depot_en_retard": {"companies": 2, "events": 1},
        "echeancier_depasse": {"companies": 0, "events": 0},
    }


def test_nothing_is_measured_of_nobody() -> None:
    assert measured(rows([]), {}) == {}


AMOUNT = st.floats(-100, 100) | st.just(UNKNOWN)


@given(st.lists(st.tuples(AMOUNT, AMOUNT, st.sampled_from([0.0, 1.0, UNKNOWN]), AMOUNT, st.booleans()), min_size=1))
def test_both_signals_of_equity_are_never_seen_together(
    companies: list[tuple[float, float, float, float, bool]],
) -> None:
    columns = rows(companies).columns
    assert not (IN_PANEL[Signal.NEGATIVE_EQUITY](columns) & IN_PANEL[Signal.LOW_EQUITY](columns)).any()
