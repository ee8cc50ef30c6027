# ruff: noqa: E501 (a row of a table stays on one line)
"""Published ratios: which row of an exercice is retained, and since when it is known (open-data §2.6, §2.7, §2.12)."""

import pyarrow as pa
import pytest

from harness.rules import case, check, on_every_engine
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.sources.inpi.ratios_inpi_bce import RATIOS_INPI_BCE
from signaux_faibles.sources.inpi.ratios_inpi_bce_sectors import QUANTILES, RATIOS_INPI_BCE_SECTORS, SECTOR_RATIOS
from signaux_faibles.tables.accounts import published as rules
from signaux_faibles.tables.accounts.published import (
    PUBLISHED_RATIOS,
    PUBLISHED_SECTOR_QUANTILES,
    published_ratios,
    published_sector_quantiles,
)
from signaux_faibles.tables.accounts.ratios import AMOUNTS, RATIOS

DELIVERIES = Schema(
    "ratios_inpi_bce",
    (*RATIOS_INPI_BCE.staging.fields, Field("delivered_at", Kind.DATE), Field("is_first", Kind.BOOLEAN)),
    ("siren",),
)

CASES = [
    case(
        "first batch: known eight months after the closing, assumed; never after the delivery itself",
        deliveries="""
            siren | date_cloture | type_bilan | ebe | marge_ebe | confidentiality | delivered_at | is_first
            X     | 2020-12-31   | C          | 10  | 5.5       | Public          | 2024-11-30   | true
            X     | 2024-06-30   | C          | 11  |           | Public          | 2024-11-30   | true
        """,
        expected="""
            siren | date_cloture | ebe | marge_ebe | confidentiality | known_at   | known_at_assumed | cloture_future | est_dernier_depot | est_retenu
            X     | 2020-12-31   | 10  | 5.5       | Public          | 2021-08-31 | true             | false          | true              | true
            X     | 2024-06-30   | 11  |           | Public          | 2024-11-30 | true             | false          | true              | true
        """,
    ),
    case(
        "a value changed by a later delivery: both stay, the last is retained",
        deliveries="""
            siren | date_cloture | type_bilan | ebe | delivered_at | is_first | batch
            X     | 2023-12-31   | C          | 10  | 2024-11-30   | true     | 2411
            X     | 2023-12-31   | C          | 12  | 2024-12-31   | false    | 2412
            X     | 2023-12-31   | C          | 12  | 2025-01-31   | false    | 2501
        """,
        expected="""
            siren | ebe | known_at   | known_at_assumed | est_dernier_depot | est_retenu
            X     | 10  | 2024-08-30 | true             | false             | false
            X     | 12  | 2024-12-31 | false            | true              | true
        """,
    ),
    case(
        "of one exercice: consolidated, then complete, then simplified, then what is not known",
        deliveries="""
            siren | date_cloture | type_bilan | ebe | delivered_at | is_first
            X     | 2023-12-31   | C          | 1   | 2024-12-31   | false
            X     | 2023-12-31   | K          | 2   | 2024-11-30   | false
            X     | 2023-12-31   | S          | 3   | 2024-12-31   | false
            X     | 2023-12-31   | Z          | 4   | 2024-12-31   | false
        """,
        expected="""
            siren | type_bilan | est_dernier_depot | est_retenu
            X     | C          | true              | false
            X     | K          | true              | true
            X     | S          | true              | false
            X     | Z          | true              | false
        """,
    ),
    case(
        "a closing after the day on which it was reported is never retained, another type of the exercice is not either",
        deliveries="""
            siren | date_cloture | type_bilan | ebe | delivered_at | is_first
            X     | 2042-12-31   | C          | 1   | 2024-11-30   | true
            X     | 2024-12-31   | K          | 1   | 2024-11-30   | false
            X     | 2024-12-31   | K          | 2   | 2025-06-30   | false
        """,
        expected="""
            siren | date_cloture | ebe | cloture_future | est_retenu
            X     | 2042-12-31   | 1   | true           | false
            X     | 2024-12-31   | 1   | true           | false
            X     | 2024-12-31   | 2   | false          | true
        """,
    ),
    case(
        "several rows of an exercice and type in one delivery: the last",
        deliveries="""
            siren | date_cloture | type_bilan | ebe | delivered_at | is_first | line
            X     | 2023-12-31   | C          | 1   | 2024-12-31   | false    | 2
            X     | 2023-12-31   | C          | 2   | 2024-12-31   | false    | 3
        """,
        expected="""
            siren | ebe | est_retenu
            X     | 2   | true
        """,
    ),
]


@on_every_engine
def test_the_ratios_of_an_exercice(engine):
    check(engine, published_ratios, CASES, inputs={"deliveries": DELIVERIES}, output=PUBLISHED_RATIOS, lag_days=243)


def test_the_published_names_are_ours():
    assert list(AMOUNTS) == rules.VALUES[: len(AMOUNTS)]
    assert [(ratio.name, ratio.unit) for ratio in RATIOS] == list(rules.RATIOS.items())


@on_every_engine
def test_each_class_counts_once(engine):
    """The last line wins; « 62.02A » and « 6202A » are one activity; an unknown quantile stays unknown."""
    reported = [("*", "*", 2, 0.5), ("62.02A", "<2M", 3, 1.5), ("6202A", "<2M", 4, None), ("J", ">50M", 5, 2.5)]
    rows = [
        {
            "classe_naf": naf,
            "classe_ca": ca,
            "exercice": 2023,
            "cohorte": count,
            "marge_ebe_q50": value,
            "batch": "2501",
        }
        | {"file": "f", "line": line}
        for line, (naf, ca, count, value) in enumerate(reported, 2)
    ]
    staged = pa.Table.from_pylist(rows, schema=RATIOS_INPI_BCE_SECTORS.staging.arrow)
    found = engine.collect(published_sector_quantiles(engine.from_arrow(staged)), PUBLISHED_SECTOR_QUANTILES)
    columns = ("classe_naf", "classe_ca", "cohorte", "marge_ebe_q50", "batch")
    assert [tuple(row[name] for name in columns) for row in found.to_pylist()] == [
        ("*", "*", 2, 0.5, "2501"), ("6202A", "<2M", 4, None, "2501"), ("J", ">50M", 5, 2.5, "2501"),
    ]  # fmt: skip
    assert set(found.column("nomenclature").to_pylist()) == {"NAFRev2"}
    assert len(found.column_names) == 6 + len(SECTOR_RATIOS) * len(QUANTILES)


@pytest.mark.parametrize("engine", ["duckdb"], indirect=True)
@pytest.mark.parametrize(
    ("codes", "nomenclature"),
    [
        (["*", "J", "62.01Z", "4711B"], "NAFRev2"),
        (["*", "K", "62.10Y", "4711G"], "NAF2025"),
        (["*", "J", "62"], "NAFRev2"),
        (["62.01Z", "62.10Y", "47.11G"], "NAF2025"),
    ],
)
def test_a_published_file_is_of_the_nomenclature_of_most_of_its_sub_classes(engine, codes, nomenclature):
    rows = [
        {"classe_naf": code, "classe_ca": "*", "exercice": 2026, "cohorte": 40, "batch": "2701", "file": "f", "line": n}
        for n, code in enumerate(codes)
    ]
    staged = pa.Table.from_pylist(rows, schema=RATIOS_INPI_BCE_SECTORS.staging.arrow)
    found = engine.collect(published_sector_quantiles(engine.from_arrow(staged)), PUBLISHED_SECTOR_QUANTILES)
    assert set(found.column("nomenclature").to_pylist()) == {nomenclature}
