"""What nights are made of: a full disk, two runs at once, a batch late, corrected or out of order."""

import os
import subprocess
import sys
from datetime import date

import pytest

from harness.deliveries import FOLLOWED, headcounts
from harness.tables import same_tables
from signaux_faibles.chain.plan.step import Stage
from signaux_faibles.home.home import Home
from signaux_faibles.home.published import published


@pytest.fixture
def small_disk(tmp_path):
    """A disk of a given number of kilobytes, where this machine lets us mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = []

    def mount(kilobytes):
        options = ["-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place)]
        if os.geteuid() != 0 or subprocess.run(["mount", *options], capture_output=True, check=False).returncode:
            pytest.skip("mounting a small disk needs root")
        mounted.append(place)
        return place

    yield mount
    for disk in mounted:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.mark.slow
@pytest.mark.parametrize("kilobytes", [20, 60, 200, 600])
def test_a_full_disk_is_said_and_the_run_goes_on_once_there_is_room(january, small_disk, kilobytes):
    disk = small_disk(kilobytes)
    command = [sys.executable, "-m", "signaux_faibles.cli", "run", "2601", "--deliveries", str(january.deliveries)]
    full = subprocess.run([*command, "--home", str(disk / "home")], capture_output=True, text=True, check=False)
    assert full.returncode == 1
    assert "Disque plein" in full.stderr
    assert "Traceback" not in full.stderr
    assert published(Home(disk / "home")) is None
    subprocess.run(["mount", "-o", "remount,size=50m", str(disk)], check=True)
    assert subprocess.run([*command, "--home", str(disk / "home")], capture_output=True, check=False).returncode == 0
    home = Home(disk / "home")
    snapshot = home.snapshots / published(home)
    assert same_tables(snapshot, january.home.snapshots / published(january.home))
    assert not list(snapshot.rglob(".*"))


def test_batches_run_out_of_order_end_with_the_same_tables(january, chain):
    for one in (january, chain):
        one.deliver("2602", sigfaible_effectif_siren=headcounts(f"{FOLLOWED};20;21;30;a"))
        one.deliver("2603")
    january.run("2602", until=Stage.PERIMETER)
    in_order = january.run("2603")
    chain.deliver("2601")
    for batch in ("2603", "2601", "2602"):
        chain.run(batch, until=Stage.PERIMETER)
    late = chain.run("2603")
    assert same_tables(chain.home.snapshots / late.snapshot, january.home.snapshots / in_order.snapshot)


def test_a_batch_that_comes_late_does_not_change_what_an_earlier_month_knew(january):
    before = published(january.home)
    january.deliver("2602", sigfaible_effectif_siren=headcounts(f"{FOLLOWED};20;21;30;a"))
    january.run("2602", until=Stage.PERIMETER)
    assert january.run("2601").snapshot == before


def test_an_earlier_delivery_corrected_later_changes_when_values_were_known(january):
    january.deliver("2602")
    first = january.run("2602", until=Stage.PERIMETER)
    january.deliver("2601", sigfaible_effectif_siren=headcounts(f"{FOLLOWED};20;21;25;a"))
    january.run("2601", until=Stage.PERIMETER)
    corrected = january.run("2602", until=Stage.TABLES)
    assert corrected.snapshot != first.snapshot
    known = [
        (row["effectif_ent"], row["known_at"])
        for row in january.rows(corrected.snapshot, "known_effectif_ent")
        if row["periode"] == date(2026, 1, 1) and row["siren"] == FOLLOWED
    ]
    assert known == [(25, date(2026, 1, 31)), (22, date(2026, 2, 28))]
