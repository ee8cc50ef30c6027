"""A run that leaves its report in `reports/`, whether it published, stopped or was refused."""

from __future__ import annotations

import shlex
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from signaux_faibles.chain.errors import AlreadyRunning, HomeNotWritable, RunStopped, TableFailed, Unexpected
from signaux_faibles.chain.events import Announce, RunEvent, silent
from signaux_faibles.chain.intake.staging import TooManyRejects
from signaux_faibles.chain.machine_limits import limit_reached
from signaux_faibles.chain.options import RunOptions
from signaux_faibles.chain.plan.step import Stage
from signaux_faibles.chain.report.facts import EndedRun, RunReport, run_report
from signaux_faibles.chain.report.html import as_html
from signaux_faibles.chain.report.text import as_text
from signaux_faibles.chain.report.words import run_page
from signaux_faibles.chain.run import run
from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.home.damage import Damaged
from signaux_faibles.home.home import Home
from signaux_faibles.relations.files import write_text
from signaux_faibles.snapshot.publication import PublicationRefused
from signaux_faibles.sources.discovery import FICTITIOUS_MARK


def reported_run(options: RunOptions, home: Home, announce: Announce = silent) -> RunReport:
    """Run a batch and write its report, which replaces that of an earlier run of the batch.

    Two refused runs write none: the one that finds another at work, whose report will come, and the one whose home
    folder cannot be written.

    Raises:
        RunStopped: as `run`, or because of an unforeseen error; the report is written all the same, and opens with the
            sentence.
    """
    doing = "Avant la lecture"

    def announced(event: RunEvent) -> None:
        nonlocal doing
        doing = str(event)
        announce(event)

    try:
        outcome = _run(options, home, announced)
    except (AlreadyRunning, HomeNotWritable):
        raise
    except Exception as error:
        refusal = _stopped(options, home, doing, error)
        with suppress(OSError):  # a full disk may have no room for the report either
            write_report(run_report(_refused(options, home, refusal), home, _now()))
        if refusal is error:
            raise
        raise refusal from error
    report = run_report(outcome, home, _now())
    write_report(report)
    return report


def _stopped(options: RunOptions, home: Home, doing: str, error: Exception) -> RunStopped:
    """The refusal that whatever stopped a run calls for; the trace of an unforeseen error is kept beside the report."""
    if isinstance(error, TooManyRejects):
        return error
    sentence = limit_reached(error)
    if sentence:
        return RunStopped(sentence)
    if isinstance(error, DetectionRefused | Damaged | PublicationRefused):
        return RunStopped(str(error))
    if isinstance(error, RunStopped) and not isinstance(error, TableFailed):
        return error
    refusal = error if isinstance(error, TableFailed) else Unexpected(doing, error)
    trace = home.reports / f"{options.batch}.erreur.txt"
    try:
        write_text(trace, "".join(traceback.format_exception(error)))
    except OSError:
        return refusal
    return RunStopped(f"{refusal} Détail : {trace}")


def write_report(report: RunReport) -> None:
    """Write `<batch>.html` and `<batch>.txt`, each whole or not at all."""
    page = run_page(report)
    for file, text in zip(report_files(report), (as_html(page), as_text(page)), strict=True):
        write_text(file, text)


def report_files(report: RunReport) -> tuple[Path, Path]:
    """The two files of a report: the page, then the text."""
    folder = Home(report.home).reports
    return folder / f"{report.run.batch}.html", folder / f"{report.run.batch}.txt"


def _run(options: RunOptions, home: Home, announce: Announce) -> EndedRun:
    outcome = run(options, home, announce)
    return EndedRun(
        batch=options.batch,
        command=_command(options, home, options.until),
        command_to_the_end=_command(options, home, Stage.PUBLISH),
        until=options.until.value,
        fictitious=outcome.files.fictitious,
        files=outcome.files,
        snapshot=outcome.snapshot,
        manifest=outcome.manifest,
        published=outcome.published,
        resumed=len(outcome.resumed),
    )


def _refused(options: RunOptions, home: Home, refusal: RunStopped) -> EndedRun:
    return EndedRun(
        batch=options.batch,
        command=_command(options, home, options.until),
        command_to_the_end=_command(options, home, Stage.PUBLISH),
        until=options.until.value,
        fictitious=(options.deliveries / options.batch / FICTITIOUS_MARK).exists(),
        refusal=str(refusal),
        refused_file=refusal.staged if isinstance(refusal, TooManyRejects) else None,
    )


def _command(options: RunOptions, home: Home, until: Stage) -> str:
    """The command of a run, as it can be typed again from any folder."""
    words = ["sf", "run", options.batch, "--deliveries", str(options.deliveries.absolute())]
    words += ["--home", str(home.root.absolute())]
    words += [] if options.filtered else ["--no-filter"]
    words += [] if until is Stage.PUBLISH else ["--until", until.value]
    words += [] if options.engine == RunOptions.engine else ["--engine", options.engine]
    words += ["--as-of", options.as_of.isoformat()] if options.as_of else []
    words += [] if options.memory_limit == RunOptions.memory_limit else ["--memory-limit", options.memory_limit]
    for name in sorted(options.carry_over):
        words += ["--carry-over", name]
    for one in options.accepted:
        words += ["--accept", f"{one.rule}:{one.subject}"]
    words += ["--reason", options.accepted[0].reason] if options.accepted else []
    return shlex.join(words)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
