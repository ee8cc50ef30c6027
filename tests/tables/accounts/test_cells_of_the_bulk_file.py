# ruff: noqa: E501 (a row of a table stays on one line)
"""The bulk stock of liasses gives the same accounts as the documents of the same filings (open-data §2.8)."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from harness.rules import case, check, on_every_engine, on_spark_when_all
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.sources.inpi.detail_bilan import DETAIL_BILAN
from signaux_faibles.sources.inpi.liasse import CELLS, NORMAL_CELLS, SIMPLIFIED_CELLS, Form
from signaux_faibles.sources.reading.file_reader import FileReader
from signaux_faibles.tables.accounts.accounts import ACCOUNTS
from signaux_faibles.tables.accounts.cells import ACCOUNT_CELLS
from signaux_faibles.tables.accounts.cells_of_the_bulk_file import account_cells_detail
from signaux_faibles.tables.accounts.formulas import AGGREGATES
from signaux_faibles.tables.accounts.ratios import ACCOUNT_RATIOS, RATIOS, account_ratios
from tables.filed_accounts import accounts_of, accounts_of_cells, real_filings

DELIVERIES = Schema(
    "detail_bilan",
    (*DETAIL_BILAN.staging.fields, Field("delivered_at", Kind.DATE), Field("is_first", Kind.BOOLEAN)),
    ("siren",),
)
LAG = 243
NET_ALONE = {"056502248", "450992078"}


def test_the_source_delivers_the_cells_that_the_accounts_are_made_of():
    delivered = {Form.NORMAL: NORMAL_CELLS, Form.SIMPLIFIED: SIMPLIFIED_CELLS}
    for form, cells in CELLS.items():
        assert set(delivered[form]) == {code for code in cells if not code.endswith(".net")}


CASES = [
    case(
        "a filing of our first batch: known eight months after its closing, and assumed",
        deliveries="""
            siren | date_cloture | type_bilan | confidentialite | empreinte | normal_BJ | normal_BK | normal_CO | delivered_at | is_first
            X     | 2020-12-31   | C          | 2               | a         | 10        | 4         | 100       | 2024-11-30   | true
        """,
        expected="""
            siren | date_cloture | known_at   | known_at_assumed | date_depot | confidentialite | normal_BJ | normal_BJ_net | normal_CO_net | normal_page_01 | normal_page_02 | duree_exercice
            X     | 2020-12-31   | 2021-08-31 | true             |            | 2               | 10        | 6             | 100           | true           | false          |
        """,
    ),
    case(
        "amended later: both filings, each since it was reported; the same one reported again counts once",
        deliveries="""
            siren | date_cloture | type_bilan | empreinte | normal_DL | delivered_at | is_first | batch | line
            X     | 2023-12-31   | C          | a         | 5         | 2024-11-30   | true     | 2411  | 2
            X     | 2023-12-31   | C          | b         | 6         | 2024-12-31   | false    | 2412  | 2
            X     | 2023-12-31   | C          | b         | 6         | 2025-01-31   | false    | 2501  | 3
        """,
        expected="""
            siren | known_at   | known_at_assumed | normal_DL | batch
            X     | 2024-08-30 | true             | 5         | 2411
            X     | 2024-12-31 | false            | 6         | 2501
        """,
    ),
    case(
        "several rows of an exercice in one delivery: the last",
        deliveries="""
            siren | date_cloture | type_bilan | empreinte | normal_DL | delivered_at | is_first | line
            X     | 2023-12-31   | C          | a         | 5         | 2024-12-31   | false    | 2
            X     | 2023-12-31   | C          | b         | 6         | 2024-12-31   | false    | 3
        """,
        expected="""
            siren | known_at   | normal_DL
            X     | 2024-12-31 | 6
        """,
    ),
    case(
        "the length is the time since the closing before; two years hide an exercice",
        deliveries="""
            siren | date_cloture | type_bilan | empreinte | delivered_at | is_first
            X     | 2018-06-30   | C          | a         | 2024-11-30   | true
            X     | 2019-12-31   | C          | b         | 2024-11-30   | true
            X     | 2021-12-31   | S          | c         | 2024-11-30   | true
            X     | 2022-12-31   | S          | d         | 2024-11-30   | true
        """,
        expected="""
            siren | date_cloture | duree_exercice
            X     | 2018-06-30   |
            X     | 2019-12-31   | 18
            X     | 2021-12-31   |
            X     | 2022-12-31   | 12
        """,
    ),
    case(
        "a closing before that was reported after says nothing of the length",
        deliveries="""
            siren | date_cloture | type_bilan | empreinte | delivered_at | is_first
            X     | 2022-12-31   | C          | a         | 2024-12-31   | false
            X     | 2023-12-31   | C          | b         | 2024-11-30   | false
        """,
        expected="""
            siren | date_cloture | duree_exercice
            X     | 2022-12-31   |
            X     | 2023-12-31   |
        """,
    ),
    case(
        "banks and insurers have no row",
        deliveries="""
            siren | date_cloture | type_bilan | empreinte | delivered_at | is_first
            X     | 2022-12-31   | B          | a         | 2024-12-31   | false
            X     | 2022-12-31   | A          | b         | 2024-12-31   | false
        """,
        expected="siren | date_cloture",
    ),
]


@on_every_engine
def test_the_filings_of_the_stock(engine):
    check(engine, account_cells_detail, CASES, inputs={"deliveries": DELIVERIES}, output=ACCOUNT_CELLS, lag_days=LAG)


def stock(folder: Path) -> pa.Table:
    """The real filings as the bulk file gives them, each after one that closed when its exercice began."""
    cells: dict[tuple[str, date, str, int], list[tuple[str, int]]] = {}
    for row in real_filings().to_pylist():
        key = (row["siren"], row["date_cloture"], row["type_bilan"], row["duree_exercice"])
        cells.setdefault(key, []).extend(_cells_of(row))
    rows = [(siren, closing, kind, reported) for (siren, closing, kind, _), reported in cells.items()]
    rows += [(siren, _months_before(closing, length), kind, [("BJ", 1)]) for siren, closing, kind, length in cells]
    columns = {
        name: pa.array([row[place] for row in rows])
        for place, name in enumerate(("siren", "date_cloture_exercice", "type_bilan"))
    }
    liasse = pa.array([reported for *_, reported in rows], pa.map_(pa.string(), pa.int32()))
    path = folder / "export-detail-bilan.parquet"
    pq.write_table(pa.table(columns | {"liasse": liasse}), path)
    return _staged(path)


def _cells_of(row: dict) -> list[tuple[str, int]]:
    form = Form.SIMPLIFIED if row["type_bilan"] == "S" else Form.NORMAL
    here = [
        (code, row[f"m{cell.column}"])
        for code, cell in CELLS[form].items()
        if cell.line == row["code"] and cell.page in (row["page"], None) and not code.endswith(".net")
    ]
    return [(code, int(amount)) for code, amount in here if amount is not None]


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


def _staged(path: Path) -> pa.Table:
    rows = pa.concat_tables([chunk.rows for chunk in FileReader(path, DETAIL_BILAN).chunks()])
    constant = {"batch": "2601", "file": path.name, "delivered_at": date(2026, 1, 31), "is_first": True}
    kinds = {field.name: field.kind.arrow for field in DELIVERIES.fields}
    columns = [
        pa.repeat(pa.scalar(constant[name], kinds[name]), len(rows)) if name in constant else rows.column(name)
        for name in DELIVERIES.names
    ]
    return pa.table(columns, names=DELIVERIES.names).cast(DELIVERIES.arrow)


def accounts_of_stock(engine, delivered: pa.Table) -> pa.Table:
    relation = account_cells_detail(engine.from_arrow(delivered), LAG)
    return accounts_of_cells(engine, engine.collect(relation, ACCOUNT_CELLS))


@on_spark_when_all
def test_the_same_accounts_reported_both_ways_are_equal(engine, tmp_path):
    """Aggregates, over twelve months too, and ratios.

    Of consolidated accounts, and of one filing whose gross was not typed, the documents report nets that have no code.
    """
    reported = {"document": accounts_of(engine, real_filings()), "stock": accounts_of_stock(engine, stock(tmp_path))}
    found = {}
    for way, table in reported.items():
        ratios = engine.collect(account_ratios(engine.from_arrow(table)), ACCOUNT_RATIOS).to_pylist()
        both = [one | other for one, other in zip(table.to_pylist(), ratios, strict=True)]
        found[way] = {(row["siren"], row["date_cloture"]): row for row in both if row["siren"] not in NET_ALONE}
    assert len(found["document"]) == 4
    names = [name for one in AGGREGATES for name in (one.name, f"{one.name}_12m") if name in ACCOUNTS.names]
    names += [ratio.name for ratio in RATIOS] + ["duree_exercice", "effectif_moyen", "plafonne", "est_retenu"]
    for key, row in found["document"].items():
        assert {n: row[n] for n in names} == {n: found["stock"][key][n] for n in names}, key


@on_spark_when_all
def test_an_amount_at_the_cap_enters_no_ratio(engine):
    row = dict.fromkeys(DELIVERIES.names) | {
        "siren": "100000001", "date_cloture": date(2020, 12, 31), "type_bilan": "C", "empreinte": "a", "batch": "2411",
        "file": "f", "line": 2, "delivered_at": date(2024, 11, 30), "is_first": True, "normal_EE": 2**31 - 1,
        "normal_DL": 5, "normal_GG": 1, "normal_FL": 10,
    }  # fmt: skip
    table = accounts_of_stock(engine, pa.Table.from_pylist([row], schema=DELIVERIES.arrow))
    (found,) = table.to_pylist()
    (ratios,) = engine.collect(account_ratios(engine.from_arrow(table)), ACCOUNT_RATIOS).to_pylist()
    assert (found["plafonne"], found["total_bilan_depose"], found["total_bilan"]) == (True, 2**31 - 1, None)
    assert (found["capitaux_propres"], ratios["autonomie_financiere"]) == (5, None)
