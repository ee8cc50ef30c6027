"""What a run gives to its rules: staged deliveries, tables computed before, reference tables, months."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path

import narwhals.stable.v2 as nw
import pyarrow as pa
import pyarrow.parquet as pq

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.chain.intake.deliveries import Deliveries, History
from signaux_faibles.chain.intake.staging import StagedFile, as_written
from signaux_faibles.chain.plan.refused_filings import REFUSED, notice_id, sirens_of
from signaux_faibles.reference_tables.tables import load
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.company_range import ALL, CompanyRange
from signaux_faibles.relations.engine import Engine, Relation
from signaux_faibles.relations.helpers import by_siren, distinct, month_of, with_siren, within
from signaux_faibles.relations.months import index_of, month_at
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.sources.batch import delivered_at
from signaux_faibles.sources.registry import CONTRACTS

FIRST_HEADCOUNT = date(2010, 1, 1)
"""First month of the headcount files (import-chain §5.8); no monthly delivery goes back further."""


_PERIODS = Schema("periods", (Field("start", Kind.DATE), Field("end", Kind.DATE)), ("start", "end"))


class Among(Enum):
    """Whose rows are kept, by the table that lists them; all rows when the run is not filtered (contract Q17)."""

    EVERYONE = ""
    PERIMETER = "clean_filter"
    EVER_FOLLOWED = "ever_followed"

    @property
    def tables(self) -> tuple[str, ...]:
        """The table that lists them."""
        return (self.value,) if self.value else ()


@dataclass
class Inputs:
    """Everything that a table of a snapshot may be computed from.

    Attributes:
        tables: the folder of the tables already computed.
        as_of: the reference date; no rule asks the clock.
        filtered: whether the clean tables are limited to the perimeter (contract Q17).
        among: the companies whose rows `table` and deliveries give: all of them, or a group (`groups.py`).
    """

    engine: Engine
    deliveries: Deliveries
    tables: Path
    as_of: date
    filtered: bool
    schemas: Mapping[str, Schema]
    among: CompanyRange = ALL
    _calendars: dict[tuple[date, int], Calendar] = field(default_factory=dict)
    _covered: dict[tuple[str, str, str], Calendar] = field(default_factory=dict)
    _verified: set[Path] = field(default_factory=set)

    def staged(self, name: str, files: Iterable[StagedFile]) -> Relation:
        """The rows of staged files of a type.

        Raises:
            RunStopped: one of them is missing, or is no longer what was written.
        """
        paths = [self._whole(file, file.rows, file.rows_sha256) for file in files]
        return self.engine.read(paths, CONTRACTS[name].staging)

    def _whole(self, file: StagedFile, name: str, digest: str) -> Path:
        """The path of the rows or of the rejects of a staged file, compared once with what was written."""
        path = self.deliveries.home.root / name
        if path not in self._verified:
            wrong = "manque" if not path.exists() else "est abîmé" if not as_written(path, digest) else ""
            if wrong:
                raise RunStopped(
                    f"{path} {wrong} : relancez sf run {file.batch} avec les livraisons de ce lot, qui relit "
                    f"{file.file}, puis votre commande. Voir docs/recovery.md."
                )
            self._verified.add(path)
        return path

    def of(self, among: Among, rows: Relation) -> Relation:
        """Rows limited to some companies, unless the run is not filtered."""
        return within(rows, self.table(among.value)) if self.filtered and among.value else rows

    def delivered(self, among: Among, rows: Relation) -> Relation:
        """Rows of deliveries, with a siren or a siret, limited to some companies, and to those of the group."""
        return self.of(among, rows if self.among == ALL else by_siren(rows, self.among.of))

    def companies(self, types: Iterable[str]) -> Relation:
        """The siren of the perimeter, or all those that some types hold when the run is not filtered."""
        if self.filtered:
            return self.table("clean_filter")
        latest = [self.staged(name, self.deliveries.latest(name)) for name in types]
        return nw.concat([with_siren(rows).select("siren") for rows in latest]).pipe(distinct)

    def history(self, name: str, among: Among) -> Relation:
        """All accepted deliveries of a type, with `delivered_at` DATE and `is_first`."""
        deliveries = self.deliveries.history(name)
        rows = self.staged(name, [file for _, files in deliveries for file in files])
        return self.delivered(among, self.dated(rows, deliveries))

    def dated(self, rows: Relation, deliveries: History) -> Relation:
        """The rows of some deliveries, with `delivered_at` DATE, the day of their batch, and `is_first`."""
        days = pa.table(
            {
                "batch": pa.array([key for key, _ in deliveries], pa.string()),
                "delivered_at": pa.array([delivered_at(key) for key, _ in deliveries], pa.date32()),
                "is_first": pa.array([rank == 0 for rank in range(len(deliveries))], pa.bool_()),
            }
        )
        return rows.join(self.engine.from_arrow(days), on="batch", how="inner")

    def rejects(self, types: Iterable[str]) -> Relation:
        """The rejected records, still in force, of some types: the columns of `REFUSED`, one row per siren.

        siren is NULL if the record names none, id if the record is not a notice of BODACC.
        """
        rows = [
            {"siren": siren, "id": notice_id(reject["content"]), "motif": reject["reason"]}
            | {"batch": batch, "file": file.file, "line": reject["line"]}
            for name in types
            for batch, files in self.deliveries.in_force(CONTRACTS[name])
            for file in files
            for reject in pq.read_table(self._whole(file, file.rejects, file.rejects_sha256)).to_pylist()
            for siren in sirens_of(reject["key"])
        ]
        return self.engine.from_arrow(pa.Table.from_pylist(rows, schema=REFUSED))

    def table(self, name: str) -> Relation:
        """A table computed before; of the companies `among` only, when it has a siren."""
        rows = self.whole_table(name)
        return self.among.of(rows) if "siren" in self.schemas[name].names else rows

    def whole_table(self, name: str) -> Relation:
        """A table computed before, of all companies."""
        return self.engine.read([self.tables / f"{name}.parquet"], self.schemas[name])

    def rows_of(self, name: str) -> int:
        """How many rows a table computed before has."""
        return int(pq.read_metadata(self.tables / f"{name}.parquet").num_rows)

    def reference(self, name: str) -> Relation:
        """A reference table shipped with the package."""
        return self.engine.from_arrow(load(name))

    def calendar(self, first: date, ahead: int = 0) -> Calendar:
        """The months from `first` to the month of the reference date, or `ahead` months later."""
        if (first, ahead) not in self._calendars:
            last = month_at(index_of(self.as_of) + ahead)
            self._calendars[first, ahead] = Calendar.between(self.engine, first, last)
        return self._calendars[first, ahead]

    def months_described(self, first: date, name: str) -> Calendar:
        """The months from `first` to that of the last fact of a type; later months are unknown.

        A file carried over from an earlier batch, or delivered again, says nothing about the months since.
        """
        last = min(self.last_fact(name), self.as_of)
        return Calendar.between(self.engine, first, max(last, first))

    def last_fact(self, name: str) -> date:
        """The day of the last fact in the deliveries in use of a type, capped at the day of its batch.

        Without any fact, the reference date.
        """
        last = self.last_delivered_at(name)
        facts = [date.fromisoformat(file.latest) for file in self.deliveries.latest(name) if file.latest]
        return min(max(facts), last) if facts else self.as_of

    def months_covered(self, name: str, start: str, end: str) -> Calendar:
        """The months that the periods of a type cover in its last delivery, whatever the year, both ends included.

        Args:
            start, end: DATE columns of its staging table; a period that ends in a month before its start covers none.
        """
        key = (name, start, end)
        if key not in self._covered:
            months = self.staged(name, self.deliveries.latest(name)).select(
                start=month_of(nw.col(start)), end=month_of(nw.col(end))
            )
            periods = self.engine.collect(months.filter(nw.col("start") <= nw.col("end")).pipe(distinct), _PERIODS)
            covered = [(row["start"], row["end"]) for row in periods.to_pylist()]
            self._covered[key] = Calendar.covering(self.engine, covered or [(self.as_of, self.as_of)])
        return self._covered[key]

    def last_delivered_at(self, name: str) -> date:
        """The day by which the last delivery of a type is known; the reference date when there is none."""
        last = self.deliveries.last_batch(name)
        return delivered_at(last) if last else self.as_of
