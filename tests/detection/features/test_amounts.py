"""The amounts of the last public accounts that were known at each month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from signaux_faibles.detection.features.amounts import AMOUNTS, READ, amounts_known, amounts_of
from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.relations.months import index_of

FILINGS = (
    # siren, closing, known, total of the balance sheet
    ("000000001", date(2016, 12, 31), date(2017, 7, 15), 100),
    ("000000001", date(2017, 12, 31), date(2018, 7, 31), 200),
    ("000000001", date(2015, 12, 31), date(2018, 9, 1), 50),
    ("000000003", date(2017, 6, 30), date(2018, 1, 1), 300),
)


def filings(*rows: tuple[str, date, date, int]) -> pa.Table:
    """Retained filings, all amounts unknown but the total of the balance sheet."""
    columns: dict[str, list[Any]] = {name: [None] * len(rows) for name in READ}
    columns["siren"], columns["date_cloture"], columns["known_at"], columns["total_bilan"] = (
        [row[place] for row in rows] for place in range(4)
    )
    types = {name: pa.decimal128(15, 2) for name in READ} | {"siren": pa.string()}
    return pa.table({name: pa.array(values, types.get(name, pa.date32())) for name, values in columns.items()})


def rows(*asked: tuple[str, date]) -> PanelRows:
    """Rows of the panel."""
    months = np.array([index_of(day) for _, day in asked], dtype=np.int64)
    return PanelRows({"siren": np.array([siren for siren, _ in asked], dtype=object), "month": months})


@pytest.mark.parametrize(
    ("siren", "month", "total"),
    [
        ("000000001", date(2017, 6, 1), None),  # the month before it is filed
        ("000000001", date(2017, 7, 1), 100),  # the month in which it is filed
        ("000000001", date(2018, 6, 1), 100),
        ("000000001", date(2018, 7, 1), 200),  # filed on the last day of the month
        ("000000001", date(2018, 9, 1), 200),  # an older exercice that is filed late replaces nothing
        ("000000001", date(2020, 5, 1), 200),  # 29 months after the closing
        ("000000001", date(2020, 6, 1), None),  # 30 months
        ("000000002", date(2018, 6, 1), None),  # a company that files nothing, between two that do
        ("000000003", date(2017, 12, 1), None),
        ("000000003", date(2018, 1, 1), 300),
        ("000000004", date(2018, 6, 1), None),
    ],
)
def test_a_month_reads_the_newest_accounts_known_at_its_end(siren: str, month: date, total: int | None) -> None:
    found = amounts_of(filings(*FILINGS), rows((siren, month)))["total_bilan"]
    np.testing.assert_array_equal(found, [np.nan if total is None else total])


def test_retained_earnings_are_equity_less_capital_and_result() -> None:
    one = filings(FILINGS[0])
    given = {"capitaux_propres": 90, "capital_social": 50, "resultat_net": -10}
    for name, value in given.items():
        one = one.set_column(one.column_names.index(name), name, pa.array([Decimal(value)], pa.decimal128(15, 2)))
    assert amounts_of(one, rows(("000000001", date(2018, 1, 1))))["reserves"].tolist() == [50.0]


def test_the_retained_filings_alone_count_and_no_accounts_are_unknown_amounts(tmp_path: Path) -> None:
    asked = rows(("000000001", date(2018, 8, 1)))
    assert all(np.isnan(values).all() for values in amounts_known(tmp_path, asked).values())
    flagged = (
        filings(*FILINGS)
        .append_column("est_retenu", pa.array([True, False, True, True]))
        .append_column("cloture_future", pa.array([False] * 4))
    )
    pq.write_table(flagged, tmp_path / "accounts.parquet")
    found = amounts_known(tmp_path, asked)
    assert tuple(found) == AMOUNTS
    assert found["total_bilan"].tolist() == [100.0]
