"""Where companies are: the department of the head office, of the present register."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pyarrow.parquet as pq


def head_offices(tables: Path, sirens: Collection[str]) -> dict[str, str]:
    """The department of the head office of each of these companies; none where the register has none."""
    file = tables / "clean_sirene_ul.parquet"
    units = pq.read_table(file, columns=["siren", "departement"], filters=[("siren", "in", set(sirens))]).to_pylist()
    return {unit["siren"]: unit["departement"] for unit in units if unit["departement"] is not None}
