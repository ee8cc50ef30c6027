"""The ledger of the perimeter along the batches: the same whatever was kept of the earlier ones."""

import shutil
from datetime import date

import pytest

from chain.conftest import Chain
from harness.deliveries import FOLLOWED, PUBLIC_BODY, SMALL, headcounts, headcounts_of_first_months
from signaux_faibles.chain.plan.step import Stage
from signaux_faibles.snapshot.pruning import prunable


@pytest.fixture(scope="module")
def run_once(tmp_path_factory):
    """Three batches, run: SMALL grows in February and leaves the headcount file in March."""
    made = Chain(tmp_path_factory.mktemp("spring"))
    made.deliver("2601")
    made.deliver("2602", sigfaible_effectif_siren=headcounts_of_first_months(small=12))
    made.deliver("2603", sigfaible_effectif_siren=headcounts(f"{FOLLOWED};20;21;22;a", f"{PUBLIC_BODY};20;20;20;b"))
    for batch in ("2601", "2602", "2603"):
        made.run(batch)
    return made


@pytest.fixture
def spring(run_once, tmp_path):
    """A copy of those batches, to change."""
    shutil.copytree(run_once.deliveries, tmp_path / "deliveries")
    shutil.copytree(run_once.home.root, tmp_path / "home")
    return Chain(tmp_path)


def ledger(chain, batch="2603"):
    outcome = chain.run(batch)
    return chain.rows(outcome.snapshot, "perimeter_ledger"), outcome.manifest.tables["perimeter_ledger"].sha256


def test_a_company_has_a_line_for_each_of_its_moves(spring):
    rows, _ = ledger(spring)
    assert [
        (row["batch"], row["kept"], row["since"], row["changed_by"], row["detail"])
        for row in rows
        if row["siren"] == SMALL
    ] == [
        ("2601", False, date(2026, 1, 31), None, None),
        ("2602", True, date(2026, 2, 28), "effectif", "effectif maximal 5 puis 12"),
        ("2603", False, date(2026, 3, 31), "effectif", "n'est plus dans le fichier des effectifs"),
    ]
    assert [row["batch"] for row in rows if row["siren"] == FOLLOWED] == ["2601"]


def test_nothing_that_is_kept_is_needed(spring):
    _, kept = ledger(spring)
    shutil.rmtree(spring.home.perimeters)
    shutil.rmtree(spring.home.snapshots)
    assert ledger(spring)[1] == kept


def test_batches_that_were_only_read_are_judged(run_once, chain):
    """Their perimeter was never computed."""
    shutil.copytree(run_once.deliveries, chain.deliveries)
    for batch in ("2601", "2602"):
        chain.run(batch, until=Stage.STAGING)
    assert ledger(chain)[1] == ledger(run_once)[1]


def test_what_a_kill_left_is_computed_again(spring):
    _, whole = ledger(spring)
    for folder in spring.home.perimeters.iterdir():
        (folder / "ledger.parquet").unlink()
        (folder / "candidates.parquet").write_bytes(b"cut")
    shutil.rmtree(spring.home.snapshots)
    assert ledger(spring)[1] == whole


def test_an_earlier_batch_delivered_again_rewrites_what_follows(spring):
    spring.deliver("2602", sigfaible_effectif_siren=headcounts_of_first_months(small=5))
    spring.run("2602", until=Stage.STAGING)
    rows, _ = ledger(spring)
    assert [(row["batch"], row["kept"]) for row in rows if row["siren"] == SMALL] == [("2601", False)]


def test_the_ledger_of_a_batch_knows_nothing_of_those_after_it(spring):
    rows, _ = ledger(spring, "2602")
    assert {row["batch"] for row in rows} == {"2601", "2602"}


def test_only_what_the_next_run_reads_is_kept(spring):
    found = prunable(spring.home)
    assert [folder.name[:4] for folder in found.perimeters] == ["2601"]
    found.remove()
    assert [folder.name[:4] for folder in spring.home.perimeters.iterdir()] == ["2602"]
