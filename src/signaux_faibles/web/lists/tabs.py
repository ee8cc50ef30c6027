"""The published lists, from one to another: the latest at hand, the others folded, no two under one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from signaux_faibles.snapshot.served.lists import PublishedList

AT_HAND = 6
"""Lists shown before the others are folded: half a year of them."""


@dataclass(frozen=True)
class ListTab:
    """A list to open: its number, its name, and whether it is the one that is read."""

    number: int
    name: str
    current: bool


@dataclass(frozen=True)
class ListTabs:
    """The lists at hand, and those that are older; `opened` when the one that is read is older."""

    at_hand: tuple[ListTab, ...]
    older: tuple[ListTab, ...]

    @property
    def opened(self) -> bool:
        """Whether the older ones are shown."""
        return any(one.current for one in self.older)

    @classmethod
    def of(cls, lists: Sequence[PublishedList], chosen: PublishedList) -> ListTabs:
        """The tabs of lists, latest first; two lists of one month are distinguished by their numbers."""
        months = Counter(one.label for one in lists)
        tabs = tuple(
            ListTab(
                one.number,
                f"{one.label} (n° {one.number})" if months[one.label] > 1 else one.label,
                one.number == chosen.number,
            )
            for one in lists
        )
        return cls(tabs[:AT_HAND], tabs[AT_HAND:])
