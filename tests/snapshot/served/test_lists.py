"""The published lists beside the register."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from harness.tiny_home import (
    ATELIERS,
    BRETONNE,
    CEVENOL,
    ELEONORE,
    HEALTHY,
    IN_PROCEDURE,
    MASKED,
    Invented,
    published_home,
)
from signaux_faibles.detection.levels import Level
from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.served.lists import (
    PublishedList,
    Scope,
    Selection,
    entry,
    levels,
    published_lists,
    reasons,
)
from signaux_faibles.snapshot.served.lists import alerts as read_alerts
from signaux_faibles.snapshot.shelf import Shelf, Snapshot
from signaux_faibles.sources.families import Family

FRANCE = frozenset({"22", "30", "35", "87"})
HERE = frozenset({"87"})
SELECTIONS = {
    "the whole of France": (Selection(FRANCE), [ATELIERS, CEVENOL, BRETONNE, ELEONORE, MASKED]),
    "head office in the zone": (Selection(HERE), [ATELIERS, ELEONORE, MASKED]),
    "an establishment in the zone": (Selection(HERE, Scope.ESTABLISHMENT), [ATELIERS, CEVENOL, ELEONORE, MASKED]),
    "one department of the zone": (Selection(FRANCE, departements=frozenset({"30"})), [CEVENOL]),
    "a department outside the zone": (Selection(HERE, departements=frozenset({"35"})), []),
    "a level": (Selection(FRANCE, level=Level.MODERATE), [ELEONORE, MASKED]),
    "first alerts": (Selection(FRANCE, first_alert=True), [ELEONORE]),
    "a sector": (Selection(FRANCE, sections=frozenset({"H", "G"})), [CEVENOL, MASKED]),
    "a headcount": (Selection(FRANCE, headcount_min=75), [CEVENOL, BRETONNE]),
    "a name without its accents": (Selection(FRANCE, text="eleonore"), [ELEONORE]),
    "the start of a siren, with spaces": (Selection(FRANCE, text="811 1"), [ATELIERS]),
    "a masked name": (Selection(FRANCE, text="nd"), []),
    "a wildcard is a character": (Selection(FRANCE, text="%"), []),
    "no zone": (Selection(frozenset()), []),
}


@pytest.fixture
def october(read_only_home: Home) -> PublishedList:
    return published_lists(read_only_home)[0]


def test_only_published_lists_are_shown_latest_first(read_only_home: Home) -> None:
    assert [one.label for one in published_lists(read_only_home)] == ["Octobre 2026", "Avril 2026"]


@pytest.mark.parametrize(("selection", "kept"), SELECTIONS.values(), ids=SELECTIONS.keys())
def test_a_selection_keeps_by_rank(
    snapshot: Snapshot, october: PublishedList, selection: Selection, kept: list[Invented]
) -> None:
    assert [alert.siren for alert in read_alerts(snapshot, october, selection)] == [one.siren for one in kept]


def test_an_entry_says_the_level_and_the_observed_frequency(snapshot: Snapshot, october: PublishedList) -> None:
    known = entry(snapshot, october, ATELIERS.siren)
    assert known is not None
    assert (known.level, known.class_observed, known.class_companies) == (Level.HIGH, 0.31, 312)
    scored = entry(snapshot, october, HEALTHY.siren)
    assert scored is not None
    assert scored.level is None
    assert entry(snapshot, october, IN_PROCEDURE.siren) is None


def test_a_first_alert_that_nothing_can_tell_is_not_shown_as_one(tmp_path: Path) -> None:
    home = published_home(tmp_path)
    october = published_lists(home.home)[0]
    file = october.folder / "entries.parquet"
    entries = pq.read_table(file)
    unknown = pa.nulls(len(entries), pa.bool_())
    pq.write_table(entries.set_column(entries.column_names.index("first_alert"), "first_alert", unknown), file)
    with Shelf(home.home).pinned() as snapshot:
        assert read_alerts(snapshot, october, Selection(FRANCE, first_alert=True)) == []
        assert {alert.first_alert for alert in read_alerts(snapshot, october, Selection(FRANCE))} == {None}


def test_levels_of_a_page_of_results(snapshot: Snapshot, october: PublishedList) -> None:
    assert levels(snapshot, october, [ELEONORE.siren, HEALTHY.siren]) == {ELEONORE.siren: Level.MODERATE}


def test_reasons_come_heaviest_first_with_their_family(snapshot: Snapshot, october: PublishedList) -> None:
    families = [reason.family for reason in reasons(snapshot, october, [ATELIERS.siren])[ATELIERS.siren]]
    assert families == [Family.URSSAF, Family.OPEN, Family.OPEN]
