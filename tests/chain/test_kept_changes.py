"""What each delivery changed is kept from one batch to the next: the tables are the same whatever was kept."""

import shutil
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from chain.conftest import Chain
from harness.deliveries import FOLLOWED, SMALL, headcounts_of_first_months
from signaux_faibles.chain.intake.deliveries import Deliveries
from signaux_faibles.chain.plan.delivered import History
from signaux_faibles.chain.plan.inputs import Inputs
from signaux_faibles.chain.plan.plan import PLAN, SCHEMAS
from signaux_faibles.chain.plan.revisions import Revisions
from signaux_faibles.chain.plan.step import Stage
from signaux_faibles.relations.company_range import CompanyRange
from signaux_faibles.relations.duckdb_engine import DuckDBEngine
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.snapshot.pruning import prunable
from signaux_faibles.sources.batch import delivered_at

TABLE = "known_effectif_ent"
BATCHES = ("2601", "2602", "2603")


@pytest.fixture(scope="module")
def run_once(tmp_path_factory):
    """Three batches, run: February revises one month of FOLLOWED, March takes it back and SMALL grows."""
    made = Chain(tmp_path_factory.mktemp("kept"))
    made.deliver("2601", sigfaible_effectif_siren=headcounts_of_first_months(small=5))
    made.deliver("2602", sigfaible_effectif_siren=headcounts_of_first_months(small=5, followed=23))
    made.deliver("2603", sigfaible_effectif_siren=headcounts_of_first_months(small=12))
    for batch in BATCHES:
        made.compute(batch, TABLE)
    return made


@pytest.fixture
def spring(run_once, tmp_path):
    """A copy of those batches, to change."""
    shutil.copytree(run_once.deliveries, tmp_path / "deliveries")
    shutil.copytree(run_once.home.root, tmp_path / "home")
    shutil.rmtree(tmp_path / "home" / "work")
    return Chain(tmp_path)


def table(chain, batch="2603"):
    return chain.rows(chain.compute(batch, TABLE).snapshot, TABLE)


def kept_files(chain):
    return sorted((chain.home.changes / "effectif_ent").glob("*.parquet"))


def without_keeping(patch):
    """Read every delivery whole, as if nothing were kept."""
    patch.setattr(Revisions, "read", lambda self, inputs: History(self.type, self.of).read(inputs))


def test_the_table_is_that_of_the_whole_deliveries(spring, monkeypatch):
    kept = {batch: table(spring, batch) for batch in BATCHES}
    shutil.rmtree(spring.home.work)
    without_keeping(monkeypatch)
    assert {batch: table(spring, batch) for batch in BATCHES} == kept


def test_only_what_changed_is_kept(run_once):
    rows = [pq.read_table(file).to_pylist() for file in kept_files(run_once)]
    january, february, march = [[(row["siren"], row["periode"].month) for row in batch] for batch in rows]
    assert len(january) == 9
    assert february == [(FOLLOWED, 1)]
    assert march == [(FOLLOWED, 1), (SMALL, 1)]


def test_a_company_followed_since_march_has_the_headcounts_of_january(run_once):
    assert len([row for row in table(run_once) if row["siren"] == SMALL]) == 4


def test_a_batch_that_is_alone_keeps_nothing(chain):
    chain.deliver("2601")
    chain.compute("2601", TABLE)
    assert not chain.home.changes.exists()


def test_nothing_that_is_kept_is_needed(spring):
    whole = table(spring)
    shutil.rmtree(spring.home.work)
    shutil.rmtree(spring.home.changes)
    assert table(spring) == whole


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("damage", [lambda content: content[:100], lambda content: content[:40] + b"\1" + content[41:]])
def test_a_kept_file_that_is_damaged_is_made_again(run_once, spring, place, damage):
    file = kept_files(spring)[place]
    content = file.read_bytes()
    file.write_bytes(damage(content))
    shutil.rmtree(spring.home.work, ignore_errors=True)
    assert table(spring) == table(run_once)
    assert file.read_bytes() == content


def test_batches_that_were_only_read_are_kept_too(run_once, chain):
    shutil.copytree(run_once.deliveries, chain.deliveries)
    for batch in ("2601", "2602"):
        chain.run(batch, until=Stage.STAGING)
    assert table(chain) == table(run_once)
    assert [file.name for file in kept_files(chain)] == [file.name for file in kept_files(run_once)]


def test_an_earlier_batch_delivered_again_changes_what_follows(spring):
    spring.deliver("2602", sigfaible_effectif_siren=headcounts_of_first_months(small=5))
    spring.run("2602", until=Stage.STAGING)
    assert {row["effectif_ent"] for row in table(spring) if row["siren"] == FOLLOWED} == {20, 21, 22}


def test_companies_are_taken_by_groups(spring, monkeypatch):
    whole = table(spring)
    for folder in (spring.home.work, spring.home.changes):
        shutil.rmtree(folder)
    monkeypatch.setattr(DuckDBEngine, "companies_at_once", 1)
    assert table(spring) == whole


def test_a_group_reads_its_companies_and_keeps_what_all_need(spring, tmp_path):
    """Even if it is the first to ask, and nothing is kept yet."""
    table(spring)
    tables = next(spring.home.work.glob("*/tables"))
    shutil.rmtree(spring.home.changes)
    word = next(step for step in PLAN if step.name == TABLE).inputs["deliveries"]
    sirens = Schema("sirens", (Field("siren", Kind.TEXT),), ("siren",))
    with open_engine("duckdb", scratch=tmp_path / "scratch") as engine:
        known = Deliveries.up_to(spring.home, "2603")
        inputs = Inputs(engine, known, tables, delivered_at("2603"), filtered=True, schemas=SCHEMAS)
        group = replace(inputs, among=CompanyRange(last=FOLLOWED))
        read = engine.collect(word.read(group).select("siren"), sirens).column("siren").to_pylist()
    assert set(read) == {FOLLOWED}
    kept = {row["siren"] for file in kept_files(spring) for row in pq.read_table(file).to_pylist()}
    assert kept >= {FOLLOWED, SMALL}


def test_what_other_files_left_is_pruned(spring):
    of_march = kept_files(spring)
    spring.deliver("2602", sigfaible_effectif_siren=headcounts_of_first_months(small=5))
    spring.run("2602", until=Stage.STAGING)
    table(spring)
    found = prunable(spring.home)
    assert [file for file in found.changes if file.suffix == ".parquet"] == of_march[1:]
    found.remove()
    assert len(kept_files(spring)) == 3
    assert not prunable(spring.home).changes
