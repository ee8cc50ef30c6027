"""The progress bar of a run: one step per file read or table written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from signaux_faibles.chain.events import Announce, RunEvent, WorkKind
from signaux_faibles.chain.plan.plan import PLAN
from signaux_faibles.cli.options import alerts

LAST_STEPS = 3
"""After the tables: the files of the pages, the manifest, the publication."""


@contextmanager
def progress_of_a_run(title: str) -> Iterator[Announce]:
    """Draw a bar on standard error during a run, and give the function that announces each part to it.

    The number of files is not known before the delivery is open, so each file read lengthens the bar.
    """
    columns = (TextColumn("{task.fields[title]}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TextColumn("{task.description}"), console=alerts, transient=True) as bars:
        task = bars.add_task("", total=len(PLAN) + LAST_STEPS, title=title)

        def announce(event: RunEvent) -> None:
            bars.update(task, advance=1, description=str(event))
            if event.part is WorkKind.FILE:
                bars.update(task, total=(bars.tasks[0].total or 0) + 1)

        yield announce
