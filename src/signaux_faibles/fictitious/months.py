"""The months of the invented country, counted from January 2004, and the month and day of a batch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

Months = npt.NDArray[np.int32]
Dates = npt.NDArray[np.datetime64]

FIRST_YEAR = 2004
"""Two years before the first procedure that Urssaf delivers, so that the lives have begun."""
LAST = 12 * 25
"""The end of the invented country (excluded): December 2028, whatever the batch."""
_EPOCH = (FIRST_YEAR - 1970) * 12


def month(year: int, number: int) -> int:
    """Rank of a month; `number` from 1 to 12."""
    return (year - FIRST_YEAR) * 12 + number - 1


def year_of(rank: int) -> int:
    """Year of a month given by its rank."""
    return FIRST_YEAR + rank // 12


def first_day(rank: npt.NDArray[np.integer]) -> Dates:
    """First days of months given by their rank, as `datetime64[D]`."""
    return (rank.astype(np.int64) + _EPOCH).astype("datetime64[M]").astype("datetime64[D]")


def month_of(day: Dates) -> Months:
    """Rank of the month that holds each day."""
    return (day.astype("datetime64[M]").astype(np.int64) - _EPOCH).astype(np.int32)


def urssaf_month(rank: int) -> str:
    """Spelling of a month in the headers of the effectif files: July 2016 is 201631 (import-chain §4.4)."""
    number = rank % 12
    return f"{year_of(rank)}{number // 3 + 1}{number % 3 + 1}"


@dataclass(frozen=True)
class Batch:
    """A month of delivery, named AAMM (import-chain §3.1).

    Attributes:
        key: its name.
        after: the batch delivered just before it, None for the first one; increments hold what was published since.
    """

    key: str
    after: str | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch("[0-9]{2}(0[1-9]|1[0-2])", self.key):
            raise ValueError(f"« {self.key} » n'est pas un lot AAMM.")
        if not month(2011, 1) < self.rank < LAST - 12:
            raise ValueError(f"Le pays inventé existe de 1102 à 2712 ; « {self.key} » est hors de cette période.")
        if self.after is not None and Batch(self.after).rank >= self.rank:
            raise ValueError(f"Le lot {self.after} ne précède pas le lot {self.key}.")

    @property
    def rank(self) -> int:
        """Rank of the month of delivery."""
        return month(2000 + int(self.key[:2]), int(self.key[2:]))

    @property
    def register_day(self) -> np.datetime64:
        """First day of the month, on which INSEE extracts its register."""
        return np.datetime64(self.first.isoformat())

    @property
    def urssaf_day(self) -> np.datetime64:
        """Last day that Urssaf has processed: the 20th (import-chain §8.3)."""
        return np.datetime64(self.first.replace(day=20).isoformat())

    @property
    def covered_until(self) -> np.datetime64 | None:
        """Last day covered by the batch before, for what is delivered by increments; None when there is none."""
        return Batch(self.after).urssaf_day if self.after else None

    @property
    def first(self) -> date:
        """First day of the month of delivery."""
        return date(year_of(self.rank), self.rank % 12 + 1, 1)
