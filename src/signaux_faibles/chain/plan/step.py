"""A table is data, like a contract: its columns, its rule, and the words that name what each parameter receives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import pyarrow as pa

from signaux_faibles.chain.plan.inputs import Inputs
from signaux_faibles.chain.plan.words import Countable, Word
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import Schema

Rule = Callable[..., Relation | pa.Table]
"""A pure function of what its words read."""


class Stage(Enum):
    """The stages of a run, in order; `--until` names one."""

    STAGING = "staging"
    PERIMETER = "perimeter"
    TABLES = "tables"
    PANEL = "panel"
    SCORE = "score"
    PUBLISH = "publish"

    def reached_by(self, until: Stage) -> bool:
        """Whether a run that stops after `until` does this stage."""
        stages = list(Stage)
        return stages.index(self) <= stages.index(until)


@dataclass(frozen=True, init=False)
class Step:
    """How a table is computed.

    Attributes:
        table: its columns; rule: what computes it.
        inputs: the word of each parameter of the rule.
        rows_of: the parameters that its rows come from. When all are empty, so is the table, and the engine does not
            plan it: an empty wide table takes as long to plan as a full one, on a cluster above all. Nothing if
            rows can come from elsewhere.
        by_company: each row comes from the rows of its company alone, so that the table can be computed by groups of
            companies (`groups.py`).
        joins_as_written: see `Engine.joins_as_written`.
    """

    table: Schema
    rule: Rule
    inputs: dict[str, Word]
    rows_of: tuple[str, ...]
    by_company: bool
    joins_as_written: bool

    def __init__(
        self,
        table: Schema,
        rule: Rule,
        /,
        *,
        rows_of: tuple[str, ...] = (),
        by_company: bool = False,
        joins_as_written: bool = False,
        **inputs: Word,
    ) -> None:
        unknown = sorted(name for name in rows_of if not isinstance(inputs.get(name), Countable))
        if unknown:
            raise ValueError(f"{table.name}: no rows in the inputs {unknown}")
        vars(self).update(
            table=table,
            rule=rule,
            inputs=inputs,
            rows_of=rows_of,
            by_company=by_company,
            joins_as_written=joins_as_written,
        )

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.table.name

    @property
    def rule_path(self) -> str:
        """Where its rule is written: `tables.debts.debit.debt_by_month`."""
        return f"{self.rule.__module__.removeprefix('signaux_faibles.')}.{self.rule.__name__}"

    @property
    def before(self) -> frozenset[str]:
        """The tables that must be computed before."""
        return frozenset(table for word in self.inputs.values() for table in word.tables)

    @property
    def types(self) -> frozenset[str]:
        """The file types that it reads by itself."""
        return frozenset(name for word in self.inputs.values() for name in word.types)

    @property
    def is_dated(self) -> bool:
        """Whether the month of the run changes what it reads, deliveries and tables being equal."""
        return any(word.is_dated for word in self.inputs.values())

    def is_empty(self, inputs: Inputs) -> bool:
        """Whether the table is empty because everything that its rows come from is."""
        sources = [word for name in self.rows_of if isinstance(word := self.inputs[name], Countable)]
        return bool(sources) and not any(word.has_rows(inputs) for word in sources)

    def rows(self, inputs: Inputs) -> Relation:
        """Compute the table, for the companies among which `inputs` reads."""
        if self.is_empty(inputs):
            return inputs.engine.from_arrow(self.table.arrow.empty_table())
        result = self.rule(**{name: word.read(inputs) for name, word in self.inputs.items()})
        return inputs.engine.from_arrow(result) if isinstance(result, pa.Table) else result
