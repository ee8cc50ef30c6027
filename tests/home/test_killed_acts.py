"""An act killed before any touch of the disk: readers see it done or not done, and it can be done again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from harness.killed import killed_everywhere
from signaux_faibles.detection.lists.archive import (
    DRAFT,
    PUBLISHED,
    WITHDRAWN,
    act,
    add,
    archived,
    archived_list,
    numbers,
    writing_lists,
)
from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import Manifest
from signaux_faibles.home.published import history, published
from signaux_faibles.snapshot.publication import publish, readable_snapshots, rollback, rollback_target

MOMENT = {"at": "2026-11-02T12:00:00+00:00", "by": "chaîne"}
CARD = {"label": "Octobre", "month": "2026-10-01", "fictitious": True, "snapshot": "2610-a"}
ROWS = pa.table({"siren": ["100000001"], "level": ["elevee"]})


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Two snapshots, the first of them published, and two lists of which the first is published."""
    place = Home(tmp_path / "home")
    for month, letter in ((9, "a"), (10, "b")):
        folder = place.snapshots / f"26{month:02}-{letter}"
        folder.mkdir(parents=True)
        Manifest(
            id=folder.name,
            batch=f"26{month:02}",
            as_of=date(2026, month, 28),
            built_at=f"2026-{month:02}-30T08:00:00",
            engine="duckdb",
            fictitious=True,
            filtered=True,
            tables={},
        ).write(folder)
    publish(place, "2609-a", just_built=True)
    with writing_lists(place):
        add(place, CARD, {"entries": ROWS}, **MOMENT)
        add(place, CARD, {"entries": ROWS}, **MOMENT)
    act(place, 1, PUBLISHED, **MOMENT)
    return place


def test_a_publication_of_a_snapshot(home: Home) -> None:
    seen = set()
    for trial in map(Home, killed_everywhere(home.root, lambda root: publish(Home(root), "2610-b", just_built=True))):
        now = published(trial)
        seen.add(now)
        assert history(trial)[-1].snapshot == now
        assert readable_snapshots(trial) == ({"2609-a"} if now == "2609-a" else {"2609-a", "2610-b"})
        publish(trial, "2610-b", just_built=True)
        assert [one.snapshot for one in history(trial)] == ["2609-a", "2610-b"]
        assert rollback_target(trial) == "2609-a"
    assert seen == {"2609-a", "2610-b"}


def test_a_rollback(home: Home) -> None:
    publish(home, "2610-b", just_built=True)
    seen = set()
    for trial in map(Home, killed_everywhere(home.root, lambda root: rollback(Home(root)))):
        now = published(trial)
        seen.add(now)
        assert rollback_target(trial) == ("2609-a" if now == "2610-b" else None)
        if now == "2610-b":
            rollback(trial)
        assert published(trial) == "2609-a"
        assert readable_snapshots(trial) == {"2609-a"}
    assert seen == {"2609-a", "2610-b"}


ACTS = [(2, DRAFT, PUBLISHED, ""), (1, PUBLISHED, WITHDRAWN, "Fichier de l’Urssaf incomplet")]


@pytest.mark.parametrize(("number", "before", "wanted", "reason"), ACTS, ids=["publication", "withdrawal"])
def test_an_act_on_a_list(home: Home, number: int, before: str, wanted: str, reason: str) -> None:
    seen = set()

    def done(root: Path) -> object:
        return act(Home(root), number, wanted, reason=reason, **MOMENT)

    for trial in map(Home, killed_everywhere(home.root, done)):
        assert [one.number for one in archived(trial)] == [1, 2]
        state = archived_list(trial, number).state
        seen.add(state)
        if state == before:
            done(trial.root)
        assert archived_list(trial, number).state == wanted
        assert archived_list(trial, number).reason == reason
    assert seen == {before, wanted}


def test_a_new_list(home: Home) -> None:
    """A number that a kill has used up is not given again: an agent may have written it down."""
    seen = set()

    def done(root: Path) -> object:
        with writing_lists(Home(root)):
            return add(Home(root), CARD, {"entries": ROWS, "reasons": ROWS}, **MOMENT)

    for trial in map(Home, killed_everywhere(home.root, done)):
        there = numbers(trial)
        seen.add(tuple(there))
        assert [one.number for one in archived(trial)] == there
        done(trial.root)
        assert numbers(trial)[:-1] == there
        assert numbers(trial)[-1] in (3, 4)
        assert archived_list(trial, numbers(trial)[-1]).state == DRAFT
        assert not list(trial.lists.glob(".*.draft"))
    assert seen == {(1, 2), (1, 2, 3)}
