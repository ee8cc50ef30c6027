"""The published lists beside the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
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
from signaux_faibles.snapshot.archived.reasons import reasons
from signaux_faibles.snapshot.served.lists import (
    PublishedList,
    Scope,
    entry,
    legal_forms,
    levels,
    levels_of_lists,
    published_lists,
    sirens_found,
)
from signaux_faibles.snapshot.served.lists import alerts as read_alerts
from signaux_faibles.snapshot.shelf import Shelf, Snapshot
from signaux_faibles.sources.families import Family

FRANCE = frozenset({"22", "30", "35", "87"})
HERE = frozenset({"87"})
TIED = {
    "the whole of France": (FRANCE, Scope.HEAD_OFFICE, [ATELIERS, CEVENOL, BRETONNE, ELEONORE, MASKED]),
    "head office in the zone": (HERE, Scope.HEAD_OFFICE, [ATELIERS, ELEONORE, MASKED]),
    "an establishment in the zone": (HERE, Scope.ESTABLISHMENT, [ATELIERS, CEVENOL, ELEONORE, MASKED]),
    "no zone": (frozenset(), Scope.HEAD_OFFICE, []),
}


@pytest.fixture
def october(read_only_home: Home) -> PublishedList:
    return published_lists(read_only_home)[0]


def test_only_published_lists_are_shown_latest_first(read_only_home: Home) -> None:
    assert [one.label for one in published_lists(read_only_home)] == ["Octobre 2026", "Avril 2026"]


@pytest.mark.parametrize(("zone", "scope", "kept"), TIED.values(), ids=TIED)
def test_alerts_tied_to_a_zone_come_by_rank(
    snapshot: Snapshot, october: PublishedList, zone: frozenset[str], scope: Scope, kept: list[Invented]
) -> None:
    assert [alert.siren for alert in read_alerts(snapshot, october, zone, scope)] == [one.siren for one in kept]


def test_an_alert_knows_its_company(snapshot: Snapshot, october: PublishedList) -> None:
    first = read_alerts(snapshot, october, HERE, Scope.HEAD_OFFICE)[0]
    known = (first.siren, first.rank, first.town, first.section_code, first.created, first.headcount)
    assert known == (ATELIERS.siren, 1, "LIMOGES", "C", date(2004, 3, 12), 48)
    assert first.legal_form == "SAS, société par actions simplifiée"
    assert legal_forms(snapshot) == ("SAS, société par actions simplifiée",)


def test_the_lists_that_assessed_a_company_give_its_levels(snapshot: Snapshot, read_only_home: Home) -> None:
    lists = published_lists(read_only_home)
    sirens = [ELEONORE.siren, HEALTHY.siren, IN_PROCEDURE.siren]
    assert levels_of_lists(snapshot, lists, sirens) == {
        ELEONORE.siren: {1: Level.MODERATE, 2: Level.MODERATE},
        HEALTHY.siren: {1: None, 2: None},
        IN_PROCEDURE.siren: {},
    }
    assert levels_of_lists(snapshot, [], sirens[:1]) == {ELEONORE.siren: {}}


def test_an_entry_says_the_level_and_the_observed_frequency(snapshot: Snapshot, october: PublishedList) -> None:
    known = entry(snapshot, october, ATELIERS.siren)
    assert known is not None
    assert (known.level, known.class_observed, known.class_companies) == (Level.HIGH, 0.31, 312)
    scored = entry(snapshot, october, HEALTHY.siren)
    assert scored is not None
    assert scored.level is None
    assert entry(snapshot, october, IN_PROCEDURE.siren) is None


def test_a_first_alert_that_nothing_can_say_stays_unknown(tmp_path: Path) -> None:
    home = published_home(tmp_path)
    october = published_lists(home.home)[0]
    file = october.folder / "entries.parquet"
    entries = pq.read_table(file)
    unknown = pa.nulls(len(entries), pa.bool_())
    pq.write_table(entries.set_column(entries.column_names.index("first_alert"), "first_alert", unknown), file)
    with Shelf(home.home).pinned() as snapshot:
        alerts = read_alerts(snapshot, october, FRANCE, Scope.HEAD_OFFICE)
        assert {alert.first_alert for alert in alerts} == {None}


def test_levels_of_a_page_of_results(snapshot: Snapshot, october: PublishedList) -> None:
    assert levels(snapshot, october, [ELEONORE.siren, HEALTHY.siren]) == {ELEONORE.siren: Level.MODERATE}


def test_reasons_come_heaviest_first_with_their_family(snapshot: Snapshot, october: PublishedList) -> None:
    families = [reason.family for reason in reasons(snapshot, october, [ATELIERS.siren])[ATELIERS.siren]]
    assert families == [Family.URSSAF, Family.OPEN, Family.OPEN]


FOUND = {
    "a name without its accents": ("eleonore", [ELEONORE]),
    "words in another order, by their beginnings": ("limou atel", [ATELIERS]),
    "a word with a letter wrong": ("mecanqiue", [BRETONNE]),
    "a sign": ("pain d'or", [ELEONORE]),
    "a siret": (f"{ATELIERS.siren} 00010", [ATELIERS]),
    "a VAT number": (f"FR12 {CEVENOL.siren}", [CEVENOL]),
    "a masked company by its siren": (MASKED.siren, [MASKED]),
    "a company that is not in the list": ("imprimerie", []),
    "the start of a siren, with spaces": ("811 1", [ATELIERS]),
    "a masked name": ("nd", []),
    "a wildcard is a character": ("%", []),
}


@pytest.mark.parametrize(("text", "companies"), FOUND.values(), ids=FOUND)
def test_a_text_finds_what_the_search_of_the_register_would(
    snapshot: Snapshot, text: str, companies: Sequence[Invented]
) -> None:
    listed = {one.siren for one in (ATELIERS, CEVENOL, BRETONNE, ELEONORE, MASKED)}
    assert sirens_found(snapshot, text, listed) == {one.siren for one in companies}
