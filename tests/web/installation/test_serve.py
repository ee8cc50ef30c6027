"""Serving a home folder as `sf serve` does."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from harness.ports import free_port
from harness.tiny_home import TinyHome
from signaux_faibles.home.home import Home
from signaux_faibles.web import serve as serving
from signaux_faibles.web.serve import CannotServe, check_can_serve, ensure_keys, serve

STRONG = "q8Zr2mW0tYxLb5NcVj7KdHs3GfPa9EoUi1RnTy4B"


@pytest.fixture(autouse=True)
def strong_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SF_SECRET_KEY", STRONG)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def server(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    TinyHome(tmp_path / "home").publish("2610-a")
    command = (
        "from pathlib import Path; from signaux_faibles.home.home import Home; "
        f"from signaux_faibles.web.serve import serve; serve(Home(Path('home')), port={port})"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SF_", "DJANGO_"))}
    process = subprocess.Popen([sys.executable, "-c", command], cwd=tmp_path, env=clean, stderr=subprocess.PIPE)
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=20)


@pytest.fixture
def served(server: subprocess.Popen[bytes], port: int) -> Iterator[HTTPConnection]:
    assert server.poll() is None
    with closing(_connection(port)) as connection:
        yield connection


def test_a_published_home_is_served_with_a_database_and_a_key_of_its_own(
    served: HTTPConnection, tmp_path: Path
) -> None:
    served.request("GET", "/connexion")
    answer = served.getresponse()
    page = answer.read().decode()
    assert answer.status == 200
    assert "Adresse électronique" in page
    assert "default-src 'none'" in (answer.getheader("Content-Security-Policy") or "")
    assert (tmp_path / "home" / "application.sqlite3").exists()
    assert stat.S_IMODE((tmp_path / "home" / "secret_key").stat().st_mode) == 0o600


def test_workers_that_have_read_a_snapshot_end_without_a_crash(
    server: subprocess.Popen[bytes], served: HTTPConnection
) -> None:
    """DuckDB waits, at the end of a process, for a thread that only the parent of a worker has."""
    for _ in range(20):
        served.request("GET", "/connexion")
        served.getresponse().read()
    served.close()
    server.terminate()
    _, log = server.communicate(timeout=20)
    assert log.count(b"Worker exiting") == 2
    assert b"was sent SIG" not in log


def test_a_home_where_nothing_was_published_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for home in (tmp_path / "mistyped", tmp_path / "empty"):
        with pytest.raises(CannotServe, match=f"Rien n'a été publié dans « {home} ».*sf run"):
            serve(Home(home))
    assert [one.name for one in tmp_path.rglob("*")] == ["empty"]


def test_the_secret_key_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SF_SECRET_KEY", raising=False)
    ensure_keys(Home(tmp_path))
    first = (tmp_path / "secret_key").read_text(encoding="utf-8")
    ensure_keys(Home(tmp_path))
    assert (tmp_path / "secret_key").read_text(encoding="utf-8") == first


def test_serving_in_clear_beyond_this_machine_is_refused(shared_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CannotServe, match="SF_HTTPS=true"):
        check_can_serve(shared_home, "0.0.0.0")  # noqa: S104 (refused)
    monkeypatch.setenv("SF_HTTPS", "true")
    with pytest.raises(CannotServe, match="SF_TRUSTED_PROXIES"):
        check_can_serve(shared_home, "127.0.0.1")
    monkeypatch.setenv("SF_TRUSTED_PROXIES", "1")
    check_can_serve(shared_home, "0.0.0.0")  # noqa: S104 (behind a TLS proxy)


def test_missing_files_of_pages_are_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(serving, "VENDOR", tmp_path)
    with pytest.raises(CannotServe, match="make assets"):
        check_can_serve(tmp_path, "127.0.0.1")


def _connection(port: int) -> HTTPConnection:
    deadline = time.monotonic() + 60
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.connect()
            return connection
        except ConnectionRefusedError:
            connection.close()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
