"""Rows of the panel in memory, one array per column: what learning and scoring read."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from signaux_faibles.detection.features.variables import Flags
from signaux_faibles.panel.build import FIRST_MONTH
from signaux_faibles.panel.label import labels
from signaux_faibles.panel.peers import PEER_FEATURES, among_peers
from signaux_faibles.panel.population import listed
from signaux_faibles.panel.procedures import openings
from signaux_faibles.panel.schema import LABELS, PANEL
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Engine, Relation
from signaux_faibles.relations.helpers import month_index
from signaux_faibles.relations.months import index_of
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.tables.procedures.procol import KNOWN_PROCOL

PROCEDURE_ASSUMED = Field("procedure_assumed", Kind.REAL, "share of the openings known whose date is assumed")
ALREADY_OPEN = Field("already_open", Kind.BOOLEAN, "not at risk, by what is known today")
SCORED = Schema("scored", (*PANEL.fields, *PEER_FEATURES), PANEL.sort, "the panel with ranks among peers")
LEARNING = Schema(
    "learning",
    (*SCORED.fields, *LABELS.fields[2:], ALREADY_OPEN, PROCEDURE_ASSUMED),
    PANEL.sort,
    "the same with its labels",
)


@dataclass(frozen=True)
class PanelRows:
    """Rows of the panel: numbers as reals, NaN if unknown, texts as objects, months as indexes."""

    columns: dict[str, npt.NDArray[Any]]

    @classmethod
    def of(cls, table: pa.Table) -> PanelRows:
        """Read an Arrow table."""
        columns = {name: _array(table.column(name)) for name in table.column_names}
        columns["month"] = np.array([index_of(day) for day in table.column("periode").to_pylist()], dtype=np.int64)
        return cls(columns)

    def __len__(self) -> int:
        return len(self.columns["siren"])

    @property
    def sirens(self) -> npt.NDArray[Any]:
        """The company of each row."""
        return self.columns["siren"]

    def where(self, condition: Flags) -> PanelRows:
        """The rows that a condition holds for."""
        return PanelRows({name: values[condition] for name, values in self.columns.items()})

    def of_months(self, months: Collection[int]) -> PanelRows:
        """The rows of some months."""
        return self.where(np.isin(self.columns["month"], list(months)))

    @property
    def learnable(self) -> PanelRows:
        """The rows whose outcome was still to come: what is learned from, calibrated on and counted as detected."""
        return self.where(self.columns["already_open"] == 0.0)

    def target(self, horizon: int) -> Flags:
        """Whether a procedure opened within the horizon; false where the label is unknown."""
        return np.asarray(self.columns[f"target_{horizon}"] == 1.0)


def learning_rows(tables: Path, as_of: date, months: Collection[int]) -> PanelRows:
    """The rows that a list of each of these months would have held, with their labels.

    The population is that of `scoring_rows`, chosen with what was known at the month. `already_open` marks the rows
    that we now know were not at risk: a procedure was open or just over, and nobody knew it yet. A list holds them,
    though an alert on them is useless. Their target is unknown, and nothing is learned from them.

    Args:
        tables: the folder of the tables of a snapshot.
        as_of: the reference date of the snapshot.
        months: indexes.
    """
    with tempfile.TemporaryDirectory() as scratch, open_engine("duckdb", scratch=Path(scratch)) as engine:
        panel = engine.read([tables / "panel.parquet"], PANEL)
        events = engine.read([tables / "known_procol.parquet"], KNOWN_PROCOL)
        calendar = _calendar(engine, as_of)
        of_months = panel.filter(month_index(nw.col("periode")).is_in(sorted(months)))
        of_lists = listed(of_months, events, calendar)
        outcomes = labels(of_lists, events, calendar, as_of).with_columns(already_open=~nw.col("at_risk"))
        labelled = among_peers(of_lists).join(outcomes, on=["siren", "periode"], how="inner")
        return PanelRows.of(engine.collect(labelled.join(_assumed_openings(events), on="siren", how="left"), LEARNING))


def scoring_rows(tables: Path, month: date) -> PanelRows:
    """The companies that a list of a month holds (`listed`), with what is known at its end and ranks among them."""
    with tempfile.TemporaryDirectory() as scratch, open_engine("duckdb", scratch=Path(scratch)) as engine:
        panel = engine.read([tables / "panel.parquet"], PANEL)
        events = engine.read([tables / "known_procol.parquet"], KNOWN_PROCOL)
        of_month = panel.filter(nw.col("periode") == nw.lit(month))
        ranked = among_peers(listed(of_month, events, _calendar(engine, month)))
        return PanelRows.of(engine.collect(ranked, SCORED))


def months_of_the_panel(tables: Path) -> tuple[int, int]:
    """The indexes of the first and of the last month of the panel."""
    with tempfile.TemporaryDirectory() as scratch, open_engine("duckdb", scratch=Path(scratch)) as engine:
        panel = engine.read([tables / "panel.parquet"], PANEL)
        ends = nw.concat([panel.select(periode=nw.col("periode").min()), panel.select(periode=nw.col("periode").max())])
        bounds = Schema("bounds", (PANEL.fields[1],), ("periode",))
        first, last = engine.collect(ends, bounds).column("periode").to_pylist()
        return index_of(first), index_of(last)


def _assumed_openings(events: Relation) -> Relation:
    """For each company with a procedure, the share of its openings whose date of knowledge is assumed."""
    flag = nw.when(nw.col("known_at_assumed")).then(nw.lit(1.0)).otherwise(nw.lit(0.0))
    return openings(events).with_columns(flag_=flag).group_by("siren").agg(procedure_assumed=nw.col("flag_").mean())


def _calendar(engine: Engine, as_of: date) -> Calendar:
    return Calendar.between(engine, FIRST_MONTH, as_of)


def _array(column: pa.ChunkedArray) -> npt.NDArray[Any]:
    if pa.types.is_string(column.type) or pa.types.is_date(column.type):
        return np.array(column.to_pylist(), dtype=object)
    return np.asarray(column.cast(pa.float64()).to_numpy(), dtype=np.float64)
