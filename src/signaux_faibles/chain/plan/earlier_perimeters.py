"""What the perimeter was at the batch before: the ledger goes on from one batch to the next.

Each batch leaves the next one what its rules read, and the ledger so far; both follow from what was delivered so far.
They are kept in `perimeters/`, under a mark of all that they depend on, so that a batch run again with other files or
other code has another mark. What is missing is computed again from the staged files, the oldest batch first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from signaux_faibles.chain.code_mark import code_mark, marks_in_turn
from signaux_faibles.chain.intake.deliveries import Deliveries
from signaux_faibles.chain.plan.inputs import Inputs
from signaux_faibles.perimeter.ledger import PERIMETER_LEDGER, EarlierPerimeter, Judge, perimeter_ledger
from signaux_faibles.perimeter.perimeter import CANDIDATES, requested_or_candidates
from signaux_faibles.perimeter.rules import PerimeterRules, rules_of
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.files import is_sealed, seal
from signaux_faibles.sources.batch import batch_month, delivered_at

READ = ("filter", "effectif_ent", "sirene_ul", "sirene")
"""The types that the rules of the perimeter read."""
MARK = ("relations", "perimeter")


@dataclass(frozen=True)
class EarlierPerimeters:
    """The word for what the batch before leaves: an `EarlierPerimeter`, or None for the first batch."""

    tables = ()
    types = READ
    is_dated = True

    def read(self, inputs: Inputs) -> EarlierPerimeter | None:
        """Find what was kept; compute what is missing and keep it."""
        return past(inputs)

    def __str__(self) -> str:
        """For the lineage."""
        return "périmètres des lots antérieurs"


@dataclass(frozen=True)
class _LeftPerimeter:
    """Where a batch keeps what it leaves, and the batches accepted up to it."""

    folder: Path
    deliveries: Deliveries

    @property
    def candidates(self) -> Path:
        return self.folder / "candidates.parquet"

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger.parquet"

    @property
    def whole(self) -> bool:
        """Whether all that the batch leaves still is what was written."""
        return is_sealed(self.candidates) and is_sealed(self.ledger)


def judge_of(inputs: Inputs) -> Judge:
    """What the current batch is judged by."""
    files = inputs.deliveries.current
    rules, listed = rules_of(batch_month(files.batch)), bool(inputs.deliveries.latest("filter"))
    return Judge(files.batch, delivered_at(files.batch), rules, listed)


def past(inputs: Inputs) -> EarlierPerimeter | None:
    """What the batch before the current one leaves to it."""
    perimeters = _earlier(inputs.deliveries)
    if not perimeters:
        return None
    whole = next((place for place in reversed(range(len(perimeters))) if perimeters[place].whole), -1)
    for place in range(whole + 1, len(perimeters)):
        _keep(perimeters[place], perimeters[place - 1] if place else None, inputs)
    return _left_by(perimeters[-1], inputs)


def _earlier(deliveries: Deliveries) -> list[_LeftPerimeter]:
    """The batches before the current one, the oldest first, and where each keeps what it leaves."""
    batches = list(deliveries.batches)[:-1]
    accepted = [
        Deliveries(deliveries.home, {one: deliveries.batches[one] for one in batches[: place + 1]})
        for place in range(len(batches))
    ]
    marks = marks_in_turn(map(_depends, accepted))
    folders = (deliveries.home.perimeters / f"{batch}-{mark}" for batch, mark in zip(batches, marks, strict=True))
    return [_LeftPerimeter(folder, up_to) for folder, up_to in zip(folders, accepted, strict=True)]


def _depends(up_to: Deliveries) -> dict[str, Any]:
    return {"files": {name: [file.rows for file in up_to.latest(name)] for name in READ}, "code": code_mark(MARK)}


def _keep(one: _LeftPerimeter, before: _LeftPerimeter | None, inputs: Inputs) -> None:
    """Compute what a batch leaves, after the batch before it."""
    of_batch = replace(inputs, deliveries=one.deliveries)
    judge = judge_of(of_batch)
    one.folder.mkdir(parents=True, exist_ok=True)
    inputs.engine.write(_candidates(of_batch, judge.rules), CANDIDATES, one.candidates)
    seal(one.candidates)
    described = inputs.engine.read([one.candidates], CANDIDATES)
    ledger = perimeter_ledger(described, judge, _left_by(before, of_batch) if before else None)
    inputs.engine.write(ledger, PERIMETER_LEDGER, one.ledger)
    seal(one.ledger)


def _left_by(one: _LeftPerimeter, inputs: Inputs) -> EarlierPerimeter:
    """What a batch leaves to the one that follows, the current one of `inputs`."""
    before, now = judge_of(replace(inputs, deliveries=one.deliveries)), judge_of(inputs)
    return EarlierPerimeter(
        inputs.engine.read([one.ledger], PERIMETER_LEDGER),
        inputs.engine.read([one.candidates], CANDIDATES),
        before,
        _candidates(inputs, before.rules) if before.rules != now.rules else None,
    )


def _candidates(inputs: Inputs, rules: PerimeterRules) -> Relation:
    """What some rules read about the companies of the current batch."""
    listed = inputs.deliveries.latest("filter")
    requested = inputs.staged("filter", listed) if listed else None
    effectif_ent, sirene_ul, sirene = (inputs.staged(name, inputs.deliveries.latest(name)) for name in READ[1:])
    return requested_or_candidates(requested, effectif_ent, sirene_ul, sirene, rules)
