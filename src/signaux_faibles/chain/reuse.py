"""A table that would be the same is taken from an earlier snapshot instead of being computed again.

The mark of a table is made of all that it depends on: its rule and all the code, the deliveries of the types that its
step names, and the tables that it names, by what their files hold. When a file is corrected on the night of a delivery,
only the tables that it changes, and those made from them, are computed again.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from signaux_faibles.chain.code_mark import COMPUTING, code_mark, mark_of
from signaux_faibles.chain.intake.deliveries import Deliveries
from signaux_faibles.chain.intake.staging import StagedFile
from signaux_faibles.chain.options import RunOptions
from signaux_faibles.chain.plan.plan import STAGE_OF
from signaux_faibles.chain.plan.step import Stage, Step
from signaux_faibles.relations.files import has_digest, seal, sealed_digest
from signaux_faibles.snapshot.publication import built


@dataclass
class Reuse:
    """What the tables being built can take from the finished snapshots of the home.

    Attributes:
        tables: the folder of the tables being built, each sealed once it is whole.
    """

    options: RunOptions
    deliveries: Deliveries
    as_of: date
    tables: Path

    @cached_property
    def _found(self) -> dict[str, list[tuple[Path, str]]]:
        """By mark, the tables of the finished snapshots and their digests, the last built first."""
        by_mark: dict[str, list[tuple[Path, str]]] = {}
        for manifest in reversed(built(self.deliveries.home)):
            folder = self.deliveries.home.snapshots / manifest.id / "tables"
            for name, entry in manifest.tables.items():
                if entry.mark:
                    by_mark.setdefault(entry.mark, []).append((folder / f"{name}.parquet", entry.sha256))
        return by_mark

    def take(self, step: Step) -> bool:
        """Link the table of a step from a finished snapshot, if one has it whole; scores are always computed.

        The tables that the step names must be there.
        """
        if STAGE_OF[step.name] is Stage.SCORE:
            return False
        for file, digest in self._found.get(self.mark(step), []):
            if has_digest(file, digest):
                taken = self.tables / file.name
                taken.unlink(missing_ok=True)
                os.link(file, taken)
                seal(taken, digest)
                return True
        return False

    def ready(self, step: Step) -> bool:
        """Whether every table that a step names is there."""
        return all(self._digest(name) for name in step.before)

    def mark(self, step: Step) -> str:
        """The mark of what the table of a step is made from; the tables that it names must be there."""
        options, files = self.options, self.deliveries.current
        depends = {
            "table": step.name,
            "code": code_mark(COMPUTING),
            "engine": options.engine,
            "filtered": options.filtered,
            "fictitious": files.fictitious,
            "tables": {name: self._digest(name) for name in sorted(step.before)},
            "types": {name: self._delivered(name) for name in sorted(step.types)},
            "month": [files.batch, self.as_of.isoformat()] if step.is_dated else None,
        }
        return mark_of(depends)

    def _digest(self, name: str) -> str | None:
        return sealed_digest(self.tables / f"{name}.parquet")

    def _delivered(self, name: str) -> list[Any]:
        history = [(batch, list(map(_content, files))) for batch, files in self.deliveries.history(name)]
        return [history, list(map(_content, self.deliveries.latest(name)))]


def _content(file: StagedFile) -> tuple[str, ...]:
    return file.batch, file.file, file.rows, file.rows_sha256, file.rejects_sha256
