"""A home with one list that made a promise, and the failures that came after it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from harness.tiny_home import TinyHome
from signaux_faibles.home.home import Home

MADE = {
    "one_in": 4, "withheld": None, "confidence": 0.9, "companies": 312, "events": 97,
    "pace": {"6": 0.3, "12": 0.6, "18": 1.0},
}  # fmt: skip
CERTAIN = {"moved": 1.02, "certain": True, "bound": 0.15}
MOVED = {"moved": 1.4, "certain": False, "bound": 0.15}


def write_promised_list(
    path: Path, month: date, promise: Mapping[str, Any], level: Mapping[str, Any], *, failed: int, high: int = 80
) -> Home:
    """A list with as many high alerts, of which some entered a procedure three months later."""
    home = TinyHome(path)

    def judged(tables: Path) -> None:
        file = tables / "procedures_chronology.parquet"
        known = pq.read_table(file)
        day = date(month.year + (month.month + 2) // 12, (month.month + 2) % 12 + 1, 9)
        rows = [
            dict.fromkeys(known.column_names)
            | {
                "siren": f"7{number:08d}",
                "date_effet": day,
                "stade_procol": "ouverture",
                "action_procol": "liquidation",
            }
            for number in range(failed)
        ]
        pq.write_table(pa.concat_tables([known, pa.Table.from_pylist(rows, schema=known.schema)]), file)

    home.publish("2610-a", altered=judged)
    folder = home.write_list(2, "Ancienne", month)
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    card |= {"promise": promise, "level": level, "model": "x", "counts": {}}
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    entries = pq.read_table(folder / "entries.parquet").slice(0, 1).to_pylist()[0]
    rows = [entries | {"siren": f"7{number:08d}", "rank": number + 1, "level": "elevee"} for number in range(high)]
    schema = pq.read_table(folder / "entries.parquet").schema
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), folder / "entries.parquet")
    return home.home
