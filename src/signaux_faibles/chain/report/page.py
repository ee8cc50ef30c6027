"""The parts of a report, all of them text: a page, its sections, their tables."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from signaux_faibles.chain.report.figure import Figure
from signaux_faibles.wording.french import day_label, number

LONGEST = 300
"""Characters shown of a reject: a lost quote can merge a hundred lines into one."""


@dataclass(frozen=True)
class Grid:
    """A table: its caption, its headers, its rows; the first cell of a row names it.

    Attributes:
        numbers: the ranks of the columns that hold numbers, the first column being 0.
    """

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Order:
    """A command to type, as is, and what it is for."""

    purpose: str
    command: str


@dataclass(frozen=True)
class Section:
    """What a report says on one subject.

    Attributes:
        figures: drawn on the page only; the grids hold the same numbers.
        detail: left out of the screen, where only what decides is shown.
    """

    title: str
    sentences: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    orders: tuple[Order, ...] = ()
    detail: bool = False
    figures: tuple[Figure, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.sentences or self.grids or self.orders or self.figures)


@dataclass(frozen=True)
class Page:
    """A whole report.

    Attributes:
        mark: « Données fictives », or nothing.
        sections: none is empty.
    """

    title: str
    mark: str
    sections: tuple[Section, ...]


def cell(value: int | date | None) -> str:
    """A number or a day in a table of a report; nothing where it is unknown."""
    if value is None:
        return ""
    return day_label(value) if isinstance(value, date) else number(value)


def printable(text: str) -> str:
    """A text made harmless: terminals must not obey control characters from a file, nor pages its text direction."""
    return "".join(_visible(character) for character in text)


def excerpt(text: str) -> str:
    """The beginning of a text of a file."""
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def _visible(character: str) -> str:
    is_visible = unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    return character if is_visible else f"<U+{ord(character):04X}>"
