"""What the rules of a run read: staged deliveries, reference tables, tables computed before, months."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import narwhals.stable.v2 as nw
import pyarrow as pa

from signaux_faibles.chain.intake.deliveries import BatchFiles, delivered_at, deliveries_of, standing_deliveries
from signaux_faibles.chain.intake.staging import StagedFile
from signaux_faibles.home.home import Home
from signaux_faibles.reference_tables.tables import load
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.company_range import ALL, CompanyRange
from signaux_faibles.relations.engine import Engine, Relation
from signaux_faibles.relations.helpers import distinct, with_siren, within
from signaux_faibles.relations.months import index_of, month_at
from signaux_faibles.relations.schema import Schema
from signaux_faibles.sources.registry import CONTRACTS

FIRST_HEADCOUNT = date(2010, 1, 1)
"""First month of the headcount files (import-chain §5.8); nothing monthly is older in the deliveries."""


@dataclass
class Inputs:
    """Everything that a table of a snapshot may be computed from.

    Attributes:
        files: the batch, what it delivered and what it carries over.
        tables: the folder of the tables already computed.
        as_of: the reference date; no rule asks the clock.
        filtered: whether the clean tables are limited to the perimeter (contract Q17).
        among: the companies whose rows `table` gives: all of them, or a group (chain/plan/groups.py).
    """

    engine: Engine
    home: Home
    files: BatchFiles
    tables: Path
    as_of: date
    filtered: bool
    schemas: Mapping[str, Schema]
    among: CompanyRange = ALL
    _calendars: dict[tuple[date, int], Calendar] = field(default_factory=dict)

    def staged(self, name: str) -> Relation:
        """The rows of the last accepted delivery of a type; no row when none was ever delivered."""
        paths = [self.home.root / file.rows for file in self.delivery(name)]
        return self.engine.read(paths, CONTRACTS[name].staging)

    def followed(self, rows: Relation) -> Relation:
        """Rows limited to the perimeter, unless the run is not filtered."""
        return within(rows, self.table("clean_filter")) if self.filtered else rows

    def ever_followed(self, rows: Relation) -> Relation:
        """Rows limited to the companies that were followed at one time at least, unless the run is not filtered."""
        return within(rows, self.table("ever_followed")) if self.filtered else rows

    def companies(self, *types: str) -> Relation:
        """The companies to show: those of the perimeter, or all those of the types when the run is not filtered."""
        if self.filtered:
            return self.table("clean_filter")
        found = [with_siren(self.staged(name)).select("siren") for name in types]
        return nw.concat(found).pipe(distinct)

    def table(self, name: str) -> Relation:
        """A table computed before; of the companies `among` only, when it has a siren."""
        rows = self.whole_table(name)
        return self.among.of(rows) if "siren" in self.schemas[name].names else rows

    def whole_table(self, name: str) -> Relation:
        """A table computed before, of all companies."""
        return self.engine.read([self.tables / f"{name}.parquet"], self.schemas[name])

    def reference(self, name: str) -> Relation:
        """A reference table shipped with the package."""
        return self.engine.from_arrow(load(name))

    def calendar(self, first: date, ahead: int = 0) -> Calendar:
        """The months from `first` to the month of the reference date, or `ahead` months later."""
        if (first, ahead) not in self._calendars:
            last = month_at(index_of(self.as_of) + ahead)
            self._calendars[first, ahead] = Calendar.between(self.engine, first, last)
        return self._calendars[first, ahead]

    def delivery(self, name: str) -> list[StagedFile]:
        """The staged files that serve for a type."""
        if name in self.files.delivered:
            return self.files.delivered[name]
        carried = self.files.carried.get(name)
        return BatchFiles.read(self.home, carried).delivered[name] if carried else []

    def standing(self, name: str) -> Relation:
        """What a type says now, of the companies ever followed: its last delivery, or all of them if each adds."""
        contract = CONTRACTS[name]
        told = standing_deliveries(contract, self.home, self.files.batch)
        paths = [self.home.root / file.rows for _, files in told for file in files]
        return self.ever_followed(self.engine.read(paths, contract.staging))

    def was_delivered(self, name: str) -> bool:
        """Whether a type was delivered once at least."""
        return bool(deliveries_of(CONTRACTS[name], self.home, self.files.batch))

    def every_delivery(self, name: str) -> Relation:
        """All accepted deliveries of a type up to this batch, with `delivered_at` and `is_first`."""
        told = deliveries_of(CONTRACTS[name], self.home, self.files.batch)
        rows = self.engine.read(
            [self.home.root / file.rows for _, files in told for file in files], CONTRACTS[name].staging
        )
        days = pa.table(
            {
                "batch": pa.array([key for key, _ in told], pa.string()),
                "delivered_at": pa.array([delivered_at(key) for key, _ in told], pa.date32()),
                "is_first": pa.array([rank == 0 for rank in range(len(told))], pa.bool_()),
            }
        )
        return self.ever_followed(rows).join(self.engine.from_arrow(days), on="batch", how="inner")


Rule = Callable[[Inputs], Relation]
"""How a table is computed from what the run has."""
