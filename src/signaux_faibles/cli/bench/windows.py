"""The lists on which ways to learn are compared: before the health crisis, during it, and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from signaux_faibles.detection.learning.split import Split, split_at
from signaux_faibles.panel.build import FIRST_MONTH
from signaux_faibles.relations.months import index_of


@dataclass(frozen=True)
class Window:
    """The lists that one model makes, and which are measured; it learns before the first of them, less one purge."""

    name: str
    first: date
    last: date
    measured: tuple[date, ...] = ()

    def split(self, start: int = index_of(FIRST_MONTH)) -> Split:
        """The months that it learns from and judges, in a history that begins at a month given by index."""
        origin = index_of(self.first)
        return split_at(origin, start, index_of(self.last) - origin + 1)


BEFORE, CRISIS, AFTER = "avant", "crise", "après"
WINDOWS = (
    Window(BEFORE, date(2017, 9, 1), date(2019, 6, 1), (date(2018, 6, 1), date(2018, 9, 1), date(2018, 12, 1))),
    Window(CRISIS, date(2020, 3, 1), date(2021, 12, 1)),
    Window(AFTER, date(2022, 6, 1), date(2024, 12, 1)),
)
"""The lists of a window feed one policy; order and level are measured on all of them, or on those named."""

QUIET = (BEFORE, AFTER)
"""The windows whose calls are counted together."""
WITHOUT_DEBTS = Window("sans dettes", date(2024, 6, 1), date(2024, 6, 1))
"""The list that is scored without any debt, by a model learned just before its purge, as in service."""
IN_CRISIS = date(2020, 6, 1)
"""The list of the crisis whose level the health crisis put most to the test."""
