"""What each delivery of a type changed: a month costs the same however many months came before it.

Most lines of a delivery repeat those of the delivery before. What each one adds is kept in `changes/<type>/`, under a
mark of all that it depends on, so that a batch run again with other files or other code has another mark. What is
missing or damaged is computed again from the staged files, the oldest batch first.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from signaux_faibles.chain.code_mark import code_mark, marks_in_turn
from signaux_faibles.chain.intake.deliveries import History
from signaux_faibles.chain.intake.staging import StagedFile
from signaux_faibles.chain.plan.delivered import Delivered
from signaux_faibles.chain.plan.groups import company_groups, write_in_groups
from signaux_faibles.chain.plan.inputs import Among, Inputs
from signaux_faibles.relations.company_range import ALL
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.files import is_sealed, seal
from signaux_faibles.relations.repeats import changed
from signaux_faibles.relations.schema import Schema
from signaux_faibles.sources.registry import CONTRACTS

MARK = ("relations",)


@dataclass(frozen=True)
class Revisions(Delivered):
    """All deliveries of a type, with `delivered_at` and `is_first`, less what repeats the delivery before.

    For a rule that reads them through `as_known.changes`, which finds the same versions in both.

    Attributes:
        key, values: those that the rule gives to `as_known.changes`; the key holds a siren.
    """

    of: Among = Among.EVER_FOLLOWED
    key: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)

    def read(self, inputs: Inputs) -> Relation:
        """Their rows, in the columns of staging."""
        deliveries = inputs.deliveries.history(self.type)
        if len(deliveries) < 2:
            return inputs.history(self.type, self.of)
        file = self._changes(deliveries, replace(inputs, among=ALL))  # kept for all, even if a group asks first
        return inputs.delivered(self.of, inputs.dated(inputs.engine.read(file, self._schema), deliveries))

    def __str__(self) -> str:
        """For the lineage."""
        return f"ce que change chaque livraison de {self.type}, des entreprises suivies un jour"

    @property
    def _schema(self) -> Schema:
        staging = CONTRACTS[self.type].staging
        return Schema(f"changes_of_{self.type}", staging.fields, tuple(self.key))

    def _changes(self, deliveries: History, inputs: Inputs) -> list[Path]:
        """What is kept of each delivery, the oldest first; what is missing is computed and kept."""
        files_before: list[Path] = []
        marks = marks_in_turn(self._depends(files) for _, files in deliveries)
        for place, ((batch, files), mark) in enumerate(zip(deliveries, marks, strict=True)):
            file = inputs.deliveries.home.changes / self.type / f"{batch}-{mark}.parquet"
            if not is_sealed(file):
                rows = partial(self._new, files, inputs.engine.read(files_before, self._schema), deliveries[:place])
                write_in_groups(rows, self._schema, company_groups(inputs), inputs, file)
                seal(file)
            files_before.append(file)
        return files_before

    def _new(self, files: list[StagedFile], before: Relation, deliveries: History, inputs: Inputs) -> Relation:
        """What a delivery adds to what was kept of those before it, for some companies."""
        lines = inputs.among.of(inputs.staged(self.type, files))
        earlier = inputs.dated(inputs.among.of(before), deliveries) if deliveries else None
        return changed(lines, earlier, self.key, self.values)

    def _depends(self, files: list[StagedFile]) -> dict[str, Any]:
        return {
            "files": [(file.rows, file.rows_sha256) for file in files],
            "columns": [self.key, self.values],
            "code": code_mark(MARK),
        }
