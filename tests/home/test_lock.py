"""The lock of a folder: one writer, released by whatever ends its process, and a sentence where it cannot be taken."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from signaux_faibles.chain.errors import AlreadyRunning, HomeNotWritable
from signaux_faibles.chain.writing import writing
from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.lists.archive import writing_lists
from signaux_faibles.home.home import Home
from signaux_faibles.home.lock import LockHeld, NotWritable, hold

HOLDER = """
import sys
from pathlib import Path
from signaux_faibles.home.lock import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / "home" / "lock"


@contextmanager
def another_process(lock: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock until it is asked to end, or is killed."""
    command = [sys.executable, "-c", HOLDER, str(lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def take(lock: Path) -> None:
    with hold(lock):
        pass


def test_a_second_process_is_refused_at_once(lock: Path) -> None:
    with another_process(lock), pytest.raises(LockHeld):
        take(lock)


def test_a_process_that_ends_releases_the_lock(lock: Path) -> None:
    with another_process(lock) as process:
        process.communicate("\n")
        take(lock)


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_process_releases_the_lock(lock: Path, end: signal.Signals) -> None:
    with another_process(lock) as process:
        process.send_signal(end)
        process.wait()
        take(lock)


def test_another_thread_and_a_nested_writer_are_refused(lock: Path) -> None:
    with hold(lock), ThreadPoolExecutor(1) as aside:
        with pytest.raises(LockHeld):
            aside.submit(take, lock).result()
        with pytest.raises(LockHeld):
            take(lock)
    take(lock)


@pytest.mark.parametrize("error", [ValueError("rule"), TimeoutError("network"), OSError(errno.EACCES, "elsewhere")])
def test_an_error_of_the_writer_passes_as_it_is_and_releases_the_lock(lock: Path, error: Exception) -> None:
    with pytest.raises(type(error)) as raised, hold(lock):
        raise error
    assert raised.value is error
    take(lock)


def unwritable(lock: Path, error: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be written, for the superuser too, who runs some tests and whom no right stops."""
    opened = os.open

    def refuse(path: str, *arguments: int, **options: int) -> int:
        if Path(path) == lock:
            raise OSError(error, os.strerror(error))
        return opened(path, *arguments, **options)

    monkeypatch.setattr("os.open", refuse)


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (errno.EACCES, "droits insuffisants"),
        (errno.EPERM, "droits insuffisants"),
        (errno.EROFS, "disque en lecture seule"),
    ],
)
def test_a_folder_that_cannot_be_written_is_a_sentence(
    lock: Path, error: int, cause: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    unwritable(lock, error, monkeypatch)
    with pytest.raises(NotWritable) as refusal:
        take(lock)
    assert str(refusal.value) == f"Impossible d'écrire dans {lock.parent} : {cause}. Vérifiez le dossier et ses droits."


@pytest.mark.skipif(os.geteuid() == 0, reason="no right stops the superuser")
def test_a_folder_without_right_is_a_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(NotWritable, match="droits insuffisants"):
        take(tmp_path / "lock")


def test_a_file_in_place_of_the_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    for lock in (tmp_path / "home" / "lock", tmp_path / "home" / "lists" / ".lock"):
        with pytest.raises(NotWritable, match="ce n'est pas un dossier"):
            take(lock)


def test_a_disk_without_locks_is_refused_rather_than_trusted(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_flock(_descriptor: int, _operation: int) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr("fcntl.flock", no_flock)
    with pytest.raises(NotWritable, match="ne sait pas verrouiller"):
        take(lock)


def test_a_full_disk_is_left_to_the_run_which_says_what_to_do(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unwritable(lock, errno.ENOSPC, monkeypatch)
    with pytest.raises(OSError, match="No space left"):
        take(lock)


def test_a_run_and_a_list_say_it_in_their_own_refusals(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with writing(home), pytest.raises(AlreadyRunning, match="Une autre exécution est en cours"), writing(home):
        pass
    with (
        writing_lists(home),
        pytest.raises(DetectionRefused, match="Une autre liste est en cours d'écriture"),
        writing_lists(home),
    ):
        pass
    (tmp_path / "file").write_text("a file")
    nowhere = Home(tmp_path / "file")
    with pytest.raises(HomeNotWritable, match="ce n'est pas un dossier"), writing(nowhere):
        pass
    with pytest.raises(DetectionRefused, match="ce n'est pas un dossier"), writing_lists(nowhere):
        pass
