"""Publish, roll back, tell."""

from dataclasses import replace

import pytest

from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import Manifest, TableEntry
from signaux_faibles.home.published import history, published
from signaux_faibles.snapshot.publication import PublicationRefused, built, publish, rollback


@pytest.fixture
def home(tmp_path):
    place = Home(tmp_path)
    for month in ("2601", "2602", "2603"):
        folder = place.snapshots / month
        folder.mkdir(parents=True)
        Manifest(
            id=month,
            batch=month,
            as_of="2026-01-31",
            built_at=f"20{month[:2]}-{month[2:]}-28T00:00:00+00:00",
            engine="duckdb",
            fictitious=True,
            filtered=True,
            tables={"clean_filter": TableEntry(1, "00", {"siren": "VARCHAR"})},
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
