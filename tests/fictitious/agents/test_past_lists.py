"""The lists that the service before this one published in the invented country."""

from __future__ import annotations

import json
from pathlib import Path

from signaux_faibles.detection.levels import Level
from signaux_faibles.detection.lists.past.lists import PastList, lists_of
from signaux_faibles.detection.lists.past.reading import read_records
from signaux_faibles.fictitious import Invention, Scale, invent
from signaux_faibles.fictitious.agents.export import LISTS


def lists(folder: Path) -> list[PastList]:
    return [one for path in sorted((folder / LISTS).glob("*.json")) for one in lists_of(read_records(path))]


def test_they_are_read_by_the_import_whatever_their_format(country: dict[str, Invention]) -> None:
    folder = country["2603"].agents
    found = lists(folder)
    assert [one.label for one in found] == ["Mars 2025", "Juin 2025", "Septembre 2025", "Décembre 2025"]
    columns = {frozenset(json.loads(path.read_text(encoding="utf-8"))[0]) for path in (folder / LISTS).glob("*.json")}
    assert len(columns) == 2
    for one in found:
        share = sum(row.level is not None for row in one.rows) / len(one.rows)
        assert 0.01 < share < 0.2
        assert all(row.themes for row in one.rows if row.level is Level.HIGH)


def test_a_list_never_changes_with_what_came_after(country: dict[str, Invention], tmp_path: Path) -> None:
    later = invent(tmp_path, scale=Scale.SAMPLE, batch="2606", seed=20)
    before, after = lists(country["2603"].agents), lists(later.agents)
    assert len(after) == len(before) + 1
    assert [one.digest for one in after[: len(before)]] == [one.digest for one in before]


def test_none_is_older_than_the_first(country: dict[str, Invention]) -> None:
    assert lists(country["1809"].agents) == []
