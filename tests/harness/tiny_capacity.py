"""The orders of a list of the tiny home that a capacity cuts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from harness.tiny_home import Invented
from signaux_faibles.detection.lists.capacity import CAPACITY

Ordered = tuple[str, str | None, int | None, int | None, int | None, int | None]
"""Department, why not, then place and rank by accounts, place and rank by jobs."""


def write_capacity(folder: Path, ordered: Mapping[str, Ordered]) -> None:
    """Give a list its two orders."""
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    held = {"k": 200, "eligible": 4, "plans_known": True, "left_out": {}}
    (folder / "card.json").write_text(json.dumps(card | {"capacity": held}), encoding="utf-8")
    rows = [(siren, *places) for siren, places in sorted(ordered.items())]
    columns = dict(zip(CAPACITY.arrow.names, zip(*rows, strict=True), strict=True))
    pq.write_table(pa.table(columns, schema=CAPACITY.arrow), folder / "capacity.parquet")


def ordered_by_debt(companies: Sequence[Invented]) -> dict[str, Ordered]:
    """Both orders of the companies in alert: by what they owe, and by how many they employ."""
    alerts = [one for one in companies if one.level]
    owing = _places(sorted(alerts, key=lambda one: -(one.debt or 0)))
    employing = _places(sorted(alerts, key=lambda one: -(one.headcount or 0)))
    return {one.siren: (one.places[0], None, *owing[one.siren], *employing[one.siren]) for one in alerts}


def _places(order: Sequence[Invented]) -> dict[str, tuple[int, int]]:
    """The place of each company within its department, and in all."""
    within = [[other.places[0] for other in order[: rank + 1]].count(one.places[0]) for rank, one in enumerate(order)]
    return {one.siren: (place, rank) for rank, (one, place) in enumerate(zip(order, within, strict=True), start=1)}
