"""Quantiles of a sector: exact, defined, the same on both engines (open-data §2.7)."""

from datetime import date

import numpy as np
import pytest

from harness.rules import on_every_engine
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.tables.sector.columns import QUANTILES
from signaux_faibles.tables.sector.quantiles import SECTOR_QUANTILES, sector_quantiles
from signaux_faibles.tables.sector.ratios import sector_ratios
from tables.sector_tables import observations


def quantiles_of(engine, rows, smallest=1):
    """The quantiles of observations, by (classe_naf, classe_ca, exercice, ratio)."""
    reported = engine.from_arrow(observations(rows))
    found = engine.collect(sector_quantiles(reported, engine.from_arrow(sector_ratios()), smallest), SECTOR_QUANTILES)
    return {
        (row["classe_naf"], row["classe_ca"], row["exercice"], row["ratio"]): row for row in found.to_pylist()
    }  # fmt: skip


MARGINS = [1.0, 2.0, 3.0, 4.0, 11.0]
LIQUIDITIES = [100.0, None, 300.0, None, None]
MIXED = [
    *({"marge_ebe": margin, "ratio_de_liquidite": value} for margin, value in zip(MARGINS, LIQUIDITIES, strict=True)),
    {"marge_ebe": 50.0, "classe_ca": "2M-10M"},
    {"marge_ebe": 60.0, "classe_ca": None},
    {"marge_ebe": 70.0, "naf_5": "4711C"},
    {"marge_ebe": 80.0, "naf_5": None, "naf_4": None, "naf_3": None, "naf_2": None, "naf_1": None},
    {"marge_ebe": 90.0, "exercice": 2021},
    {"marge_ebe": -999.0, "fiable": False},
]

DRAWN = np.round(np.random.default_rng(7).normal(size=211) * 30, 3)
"""Of another exercice, so that they are in no class of `MIXED`."""


@on_every_engine
def test_a_class_holds_the_reliable_filings_of_its_activity_turnover_and_exercice(engine):
    found = quantiles_of(engine, [*MIXED, *({"autonomie_financiere": value, "exercice": 2019} for value in DRAWN)])
    cohort = {key: row["cohorte"] for key, row in found.items() if key[3] == "marge_ebe"}
    assert cohort["4711B", "<2M", 2022, "marge_ebe"] == 5
    assert cohort["4711", "<2M", 2022, "marge_ebe"] == 6
    assert cohort["G", "<2M", 2022, "marge_ebe"] == 6
    assert cohort["4711B", "*", 2022, "marge_ebe"] == 7
    assert cohort["*", "*", 2022, "marge_ebe"] == 9
    assert cohort["*", "2M-10M", 2022, "marge_ebe"] == 1
    assert cohort["4711B", "<2M", 2021, "marge_ebe"] == 1
    assert found["4711B", "<2M", 2022, "ratio_de_liquidite"]["cohorte"] == 2
    assert min(row["q10"] for key, row in found.items() if key[2] != 2019) >= 1.0

    # Linear between the two nearest ranks: q10 of 1, 2, 3, 4, 11 is at rank 1 + 4 × 0.10.
    margins = found["4711B", "<2M", 2022, "marge_ebe"]
    assert [margins[name] for name in QUANTILES] == pytest.approx([1.4, 2.0, 3.0, 4.0, 8.2], rel=1e-12)
    # A ratio that two companies report has the quantiles of these two.
    reported = found["4711B", "<2M", 2022, "ratio_de_liquidite"]
    assert [reported[name] for name in QUANTILES] == pytest.approx([120.0, 150.0, 200.0, 250.0, 280.0], rel=1e-12)
    # Those of numpy, whatever the order of the rows.
    drawn = found["4711B", "<2M", 2019, "autonomie_financiere"]
    expected = np.quantile(DRAWN, list(QUANTILES.values()), method="linear")
    assert [drawn[name] for name in QUANTILES] == pytest.approx(list(expected), rel=1e-12)


@pytest.fixture(scope="module")
def duck(tmp_path_factory):
    with open_engine("duckdb", scratch=tmp_path_factory.mktemp("quantiles"), memory_limit="1GB") as session:
        yield session


def test_a_class_is_known_when_its_last_filing_is(duck):
    rows = [
        {"marge_ebe": 1.0, "known_at": date(2023, 5, 1)},
        {"marge_ebe": 2.0, "known_at": date(2023, 9, 1), "known_at_assumed": True},
        {"marge_ebe": 3.0, "known_at": date(2023, 4, 1), "naf_5": "4711C"},
    ]
    found = quantiles_of(duck, rows)
    dates = {key[0]: (row["known_at"], row["known_at_assumed"]) for key, row in found.items() if key[1] == "*"}
    assert dates["4711B"] == (date(2023, 9, 1), True)
    assert dates["4711C"] == (date(2023, 4, 1), False)


def test_a_small_class_has_no_row(duck):
    found = quantiles_of(duck, MIXED, smallest=6)
    assert {row["cohorte"] for row in found.values()} == {6, 7, 8, 9}
    assert not quantiles_of(duck, MIXED, smallest=100)
