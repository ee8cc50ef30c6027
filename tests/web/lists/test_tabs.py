"""From a published list to another."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from signaux_faibles.snapshot.served.lists import PublishedList
from signaux_faibles.web.lists.tabs import AT_HAND, ListTabs


def published(number: int, label: str) -> PublishedList:
    return PublishedList(number, label, date(2026, 10, 1), True, Path(), {}, {})


LISTS = [
    published(9, "Octobre 2026"),
    published(8, "Octobre 2026"),
    *(published(n, f"Mois {n}") for n in range(7, 0, -1)),
]


def test_the_latest_are_at_hand_and_the_others_folded() -> None:
    tabs = ListTabs.of(LISTS, LISTS[0])
    assert [one.number for one in tabs.at_hand] == [9, 8, 7, 6, 5, 4]
    assert ([one.number for one in tabs.older], tabs.opened) == ([3, 2, 1], False)
    assert ListTabs.of(LISTS[:AT_HAND], LISTS[0]).older == ()


def test_an_older_list_that_is_read_is_not_folded() -> None:
    tabs = ListTabs.of(LISTS, LISTS[-1])
    assert (tabs.opened, [one.number for one in (*tabs.at_hand, *tabs.older) if one.current]) == (True, [1])


def test_two_lists_of_one_month_have_two_names() -> None:
    names = [one.name for one in ListTabs.of(LISTS, LISTS[0]).at_hand[:3]]
    assert names == ["Octobre 2026 (n° 9)", "Octobre 2026 (n° 8)", "Mois 7"]
