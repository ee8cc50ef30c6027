"""Small sectors for the tests of quantiles and positions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from signaux_faibles.tables.sector.observations import SECTOR_OBSERVATIONS

SHOP = {"naf_5": "4711B", "naf_4": "4711", "naf_3": "471", "naf_2": "47", "naf_1": "G"}


def observations(rows: Sequence[dict[str, Any]]) -> pa.Table:
    """Observations of shops under 2 million euros closed in 2022, as far as the rows do not say otherwise."""
    reported = {
        "exercice": 2022,
        "known_at": date(2023, 7, 1),
        "known_at_assumed": False,
        "fiable": True,
        "classe_ca": "<2M",
        "nomenclature": "NAFRev2",
        **SHOP,
    }
    named = [{"siren": f"{number:09d}"} | reported | row for number, row in enumerate(rows, 1)]
    whole = [{"date_cloture": date(row["exercice"], 12, 31)} | row for row in named]
    return pa.Table.from_pylist(whole, schema=SECTOR_OBSERVATIONS.arrow)
