"""The server of the application, as `sf serve` starts it, and what its workers use; for `sf bench web` (Linux)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.home.home import Home

LONGEST_START = 300
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A server that listens on a port."""

    process: int
    port: int

    def processor(self) -> float:
        """Seconds of processor that its workers have used."""
        return sum(_processor(worker) for worker in self._workers())

    def memory(self) -> int:
        """Bytes of memory of its workers, what they share counted once."""
        return sum(_memory(worker) for worker in self._workers())

    def _workers(self) -> list[int]:
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text(encoding="utf-8")
        return [int(one) for one in children.split()]


@contextmanager
def serving(home: Home, port: int, log: Path) -> Iterator[Server]:
    """A server for as long as the block lasts; it writes its journal in a file.

    Raises:
        RunStopped: it does not answer.
    """
    command = [sys.executable, "-m", "signaux_faibles.cli", "serve", "--home", str(home.root), "--port", str(port)]
    with log.open("wb") as journal, subprocess.Popen(command, stdout=journal, stderr=journal) as process:  # noqa: S603
        try:
            _wait(process, port, log)
            yield Server(process.pid, port)
        finally:
            process.send_signal(signal.SIGTERM)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/connexion")
            connection.getresponse().read()
            connection.close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    raise RunStopped(f"Le serveur ne répond pas sur le port {port}. Il a dit : {lines[-1] if lines else 'rien'}")


def _processor(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    user, system = fields[11:13]
    return (int(user) + int(system)) / TICKS


def _memory(process: int) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
