"""Where companies are: the department of their head office in the current register."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pyarrow.parquet as pq


def registered(tables: Path, sirens: Collection[str]) -> dict[str, str | None]:
    """Those of the companies that the register holds, with the department of their head office, if any."""
    file = tables / "clean_sirene_ul.parquet"
    units = pq.read_table(file, columns=["siren", "departement"], filters=[("siren", "in", set(sirens))]).to_pylist()
    return {unit["siren"]: unit["departement"] for unit in units}


def head_offices(tables: Path, sirens: Collection[str]) -> dict[str, str]:
    """The department of the head office of each of these companies; none where the register has none."""
    by_company = registered(tables, sirens)
    return {siren: departement for siren, departement in by_company.items() if departement is not None}
