"""A snapshot being built in `work/<id>`, then moved to its place; after a kill, the next run goes on with it.

The id is made of all that the snapshot depends on: `<batch>-<data>`, then `-<model>` when a model scores it. Each table
is written whole or not at all; the manifest comes last and makes the snapshot complete.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from signaux_faibles.chain.code_mark import COMPUTING, code_mark, mark_of
from signaux_faibles.chain.errors import RunStopped, TableFailed
from signaux_faibles.chain.events import Announce, RunEvent, WorkKind
from signaux_faibles.chain.intake.deliveries import Deliveries
from signaux_faibles.chain.machine_limits import limit_reached
from signaux_faibles.chain.options import RunOptions
from signaux_faibles.chain.plan.groups import write_table
from signaux_faibles.chain.plan.inputs import Inputs
from signaux_faibles.chain.plan.lineage import types_behind
from signaux_faibles.chain.plan.plan import PLAN, SCHEMAS, STAGE_OF
from signaux_faibles.chain.plan.step import Step
from signaux_faibles.chain.reuse import Reuse
from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.learning.archive import promoted
from signaux_faibles.home.home import READ_BY_PAGES
from signaux_faibles.home.manifest import FILE, Manifest, SourceFreshness, TableEntry, describe
from signaux_faibles.relations.files import (
    flush,
    is_sealed,
    known_sha256,
    remove_drafts,
    remove_seals,
    seal,
    sealed_digest,
)
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.snapshot.serving import build_companies, build_search, build_serving, register_in_order
from signaux_faibles.sources.batch import delivered_at
from signaux_faibles.sources.registry import CONTRACTS


class Build:
    """A snapshot being built from the batches accepted up to one."""

    def __init__(self, options: RunOptions, deliveries: Deliveries, announce: Announce) -> None:
        self._options, self._deliveries, self._announce = options, deliveries, announce
        self._home = deliveries.home
        self.as_of = options.as_of or delivered_at(options.batch)
        self._inputs = described_inputs(deliveries)
        self._data = f"{options.batch}-{self._fingerprint()}"
        model = promoted(self._home)
        self.id = f"{self._data}-{hashlib.sha256(model.encode()).hexdigest()[:4]}" if model else self._data
        self._work = self._home.work / self.id
        self._reuse = Reuse(options, deliveries, self.as_of, self._work / "tables")

    @property
    def finished(self) -> bool:
        """Whether the snapshot was finished by an earlier run."""
        return (self._home.snapshots / self.id / FILE).exists()

    def tables(self) -> list[str]:
        """Compute the tables that no earlier run finished, or that are damaged; return the names of the others."""
        folder = self._work / "tables"
        folder.mkdir(parents=True, exist_ok=True)
        steps = [step for step in PLAN if STAGE_OF[step.name].reached_by(self._options.until)]
        finished = {step.name for step in steps if is_sealed(folder / f"{step.name}.parquet")}
        for step in steps:
            if step.name not in finished and self._reuse.ready(step) and self._reuse.take(step):
                finished.add(step.name)
        missing = [step for step in steps if step.name not in finished]
        if missing:
            finished |= self._compute(missing, folder)
        return [step.name for step in steps if step.name in finished]

    def finish(self) -> None:
        """Make the files that pages read, write the manifest, and move the snapshot to its place.

        The tables are hashed, and what pages read is put together by company, while the full-text index, which keeps
        one core busy, is written; but not while its companies are put in order, which takes all the memory there is.

        Raises:
            RunStopped: a table is no longer what was written; the next run computes it again.
        """
        memory = self._options.memory_limit
        self._announce(RunEvent(WorkKind.PAGES))
        build_serving(self._work, memory_limit=memory, threads=self._options.threads)
        self._announce(RunEvent(WorkKind.MANIFEST))
        with (
            register_in_order(self._work, memory_limit=memory, threads=self._options.threads) as companies,
            ThreadPoolExecutor(max_workers=1, thread_name_prefix="search") as aside,
        ):
            search = aside.submit(build_search, self._work, companies)
            tables = self._described()
            build_companies(self._work, memory_limit=memory, threads=self._options.threads)
            search.result()
        self._manifest(tables, {name: known_sha256(self._work / name) for name in READ_BY_PAGES}).write(self._work)
        remove_seals(self._work / "tables")  # the manifest holds them
        remove_drafts(self._work)
        flush(self._work)
        target = self._home.snapshots / self.id
        target.parent.mkdir(exist_ok=True)
        if target.exists():  # without manifest, else it is finished: a pruning was killed, or the manifest was lost
            shutil.rmtree(target)
        os.replace(self._work, target)
        flush(target.parent)

    def _described(self) -> dict[str, TableEntry]:
        folder = self._work / "tables"
        tables = describe(folder, SCHEMAS)
        changed = [name for name, one in tables.items() if one.sha256 != sealed_digest(folder / f"{name}.parquet")]
        if changed:
            raise RunStopped(
                f"{', '.join(changed)} : table abîmée pendant que l'instantané se construisait, qui n'est pas publié. "
                f"Vérifiez le disque, puis relancez sf run {self._options.batch}, qui la recalcule."
            )
        return {step.name: replace(tables[step.name], mark=self._reuse.mark(step)) for step in PLAN}

    def _compute(self, steps: list[Step], folder: Path) -> set[str]:
        """Compute tables; return those that an earlier snapshot had after all, once what they name was computed."""
        options, taken = self._options, set[str]()
        scratch = self._home.work / "scratch"
        scratch.mkdir(parents=True, exist_ok=True)
        try:
            with open_engine(
                options.engine, scratch=scratch, memory_limit=options.memory_limit, threads=options.threads
            ) as engine:
                inputs = Inputs(engine, self._deliveries, folder, self.as_of, options.filtered, SCHEMAS)
                for step in steps:
                    if self._reuse.take(step):
                        taken.add(step.name)
                        continue
                    self._announce(RunEvent(WorkKind.TABLE, step.name))
                    _write(step, inputs, folder / f"{step.name}.parquet")
                    seal(folder / f"{step.name}.parquet")
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        return taken

    def _manifest(self, tables: dict[str, TableEntry], pages: dict[str, str]) -> Manifest:
        options, files = self._options, self._deliveries.current
        return Manifest(
            id=self.id,
            batch=options.batch,
            as_of=self.as_of,
            built_at=datetime.now(UTC).isoformat(timespec="seconds"),
            engine=options.engine,
            fictitious=files.fictitious,
            filtered=options.filtered,
            tables=tables,
            inputs=self._inputs,
            freshness=tuple(
                SourceFreshness(name, entry["batch"], date.fromisoformat(entry["latest"]) if entry["latest"] else None)
                for name, entry in sorted(self._inputs.items())
            ),
            accepted=[asdict(one) for one in files.accepted],
            model=promoted(self._home),
            batches=self._kinds(),
            files=pages,
        )

    def _kinds(self) -> dict[str, bool]:
        """Every batch that the tables depend on, with whether it is invented."""
        return {key: files.fictitious for key, files in self._deliveries.batches.items()}

    def _fingerprint(self) -> str:
        """A mark of all that the tables depend on; the dates at which values became known depend on every batch."""
        history = {
            key: {name: [file.sha256 for file in staged] for name, staged in files.delivered.items()}
            for key, files in self._deliveries.batches.items()
        }
        depends = {
            "inputs": {name: entry["sha256"] for name, entry in self._inputs.items()},
            "history": history,
            "fictitious": self._kinds(),
            "as_of": self.as_of.isoformat(),
            "filtered": self._options.filtered,
            "engine": self._options.engine,
            "accepted": [asdict(one) for one in self._deliveries.current.accepted],
            "code": code_mark(COMPUTING),
        }
        return mark_of(depends)[:10]


def _write(step: Step, inputs: Inputs, file: Path) -> None:
    try:
        write_table(step, inputs, file)
    except (RunStopped, DetectionRefused):
        raise
    except Exception as error:
        if limit_reached(error):
            raise
        words = list(map(str, step.inputs.values()))
        raise TableFailed(step.name, step.rule_path, words, types_behind(step.name), error) from error


def described_inputs(deliveries: Deliveries) -> dict[str, Any]:
    """For each type that has a delivery: its batch, its files and its latest fact."""
    current = deliveries.current
    entries: dict[str, Any] = {}
    for name, contract in CONTRACTS.items():
        staged = deliveries.latest(name)
        if not staged:
            continue
        in_force = [file for _, files in deliveries.in_force(contract) for file in files]
        latest = [file.latest for file in in_force if file.latest]
        entries[name] = {
            "batch": current.batch if name in current.delivered else current.carried[name],
            "files": [file.file for file in staged],
            "sha256": [file.sha256 for file in staged],
            "latest": max(latest) if latest else None,
            "rows": sum(file.report["rows_written"] for file in staged),
        }
    return entries
