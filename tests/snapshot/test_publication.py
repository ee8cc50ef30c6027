"""Publish, roll back, report."""

from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import Manifest, describe
from signaux_faibles.home.published import history, published
from signaux_faibles.perimeter.perimeter import CLEAN_FILTER
from signaux_faibles.snapshot.publication import PublicationRefused, built, publish, rollback


@pytest.fixture
def home(tmp_path):
    place = Home(tmp_path)
    for month in ("2601", "2602", "2603"):
        folder = place.snapshots / month
        (folder / "tables").mkdir(parents=True)
        pq.write_table(pa.table({"siren": ["100000001"]}), folder / "tables" / "clean_filter.parquet")
        Manifest(
            id=month,
            batch=month,
            as_of="2026-01-31",
            built_at=f"20{month[:2]}-{month[2:]}-28T00:00:00+00:00",
            engine="duckdb",
            fictitious=True,
            filtered=True,
            tables=describe(folder / "tables", {"clean_filter": CLEAN_FILTER}),
        ).write(folder)
    return place


def test_the_last_one_built_is_published_when_none_is_named(home):
    assert publish(home) == "2603"
    assert published(home) == "2603"


def test_a_late_batch_built_last_is_published_only_by_its_name(home):
    publish(home, "2602")
    late = Manifest.read(home.snapshots / "2603")
    replace(late, as_of="2025-12-31").write(home.snapshots / "2603")
    with pytest.raises(
        PublicationRefused, match=r"décrit le 31 décembre 2025 ; .*, le 31 janvier 2026\. .* --snapshot 2603"
    ):
        publish(home)
    assert publish(home, "2603") == "2603"


def test_publishing_twice_is_one_act(home):
    publish(home, "2601")
    publish(home, "2601")
    assert [(act.act, act.snapshot) for act in history(home)] == [("publish", "2601")]


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        (["2601", "2602", "back"], "2601"),
        (["2601", "2602", "2603", "back"], "2602"),
        (["2601", "2602", "2603", "back", "back"], "2601"),
        (["2601", "2602", "back", "2603", "back"], "2601"),
    ],
)
def test_rolling_back_goes_to_what_readers_saw_before(home, acts, expected):
    for act in acts:
        if act == "back":
            rollback(home)
        else:
            publish(home, act)
    assert published(home) == expected


@pytest.mark.parametrize("acts", [[], ["2601"], ["2601", "2602", "back"]])
def test_there_is_not_always_something_to_go_back_to(home, acts):
    for act in acts:
        if act == "back":
            rollback(home)
        else:
            publish(home, act)
    with pytest.raises(PublicationRefused, match="auparavant"):
        rollback(home)


def test_a_snapshot_without_manifest_is_never_published(home):
    (home.snapshots / "2604").mkdir()
    with pytest.raises(PublicationRefused, match="2604"):
        publish(home, "2604")
    assert [manifest.id for manifest in built(home)] == ["2601", "2602", "2603"]


def test_an_act_cut_short_by_a_kill_did_not_take_place(home):
    publish(home, "2601")
    publish(home, "2602")
    home.current.write_text("2601\n")
    assert [act.snapshot for act in history(home)] == ["2601"]


def test_nothing_built_nothing_published(tmp_path):
    with pytest.raises(PublicationRefused, match="sf run"):
        publish(Home(tmp_path))


@pytest.mark.parametrize("damage", [b"", b"PAR1 cut"])
def test_tables_that_are_not_those_of_the_manifest_are_not_published(home, damage):
    publish(home, "2601")
    (home.snapshots / "2602" / "tables" / "clean_filter.parquet").write_bytes(damage)
    with pytest.raises(PublicationRefused, match="2602 est abîmé : clean_filter"):
        publish(home, "2602")
    assert published(home) == "2601"


def test_another_value_of_a_table_is_seen_at_rollback(home):
    publish(home, "2601")
    publish(home, "2602")
    pq.write_table(pa.table({"siren": ["100000002"]}), home.snapshots / "2601" / "tables" / "clean_filter.parquet")
    with pytest.raises(PublicationRefused, match="2601 est abîmé : clean_filter"):
        rollback(home)


def test_acts_are_added_to_the_journal_and_one_that_the_pointer_does_not_confirm_never_took_effect(home):
    publish(home, "2601")
    first = home.publications.read_bytes()
    home.publications.write_bytes(first + b'{"act": "publish", "snapshot": "2602", "at": "x", "before": "2601"}\n')
    publish(home, "2603")
    assert home.publications.read_bytes().startswith(first)
    assert [act.snapshot for act in history(home)] == ["2601", "2603"]


def test_a_damaged_pointer_hides_no_act(home):
    publish(home, "2601")
    publish(home, "2602")
    home.current.write_text("")
    assert [act.snapshot for act in history(home)] == ["2601", "2602"]
    publish(home, "2603")
    assert [act.snapshot for act in history(home)] == ["2601", "2602", "2603"]
    assert rollback(home) == "2602"
