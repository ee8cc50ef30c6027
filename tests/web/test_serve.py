"""Serving a home folder as `sf serve` does."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from signaux_faibles.web import serve as serving
from signaux_faibles.web.serve import CannotServe, check_can_serve, ensure_secret_key


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def served(tmp_path: Path, port: int) -> Iterator[HTTPConnection]:
    command = f"from pathlib import Path; from signaux_faibles.web.serve import serve; serve(Path('home'), port={port})"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SF_", "DJANGO_"))}
    process = subprocess.Popen([sys.executable, "-c", command], cwd=tmp_path, env=clean, stderr=subprocess.PIPE)
    try:
        with closing(_connection(port)) as connection:
            yield connection
    finally:
        process.terminate()
        process.communicate(timeout=20)


def test_an_empty_home_is_served_and_says_that_nothing_is_published(served: HTTPConnection, tmp_path: Path) -> None:
    served.request("GET", "/connexion")
    answer = served.getresponse()
    page = answer.read().decode()
    assert answer.status == 503
    assert "Aucune donnée n’est publiée" in page
    assert "default-src 'none'" in (answer.getheader("Content-Security-Policy") or "")
    assert (tmp_path / "home" / "application.sqlite3").exists()
    assert stat.S_IMODE((tmp_path / "home" / "secret_key").stat().st_mode) == 0o600


def test_the_secret_key_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SF_SECRET_KEY", raising=False)
    ensure_secret_key(tmp_path)
    first = (tmp_path / "secret_key").read_text(encoding="utf-8")
    ensure_secret_key(tmp_path)
    assert (tmp_path / "secret_key").read_text(encoding="utf-8") == first


def test_serving_in_clear_beyond_this_machine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CannotServe, match="SF_HTTPS=true"):
        check_can_serve("0.0.0.0")  # noqa: S104 (refused)
    monkeypatch.setenv("SF_HTTPS", "true")
    check_can_serve("0.0.0.0")  # noqa: S104 (behind a TLS proxy)


def test_missing_files_of_pages_are_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(serving, "VENDOR", tmp_path)
    with pytest.raises(CannotServe, match="make assets"):
        check_can_serve("127.0.0.1")


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
