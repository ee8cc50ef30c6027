"""How to run a batch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from signaux_faibles.chain.intake.acceptance import Acceptance
from signaux_faibles.chain.plan.step import Stage


@dataclass(frozen=True)
class RunOptions:
    """How to run a batch.

    Attributes:
        as_of: the reference date; None is the last day of the month of the batch.
        filtered: False is `--no-filter`.
        memory_limit, threads: what the engine may use.
    """

    batch: str
    deliveries: Path
    as_of: date | None = None
    filtered: bool = True
    until: Stage = Stage.PUBLISH
    engine: str = "duckdb"
    memory_limit: str = "8GB"
    threads: int = 2
    carry_over: frozenset[str] = frozenset()
    accepted: tuple[Acceptance, ...] = ()
