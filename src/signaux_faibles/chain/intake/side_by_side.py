"""Two types of files are read at once: parsing, typing and writing one leaves a core idle for a third of the time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from signaux_faibles.chain.intake.staging import StagedFile, stage
from signaux_faibles.home.home import Home
from signaux_faibles.sources.contract import Contract

AT_ONCE = 2
"""Types read at once (decision record 0052-two-files-are-read-side-by-side)."""
Reading = Future[list[StagedFile]]


@contextmanager
def side_by_side(
    delivered: Iterable[tuple[Contract, list[Path]]], batch: str, home: Home
) -> Iterator[dict[str, Reading]]:
    """Stage the files of each type in the background, in the order given; yield what will be staged, by type.

    The files of one type are read one after the other, since two of them may be the same file. If the body raises,
    whatever the reason, what is not read whole by then is dropped.
    """
    given_up = Event()
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="reading") as readers:
        try:
            yield {
                contract.name: readers.submit(_staged, contract, paths, batch, home, given_up)
                for contract, paths in delivered
            }
        except BaseException:
            given_up.set()
            readers.shutdown(wait=False, cancel_futures=True)
            raise


def _staged(contract: Contract, paths: list[Path], batch: str, home: Home, given_up: Event) -> list[StagedFile]:
    staged = []
    for path in paths:
        if given_up.is_set():
            raise CancelledError
        staged.append(stage(path, contract, batch, home, given_up.is_set))
    return staged
