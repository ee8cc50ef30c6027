"""The words for what the types delivered: the last delivery, those in force, all of them, what was rejected."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from signaux_faibles.chain.plan.inputs import Among, Inputs
from signaux_faibles.chain.plan.words import OF
from signaux_faibles.relations.engine import Relation
from signaux_faibles.sources.registry import CONTRACTS


@dataclass(frozen=True)
class Delivered(ABC):
    """What a type delivered: one of `Latest`, `InForce`, `History`, or `revisions.Revisions`."""

    type: str
    of: Among = Among.EVERYONE
    is_dated = False

    @property
    def tables(self) -> tuple[str, ...]:
        """The table that says who is kept."""
        return self.of.tables

    @property
    def types(self) -> tuple[str, ...]:
        """The type."""
        return (self.type,)

    @abstractmethod
    def read(self, inputs: Inputs) -> Relation:
        """Its rows, in the columns of staging."""

    def present(self, inputs: Inputs) -> bool:
        """Whether the type was delivered once at least."""
        return bool(inputs.deliveries.history(self.type))

    def has_rows(self, inputs: Inputs) -> bool:
        """Whether any delivery of the type has a row."""
        files = [file for _, files in inputs.deliveries.history(self.type) for file in files]
        return any(file.report["rows_written"] for file in files)

    def __str__(self) -> str:
        """For the lineage and for a failure."""
        return f"{VERBS[type(self)]} {self.type}{OF[self.of]}"


class Latest(Delivered):
    """The last accepted delivery of a type."""

    def read(self, inputs: Inputs) -> Relation:
        """Its rows; none when it was never delivered."""
        return inputs.delivered(self.of, inputs.staged(self.type, inputs.deliveries.latest(self.type)))

    def present(self, inputs: Inputs) -> bool:
        """Whether this batch delivers the type, or takes it over."""
        return bool(inputs.deliveries.latest(self.type))


class InForce(Delivered):
    """What a type says now: its last delivery, or all of them if each adds to those before."""

    def read(self, inputs: Inputs) -> Relation:
        """Its rows."""
        deliveries = inputs.deliveries.in_force(CONTRACTS[self.type])
        return inputs.delivered(self.of, inputs.staged(self.type, [file for _, files in deliveries for file in files]))


class History(Delivered):
    """All accepted deliveries of a type up to this batch, with `delivered_at` and `is_first`."""

    def read(self, inputs: Inputs) -> Relation:
        """Their rows."""
        return inputs.history(self.type, self.of)


VERBS = {Latest: "dernière livraison de", InForce: "livraisons en vigueur de", History: "toutes les livraisons de"}


@dataclass(frozen=True)
class Rejects:
    """The rejected records, still in force, of some types."""

    types: tuple[str, ...]
    of: Among = Among.EVERYONE
    is_dated = False

    @property
    def tables(self) -> tuple[str, ...]:
        """The table that says who is kept."""
        return self.of.tables

    def read(self, inputs: Inputs) -> Relation:
        """siren (NULL where the record is too damaged), id (of a notice of BODACC), motif, batch, file, line."""
        return inputs.of(self.of, inputs.rejects(self.types))

    def has_rows(self, inputs: Inputs) -> bool:
        """Whether a record of these types was rejected."""
        deliveries = [inputs.deliveries.in_force(CONTRACTS[name]) for name in self.types]
        files = [file for of_type in deliveries for _, files in of_type for file in files]
        return any(file.report["rows_rejected"] for file in files)

    def __str__(self) -> str:
        """For the lineage."""
        return f"rejets de {', '.join(self.types)}{OF[self.of]}"


@dataclass(frozen=True)
class IfDelivered:
    """What a word reads, or None when its type was never delivered: planning hundreds of empty columns is slow."""

    word: Delivered
    is_dated = False

    @property
    def tables(self) -> tuple[str, ...]:
        """Those of the word."""
        return self.word.tables

    @property
    def types(self) -> tuple[str, ...]:
        """Those of the word."""
        return self.word.types

    def read(self, inputs: Inputs) -> Relation | None:
        """The rows, or None."""
        return self.word.read(inputs) if self.word.present(inputs) else None

    def has_rows(self, inputs: Inputs) -> bool:
        """Whether the word has any row."""
        return self.word.has_rows(inputs)

    def __str__(self) -> str:
        """For the lineage."""
        return f"{self.word}, s'il est livré"
