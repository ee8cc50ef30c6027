"""A damaged list is no longer shown, and neither blocks the others nor goes unseen."""

import json
import shutil
from datetime import date

import pyarrow as pa
import pytest

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.lists.archive import (
    PUBLISHED,
    act,
    add,
    alerted_before,
    archived,
    archived_list,
    missing,
)
from signaux_faibles.detection.lists.moves import list_before
from signaux_faibles.home.damage import Damaged
from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.damages import damages
from signaux_faibles.snapshot.served.lists import published_lists

MOMENT = {"at": "2026-10-31T12:00:00+00:00", "by": "chaîne"}


@pytest.fixture
def home(tmp_path):
    """Two published lists."""
    place = Home(tmp_path)
    place.lists.mkdir()
    card = {"label": "Octobre", "month": date(2026, 10, 1).isoformat(), "fictitious": True, "snapshot": "2610-a"}
    for _ in range(2):
        rows = pa.table({"siren": ["100000001"], "level": ["elevee"]})
        draft = add(place, card, {"entries": rows, "reasons": rows}, **MOMENT)
        act(place, draft.number, PUBLISHED, **MOMENT)
    return place


def overwritten(file, change):
    file.write_bytes(change(file.read_bytes()))


DAMAGES = [
    ("a card cut", "card.json", lambda content: content[:40]),
    ("a card of another shape", "card.json", lambda _: b"[]"),
    ("acts that are no text", "acts.jsonl", lambda _: b"\xff\xfe"),
    ("no act at all", "acts.jsonl", lambda _: b""),
    ("a card of another month", "card.json", lambda content: content.replace(b"2026-10-01", b"2026-09-01")),
    ("a state that does not exist", "acts.jsonl", lambda content: content.replace(b'"published"', b'"publishee"')),
    ("entries with four bytes changed", "entries.parquet", lambda content: content[:4] + b"\0\1\2\3" + content[8:]),
    ("reasons cut", "reasons.parquet", lambda content: content[:-10]),
]


@pytest.mark.parametrize(("name", "file", "change"), DAMAGES, ids=[one[0] for one in DAMAGES])
def test_a_damaged_list_is_said_and_not_shown(home, name, file, change):
    assert [one.number for one in published_lists(home)] == [2, 1]
    overwritten(home.lists / "1" / file, change)
    assert [one.number for one in published_lists(home)] == [2]
    with pytest.raises(DetectionRefused, match=r"docs/recovery\.md"):
        archived_list(home, 1)
    assert [said for said in damages(home) if "1" in said.split(":")[0]]


@pytest.mark.parametrize("file", ["card.json", "entries.parquet"])
def test_nobody_is_in_alert_for_the_first_time_while_a_list_is_damaged(home, file):
    """What a new list says is frozen: it must not forget the alerts that nobody can read today."""
    assert alerted_before(home, date(2026, 11, 1), 18) == {"100000001"}
    overwritten(home.lists / "1" / file, lambda content: content[:40])
    assert alerted_before(home, date(2026, 11, 1), 18) is None
    assert list_before(home, date(2026, 11, 1)).number == 2


def test_tables_of_a_list_that_are_missing_are_damaged_too(home):
    (home.lists / "1" / "entries.parquet").unlink()
    assert [one.number for one in published_lists(home)] == [2]


def test_an_act_cut_short_by_a_kill_never_took_effect(home):
    with (home.lists / "1" / "acts.jsonl").open("a", encoding="utf-8") as acts:
        acts.write(json.dumps({"act": "withdrawn", **MOMENT})[:20])
    assert archived(home)[0].state == PUBLISHED
    act(home, 1, "withdrawn", **MOMENT)
    assert [one.state for one in archived(home)] == ["withdrawn", PUBLISHED]


def test_a_restored_list_is_shown_again(home):
    entries = home.lists / "1" / "entries.parquet"
    whole = entries.read_bytes()
    entries.write_bytes(b"damaged")
    assert len(published_lists(home)) == 1
    entries.write_bytes(whole)
    assert len(published_lists(home)) == 2


@pytest.mark.parametrize("content", [b"", b"x\n", b"\xff"])
def test_a_damaged_last_number_is_said_before_a_number_is_given_twice(home, content):
    (home.lists / "last_number").write_bytes(content)
    with pytest.raises(Damaged, match="last_number est abîmé"):
        add(home, {}, {}, **MOMENT)
    assert [said for said in damages(home) if "last_number est abîmé" in said]
    (home.lists / "last_number").write_text("2\n", encoding="utf-8")
    assert add(home, {"label": "x", "month": "2026-11-01"}, {}, **MOMENT).number == 3


def test_a_number_whose_list_was_never_written_is_not_a_list_that_is_gone(home):
    """As after a disk was full, or in a home of before the numbers written were kept."""
    (home.lists / "written_numbers").unlink()
    (home.lists / "last_number").write_text("5\n", encoding="utf-8")
    assert add(home, {"label": "x", "month": "2026-11-01"}, {}, **MOMENT).number == 6
    assert missing(home) == []
    assert alerted_before(home, date(2026, 11, 1), 18) == {"100000001"}
    with pytest.raises(DetectionRefused, match="Pas de liste n° 4"):
        archived_list(home, 4)
    shutil.rmtree(home.lists / "1")
    assert missing(home) == [1], "from the next list on"


@pytest.mark.parametrize("content", [b"x\n", b"\xff"])
def test_the_numbers_written_are_made_again(home, content):
    file = home.lists / "written_numbers"
    file.write_bytes(content)
    assert [said for said in damages(home) if "written_numbers est abîmé : retirez-le" in said]
    file.unlink()
    add(home, {"label": "x", "month": "2026-11-01"}, {}, **MOMENT)
    assert file.read_text(encoding="utf-8") == "1\n2\n3\n"


def test_a_list_whose_folder_is_gone_is_said_and_its_alerts_are_not_forgotten(home):
    shutil.rmtree(home.lists / "1")
    with pytest.raises(DetectionRefused, match="La liste n° 1 manque"):
        archived_list(home, 1)
    assert [said for said in damages(home) if "La liste n° 1 manque" in said]
    assert alerted_before(home, date(2026, 11, 1), 18) is None
    with pytest.raises(DetectionRefused, match="Pas de liste n° 9"):
        archived_list(home, 9)
