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
from signaux_faibles.panel.label import labels, months_apart
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
LEARNING = Schema(
    "learning", (*PANEL.fields, *LABELS.fields[2:], PROCEDURE_ASSUMED), PANEL.sort, "the panel with its labels"
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

    def target(self, horizon: int) -> Flags:
        """Whether a procedure opened within the horizon; meaningful only for rows whose label is known."""
        return np.asarray(self.columns[f"target_{horizon}"] == 1.0)


def learning_rows(tables: Path, as_of: date, months: Collection[int]) -> PanelRows:
    """The rows of some months that are in bonis and at risk, with their labels.

    In bonis is judged with what was known at the month, as when a list is made; at risk, with what is known today: when
    a procedure had been opened but was not known yet, there was nothing left to predict.

    Args:
        tables: the folder of the tables of a snapshot.
        as_of: the reference date of the snapshot.
        months: indexes.
    """
    with tempfile.TemporaryDirectory() as scratch, open_engine("duckdb", scratch=Path(scratch)) as engine:
        panel = engine.read([tables / "panel.parquet"], PANEL)
        wanted = panel.filter(nw.col("in_bonis") & month_index(nw.col("periode")).is_in(sorted(months)))
        events = engine.read([tables / "known_procol.parquet"], KNOWN_PROCOL)
        outcomes = labels(wanted, events, _calendar(engine, as_of), as_of)
        at_risk = wanted.join(outcomes, on=["siren", "periode"], how="inner").filter(nw.col("at_risk"))
        return PanelRows.of(engine.collect(at_risk.join(_assumed_openings(events), on="siren", how="left"), LEARNING))


def scoring_rows(tables: Path, month: date) -> PanelRows:
    """The companies of the perimeter that are in bonis and at risk at a month, with what is known at its end.

    As in learning, a company that left a procedure less than a year ago is not at risk (model §2.8 T3).
    """
    with tempfile.TemporaryDirectory() as scratch, open_engine("duckdb", scratch=Path(scratch)) as engine:
        panel = engine.read([tables / "panel.parquet"], PANEL)
        wanted = panel.filter((nw.col("periode") == nw.lit(month)) & nw.col("in_bonis"))
        events = engine.read([tables / "known_procol.parquet"], KNOWN_PROCOL)
        apart = months_apart(events, _calendar(engine, month), as_known=True)
        return PanelRows.of(engine.collect(wanted.join(apart, on=["siren", "periode"], how="anti"), PANEL))


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
