"""A range of companies by siren, used to split a table that is too large for one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation


@dataclass(frozen=True)
class CompanyRange:
    """The companies whose siren is greater than `after` and at most `last`; None means no bound on that side."""

    after: str | None = None
    last: str | None = None

    def of(self, rows: Relation) -> Relation:
        """The rows of these companies; tables are sorted by siren, so few other rows are read."""
        if self.after is not None:
            rows = rows.filter(nw.col("siren") > self.after)
        if self.last is not None:
            rows = rows.filter(nw.col("siren") <= self.last)
        return rows


ALL = CompanyRange()
"""Every company."""


def ranges(sirens: Sequence[str], size: int) -> list[CompanyRange]:
    """Ranges that together contain every company, each with at most `size` of `sirens`.

    Args:
        sirens: sorted, each once.
    """
    lasts = [sirens[place - 1] for place in range(size, len(sirens), size)]
    return [CompanyRange(after, last) for after, last in zip([None, *lasts], [*lasts, None], strict=True)]
