"""A rank compares a company with those of its month, section and size."""

from datetime import date

import pyarrow as pa
import pytest

from signaux_faibles.panel.peers import FEWEST, PEER_FEATURES, among_peers
from signaux_faibles.panel.schema import PANEL
from signaux_faibles.relations.schema import Schema

JUNE, JULY = date(2020, 6, 1), date(2020, 7, 1)
RANKED = Schema("ranked", (*PANEL.fields, *PEER_FEATURES), PANEL.sort)


def country(*groups):
    """Companies by group: how many, their month, section, headcount and margin, which grows by one."""
    rows = []
    for number, (count, month, section, staff, first) in enumerate(groups):
        for place in range(count):
            margin = None if first is None else float(first + place)
            rows.append(
                {
                    "siren": f"{number:03d}{place:06d}", "periode": month, "naf_section": section,
                    "effectif": staff, "marge_ebe": margin,
                }
            )  # fmt: skip
    names = [field.name for field in PANEL.fields]
    return pa.table({name: [row.get(name) for row in rows] for name in names}, schema=PANEL.arrow)


@pytest.mark.parametrize("engine", ["duckdb", pytest.param("spark", marks=pytest.mark.spark)], indirect=True)
def test_the_rank_among_peers(engine):
    groups = (
        (FEWEST, JUNE, "C", 12, 0),  # compared with one another
        (FEWEST, JUNE, "C", 60, 1000),  # of another size
        (2, JUNE, "C", 30, 500),  # too few: compared with their section
        (1, JUNE, "F", 12, -5),  # alone in its section: compared with all
        (3, JUNE, "C", 12, None),
        (1, JULY, "C", 12, 3),  # alone in its month
    )
    found = engine.collect(among_peers(engine.from_arrow(country(*groups))), RANKED).to_pylist()
    ranks = {row["siren"]: row["rang_marge_ebe"] for row in found}
    of = [[ranks[f"{number:03d}{place:06d}"] for place in range(group[0])] for number, group in enumerate(groups)]
    assert of[0] == pytest.approx([(place + 0.5) / FEWEST for place in range(FEWEST)])
    assert of[1] == of[0]
    assert of[2] == pytest.approx([(FEWEST + place + 0.5) / (2 * FEWEST + 2) for place in range(2)])
    assert of[3] == pytest.approx([0.5 / (2 * FEWEST + 3)])
    assert of[4] == [None] * 3
    assert of[5] == [None]


@pytest.mark.parametrize("engine", ["duckdb"], indirect=True)
def test_a_rank_depends_neither_on_other_months_nor_on_the_unit(engine):
    alone, both = (FEWEST, JUNE, "C", 12, 0), (FEWEST, JULY, "C", 12, 7)
    ranked = [
        engine.collect(among_peers(engine.from_arrow(country(*groups))), RANKED) for groups in ((alone,), (alone, both))
    ]
    june = [[row["rang_marge_ebe"] for row in table.to_pylist() if row["periode"] == JUNE] for table in ranked]
    assert june[0] == june[1]
