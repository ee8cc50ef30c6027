"""What the reader makes of a delivery written otherwise: the same rows, rejects with their reason, or a refusal."""

from __future__ import annotations

import re
from pathlib import Path

from signaux_faibles.sources.errors import DeliveryRefused
from sources.delivered import Outcome, read_file

SAME = "same rows"
OF_THE_FILE = ("line", "document")
"""What says where a row stands, and not what it is."""


def rows_of(outcome: Outcome) -> list[dict[str, object]]:
    """The rows of a reading, wherever they stand."""
    return [{name: value for name, value in row.items() if name not in OF_THE_FILE} for row in outcome.rows]


def verdict(folder: Path, kind: str, name: str, content: bytes, usual: list[dict[str, object]]) -> str:
    """What became of a delivery beside the usual reading of it, in one line.

    A reading that loses or changes a value without a reject says which: no test expects that by chance.
    """
    path = folder / name
    path.write_bytes(content)
    try:
        outcome = read_file(path, kind)
    except DeliveryRefused as refusal:
        whole = re.fullmatch(r".+ : .+\. .+\.", str(refusal), re.DOTALL)
        return f"refused: {refusal}" if whole else f"refused without saying what to do: {refusal}"
    report = outcome.report
    counted = {**report.skipped, **report.doubts, **report.unknowns}
    said = [f"{reason} × {count}" for reason, count in counted.items()]
    said += report.warnings
    found = rows_of(outcome)
    if outcome.rejects:
        said.append(f"{len(outcome.rejects)} rejected: {outcome.reasons[0]}")
    elif found != usual:
        said.append(f"changed: {changes(found, usual)}")
    return " ; ".join([SAME, *said] if found == usual else said)


def changes(found: list[dict[str, object]], usual: list[dict[str, object]]) -> str:
    """How many rows, and the first values that differ."""
    if len(found) != len(usual):
        return f"{len(found)} rows for {len(usual)}"
    pairs = zip(found, usual, strict=True)
    other = {
        f"{name} {row[name]!r} for {reported[name]!r}": None
        for row, reported in pairs
        for name in row
        if row[name] != reported[name]
    }
    return ", ".join(list(other)[:3])
