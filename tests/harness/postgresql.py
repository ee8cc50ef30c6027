"""A PostgreSQL server of its own for the tests of a module, stopped and removed afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
OWNER = "postgres"


@contextmanager
def running_postgresql() -> Iterator[str]:
    """The address of an empty database, reached through a socket file; PostgreSQL refuses to run as root."""
    if not INSTALLED:
        pytest.skip("PostgreSQL n'est pas installé : « ./scripts/require.sh postgresql ».")
    binaries = INSTALLED[-1].parent
    owner = {"user": OWNER} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="sf-pg-"))  # short, because the path of a socket is limited
    if owner:
        os.chown(folder, pwd.getpwnam(OWNER).pw_uid, -1)
    data, log = folder / "data", folder / "log"
    quiet = {"check": True, "capture_output": True, "cwd": folder, **owner}
    try:
        subprocess.run([binaries / "initdb", "-D", data, "-A", "trust", "-U", "sf", "--no-sync"], **quiet)
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        subprocess.run([binaries / "pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start"], **quiet)
        try:
            subprocess.run([binaries / "createdb", "-h", folder, "-U", "sf", "application"], **quiet)
            yield f"postgresql://sf@/application?host={folder}"
        finally:
            subprocess.run([binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], **quiet)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
