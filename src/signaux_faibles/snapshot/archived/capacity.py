"""The two orders of the alerts of a list that a capacity cuts, as they were frozen with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from signaux_faibles.snapshot.served.lists import PublishedList
from signaux_faibles.snapshot.shelf import Snapshot

_KEPT = """
SELECT siren, place_accounts, rank_accounts, place_jobs, rank_jobs FROM read_parquet($capacity)
WHERE why_not IS NULL ORDER BY siren
"""


@dataclass(frozen=True)
class PlaceInOrder:
    """The place of an eligible company, within the department of its head office (None without one) and in all."""

    within: int | None
    overall: int


@dataclass(frozen=True)
class Places:
    """Its places in both orders."""

    accounts: PlaceInOrder
    jobs: PlaceInOrder


def is_ordered(chosen: PublishedList) -> bool:
    """Whether the list holds these orders: neither the first lists nor imported ones do."""
    return "capacity" in chosen.card


def places(snapshot: Snapshot, chosen: PublishedList) -> Mapping[str, Places]:
    """By siren, the places of the eligible companies of a list; the caller decides who may read them."""
    if not is_ordered(chosen):
        return {}
    table = f"list_{chosen.number}_capacity"
    snapshot.keep_table(table, _KEPT, {"capacity": str(chosen.folder / "capacity.parquet")})
    return {
        siren: Places(PlaceInOrder(within, overall), PlaceInOrder(jobs_within, jobs_overall))
        for siren, within, overall, jobs_within, jobs_overall in snapshot.rows(f"SELECT * FROM memory.{table}")
    }
