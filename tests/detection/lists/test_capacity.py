"""The « liste retraitée »: which alerts are ranked, and in which orders."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.lists.capacity import about, capacity
from signaux_faibles.detection.lists.schema import ENTRIES
from signaux_faibles.detection.scoring.explanation import REASONS

ACCOUNTS, DEBTS = "Santé financière", "Dettes sociales"
ALERT = {"level": "elevee", "first_alert": True, "departement": "87", "probability": 0.2, "plan": 0.0, "age": 120.0,
         "jobs": 10.0, "themes": {DEBTS: 1.0}}  # fmt: skip


def ordered(*companies: dict[str, Any]) -> pa.Table:
    """Companies of a list, in the order of their ranks; what is not said is that of `ALERT`."""
    rows = [ALERT | one | {"siren": str(rank), "rank": rank} for rank, one in enumerate(companies, start=1)]
    entries = pa.table({name: [row.get(name) for row in rows] for name in ENTRIES.arrow.names}, schema=ENTRIES.arrow)
    reasons = [
        {"siren": row["siren"], "theme": theme, "contribution": weight}
        for row in rows
        for theme, weight in row["themes"].items()
    ]
    explained = pa.table(
        {name: [row.get(name) for row in reasons] for name in REASONS.arrow.names}, schema=REASONS.arrow
    )
    return capacity(entries, panel(rows), explained)


def panel(rows: list[dict[str, Any]]) -> PanelRows:
    columns = {"delai_en_cours": "plan", "age_entreprise": "age", "effectif": "jobs"}
    reals = {name: np.array([row[key] for row in rows], dtype=np.float64) for name, key in columns.items()}
    return PanelRows({"siren": np.array([row["siren"] for row in rows], dtype=object), **reals})


def places(table: pa.Table, name: str) -> dict[str, int]:
    return {row["siren"]: row[name] for row in table.to_pylist() if row[name] is not None}


@pytest.mark.parametrize(
    ("company", "why_not"),
    [
        ({}, None),
        ({"first_alert": False}, "deja_en_alerte"),
        ({"first_alert": None}, None),
        ({"plan": 1.0}, "delai_en_cours"),
        ({"plan": np.nan}, None),
        ({"age": 35.0}, "recente"),
        ({"age": 36.0}, None),
        ({"age": np.nan}, None),
        ({"first_alert": False, "plan": 1.0, "age": 3.0}, "deja_en_alerte"),
    ],
)
def test_an_alert_is_eligible_or_says_why_not(company, why_not):
    (row,) = ordered(company).to_pylist()
    assert row["why_not"] == why_not
    assert (row["rank_jobs"] is None) == (row["rank_accounts"] is None) == (why_not is not None)


def test_a_company_without_alert_is_not_ranked():
    assert ordered({"level": None, "first_alert": False}).num_rows == 0


def test_the_order_of_the_dgfip_is_accounts_then_moderate_then_high_each_by_rank():
    found = ordered(
        {"level": "elevee"},
        {"level": "elevee", "themes": {ACCOUNTS: 1.2, DEBTS: 1.0}},
        {"level": "moderee"},
        {"level": "moderee", "themes": {ACCOUNTS: 0.4, DEBTS: -0.2}},
        {"level": "moderee", "themes": {ACCOUNTS: -0.1, DEBTS: -0.2}},
    )
    assert places(found, "rank_accounts") == {"2": 1, "4": 2, "3": 3, "5": 4, "1": 5}


def test_our_order_is_the_failures_expected_weighted_by_the_jobs():
    found = ordered(
        {"probability": 0.5, "jobs": 10.0},
        {"probability": 0.2, "jobs": 100.0},
        {"probability": 0.1, "jobs": np.nan},
        {"probability": 0.05, "jobs": 100.0},
        {"probability": 0.05, "jobs": 100.0},
    )
    assert places(found, "rank_jobs") == {"2": 1, "1": 2, "4": 3, "5": 4, "3": 5}, "equal ones by rank, unknown last"


def test_a_place_is_counted_in_the_department_of_the_head_office():
    found = ordered({"departement": "87"}, {"departement": "19"}, {"departement": None}, {"departement": "87"})
    assert places(found, "place_jobs") == {"1": 1, "2": 1, "4": 2}
    assert places(found, "rank_jobs") == {"1": 1, "2": 2, "3": 3, "4": 4}


def test_the_card_counts_what_is_left_out_and_says_when_plans_are_unknown():
    companies = [{}, {"plan": 1.0}, {"age": 12.0}, {"age": 12.0}, {"first_alert": False}]
    rows = [ALERT | one | {"siren": str(rank)} for rank, one in enumerate(companies, start=1)]
    assert about(ordered(*companies), panel(rows)) == {
        "k": 200,
        "years": 3,
        "eligible": 1,
        "left_out": {"deja_en_alerte": 1, "delai_en_cours": 1, "recente": 2},
        "plans_known": True,
    }
    unknown = [one | {"plan": np.nan} for one in rows]
    assert about(ordered(*unknown), panel(unknown))["plans_known"] is False
