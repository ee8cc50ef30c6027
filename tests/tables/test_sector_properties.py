"""What always holds of the place in a sector: order, size of the class, and nothing from later."""

from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.examples import tried
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.relations.schema import Kind, table
from signaux_faibles.tables.accounts.accounts import ACCOUNTS
from signaux_faibles.tables.activities.activities import ACTIVITIES as ACTIVITIES_TABLE
from signaux_faibles.tables.sector.backoff import LADDER, PLACE, SOURCES, finest_classes, ladder
from signaux_faibles.tables.sector.columns import QUANTILES
from signaux_faibles.tables.sector.observations import SECTOR_OBSERVATIONS, TURNOVER_BOUNDS, sector_observations
from signaux_faibles.tables.sector.position import percentile
from signaux_faibles.tables.sector.quantiles import SECTOR_QUANTILES, sector_quantiles
from signaux_faibles.tables.sector.ratios import sector_ratios
from tables.sector_tables import SHOP, observations

DAY = date(2024, 6, 30)
VALUES = table(
    "values", ("siren",),
    siren=Kind.TEXT, valeur=Kind.REAL, centile=Kind.REAL, **dict.fromkeys(QUANTILES, Kind.REAL),
)  # fmt: skip

amounts = st.integers(-50, 50).map(float)


@pytest.fixture(scope="module")
def duck(tmp_path_factory):
    with open_engine("duckdb", scratch=tmp_path_factory.mktemp("sectors"), memory_limit="1GB") as session:
        yield session


@tried(40)
@given(st.lists(amounts, min_size=5, max_size=5).map(sorted), st.lists(amounts, min_size=1, max_size=20).map(sorted))
def test_a_greater_value_never_has_a_smaller_percentile(duck, quantiles, values):
    rows = [
        {"siren": f"{number:09d}", "valeur": value} | dict(zip(QUANTILES, quantiles, strict=True))
        for number, value in enumerate(values)
    ]
    reported = duck.from_arrow(pa.Table.from_pylist(rows, schema=VALUES.arrow).drop(["centile"]))
    found = duck.collect(reported.with_columns(centile=percentile()), VALUES).column("centile").to_pylist()
    assert found == sorted(found)
    assert all(10 <= one <= 90 for one in found)
    equal = dict(zip(values, found, strict=True))
    for name, share in (("q10", 10), ("q25", 25), ("q50", 50), ("q75", 75), ("q90", 90)):
        value = quantiles[list(QUANTILES).index(name)]
        if value in equal and quantiles.count(value) == 1:
            assert equal[value] == pytest.approx(share)


PLACES = [
    SHOP,
    SHOP | {"naf_5": "4711C"},
    {"naf_5": "5610A", "naf_4": "5610", "naf_3": "561", "naf_2": "56", "naf_1": "I"},
    dict.fromkeys(SHOP),
]
ACTIVITIES = sorted({activity for place in PLACES for activity in place.values() if activity} | {"*"})
classes = st.lists(
    st.tuples(
        st.sampled_from(SOURCES),
        st.sampled_from(ACTIVITIES),
        st.sampled_from(["*", "<2M", "2M-10M"]),
        st.integers(1, 60),
    ),
    max_size=12,
    unique_by=lambda one: one[:3],
)


def quantile_rows(reported, source):
    """The classes of a source, as quantiles of one ratio."""
    rows = [
        {
            "nomenclature": "NAFRev2",
            "classe_naf": naf,
            "classe_ca": turnover,
            "exercice": 2022,
            "ratio": "marge_ebe",
            "cohorte": cohort,
            "q50": 1.0,
        }
        for of, naf, turnover, cohort in reported
        if of == source
    ]
    return pa.Table.from_pylist(rows, schema=SECTOR_QUANTILES.arrow)


CHOSEN = table(
    "chosen", tuple(PLACE),
    nomenclature=Kind.TEXT, place_naf=Kind.TEXT, place_ca=Kind.TEXT, classe_naf=Kind.TEXT, classe_ca=Kind.TEXT,
    source=Kind.TEXT, cohorte=Kind.INTEGER,
)  # fmt: skip


