"""Read damaged deliveries of every type and check that the reader keeps its promises (`sf fuzz`).

A case depends only on its seed and number, so `check(seed, number, folder)` reproduces a failure.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import cast

from signaux_faibles.sources.contract import Contract
from signaux_faibles.sources.errors import DeliveryRefused, Reject
from signaux_faibles.sources.proving.mutations import maybe_damaged, mutated, packed
from signaux_faibles.sources.proving.specimens import parquet_specimen, specimen
from signaux_faibles.sources.reading.file_reader import FileReader, Reading
from signaux_faibles.sources.registry import CONTRACTS


@dataclass(frozen=True)
class Failure:
    """A broken promise, and the case that shows it."""

    seed: int
    number: int
    type: str
    promise: str


@dataclass
class Fuzzed:
    """What a round of fuzzing saw.

    Attributes:
        files: files read, each by both ways.
        refused: files refused as a whole.
        records: records read in the others.
        rejects: records refused in them.
    """

    files: int = 0
    refused: int = 0
    records: int = 0
    rejects: int = 0
    failures: list[Failure] = field(default_factory=list)


@dataclass(frozen=True)
class _Outcome:
    """Everything that reading returns: rows, rejects, report; or the sentence of a refusal."""

    rows: tuple[tuple[object, ...], ...] = ()
    rejects: tuple[Reject, ...] = ()
    report: Reading | None = None
    refusal: str = ""


def fuzz(seconds: float, seed: int, report: Callable[[str], None]) -> Fuzzed:
    """Check damaged files for that long; `report` receives one line per failure, and one at the end."""
    result = Fuzzed()
    deadline = time.monotonic() + seconds
    with TemporaryDirectory() as folder:
        while time.monotonic() < deadline:
            failure = check(seed, result.files, Path(folder), result)
            if failure:
                result.failures.append(failure)
                report(f"seed {seed}, case {failure.number} ({failure.type}): {failure.promise}")
            result.files += 1
    report(
        f"{result.files} files, {result.refused} refused, {result.records} records of which {result.rejects} rejected, "
        f"{len(result.failures)} failures"
    )
    return result


def check(seed: int, number: int, folder: Path, result: Fuzzed | None = None) -> Failure | None:
    """Build one case in `folder`, read it both ways, and return the broken promise, if any."""
    contract, path = write_case(seed, number, folder)
    try:
        columnar, exact = (_read(path, contract, exact=exact) for exact in (False, True))
    except Exception as error:  # noqa: BLE001 (any other exception is the failure looked for)
        return Failure(seed, number, contract.name, f"{type(error).__name__} {error}")
    finally:
        path.unlink()
    if result and columnar.report:
        result.records += columnar.report.rows_read
        result.rejects += columnar.report.rows_rejected
    elif result:
        result.refused += 1
    promise = "both ways differ" if columnar != exact else _broken_promise(columnar, contract, path.name)
    return Failure(seed, number, contract.name, promise) if promise else None


def write_case(seed: int, number: int, folder: Path) -> tuple[Contract, Path]:
    """Write the damaged file of a case; return its contract and its path."""
    rng = Random(f"{seed}/{number}")  # noqa: S311 (repeatable on purpose)
    contract = rng.choice(list(CONTRACTS.values()))
    columnar = [name.endswith(".parquet") for name in contract.files.exact]
    if all(columnar) or (rng.random() < 0.2 and any(columnar)):
        content, ending = maybe_damaged(parquet_specimen(contract, rng), rng), ".parquet"
    else:
        plain = _ending(contract, rng)
        made = specimen(contract, rng, as_json=plain == ".json")
        damaged = mutated(made, contract.dialect.separator, rng)
        content, archive = packed(damaged, rng, plain)
        ending = plain + archive
    path = folder / f"{contract.name}{ending}"
    path.write_bytes(content)
    return contract, path


def _ending(contract: Contract, rng: Random) -> str:
    if contract.cells is None:
        portal = any(name.endswith(".json") for name in contract.files.exact)
        return ".json" if portal and rng.random() < 0.5 else ".csv"
    return ".json" if contract.cells.path else ".xml"


def _read(path: Path, contract: Contract, *, exact: bool) -> _Outcome:
    reader = FileReader(path, contract, exact=exact)
    rows: list[tuple[object, ...]] = []
    rejects: list[Reject] = []
    try:
        for chunk in reader.chunks():
            rows.extend(tuple(row.values()) for row in chunk.rows.to_pylist())
            rejects.extend(chunk.rejects)
    except DeliveryRefused as refusal:
        return _Outcome(refusal=str(refusal))
    return _Outcome(tuple(rows), tuple(rejects), reader.report)


def _broken_promise(outcome: _Outcome, contract: Contract, file: str) -> str | None:
    report = outcome.report
    if report is None:
        return None if outcome.refusal.startswith(file) else f"the refusal does not name the file: {outcome.refusal}"
    lines = [reject.line for reject in outcome.rejects]
    row_lines = [cast(int, line) for line, *_ in outcome.rows]
    promises = {
        "a record is not counted once": report.rows_read
        == report.rows_kept + report.rows_rejected + report.rows_skipped,
        "rejects are not counted": report.rows_rejected == len(lines),
        "rejects are not reported once each, in the order of the file": lines == sorted(set(lines)),
        "a reject has no reason": all(reject.reason for reject in outcome.rejects),
        "rows are not in the order of the file": row_lines == sorted(row_lines),
        "rows written are not counted": report.rows_written == len(outcome.rows),
        "a record kept gives no row": contract.unfolds or report.rows_written == report.rows_kept,
    }
    return next((promise for promise, holds in promises.items() if not holds), None)
