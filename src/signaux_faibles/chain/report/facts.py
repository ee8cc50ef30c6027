"""What a run did, as facts, for whoever decides to publish and the colleague they forward it to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import pyarrow.parquet as pq

from signaux_faibles.chain.intake.acceptance import Acceptance
from signaux_faibles.chain.intake.batch_files import BatchFiles
from signaux_faibles.chain.intake.staging import StagedFile
from signaux_faibles.chain.report.accounts import AccountsFacts, accounts_facts
from signaux_faibles.chain.report.model_sources import moved_sources
from signaux_faibles.chain.report.nomenclature import NomenclatureFacts, nomenclature_facts
from signaux_faibles.chain.report.procedures import ProceduresFacts, procedures_facts
from signaux_faibles.chain.report.promises import ListFacts, list_facts
from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import FILE, Manifest
from signaux_faibles.home.published import history, readable_pointer
from signaux_faibles.relations.in_memory import in_memory
from signaux_faibles.relations.months import index_of
from signaux_faibles.snapshot.difference import Difference, difference
from signaux_faibles.sources.batch import batch_month
from signaux_faibles.sources.errors import Reject
from signaux_faibles.sources.registry import CONTRACTS

SHOWN = 20
"""Rejects of a file that are shown; all of them stay in staging."""


class RunState(Enum):
    """How far a run went."""

    PUBLISHED = "publié"
    READY = "prêt, non publié"
    UNFINISHED = "arrêté à la demande"
    REFUSED = "refusé"


@dataclass(frozen=True)
class FileFacts:
    """A file that the batch rests on.

    Attributes:
        batch: the one that delivered it.
        age: months since that batch; 0 for what this one delivered.
        due: whether this batch should have delivered it but did not.
        rejects: the first `SHOWN`, of a file that this batch delivered.
        all_rejects: the Parquet file that holds them all.
    """

    staged: StagedFile
    batch: str
    age: int
    due: bool
    rejects: tuple[Reject, ...]
    all_rejects: Path

    @property
    def threshold(self) -> float:
        """Share of rejects above which the file is refused."""
        return CONTRACTS[self.staged.type].reject_threshold

    def counts(self, kind: str) -> dict[str, int]:
        """Records or values by rule or header: `skipped`, `unknowns`, `doubts`, `apart`."""
        # A file carried over may have been read by a version that did not count its records in this way.
        return dict(self.staged.report.get(kind, {}))


@dataclass(frozen=True)
class RuleCount:
    """How many companies a rule of the perimeter keeps and excludes."""

    rule: str
    kept: int
    excluded: int


@dataclass(frozen=True)
class PerimeterFacts:
    """Why companies are followed or not (import-chain §6.2).

    Attributes:
        studied: companies judged; followed: those that every rule keeps.
        rules: a company may be excluded by several.
    """

    studied: int
    followed: int
    rules: tuple[RuleCount, ...]


@dataclass(frozen=True)
class EndedRun:
    """What a run leaves behind, whether or not it succeeded.

    Attributes:
        command: the one that was typed; command_to_the_end: the same one, until publication.
        until: the last step asked for.
        refusal: the sentence of a run that stopped, and the file that it found full of rejects, if that is why.
    """

    batch: str
    command: str
    command_to_the_end: str
    until: str
    fictitious: bool
    files: BatchFiles | None = None
    snapshot: str | None = None
    manifest: Manifest | None = None
    published: bool = False
    resumed: int = 0
    refusal: str | None = None
    refused_file: StagedFile | None = None

    @property
    def state(self) -> RunState:
        """How far it went."""
        if self.refusal is not None:
            return RunState.REFUSED
        if self.published:
            return RunState.PUBLISHED
        return RunState.READY if self.manifest else RunState.UNFINISHED


@dataclass(frozen=True)
class RunReport:
    """The facts of a run.

    Attributes:
        at: when it ended, ISO, UTC.
        published: the snapshot that readers see now.
        difference: with the snapshot published before; None when there is none to compare.
        lists: the published lists, judged by the procedures that this run published; empty when it published nothing.
        model_sources: how each source of the promoted model has moved, if it has.
    """

    run: EndedRun
    at: str
    home: Path
    published: str | None
    files: tuple[FileFacts, ...]
    accepted: tuple[Acceptance, ...]
    warnings: tuple[str, ...]
    perimeter: PerimeterFacts | None
    nomenclature: NomenclatureFacts | None
    accounts: AccountsFacts | None
    procedures: ProceduresFacts | None
    difference: Difference | None
    lists: tuple[ListFacts, ...] = ()
    model_sources: tuple[str, ...] = ()


def run_report(run: EndedRun, home: Home, at: str) -> RunReport:
    """Gather the facts of a run from what it left in its home."""
    files, tables = run.files, _tables(run, home)
    return RunReport(
        run=run,
        at=at,
        home=home.root.absolute(),
        published=readable_pointer(home),
        files=_files(run, home),
        accepted=tuple(files.accepted) if files else (),
        warnings=tuple(files.warnings) if files else (),
        perimeter=_perimeter(tables),
        nomenclature=nomenclature_facts(tables, run.batch),
        accounts=accounts_facts(tables),
        procedures=procedures_facts(tables),
        difference=_difference(run, home),
        lists=list_facts(home) if run.published else (),
        model_sources=moved_sources(home, run.manifest.model) if run.published and run.manifest else (),
    )


def _files(run: EndedRun, home: Home) -> tuple[FileFacts, ...]:
    if run.files is None:
        return (_delivered(run.refused_file, home),) if run.refused_file else ()
    facts: list[FileFacts] = []
    for name in CONTRACTS:
        facts += [_delivered(staged, home) for staged in run.files.delivered.get(name, [])]
        carried = run.files.carried.get(name)
        if carried:
            facts += _carried(name, run.batch, carried, home)
    return tuple(facts)


def _delivered(staged: StagedFile, home: Home) -> FileFacts:
    place = home.root.absolute() / staged.rejects
    return FileFacts(staged, staged.batch, 0, False, _first_rejects(place), place)


def _carried(name: str, batch: str, carried: str, home: Home) -> list[FileFacts]:
    month, last = batch_month(batch), batch_month(carried)
    age = index_of(month) - index_of(last)
    due = CONTRACTS[name].due.expected_in(month, last)
    delivered = BatchFiles.read(home, carried).delivered[name]
    return [FileFacts(staged, carried, age, due, (), home.root.absolute() / staged.rejects) for staged in delivered]


def _first_rejects(place: Path) -> tuple[Reject, ...]:
    with pq.ParquetFile(place) as file:
        first = next(file.iter_batches(batch_size=SHOWN), None)
    return tuple(Reject(**row) for row in first.to_pylist()) if first is not None else ()


def _tables(run: EndedRun, home: Home) -> Path:
    """Where the tables are, finished or not."""
    return (home.snapshots if run.manifest else home.work) / (run.snapshot or "") / "tables"


def _perimeter(tables: Path) -> PerimeterFacts | None:
    table = tables / "perimeter.parquet"
    if not table.exists():
        return None
    by_rule = (
        "SELECT rule, count(*) FILTER (kept), count(*) FILTER (NOT kept) FROM read_parquet(?) "
        "GROUP BY rule ORDER BY 3 DESC, 1"
    )
    overall = (
        "SELECT count(*), count(*) FILTER (followed) "
        "FROM (SELECT bool_and(kept) AS followed FROM read_parquet(?) GROUP BY siren)"
    )
    with in_memory() as connection:
        rules = connection.execute(by_rule, [str(table)]).fetchall()
        studied, followed = connection.execute(overall, [str(table)]).fetchall()[0]
    return PerimeterFacts(studied, followed, tuple(RuleCount(*row) for row in rules))


def _difference(run: EndedRun, home: Home) -> Difference | None:
    """With the last snapshot published that is not this one, and is still there."""
    if not run.manifest:
        return None
    earlier = (act.snapshot for act in reversed(history(home)) if act.snapshot != run.manifest.id)
    before = next((one for one in earlier if (home.snapshots / one / FILE).exists()), None)
    return difference(home, before, run.manifest.id) if before else None
