"""`sf run`: from the deliveries of a batch to a finished snapshot, resumable at any moment.

A snapshot is built in `work/<id>`, where the id is made of all that it depends on: `<batch>-<data>`, then `-<model>`
when a model scores it. Each table is written whole or not at all, and a run that was killed finds again the tables it
had finished. The manifest comes last; then the folder is moved to `snapshots/`, in one operation.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from signaux_faibles.chain.code_mark import COMPUTING, code_mark
from signaux_faibles.chain.intake.acceptance import Acceptance
from signaux_faibles.chain.intake.deliveries import (
    BatchFiles,
    accept_batch,
    accepted_batches,
    delivered_at,
    standing_deliveries,
)
from signaux_faibles.chain.plan.groups import write_table
from signaux_faibles.chain.plan.inputs import Inputs
from signaux_faibles.chain.plan.spared import is_spared
from signaux_faibles.chain.plan.steps import NEEDED, PLAN, SCHEMAS, Step, TableStep
from signaux_faibles.chain.writing import writing
from signaux_faibles.detection.learning.archive import promoted
from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import FILE, Manifest, SourceFreshness, TableEntry, describe
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.files import flush, remove_drafts
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.snapshot.publication import publish, step_back
from signaux_faibles.snapshot.serving import build_search, build_serving
from signaux_faibles.sources.registry import CONTRACTS

Tell = Callable[[str], None]


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
    until: Step = Step.PUBLISH
    engine: str = "duckdb"
    memory_limit: str = "8GB"
    threads: int = 2
    carry_over: frozenset[str] = frozenset()
    accepted: tuple[Acceptance, ...] = ()


@dataclass
class Outcome:
    """What a run did: the batch, the snapshot if one was finished, and whether it was published."""

    files: BatchFiles
    snapshot: str | None = None
    manifest: Manifest | None = None
    published: bool = False
    resumed: list[str] = field(default_factory=list)


def run(options: RunOptions, home: Home, tell: Tell = lambda _: None) -> Outcome:
    """Run a batch up to `options.until`.

    Raises:
        RunStopped: a sentence says why and how to mend it; the published snapshot is untouched.
    """
    with writing(home):
        files = accept_batch(
            options.batch,
            options.deliveries,
            home,
            CONTRACTS,
            needed=NEEDED if options.filtered else (),
            accepted=options.accepted,
            carry_over=set(options.carry_over),
            tell=tell,
        )
        outcome = Outcome(files)
        if options.until is Step.STAGING:
            return outcome
        build = _Build(options, home, files, tell)
        outcome.snapshot = build.id
        if not build.finished:
            outcome.resumed = build.tables()
            if not Step.SCORE.reached_by(options.until):
                return outcome
            build.finish()
        outcome.manifest = Manifest.read(home.snapshots / build.id)
        if options.until is Step.PUBLISH:
            tell("Publication")
            withheld = _withheld(outcome.manifest, home)
            if withheld:
                files.warnings.insert(0, withheld)
            else:
                publish(home, build.id)
                outcome.published = True
        return outcome


def _withheld(manifest: Manifest, home: Home) -> str | None:
    """Why a finished snapshot is not to be published without being named: a sentence, or None."""
    if manifest.filtered and not manifest.tables["clean_filter"].rows:
        return (
            "Aucune entreprise n'entre dans le périmètre : l'instantané n'est pas publié. Vérifiez les effectifs et le "
            f"répertoire ; pour le publier quand même : sf publish --snapshot {manifest.id}."
        )
    return step_back(home, manifest.id)


class _Build:
    """A snapshot being built."""

    def __init__(self, options: RunOptions, home: Home, files: BatchFiles, tell: Tell) -> None:
        self._options, self._home, self._files, self._tell = options, home, files, tell
        self.as_of = options.as_of or delivered_at(options.batch)
        self._inputs = _inputs(files, home)
        self._data = f"{options.batch}-{self._fingerprint()}"
        model = promoted(home)
        self.id = f"{self._data}-{_mark(model)[:4]}" if model else self._data
        self._work = home.work / self.id

    @property
    def finished(self) -> bool:
        """Whether the snapshot was finished by an earlier run."""
        return (self._home.snapshots / self.id / FILE).exists()

    def tables(self) -> list[str]:
        """Compute the tables that are not there yet; the names of those that an earlier run had finished."""
        folder = self._work / "tables"
        folder.mkdir(parents=True, exist_ok=True)
        wanted = [step for step in PLAN if step.step.reached_by(self._options.until)]
        self._link_tables_of_same_data(folder, wanted)
        found = [step.schema.name for step in wanted if (folder / f"{step.schema.name}.parquet").exists()]
        missing = [step for step in wanted if step.schema.name not in found]
        if missing:
            self._compute(missing, folder)
        return found

    def _link_tables_of_same_data(self, folder: Path, steps: list[TableStep]) -> None:
        """Take the tables of a finished snapshot of the same data, where only the model that scores differs."""
        for other in sorted(self._home.snapshots.glob(f"{self._data}*")):
            for step in steps:
                name = f"{step.schema.name}.parquet"
                if step.step is not Step.SCORE and (other / FILE).exists() and not (folder / name).exists():
                    os.link(other / "tables" / name, folder / name)

    def finish(self) -> None:
        """Make the files that pages read, write the manifest, and move the snapshot to its place.

        The tables are hashed while the full-text index, which keeps one core busy, is written.
        """
        memory = self._options.memory_limit
        self._tell("Fichiers de consultation")
        build_serving(self._work, memory_limit=memory, threads=self._options.threads)
        self._tell("Index de recherche et manifeste")
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="search") as aside:
            search = aside.submit(build_search, self._work, memory_limit=memory)
            tables = describe(self._work / "tables", SCHEMAS)
            search.result()
        self._manifest(tables).write(self._work)
        remove_drafts(self._work)
        flush(self._work)
        target = self._home.snapshots / self.id
        target.parent.mkdir(exist_ok=True)
        os.replace(self._work, target)
        flush(target.parent)

    def _compute(self, steps: list[TableStep], folder: Path) -> None:
        options = self._options
        scratch = self._home.work / "scratch"
        scratch.mkdir(parents=True, exist_ok=True)
        try:
            with open_engine(
                options.engine, scratch=scratch, memory_limit=options.memory_limit, threads=options.threads
            ) as engine:
                inputs = Inputs(engine, self._home, self._files, folder, self.as_of, options.filtered, SCHEMAS)
                for step in steps:
                    self._tell(f"Table {step.schema.name}")
                    write_table(partial(_rows, step), step.schema, inputs, folder / f"{step.schema.name}.parquet")
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def _manifest(self, tables: dict[str, TableEntry]) -> Manifest:
        options = self._options
        return Manifest(
            id=self.id,
            batch=options.batch,
            as_of=self.as_of,
            built_at=datetime.now(UTC).isoformat(timespec="seconds"),
            engine=options.engine,
            fictitious=self._files.fictitious,
            filtered=options.filtered,
            tables=tables,
            inputs=self._inputs,
            freshness=tuple(
                SourceFreshness(name, entry["batch"], date.fromisoformat(entry["latest"]) if entry["latest"] else None)
                for name, entry in sorted(self._inputs.items())
            ),
            accepted=[asdict(one) for one in self._files.accepted],
            model=promoted(self._home),
        )

    def _fingerprint(self) -> str:
        depends = {
            "inputs": {name: entry["sha256"] for name, entry in self._inputs.items()},
            "history": _history(self._home, self._options.batch),
            "as_of": self.as_of.isoformat(),
            "filtered": self._options.filtered,
            "engine": self._options.engine,
            "accepted": [asdict(one) for one in self._files.accepted],
            "code": code_mark(COMPUTING),
        }
        return _mark(json.dumps(depends, sort_keys=True))[:10]


def _rows(step: TableStep, inputs: Inputs) -> Relation:
    if is_spared(step.schema.name, inputs):
        return inputs.engine.from_arrow(step.schema.arrow.empty_table())
    return step.rule(inputs)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _inputs(files: BatchFiles, home: Home) -> dict[str, Any]:
    """For each type that has a delivery: its batch, its files and its latest fact."""
    entries: dict[str, Any] = {}
    for name, contract in CONTRACTS.items():
        batch = files.batch if name in files.delivered else files.carried.get(name)
        if batch is None:
            continue
        staged = files.delivered.get(name) or BatchFiles.read(home, batch).delivered[name]
        told = standing_deliveries(contract, home, files.batch)
        latest = [file.latest for _, of_batch in told for file in of_batch if file.latest]
        entries[name] = {
            "batch": batch,
            "files": [file.file for file in staged],
            "sha256": [file.sha256 for file in staged],
            "latest": max(latest) if latest else None,
            "rows": sum(file.report["rows_written"] for file in staged),
        }
    return entries


def _history(home: Home, batch: str) -> dict[str, dict[str, list[str]]]:
    """What each accepted batch delivered: the dates at which values became known depend on all of them."""
    told = {key: BatchFiles.read(home, key).delivered for key in accepted_batches(home, batch)}
    return {
        key: {name: [file.sha256 for file in files] for name, files in types.items()} for key, types in told.items()
    }
