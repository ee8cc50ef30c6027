"""The activity of a unit in the register: NAF rév. 2, and NAF 2025 once INSEE delivers it."""

from __future__ import annotations

from functools import cache

import pyarrow as pa

from signaux_faibles.fictitious.months import Batch, month
from signaux_faibles.fictitious.people.population import Ints
from signaux_faibles.fictitious.people.sectors import activities
from signaux_faibles.reference_tables.tables import load

_NAF_2025_SINCE = month(2025, 12)


def naf_rev2(activity: Ints) -> pa.Array:
    """NAF rév. 2 codes of activities given by rank."""
    return pa.array(activities()[0]).take(pa.array(activity))


def naf_2025(activity: Ints, batch: Batch) -> pa.Array:
    """NAF 2025 codes; unknown in files older than December 2025, and where the class has no namesake in the new one."""
    if batch.rank < _NAF_2025_SINCE:
        return pa.nulls(len(activity), pa.string())
    return pa.array(_namesakes(), pa.string()).take(pa.array(activity))


@cache
def _namesakes() -> list[str | None]:
    first: dict[str, str] = {}
    for row in load("naf25_codes").to_pylist():
        first.setdefault(row["niv4"], row["niv5"])
    return [first.get(code[:5]) for code in activities()[0]]
