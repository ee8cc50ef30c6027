"""A relation computed at once, for a rule that reads it several times."""

from __future__ import annotations

from itertools import count
from typing import Any, cast

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation

PREFIX = "settled_"
_NUMBERS = count()


def settled(relation: Relation) -> Relation:
    """The same rows, computed now: what follows is planned from them, and not from all that led to them.

    DuckDB binds a relation anew at each operation, from its files on: a rule that reads an intermediate relation in
    several places plans it each time, which takes longer than computing a few rows. The rows are kept until the engine
    `release`s them, in memory or on the disk of the run, so this is for relations smaller than the tables of a rule.
    Spark plans a relation once, when it is written: there, the relation is returned as it is.
    """
    if not relation.implementation.is_duckdb():
        return relation
    native: Any = relation.to_native()
    name = f"{PREFIX}{next(_NUMBERS)}"
    native.create(name)
    return cast(Relation, nw.from_native(native.query("of_settled", f"FROM {name}")))