@tried(25)
@given(classes, st.integers(1, 60))
def test_the_class_is_the_finest_that_is_large_enough(duck, reported, smallest):
    turnovers = ["<2M", "2M-10M", None]
    rows = [place | {"classe_ca": turnover} for place in PLACES for turnover in turnovers]
    computed, published = (duck.from_arrow(quantile_rows(reported, source)) for source in SOURCES)
    reported_of, rungs = duck.from_arrow(observations(rows)), duck.from_arrow(ladder())
    chosen = finest_classes(reported_of, rungs, computed, published, smallest)
    found = {
        (row["place_naf"], row["place_ca"]): (row["classe_naf"], row["classe_ca"], row["source"], row["cohorte"])
        for row in duck.collect(chosen, CHOSEN).to_pylist()
    }
    large = {(naf, turnover, source): cohort for source, naf, turnover, cohort in reported if cohort >= smallest}
    expected = {}
    for row in rows:
        rungs = [(row.get(level, "*"), row["classe_ca"] if same else "*") for level, same in LADDER]
        offered = [(*rung, source) for rung in rungs for source in reversed(SOURCES) if (*rung, source) in large]
        if offered:
            expected[row["naf_5"] or "", row["classe_ca"] or ""] = (*offered[0], large[offered[0]])
    assert found == expected


days = st.integers(-400, 400).map(lambda number: DAY + timedelta(days=number))
filings = st.lists(
    st.fixed_dictionaries(
        {
            "siren": st.sampled_from([f"00000000{number}" for number in range(8)]),
            "date_cloture": st.sampled_from(
                [date(year, month, 28) for year in (2021, 2022, 2023) for month in (3, 12)]
            ),
            "type_bilan": st.sampled_from(["C", "S", "K"]),
            "known_at": days,
            "known_at_assumed": st.booleans(),
            "chiffre_affaires": st.sampled_from([500_000, 5_000_000]),
            "ebe": st.integers(-1_000, 1_000),
            "plafonne": st.sampled_from([False, False, False, True]),
        }
    ),
    max_size=40,
)


def at_the_day(engine, rows):
    """The observations and the quantiles as of the day: places are made of nothing else."""
    accounts = pa.Table.from_pylist(
        [
            row
            | {"chiffre_affaires_12m": row["chiffre_affaires"], "num_depot": str(number)}
            | {"batch": "2601", "file": "f", "line": number}
            for number, row in enumerate(rows)
        ],
        schema=ACCOUNTS.arrow,
    )
    shop = {"rev2_5": "47.11B", "rev2_4": "47.11", "rev2_3": "47.1", "rev2_2": "47", "rev2_1": "G"}
    activities = pa.Table.from_pylist(
        [{"siren": f"00000000{number}"} | shop for number in range(7)], schema=ACTIVITIES_TABLE.arrow
    )
    ratios = engine.from_arrow(sector_ratios())
    reported = sector_observations(engine.from_arrow(accounts), engine.from_arrow(activities), DAY)
    seen = engine.collect(reported, SECTOR_OBSERVATIONS)
    cells = sector_quantiles(engine.from_arrow(seen), ratios, 2)
    return seen, engine.collect(cells, SECTOR_QUANTILES)


@tried(6)
@given(filings)
def test_what_is_filed_later_changes_nothing_before(duck, rows):
    known = [row for row in rows if row["known_at"] <= DAY]
    seen, cells = at_the_day(duck, known + [row for row in rows if row["known_at"] > DAY])
    assert (seen, cells) == at_the_day(duck, known)
    for relation in (seen, cells):
        assert all(day <= DAY for day in relation.column("known_at").to_pylist())
    assert all(row["cohorte"] >= 2 for row in cells.to_pylist())
    assert set(cells.column("classe_ca").to_pylist()) <= {*TURNOVER_BOUNDS, "*"}
