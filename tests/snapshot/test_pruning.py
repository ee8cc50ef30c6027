"""What may go and what must stay (three snapshots and any referenced one are kept)."""

import json

import pytest

from signaux_faibles.home.damage import digested
from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import Manifest
from signaux_faibles.snapshot.pruning import prunable
from signaux_faibles.snapshot.publication import publish, rollback


@pytest.fixture
def home(tmp_path):
    place = Home(tmp_path)
    for month in range(1, 8):
        folder = place.snapshots / f"260{month}"
        folder.mkdir(parents=True)
        Manifest(
            id=folder.name, batch=folder.name, as_of="2026-01-31", built_at=f"2026-0{month}-28", engine="duckdb",
            fictitious=True, filtered=True, tables={},
        ).write(folder)  # fmt: skip
    for month in ("2601", "2603"):
        publish(place, month)
    return place


def names(paths):
    return [path.name for path in paths]


def test_the_last_three_the_published_one_and_the_one_before_stay(home):
    assert names(prunable(home).snapshots) == ["2602", "2604"]


def test_a_snapshot_that_a_list_refers_to_stays(home):
    (home.root / "lists" / "1").mkdir(parents=True)
    (home.root / "lists" / "1" / "card.json").write_text(json.dumps({"number": 1, "snapshot": "2602"}))
    assert names(prunable(home).snapshots) == ["2604"]


def test_a_build_left_aside_goes(home):
    (home.work / "2608-abc" / "tables").mkdir(parents=True)
    assert names(prunable(home).builds) == ["2608-abc"]


def test_the_draft_of_a_model_that_a_kill_left_goes(home):
    (home.models / ".2608-abc.25015.draft").mkdir(parents=True)
    (home.models / "2608-abc").mkdir()
    assert names(prunable(home).builds) == [".2608-abc.25015.draft"]


def test_a_manifest_that_says_something_else_names_all_that_its_batch_staged(home):
    """One digit changed in a path would make `sf prune` remove the file that it named."""
    file = home.staging / "debit" / "2601" / "aaa-1.parquet"
    file.parent.mkdir(parents=True)
    file.write_text("x")
    home.batches.mkdir()
    named = {"delivered": {"debit": [{"rows": "staging/debit/2601/aaa-1.parquet"}]}}
    text = digested(named)
    (home.batches / "2601.json").write_text(text)
    assert prunable(home).staged == []
    (home.batches / "2601.json").write_text(text.replace("aaa-1", "aab-1"))
    assert prunable(home).staged == []


def test_a_staged_file_stays_while_a_batch_names_it(home):
    folder = home.staging / "debit" / "2601"
    folder.mkdir(parents=True)
    for stem in ("aaa-1", "bbb-1"):
        for ending in (".parquet", ".rejects.parquet", ".json"):
            (folder / f"{stem}{ending}").write_text("x")
    home.batches.mkdir()
    named = {"delivered": {"debit": [{"rows": "staging/debit/2601/aaa-1.parquet"}]}}
    (home.batches / "2601.json").write_text(json.dumps(named))
    pruning = prunable(home)
    assert names(pruning.staged) == ["bbb-1.json", "bbb-1.parquet", "bbb-1.rejects.parquet"]
    assert pruning.size > 0
    pruning.remove()
    assert names(sorted(folder.iterdir())) == ["aaa-1.json", "aaa-1.parquet", "aaa-1.rejects.parquet"]
    assert prunable(home).size == 0


def test_the_snapshot_that_a_rollback_goes_to_stays(home):
    publish(home, "2604")
    rollback(home)
    assert names(prunable(home).snapshots) == ["2602", "2604"]
    prunable(home).remove()
    assert rollback(home) == "2601"


def test_a_pruning_cut_short_leaves_nothing_to_publish(home):
    (home.snapshots / "2604" / "manifest.json").unlink()
    assert "2604" in names(prunable(home).builds)
