"""What moved the level of each company since the list before, as it was found when the list was built."""

from __future__ import annotations

from collections.abc import Mapping

from signaux_faibles.detection.lists.causes import TOGETHER, Cause
from signaux_faibles.snapshot.served.lists import PublishedList
from signaux_faibles.snapshot.shelf import Snapshot

_KEPT = "SELECT siren, causes FROM read_parquet($moves) ORDER BY siren"


def causes(snapshot: Snapshot, chosen: PublishedList, previous: PublishedList) -> Mapping[str, tuple[Cause, ...]]:
    """By siren, what moved its level from one list to the next; empty when these two were not compared.

    They were not when the list is an early one or an imported one, or when the list before it was withdrawn since.
    """
    if chosen.card.get("moves", {}).get("previous") != previous.number:
        return {}
    table = f"list_{chosen.number}_moves"
    snapshot.keep_table(table, _KEPT, {"moves": str(chosen.folder / "moves.parquet")})
    rows = snapshot.rows(f"SELECT siren, causes FROM memory.{table}")
    return {siren: tuple(map(Cause, written.split(TOGETHER))) for siren, written in rows}
