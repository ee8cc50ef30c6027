"""Pages of a list of results."""

from __future__ import annotations

from dataclasses import dataclass

WINDOW = 2
"""Numbers shown on each side of the page that is open."""


@dataclass(frozen=True)
class Paging:
    """Which page is open, out of how many; a number beyond the last page opens the last one."""

    number: int
    pages: int
    size: int

    @classmethod
    def of(cls, asked: str | None, *, total: int, size: int) -> Paging:
        """The page that an address asks for; anything but a number of page opens the first one."""
        pages = max(1, -(-total // size))
        number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
        return cls(min(max(number, 1), pages), pages, size)

    @property
    def offset(self) -> int:
        """Results before this page."""
        return (self.number - 1) * self.size

    @property
    def numbers(self) -> range:
        """The numbers around the page that is open."""
        return range(max(1, self.number - WINDOW), min(self.pages, self.number + WINDOW) + 1)

    @property
    def previous(self) -> int | None:
        """The page before."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The page after."""
        return self.number + 1 if self.number < self.pages else None
