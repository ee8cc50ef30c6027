"""A kill at any moment loses nothing."""

import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from signaux_faibles.home.manifest import FILE, Manifest
from signaux_faibles.home.published import published


def start(chain, batch):
    command = [sys.executable, "-m", "signaux_faibles.cli", "run", batch]
    command += ["--deliveries", str(chain.deliveries), "--home", str(chain.home.root)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def readable(chain):
    """The snapshot that readers see now, with all its tables."""
    current = published(chain.home)
    assert current is not None
    folder = chain.home.snapshots / current
    manifest = Manifest.read(folder)
    assert all((folder / "tables" / f"{name}.parquet").exists() for name in manifest.tables)
    assert (folder / "serving.duckdb").exists()
    return current


KILLS = 20


@pytest.mark.slow
def test_a_run_killed_at_random_points_ends_with_the_same_tables(january):
    """Kills fall over the whole of a run; one that comes after the publication begins again from the month before."""
    before = readable(january)
    january.deliver("2602")
    fresh = january.home.root.with_name("fresh")
    shutil.copytree(january.home.root, fresh)
    began = time.monotonic()
    assert start(january, "2602").wait() == 0
    whole = time.monotonic() - began
    expected = Manifest.read(january.home.snapshots / readable(january))

    chance = random.Random(KILLS)
    begin_again(january, fresh)
    for _ in range(KILLS):
        process = start(january, "2602")
        time.sleep(chance.uniform(0.2, 1.0) * whole)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if readable(january) != before:
            assert readable(january) == expected.id
            begin_again(january, fresh)
    assert start(january, "2602").wait() == 0
    killed = Manifest.read(january.home.snapshots / readable(january))
    assert killed.id == expected.id
    assert killed.tables == expected.tables  # the same files, to the byte
    assert {path.name for path in january.home.snapshots.iterdir()} == {before, killed.id}
    assert not [path for path in january.home.root.rglob(f"*{FILE}") if path.parent.parent != january.home.snapshots]
    assert not list(january.home.snapshots.rglob(".*"))


def begin_again(chain, fresh):
    """Put the home back to what it was before the run."""
    shutil.rmtree(chain.home.root)
    shutil.copytree(fresh, chain.home.root)
