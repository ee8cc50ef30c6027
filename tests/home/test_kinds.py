"""Invented and real data never meet in a home, and demonstration accounts open only what is wholly invented."""

import json
from datetime import date

import pytest

from signaux_faibles.home.home import Home
from signaux_faibles.home.kinds import mixture, only_invented, refusal_of_kind
from signaux_faibles.home.manifest import Manifest

INVENTED, REAL = True, False


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


def put(file, fictitious):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"fictitious": fictitious}), encoding="utf-8")


def batch(home, key, fictitious):
    put(home.batches / f"{key}.json", fictitious)


def snapshot(fictitious, **batches):
    stood_on = {key.removeprefix("b"): kind for key, kind in batches.items()}
    return Manifest("2610-a", "2610", date(2026, 10, 31), "", "duckdb", fictitious, True, {}, batches=stood_on)


HELD = [
    ("a batch", lambda home, kind: batch(home, "2609", kind), "le lot 2609"),
    ("a later batch", lambda home, kind: batch(home, "2701", kind), "le lot 2701"),
    ("a snapshot", lambda home, kind: put(home.snapshots / "2609-a" / "manifest.json", kind), "l'instantané 2609-a"),
    ("a list", lambda home, kind: put(home.lists / "1" / "card.json", kind), "la liste n° 1"),
]


@pytest.mark.parametrize(("name", "hold", "said"), HELD, ids=[one[0] for one in HELD])
@pytest.mark.parametrize("kind", [INVENTED, REAL])
def test_a_batch_enters_a_home_of_its_own_kind_only(home, name, hold, said, kind):
    hold(home, kind)
    assert refusal_of_kind(home, "2610", fictitious=kind) is None
    refusal = refusal_of_kind(home, "2610", fictitious=not kind)
    assert said in refusal
    assert "--home" in refusal


def test_the_mark_of_a_batch_that_nothing_was_built_from_can_be_corrected(home):
    batch(home, "2610", INVENTED)
    assert refusal_of_kind(home, "2610", fictitious=REAL) is None


def test_a_damaged_file_has_no_kind_and_blocks_nothing(home):
    home.batches.mkdir(parents=True)
    (home.batches / "2609.json").write_bytes(b'{"fictitious": tr\xff')
    assert refusal_of_kind(home, "2610", fictitious=REAL) is None


STANDING = [
    ("every batch is invented", snapshot(INVENTED, b2609=True, b2610=True), {}, True),
    ("every batch is real", snapshot(REAL, b2609=False, b2610=False), {}, False),
    ("an earlier batch was real", snapshot(INVENTED, b2609=False, b2610=True), {}, None),
    ("an earlier batch was invented", snapshot(REAL, b2609=True, b2610=False), {}, None),
    ("an earlier batch is declared real since", snapshot(INVENTED, b2609=True), {"2609": REAL}, None),
    ("the batch itself is declared real since", snapshot(INVENTED, b2610=True), {"2610": REAL}, None),
    ("a later batch is real", snapshot(INVENTED, b2610=True), {"2611": REAL}, True),
    ("built by older code, beside real batches", snapshot(INVENTED), {"2609": REAL, "2610": INVENTED}, None),
    ("built by older code, among invented batches", snapshot(INVENTED), {"2609": INVENTED, "2610": INVENTED}, True),
]


@pytest.mark.parametrize(("name", "manifest", "batches", "invented"), STANDING, ids=[one[0] for one in STANDING])
def test_a_snapshot_is_invented_when_all_that_it_stands_on_is(home, name, manifest, batches, invented):
    for key, kind in batches.items():
        batch(home, key, kind)
    assert only_invented(home, manifest) is (invented is True)
    assert (mixture(home, manifest) is None) is (invented is not None)
