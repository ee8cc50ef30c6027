"""An application database that is damaged, gone or of a later version: one sentence, and nothing is written over it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from signaux_faibles.web.environment import Environment
from signaux_faibles.web.safety import unsafe_settings

ROOT = Path(__file__).parents[3]


def typed(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """An `sf` command in a process of its own, since Django is set up once in each."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SF_", "DJANGO_"))}
    command = [sys.executable, "-m", "signaux_faibles.cli", *words, "--home", str(home)]
    environment = clean | {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def refused(home: Path, *words: str) -> str:
    """What a command that is refused says, without any trace."""
    done = typed(home, *words)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return " ".join(done.stderr.split())


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that has been opened once, without account."""
    home = tmp_path_factory.mktemp("opened")
    done = typed(home, "account", "list")
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(home / "application.sqlite3")) as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return home


@pytest.fixture
def home(opened: Path, tmp_path: Path) -> Path:
    """A copy of it, as a backup makes one."""
    for name in ("application.sqlite3", "application_database", "secret_key", "seal_key"):
        (tmp_path / name).write_bytes((opened / name).read_bytes())
    return tmp_path


@pytest.mark.parametrize("content", ["cut", "garbage"])
def test_a_damaged_database_is_left_as_it_is_until_it_is_restored(home: Path, content: str) -> None:
    base = home / "application.sqlite3"
    whole = base.read_bytes()
    base.write_bytes(whole[:8192] if content == "cut" else b"no database " * 800)
    damaged = base.read_bytes()
    assert "application.sqlite3) est abîmée" in refused(home, "account", "list")
    assert base.read_bytes() == damaged
    base.write_bytes(whole)
    assert typed(home, "account", "list").returncode == 0


@pytest.mark.parametrize("state", ["gone", "empty"])
def test_no_empty_database_takes_the_place_of_one_that_was_in_use(home: Path, state: str) -> None:
    base = home / "application.sqlite3"
    base.unlink() if state == "gone" else base.write_bytes(b"")
    assert "alors qu'elle a déjà servi" in refused(home, "account", "list")
    assert base.exists() is (state == "empty"), "none is made in its place"
    (home / "application_database").unlink()
    assert typed(home, "account", "list").returncode == 0


def test_a_database_that_does_not_answer_is_not_called_damaged(home: Path) -> None:
    """Nobody should put the copy of the night over a database that is only busy."""
    with closing(sqlite3.connect(home / "application.sqlite3", isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode = DELETE")
        base.execute("BEGIN EXCLUSIVE")
        words = refused(home, "account", "list")
    assert "ne répond pas : database is locked" in words
    assert "estaurez" not in words
    assert typed(home, "account", "list").returncode == 0


def test_a_start_that_failed_before_any_table_is_started_again(tmp_path: Path) -> None:
    (tmp_path / "journal").mkdir()
    (tmp_path / "application.sqlite3").write_bytes(b"")
    assert typed(tmp_path, "account", "list").returncode == 0


@pytest.mark.parametrize("later", [("accounts", "9999_later"), ("later_application", "0001_initial")])
def test_a_database_of_a_later_version_is_not_opened(home: Path, later: tuple[str, str]) -> None:
    with closing(sqlite3.connect(home / "application.sqlite3")) as base:
        base.execute("INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, '2030-01-01')", later)
        base.commit()
    assert "version plus récente" in refused(home, "account", "list")


@pytest.mark.parametrize("content", [b"", b"\xff\x00" * 40])
@pytest.mark.parametrize("key", ["secret_key", "seal_key"])
def test_a_damaged_key_is_refused_by_name(home: Path, key: str, content: bytes) -> None:
    (home / key).write_bytes(content)
    assert str(home / key) in (unsafe_settings(Environment(home=home, secret_key="", seal_key="")) or "")
