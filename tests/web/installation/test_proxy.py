"""The application behind the nginx that docs/deployment.md shows: slow and silent clients stop nobody."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

import pytest

from harness.ports import free_port
from signaux_faibles.home.home import Home

ROOT = Path(__file__).parents[3]
DOCUMENT = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
NGINX = shutil.which("nginx", path=os.environ.get("PATH", "") + os.pathsep + "/usr/sbin")
STRONG = "q8Zr2mW0tYxLb5NcVj7KdHs3GfPa9EoUi1RnTy4B"
PATIENCE = 10
"""Seconds in which a page must be answered whatever others hold."""


@pytest.mark.parametrize("name", ["nginx.conf", "signaux-faibles.service", "environment"])
def test_the_page_shows_the_files_that_are_shipped(name: str) -> None:
    assert (ROOT / "docs" / "deployment" / name).read_text(encoding="utf-8").strip() in DOCUMENT


@dataclass(frozen=True)
class Site:
    """A served site: the port of the proxy, and the port and the log of the server behind it."""

    port: int
    behind: int
    log: Path

    def page(self, method: str = "GET") -> tuple[int, str]:
        """The status and the body of the sign-in page, asked for on a new connection."""
        trusting = ssl._create_unverified_context()  # noqa: S323 (a certificate of this test)
        connection = HTTPSConnection("localhost", self.port, timeout=PATIENCE, context=trusting)
        try:
            connection.request(method, "/connexion", headers={"X-Forwarded-For": "203.0.113.7"})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    @contextlib.contextmanager
    def held(self, count: int, beginning: bytes | None) -> Iterator[None]:
        """Hold connections that send the beginning of a request and then nothing, or nothing at all."""
        trusting = ssl._create_unverified_context()  # noqa: S323
        with contextlib.ExitStack() as connections:
            for _ in range(count):
                stranger = socket.create_connection(("127.0.0.1", self.port), PATIENCE, source_address=("127.0.0.2", 0))
                held = connections.enter_context(stranger)
                if beginning is not None:
                    held = connections.enter_context(trusting.wrap_socket(held, server_hostname="localhost"))
                    held.sendall(beginning)
            yield


@pytest.fixture(scope="module")
def site(shared_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    if NGINX is None:
        pytest.skip("nginx n'est pas installé : « ./scripts/require.sh nginx ».")
    folder = tmp_path_factory.mktemp("site")
    with contextlib.ExitStack() as started:
        behind = free_port()
        log = started.enter_context((folder / "log").open("w"))
        started.enter_context(running(served(shared_home, folder, behind), stderr=log, stdout=log))
        site = Site(free_port(), behind, folder / "log")
        configuration = adapted(folder, site.port, behind)
        started.enter_context(running([NGINX, "-p", str(folder), "-c", str(configuration), "-g", "daemon off;"]))
        deadline = time.monotonic() + 60
        while True:
            with contextlib.suppress(OSError):
                if site.page()[0] == 200:
                    break
            assert time.monotonic() < deadline, (folder / "log").read_text(encoding="utf-8")
            time.sleep(0.3)
        yield site


def served(home: Home, folder: Path, port: int) -> list[str]:
    """The command that serves a home as production does; the settings are given by `env`."""
    root = folder / "home"
    root.mkdir()
    for name in ("snapshots", "current", "publications.jsonl", "lists"):
        (root / name).symlink_to(home.root / name)
    settings = {"SF_HTTPS": "true", "SF_TRUSTED_PROXIES": "1", "SF_ALLOWED_HOSTS": "localhost", "SF_SECRET_KEY": STRONG}
    settings |= {"PYTHONPATH": os.pathsep.join(sys.path), "DJANGO_SETTINGS_MODULE": "signaux_faibles.web.settings"}
    serve = [sys.executable, "-m", "signaux_faibles.cli", "serve", "--home", str(root), "--port", str(port)]
    return ["env", *(f"{name}={value}" for name, value in settings.items()), *serve]


def adapted(folder: Path, port: int, behind: int) -> Path:
    """The shipped configuration, with the ports, the files and the certificate of this test instead of its own."""
    names = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    new = ["openssl", "req", "-x509", *key, "-days", "1", "-subj", "/CN=localhost"]
    subprocess.run([*new, *names], check=True, capture_output=True)
    text = (ROOT / "docs" / "deployment" / "nginx.conf").read_text(encoding="utf-8")
    for pattern, replacement in (
        (r"listen 80 ", f"listen 127.0.0.1:{free_port()} "),
        (r"listen 443 ", f"listen 127.0.0.1:{port} "),
        (r"127\.0\.0\.1:8000", f"127.0.0.1:{behind}"),
        (r"/etc/ssl/signaux-faibles|/var/log/nginx|/run(?=/nginx.pid)", str(folder)),
        (r"SERVER_NAME", "localhost"),
        (r"(?m)^user .*$", f"user {os.environ.get('USER', 'root')};"),
    ):
        text, times = re.subn(pattern, replacement, text)
        assert times, pattern
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    configuration = folder / "nginx.conf"
    configuration.write_text(text.replace("http {\n", f"http {{\n{temporary}", 1), encoding="utf-8")
    return configuration


@contextlib.contextmanager
def running(command: list[str], **output: object) -> Iterator[None]:
    """Run a server while the test lasts."""
    process = subprocess.Popen(command, **output)  # type: ignore[call-overload]
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=40)


HALF_A_REQUEST = b"GET /connexion HTTP/1.1\r\nHost: localhost\r\n"
HALF_A_FORM = b"POST /connexion HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\nemail="
HELD = {
    "8 half-sent requests": (8, HALF_A_REQUEST),
    "24 half-sent requests": (24, HALF_A_REQUEST),
    "24 half-sent forms": (24, HALF_A_FORM),
    "1,500 silent connections": (1500, None),
}


@pytest.mark.parametrize(("count", "beginning"), HELD.values(), ids=HELD.keys())
def test_slow_clients_stop_nobody(site: Site, count: int, beginning: bytes | None) -> None:
    with site.held(count, beginning):
        for _ in range(4):
            status, page = site.page()
            assert (status, "Adresse électronique" in page) == (200, True)


def test_silent_connections_take_no_thread_of_the_server_itself(site: Site) -> None:
    with contextlib.ExitStack() as held:
        for _ in range(200):
            held.enter_context(socket.create_connection(("127.0.0.1", site.behind), timeout=PATIENCE))
        connection = HTTPConnection("127.0.0.1", site.behind, timeout=PATIENCE)
        connection.request("GET", "/connexion", headers={"Host": "localhost", "X-Forwarded-Proto": "https"})
        answer = connection.getresponse()
        assert (answer.status, "Adresse électronique" in answer.read().decode()) == (200, True)
        connection.close()


def test_pages_are_encrypted_and_headers_of_clients_replaced(site: Site) -> None:
    assert site.page()[0] == 200
    assert 'address="127.0.0.1"' in site.log.read_text(encoding="utf-8"), "not the one that the client wrote"
    assert "203.0.113.7" not in site.log.read_text(encoding="utf-8")


def test_asking_for_headers_alone_is_no_event(site: Site) -> None:
    assert site.page("HEAD") == (200, "")
    deadline = time.monotonic() + PATIENCE
    while '"HEAD /connexion" status=200' not in site.log.read_text(encoding="utf-8"):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert "WARNING" not in site.log.read_text(encoding="utf-8")
