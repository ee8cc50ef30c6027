"""An act on a folder, killed before each of its touches of the disk."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import HasFileno

TOUCHES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "shutil.rmtree"}
"""Audit events (library reference, « Audit events table »); `open` is one when it writes, and so is each flush."""
WRITING = os.O_WRONLY | os.O_RDWR


def killed_everywhere(folder: Path, act: Callable[[Path], object]) -> Iterator[Path]:
    """Copies of a folder, each as the act leaves it when it is killed before its first touch, its second, and so on.

    The last copy is that of the act done whole. The act runs in a forked process: it must start no thread.
    """
    for touch in count(1):
        trial = folder.with_name(f"{folder.name}-{touch}")
        shutil.copytree(folder, trial)
        child = os.fork()
        if not child:
            _done_until(touch, act, trial)
        _, status = os.waitpid(child, 0)
        assert status in (0, signal.SIGKILL), "the act failed by itself"
        yield trial
        if status == 0:
            return


def _done_until(touch: int, act: Callable[[Path], object], folder: Path) -> None:
    """Do the act in this process, which is killed before that touch and never returns."""
    touches = count(1)

    def kill() -> None:
        if next(touches) == touch:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(event: str, details: tuple[Any, ...]) -> None:
        if event in TOUCHES or (event == "open" and details[2] & WRITING and str(details[0]).startswith(str(folder))):
            kill()

    flush = os.fsync

    def flushed(fd: int | HasFileno) -> None:
        kill()
        flush(fd)

    os.fsync = flushed
    sys.addaudithook(watch)
    ended = 1
    with suppress(Exception):
        act(folder)
        ended = 0
    os._exit(ended)
