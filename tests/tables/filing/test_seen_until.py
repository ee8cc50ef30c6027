"""Until when the filings delivered are all of them (open-data §2.6)."""

from datetime import date

import pyarrow as pa
import pytest

from signaux_faibles.relations.schema import Kind, table
from signaux_faibles.tables.filing.seen_until import seen_until

AS_OF = date(2024, 12, 31)
SEEN = table("seen", ("vu_jusqu_au",), vu_jusqu_au=Kind.DATE)
DECEMBER, MARCH = date(2023, 12, 31), date(2024, 3, 31)

SITUATIONS = {
    "no bulk file: increments alone do not say what came before them": ([], [date(2024, 4, 2)], None),
    "the bulk file holds what was filed until its last closings, at least": ([DECEMBER, MARCH], [], MARCH),
    "a closing of long after the others is a typing error, and so is one to come": (
        [*[DECEMBER] * 2_500, MARCH, date(2024, 9, 30), date(2025, 3, 31)],
        [],
        DECEMBER,
    ),
    "filings of every month after it go further, up to the first month without any": (
        [MARCH],
        [date(2024, 2, 1), date(2024, 4, 2), date(2024, 5, 30), date(2024, 7, 1)],
        date(2024, 5, 30),
    ),
    "filings after a hole say nothing of the hole": ([MARCH], [date(2024, 6, 2), date(2024, 7, 2)], MARCH),
    "what is filed after the reference date is not known": (
        [date(2024, 11, 30)],
        [date(2024, 12, 5), date(2025, 1, 3)],
        date(2024, 12, 5),
    ),
}


@pytest.mark.parametrize("engine", ["duckdb"], indirect=True)
def test_until_when_everything_is_seen(engine):
    for situation, (closings, filed, expected) in SITUATIONS.items():
        bulk = engine.from_arrow(pa.table({"date_cloture": pa.array(closings, pa.date32())}))
        days = {
            "known_at": pa.array(filed, pa.date32()),
            "known_at_assumed": pa.array([False] * len(filed), pa.bool_()),
        }
        found = engine.collect(seen_until(bulk, engine.from_arrow(pa.table(days)), AS_OF), SEEN).to_pylist()
        assert found == [{"vu_jusqu_au": expected}], situation
