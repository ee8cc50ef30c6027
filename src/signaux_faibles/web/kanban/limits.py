"""Soft limits of the columns of a board: going past one shows a sentence and refuses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from signaux_faibles.web.accompagnements.states import BoardColumn
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.kanban.models import ColumnLimit
from signaux_faibles.wording.french import counted

LIMITED = tuple(one for one in BoardColumn if one is not BoardColumn.SUIVI_TERMINE)
"""What is finished has no limit."""
HIGHEST = 999


@dataclass(frozen=True)
class ColumnHead:
    """A column of a board: how many cards the reader sees in it, filters left aside, and its limit if it has one."""

    column: BoardColumn
    count: int
    most: int | None

    @property
    def over(self) -> int:
        """By how many cards the limit is passed; zero where it is not."""
        return max(self.count - self.most, 0) if self.most is not None else 0

    @property
    def words(self) -> str:
        """« Suivi en cours 7, limite 5 : 2 cartes de trop »."""
        if self.most is None:
            return f"{self.column.value} {self.count}"
        beyond = f" : {counted(self.over, 'carte', 'cartes')} de trop" if self.over else ""
        return f"{self.column.value} {self.count}, limite {self.most}{beyond}"


def limits_of(region: str) -> Mapping[BoardColumn, int | None]:
    """The limits of a board, by column; None where there is none."""
    rows = ColumnLimit.objects.filter(region=region).order_by("pk").values_list("column", "most")
    limits = {BoardColumn[column]: most for column, most in rows}
    return {column: limits.get(column) for column in LIMITED}


def set_limits(author: Account, region: str, limits: Mapping[BoardColumn, int | None]) -> None:
    """Write the limits that change."""
    limits_before = limits_of(region)
    for column in LIMITED:
        if column in limits and limits[column] != limits_before[column]:
            ColumnLimit(region=region, column=column.name, most=limits[column], author=author).save()
