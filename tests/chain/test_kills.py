"""A kill at any moment loses nothing (DESIGN §4)."""

import random
import signal
import subprocess
import sys
import time

import pytest

from signaux_faibles.snapshot.manifest import FILE, Manifest
from signaux_faibles.snapshot.publication import published


def start(chain, batch):
    command = [sys.executable, "-m", "signaux_faibles.cli", "run", batch]
    command += ["--deliveries", str(chain.deliveries), "--home", str(chain.home.root)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def readable(chain):
    """The tables that readers see now: whole, or none before the first publication."""
    current = published(chain.home)
    if current is None:
        return None
    folder = chain.home.snapshots / current
    manifest = Manifest.read(folder)
    assert all((folder / "tables" / f"{name}.parquet").exists() for name in manifest.tables)
    assert (folder / "serving.duckdb").exists()
    return current


@pytest.mark.parametrize("kills", [5, pytest.param(20, marks=pytest.mark.slow)])
def test_a_run_killed_at_random_points_ends_with_the_same_tables(chain, tmp_path, kills):
    chain.deliver("2601")
    chain.deliver("2602")
    january = chain.run("2601").snapshot
    began = time.monotonic()
    assert start(chain, "2601").wait() == 0
    start_up = time.monotonic() - began
    chance = random.Random(kills)
    for moment in sorted(chance.uniform(0.5, 2.0) * start_up for _ in range(kills)):
        process = start(chain, "2602")
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert readable(chain) is not None
    assert start(chain, "2602").wait() == 0
    killed = Manifest.read(chain.home.snapshots / readable(chain))

    quiet = type(chain)(tmp_path / "quiet")
    quiet.deliver("2601")
    quiet.deliver("2602")
    quiet.run("2601")
    expected = quiet.run("2602").manifest
    assert {name: entry.hash for name, entry in killed.tables.items()} == {
        name: entry.hash for name, entry in expected.tables.items()
    }
    assert killed.id == expected.id
    assert january != killed.id
    assert {path.name for path in chain.home.snapshots.iterdir()} == {january, killed.id}
    assert not [path for path in chain.home.root.rglob(f"*{FILE}") if path.parent.parent != chain.home.snapshots]
    assert not list(chain.home.snapshots.rglob(".*"))
