"""What pages read of one company in a served table: one definition, for one company and for all those of a block."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

_BETWEEN = "siren BETWEEN $first AND $last"
_BLOCK = f"SELECT siren FROM assessed_company WHERE {_BETWEEN}"


@dataclass(frozen=True)
class CompanySubject:
    """The rows that a company has in a served table.

    Attributes:
        name: of the subject in the prepared file.
        table: the served table, or a query in parentheses that keeps its `siren`.
        columns: SQL of what is read; aggregates where `by` is given.
        by: the columns that rows are grouped by, beside the siren.
        order: of the rows; without it the reader sorts them.
        recent: the condition of what is prepared, where the table holds more than pages show.
        last: a column, and how many of its highest values are prepared, for the same reason.
        mentions: the served table whose sirens say whether there is anything to read; empty where most have some.
    """

    name: str
    table: str
    columns: tuple[str, ...]
    by: str = ""
    order: str = ""
    recent: str = ""
    last: tuple[str, int] | None = None
    mentions: str = ""

    @cached_property
    def of_one(self) -> str:
        """The query of a company, `$siren`."""
        return self.where("siren = $siren")

    def where(self, condition: str) -> str:
        """The query of some rows of a company, such as those of an establishment."""
        query = f"SELECT {', '.join(self.columns)} FROM {self.table} WHERE {condition}"
        grouped = f"{query} GROUP BY {self.by}" if self.by else query
        return f"{grouped} ORDER BY {self.order}" if self.order else grouped

    @cached_property
    def of_block(self) -> str:
        """The query of the companies of the perimeter from `$first` to `$last`: siren, then the columns as `c0`, `c1`…

        The last column is the rank of each row where there is an order.
        """
        columns = ", ".join(f"{column} AS c{rank}" for rank, column in enumerate(self.columns))
        ranked = f", row_number() OVER (ORDER BY {self.order}) AS rank" if self.order else ""
        recent = f" AND {self.recent}" if self.recent else ""
        grouped = f" GROUP BY siren, {self.by}" if self.by else ""
        return (
            f"SELECT siren, {columns}{ranked} FROM {self.table} SEMI JOIN ({_BLOCK}) AS block USING (siren)"
            f" {self._kept} WHERE {_BETWEEN}{recent}{grouped}"
        )

    @property
    def _kept(self) -> str:
        """What keeps the last rows of each company: a window over them all would sort every column."""
        if self.last is None:
            return ""
        column, count = self.last
        first = f"SELECT siren AS company, list_min(max({column}, {count})) AS first FROM {self.table}"
        return f"JOIN ({first} WHERE {_BETWEEN} GROUP BY siren) ON siren = company AND {column} >= first"
