"""A list is an act: numbered, frozen, kept for ever."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from detection.invented_home import WHEN
from harness.list_cards import change_card
from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.learning.train import CandidateModel
from signaux_faibles.detection.lists.archive import (
    DRAFT,
    PUBLISHED,
    WITHDRAWN,
    ArchivedList,
    act,
    alerted_before,
    archived,
    archived_list,
    writing_lists,
)
from signaux_faibles.detection.lists.build import build_list
from signaux_faibles.home.home import Home
from signaux_faibles.sources.families import Family


@pytest.fixture
def home(trained: tuple[Home, CandidateModel], tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(trained[0].root, tmp_path / "home")))


def test_a_list_holds_every_scored_company_by_rank(drafted: ArchivedList) -> None:
    rows = pq.read_table(drafted.folder / "entries.parquet").to_pylist()
    assert (drafted.number, drafted.state, drafted.card["label"]) == (1, DRAFT, "Octobre 2026")
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) == drafted.card["counts"]["scored"]
    order = [(-row["probability"], row["siren"]) for row in rows]
    assert order == sorted(order)
    assert {row["departement"] for row in rows} == {"87"}


def test_the_levels_are_those_of_the_frozen_thresholds(drafted: ArchivedList) -> None:
    high, moderate = drafted.card["thresholds"]["elevee"], drafted.card["thresholds"]["moderee"]
    for row in pq.read_table(drafted.folder / "entries.parquet").to_pylist():
        expected = "elevee" if row["probability"] >= high else "moderee" if row["probability"] >= moderate else None
        assert row["level"] == expected
        assert row["first_alert"] is (None if expected else False), "no published list can say"


def test_a_card_says_whether_failures_have_moved_since_calibration(home: Home, drafted: ArchivedList) -> None:
    """Failures of the latest year known are erased, which no calibration can survive."""
    before = drafted.card["level"]
    assert before["certain"] is (abs(before["moved"] - 1) <= 0.15)
    file = home.snapshots / "2610-a" / "tables" / "known_procol.parquet"
    events = pq.read_table(file)
    pq.write_table(events.filter(pc.less(events["date_effet"], pa.scalar(date(2025, 9, 1)))), file)
    assert build_list(home, **WHEN).card["level"] == {"moved": 0.0, "certain": False, "bound": 0.15}


def test_a_model_of_before_says_nothing_of_its_level(home: Home) -> None:
    (file,) = home.models.glob("*/card.json")
    card = json.loads(file.read_text(encoding="utf-8"))
    del card["calibration"]["yearly_rate"], card["digest"]
    file.write_text(json.dumps(card), encoding="utf-8")
    assert build_list(home, **WHEN).card["level"] == {"moved": None, "certain": False, "bound": 0.15}


def test_a_promise_rests_on_the_last_list_of_the_back_test(drafted: ArchivedList) -> None:
    past = drafted.card["performance"]["last_list"]["elevee"]
    made = drafted.card["promise"]
    assert (made["companies"], made["events"]) == (past["companies"], past["events"])


def test_a_first_alert_is_known_once_a_list_of_the_months_before_is_published(
    listed_home: Home, drafted: ArchivedList
) -> None:
    assert drafted.card["counts"]["first_alerts"] is None
    change_card(drafted.folder, month="2026-09-01")
    act(listed_home, 1, PUBLISHED, **WHEN)
    made = build_list(listed_home, **WHEN)
    rows = pq.read_table(made.folder / "entries.parquet").to_pylist()
    assert {row["first_alert"] for row in rows} == {False}, "the same companies were in alert"
    assert made.card["counts"]["first_alerts"] == 0


def test_every_company_in_alert_is_explained_to_the_last_digit(drafted: ArchivedList) -> None:
    entries = pq.read_table(drafted.folder / "entries.parquet").to_pylist()
    alerted = {row["siren"]: row["probability"] for row in entries if row["level"]}
    reported = pq.read_table(drafted.folder / "reasons.parquet").to_pylist()
    assert {row["siren"] for row in reported} == set(alerted)
    families = {one.value for one in Family}
    assert all(row["family"] in families and row["text"] for row in reported)
    assert all(row["known_at"] or row["text"] == "inconnu" for row in reported)
    margins: dict[str, float] = dict.fromkeys(alerted, drafted.card["base"])
    for row in reported:
        margins[row["siren"]] += row["contribution"]
    by_margin = sorted(alerted, key=lambda siren: (-margins[siren], siren))
    assert [alerted[siren] for siren in by_margin] == sorted(alerted.values(), reverse=True)


def test_a_list_goes_from_draft_to_published_to_withdrawn_and_no_other_way(listed_home: Home) -> None:
    with pytest.raises(DetectionRefused, match="ne peut pas être retirée"):
        act(listed_home, 1, WITHDRAWN, **WHEN)
    before = {file.name: file.read_bytes() for file in (listed_home.lists / "1").iterdir() if file.name != "acts.jsonl"}
    assert act(listed_home, 1, PUBLISHED, **WHEN).state == PUBLISHED
    with pytest.raises(DetectionRefused, match="déjà fait"):
        act(listed_home, 1, PUBLISHED, **WHEN)
    assert act(listed_home, 1, WITHDRAWN, **WHEN).state == WITHDRAWN
    with pytest.raises(DetectionRefused, match="ne peut pas être publiée"):
        act(listed_home, 1, PUBLISHED, **WHEN)
    assert {name: (listed_home.lists / "1" / name).read_bytes() for name in before} == before
    acts = (listed_home.lists / "1" / "acts.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["act"] for line in acts] == [DRAFT, PUBLISHED, WITHDRAWN]


def test_a_number_is_never_given_twice(listed_home: Home) -> None:
    second = build_list(listed_home, **WHEN)
    shutil.rmtree(second.folder)
    assert build_list(listed_home, **WHEN).number == 3
    assert [one.number for one in archived(listed_home)] == [1, 3]


def test_a_list_whose_tables_were_changed_is_refused(listed_home: Home, drafted: ArchivedList) -> None:
    rows = pq.read_table(drafted.folder / "entries.parquet")
    pq.write_table(rows.slice(1), drafted.folder / "entries.parquet")
    with pytest.raises(DetectionRefused, match=r"entries\.parquet a été modifié"):
        act(listed_home, 1, PUBLISHED, **WHEN)


def test_two_lists_are_not_written_at_once(home: Home) -> None:
    with writing_lists(home), pytest.raises(DetectionRefused, match="Une autre liste"):
        build_list(home, **WHEN)
    assert archived(home) == []


def test_what_a_killed_build_left_is_no_list(home: Home) -> None:
    left = home.lists / ".1.draft"
    left.mkdir(parents=True)
    (left / "entries.parquet").write_bytes(b"half")
    assert build_list(home, **WHEN).number == 1
    assert not left.exists()


def test_same_snapshot_and_model_give_the_same_bytes(home: Home, drafted: ArchivedList) -> None:
    assert build_list(home, **WHEN).card["files"] == drafted.card["files"]


PAST = [
    ("the list before", "2026-09-01", PUBLISHED, True),
    ("18 months before", "2025-04-01", PUBLISHED, True),
    ("19 months before", "2025-03-01", PUBLISHED, False),
    ("the same month", "2026-10-01", PUBLISHED, False),
    ("a draft", "2026-09-01", DRAFT, False),
    ("a list that was withdrawn", "2026-09-01", WITHDRAWN, False),
]


@pytest.mark.parametrize(("month", "state", "counts"), [row[1:] for row in PAST], ids=[row[0] for row in PAST])
def test_which_past_lists_make_an_alert_not_the_first(
    listed_home: Home, drafted: ArchivedList, month: str, state: str, counts: bool
) -> None:
    change_card(drafted.folder, month=month)
    for wanted in (PUBLISHED, WITHDRAWN)[: {DRAFT: 0, PUBLISHED: 1, WITHDRAWN: 2}[state]]:
        act(listed_home, 1, wanted, **WHEN)
    alerted = alerted_before(listed_home, date(2026, 10, 1), 18)
    assert (alerted is not None) == counts
    assert bool(alerted) == counts


def test_no_list_without_a_promoted_model(home: Home) -> None:
    (home.models / "promoted").unlink()
    with pytest.raises(DetectionRefused, match="sf promote"):
        build_list(home, **WHEN)


def test_an_unknown_list_is_said(home: Home) -> None:
    with pytest.raises(DetectionRefused, match="Pas de liste n° 9"):
        archived_list(home, 9)
