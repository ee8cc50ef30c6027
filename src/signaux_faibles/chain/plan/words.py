"""The words with which a step names its inputs: each says what it reads, and whether it has any row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, runtime_checkable

import pyarrow as pa

from signaux_faibles.chain.plan.inputs import Among, Inputs
from signaux_faibles.detection.scoring.scores import Promoted, promoted_model
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import Schema
from signaux_faibles.sources.registry import CONTRACTS
from signaux_faibles.wording.french import month_label

OF = {Among.EVERYONE: "", Among.PERIMETER: ", du périmètre", Among.EVER_FOLLOWED: ", des entreprises suivies un jour"}


class Word(Protocol):
    """What one parameter of a rule receives."""

    @property
    def tables(self) -> tuple[str, ...]:
        """Tables that must be computed before."""

    @property
    def types(self) -> tuple[str, ...]:
        """File types that are read."""

    @property
    def is_dated(self) -> bool:
        """Whether it depends on the month of the run, besides these tables and types."""

    def read(self, inputs: Inputs) -> Any:
        """What the parameter receives."""


@runtime_checkable
class Countable(Word, Protocol):
    """A word that can say, without being read, whether it has any row."""

    def has_rows(self, inputs: Inputs) -> bool:
        """Whether it holds any."""


@dataclass(frozen=True)
class Of:
    """A table computed before.

    Attributes:
        whole: rows of every company, even where the step is computed by groups of companies.
    """

    table: Schema
    of: Among = Among.EVERYONE
    whole: bool = False
    types = ()
    is_dated = False

    @property
    def tables(self) -> tuple[str, ...]:
        """The table, and the one that says who is kept."""
        return (self.table.name, *self.of.tables)

    def read(self, inputs: Inputs) -> Relation:
        """Its rows."""
        rows = inputs.whole_table(self.table.name) if self.whole else inputs.table(self.table.name)
        return inputs.of(self.of, rows)

    def has_rows(self, inputs: Inputs) -> bool:
        """Whether the table has any."""
        return inputs.rows_of(self.table.name) > 0

    def __str__(self) -> str:
        """For the lineage."""
        return f"table {self.table.name}{OF[self.of]}"


@dataclass(frozen=True)
class Companies:
    """The companies to show: those of the perimeter, or all those of some types when the run is not filtered."""

    types: tuple[str, ...]
    tables = ("clean_filter",)
    is_dated = False

    def read(self, inputs: Inputs) -> Relation:
        """One column, siren."""
        return inputs.companies(self.types)

    def __str__(self) -> str:
        """For the lineage."""
        return "entreprises du périmètre"


@dataclass(frozen=True)
class Value:
    """What a run knows without reading a delivery: a reference table, months, a date, a lag, a model.

    Attributes:
        types: those whose deliveries change it.
        is_dated: see `Word`; false for what the code alone says.
    """

    name: str
    give: Callable[[Inputs], Any]
    tables: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    is_dated: bool = True

    def read(self, inputs: Inputs) -> Any:
        """The value."""
        return self.give(inputs)

    def __str__(self) -> str:
        """For the lineage."""
        return self.name


AS_OF = Value("date de référence", lambda inputs: inputs.as_of)


def reference(name: str) -> Value:
    """A reference table shipped with the package."""
    return Value(f"référence {name}", lambda inputs: inputs.reference(name), is_dated=False)


def months(first: date, ahead: int = 0) -> Value:
    """The months from `first` to the month of the reference date, or `ahead` months later."""

    def calendar(inputs: Inputs) -> Calendar:
        return inputs.calendar(first, ahead)

    return Value(f"mois depuis {month_label(first)}", calendar)


def months_described(first: date, name: str) -> Value:
    """The months from `first` to that of the last fact that a type delivered."""

    def calendar(inputs: Inputs) -> Calendar:
        return inputs.months_described(first, name)

    return Value(f"mois depuis {month_label(first)} que {name} décrit", calendar, types=(name,))


def months_covered(name: str, start: str, end: str) -> Value:
    """The months that the periods of a type cover in its last delivery, whatever the year."""

    def calendar(inputs: Inputs) -> Calendar:
        return inputs.months_covered(name, start, end)

    return Value(f"mois couverts par {name}", calendar, types=(name,))


def lag_of(name: str) -> Value:
    """The documented lag of a type between a fact and its delivery, in days."""
    return Value(f"délai de {name}", lambda _: CONTRACTS[name].known_at.lag_days, is_dated=False)


def extraction_of(name: str) -> Value:
    """The calendar by which the owner of a type extracts it."""
    return Value(f"calendrier des extractions de {name}", lambda _: CONTRACTS[name].known_at.extraction, is_dated=False)


def constant(name: str, rows: Callable[[], pa.Table]) -> Value:
    """A small table that the code holds."""
    return Value(name, lambda inputs: inputs.engine.from_arrow(rows()), is_dated=False)


def last_delivered_at(name: str) -> Value:
    """The day by which the last delivery of a type is known; the reference date when there is none."""

    def day(inputs: Inputs) -> date:
        return inputs.last_delivered_at(name)

    return Value(f"jour de la dernière livraison de {name}", day, types=(name,))


def folder_of(*tables: Schema) -> Value:
    """The folder of the tables already computed, for a rule that reads some of them by itself."""
    return Value("dossier des tables", lambda inputs: inputs.tables, tuple(table.name for table in tables))


def model() -> Value:
    """The promoted model; None when there is none."""

    def promoted(inputs: Inputs) -> Promoted | None:
        return promoted_model(inputs.deliveries.home, fictitious=inputs.deliveries.current.fictitious)

    return Value("modèle promu", promoted)
