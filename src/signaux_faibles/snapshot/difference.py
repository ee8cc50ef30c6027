"""What changes from one snapshot to another: rows, freshness, companies that enter and leave."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from signaux_faibles.home.home import Home
from signaux_faibles.home.logical_hash import same_rows
from signaux_faibles.home.manifest import Manifest, refuse_damaged
from signaux_faibles.relations.in_memory import in_memory
from signaux_faibles.snapshot.churn import Churn, Renamed, churn, renamed
from signaux_faibles.wording.french import day_label, number

SMALL = 100
"""With fewer rows than that, a change of a tenth means nothing."""
UNUSUAL = 0.1
"""A table that grows or shrinks by more than a tenth in a month deserves a look."""


@dataclass(frozen=True)
class TableChange:
    """Rows of a table before and after; None where the table does not exist."""

    name: str
    before: int | None
    after: int | None
    same: bool

    @property
    def rate(self) -> float | None:
        """Relative change of the number of rows."""
        return (self.after - self.before) / self.before if self.before and self.after is not None else None

    @property
    def unusual(self) -> bool:
        """Whether the table appeared, disappeared, emptied or, unless it is small, changed by more than `UNUSUAL`."""
        if self.before is None or self.after is None:
            return True
        if max(self.before, self.after) < SMALL:
            return (self.before == 0) != (self.after == 0)
        return abs(self.rate) > UNUSUAL if self.rate is not None else self.before != self.after


@dataclass(frozen=True)
class FreshnessChange:
    """The day of the latest fact of a type, before and after."""

    type: str
    before: date | None
    after: date | None

    @property
    def backwards(self) -> bool:
        """Whether the data of this type are older than before."""
        return bool(self.before and (not self.after or self.after < self.before))


@dataclass(frozen=True)
class LevelChange:
    """How many companies the scores put at a level, before and after, and how many enter or leave that level."""

    level: str
    before: int
    after: int
    entering: int
    leaving: int


@dataclass(frozen=True)
class Difference:
    """What changes from one snapshot to another.

    Attributes:
        entering, leaving: companies of the perimeter; churn: the same by cause.
        renamed: what the nomenclature of activities alone changes to the sector that the model reads.
        levels: the size of the list that each snapshot would give, high level first; empty unless both are scored.
    """

    before: Manifest
    after: Manifest
    tables: list[TableChange]
    freshness: list[FreshnessChange]
    entering: int
    leaving: int
    levels: list[LevelChange]
    churn: list[Churn] = field(default_factory=list)
    renamed: Renamed | None = None

    @property
    def warnings(self) -> list[str]:
        """French sentences on what deserves a look before publishing."""
        sizes = [
            f"{change.name}, nombre de lignes : {_rows(change.before)} avant, {_rows(change.after)} après."
            for change in self.tables
            if change.unusual
        ]
        return sizes + [
            f"{change.type} : données plus anciennes qu'avant ({_day(change.before)} puis {_day(change.after)})."
            for change in self.freshness
            if change.backwards
        ]


def difference(home: Home, before: str, after: str) -> Difference:
    """Compare two complete snapshots.

    Raises:
        FileNotFoundError, Damaged: one of them does not exist, or is not what was written.
    """
    old, new = Manifest.read(home.snapshots / before), Manifest.read(home.snapshots / after)
    snapshots = (home.snapshots / before, home.snapshots / after)
    for folder, manifest in zip(snapshots, (old, new), strict=True):
        refuse_damaged(folder, manifest)
    tables = [
        _table_change(old, new, name, same=same_rows(*snapshots, name)) for name in sorted(old.tables | new.tables)
    ]
    types = sorted({one.source for one in (*old.freshness, *new.freshness)})
    freshness = [FreshnessChange(name, old.latest(name), new.latest(name)) for name in types]
    entering, leaving = _movements(*snapshots)
    levels = _levels(*snapshots)
    folders = (snapshots[0] / "tables", snapshots[1] / "tables")
    causes = churn(*folders, old.batch)
    return Difference(old, new, tables, freshness, entering, leaving, levels, causes, renamed(*folders))


def _table_change(old: Manifest, new: Manifest, name: str, *, same: bool) -> TableChange:
    one, other = old.tables.get(name), new.tables.get(name)
    return TableChange(name, one.rows if one else None, other.rows if other else None, same)


def _movements(before: Path, after: Path) -> tuple[int, int]:
    """How many companies enter the perimeter and how many leave it."""
    files = [str(folder / "tables" / "clean_filter.parquet") for folder in (before, after)]
    query = (
        "SELECT count(*) FILTER (one.siren IS NULL), count(*) FILTER (other.siren IS NULL) "
        "FROM read_parquet(?) AS one FULL JOIN read_parquet(?) AS other ON one.siren = other.siren"
    )
    with in_memory() as connection:
        entering, leaving = connection.execute(query, files).fetchall()[0]
    return int(entering), int(leaving)


_LEVELS = """
SELECT coalesce(one.level, other.level) AS alert, count(one.siren), count(other.siren),
    count(*) FILTER (one.siren IS NULL), count(*) FILTER (other.siren IS NULL)
FROM (SELECT siren, level FROM read_parquet($before) WHERE level IS NOT NULL AND in_bonis) AS one
FULL JOIN (SELECT siren, level FROM read_parquet($after) WHERE level IS NOT NULL AND in_bonis) AS other
    ON one.siren = other.siren AND one.level = other.level
GROUP BY alert ORDER BY alert
"""


def _rows(count: int | None) -> str:
    return "absente" if count is None else number(count)


def _day(latest: date | None) -> str:
    return "aucune" if latest is None else day_label(latest)


def _levels(before: Path, after: Path) -> list[LevelChange]:
    """Companies by level; « elevee » comes before « moderee » in the alphabet too."""
    files = {key: str(folder / "tables" / "scores.parquet") for key, folder in (("before", before), ("after", after))}
    if not all(Path(file).exists() for file in files.values()):
        return []
    with in_memory() as connection:
        return [LevelChange(*row) for row in connection.execute(_LEVELS, files).fetchall()]
