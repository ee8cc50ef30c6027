"""Which companies enter the perimeter and leave it from a snapshot to another, and what moved them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from signaux_faibles.perimeter.ledger import CAUSES, NOMENCLATURE
from signaux_faibles.relations.in_memory import in_memory

UNEXPLAINED = "calcul"
"""Moves that no batch between the two explains: the same deliveries, judged by other code or read from other files."""


@dataclass(frozen=True)
class Churn:
    """The companies that one cause moved.

    Attributes:
        alerts_entering: how many of those that enter are in alert in the later snapshot.
        alerts_leaving: how many of those that leave were in alert in the earlier one.
    """

    cause: str
    entering: int
    leaving: int
    alerts_entering: int
    alerts_leaving: int


@dataclass(frozen=True)
class Renamed:
    """What the nomenclature alone did to companies that are in both snapshots.

    Attributes:
        sections: companies of the same NAF 2025 and of another section of the NAF rév. 2, so that the model reads
            another sector. levels: how many of them changed their level of alert.
    """

    sections: int
    levels: int


_CHURN = """
WITH one AS (SELECT siren FROM read_parquet($before || 'clean_filter.parquet')),
other AS (SELECT siren FROM read_parquet($after || 'clean_filter.parquet')),
moved AS (
    SELECT siren, true AS enters FROM other ANTI JOIN one USING (siren)
    UNION ALL SELECT siren, false FROM one ANTI JOIN other USING (siren)
),
last AS (
    SELECT siren, arg_max(changed_by, batch) AS cause FROM read_parquet($after || 'perimeter_ledger.parquet')
    WHERE batch > $batch GROUP BY siren
)
SELECT coalesce(cause, $unexplained) AS cause, count(*) FILTER (enters), count(*) FILTER (NOT enters),
    count(*) FILTER (enters AND siren IN (SELECT siren FROM alert_after)),
    count(*) FILTER (NOT enters AND siren IN (SELECT siren FROM alert_before))
FROM moved LEFT JOIN last USING (siren) GROUP BY ALL
"""
_RENAMED = """
SELECT count(*), count(*) FILTER (level_before.level IS DISTINCT FROM level_after.level)
FROM read_parquet($before || 'activities.parquet') AS one
JOIN read_parquet($after || 'activities.parquet') AS other USING (siren)
SEMI JOIN read_parquet($after || 'clean_filter.parquet') AS kept USING (siren)
LEFT JOIN alert_before AS level_before USING (siren)
LEFT JOIN alert_after AS level_after USING (siren)
WHERE one.nomenclature != other.nomenclature AND one.naf25_5 = other.naf25_5
    AND one.rev2_1 IS DISTINCT FROM other.rev2_1
"""


def churn(before: Path, after: Path, batch: str) -> list[Churn]:
    """The moves of the perimeter between two folders of tables, by cause, in the order of `CAUSES`.

    Args:
        batch: that of `before`: what the ledger says of later batches explains the moves.
    Returns:
        nothing when `after` was computed before the perimeter had a ledger.
    """
    if not (after / "perimeter_ledger.parquet").exists():
        return []
    parameters = {**_folders(before, after), "batch": batch, "unexplained": UNEXPLAINED}
    with _alerts(before, after) as connection:
        by_cause = {row[0]: Churn(*row) for row in connection.execute(_CHURN, parameters).fetchall()}
    return [by_cause[cause] for cause in (*CAUSES, UNEXPLAINED) if cause in by_cause]


def renamed(before: Path, after: Path) -> Renamed | None:
    """What the nomenclature alone changes to the sector that the model reads; None without activities to compare."""
    if not all((folder / "activities.parquet").exists() for folder in (before, after)):
        return None
    with _alerts(before, after) as connection:
        return Renamed(*connection.execute(_RENAMED, _folders(before, after)).fetchall()[0])


def of_nomenclature(moves: list[Churn]) -> Churn | None:
    """The moves that only the nomenclature causes."""
    return next((one for one in moves if one.cause == NOMENCLATURE), None)


def _folders(before: Path, after: Path) -> dict[str, str]:
    return {"before": f"{before}/", "after": f"{after}/"}


@contextmanager
def _alerts(before: Path, after: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the companies in alert of both: `alert_before`, `alert_after`; none where nothing is scored."""
    with in_memory() as connection:
        for name, folder in (("alert_before", before), ("alert_after", after)):
            scores = folder / "scores.parquet"
            connection.execute(f"CREATE TABLE {name} (siren VARCHAR, level VARCHAR)")
            if scores.exists():
                alerts = "SELECT siren, level FROM read_parquet(?) WHERE level IS NOT NULL AND in_bonis"
                connection.execute(f"INSERT INTO {name} {alerts}", [str(scores)])
        yield connection
