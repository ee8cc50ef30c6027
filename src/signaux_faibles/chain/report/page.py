"""The parts of a report, all text: a page, its sections, their tables; and how numbers are spelled in French."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

LONGEST = 300
"""Characters shown of a reject: a lost quote can make one of a hundred lines."""


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
        detail: left out of the screen, where only what decides is shown.
    """

    title: str
    sentences: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    orders: tuple[Order, ...] = ()
    detail: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.sentences or self.grids or self.orders)


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


def number(value: int | None) -> str:
    """An integer, spaces between thousands; nothing for unknown."""
    return "" if value is None else f"{value:,}".replace(",", "\u202f")


def percent(share: float, *, signed: bool = False) -> str:
    """A share, in percent with two decimals: 0.0005 is « 0,05 % »."""
    text = f"{share * 100:+,.2f}" if signed else f"{share * 100:,.2f}"
    return text.replace(",", "\u202f").replace(".", ",") + "\u00a0%"


def counted(value: int, one: str, many: str) -> str:
    """A number with its noun: « 1 rejet », « 2 rejets »."""
    return f"{number(value)} {one if abs(value) < 2 else many}"


def printable(text: str) -> str:
    """A text that shows what it holds: a terminal obeys no control character of a file, nor a page its direction."""
    return "".join(_visible(character) for character in text)


def excerpt(text: str) -> str:
    """The beginning of a text of a file."""
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def _visible(character: str) -> str:
    shown = unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    return character if shown else f"<U+{ord(character):04X}>"
