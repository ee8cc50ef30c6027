"""The companies nearest to one of them, beside it, with what the agent may read of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from statistics import median

from signaux_faibles.detection.levels import Level
from signaux_faibles.snapshot.served.comparables import (
    Comparable,
    Comparables,
    LastAccounts,
    comparables_of,
    last_accounts_of,
)
from signaux_faibles.snapshot.served.lists import PublishedList, levels
from signaux_faibles.snapshot.served.procedures import sources_not_read
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.consultation.procedure_badges import Badge, procedure_badges
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.rights.decide import decide_family

NO_ACCOUNTS = LastAccounts()
FEWEST = 5
"""The median of fewer values says little."""


@dataclass(frozen=True)
class ComparableRow:
    """A comparable company; `level` is None without an alert, or where its detection is closed to the agent."""

    company: Comparable
    accounts: LastAccounts
    level: Level | None
    badges: tuple[Badge, ...]


@dataclass(frozen=True)
class Medians:
    """The medians of what is known of the comparable companies, euros rounded; None where too few are known."""

    headcount: int | None
    turnover: int | None
    ebe_share: float | None
    net_result: int | None
    equity: int | None

    @classmethod
    def of(cls, rows: Sequence[ComparableRow]) -> Medians:
        """The medians of some rows."""
        accounts = [one.accounts for one in rows]
        return cls(
            _whole(_median([one.company.headcount for one in rows])),
            _whole(_median([one.turnover for one in accounts])),
            _median([one.ebe_share for one in accounts]),
            _whole(_median([one.net_result for one in accounts])),
            _whole(_median([one.equity for one in accounts])),
        )


@dataclass(frozen=True)
class ComparablesPage:
    """A company beside those that are nearest to it.

    Attributes:
        comparables: what it is compared with; own: its own last accounts.
        published: the list that the levels come from; None where detection is closed to the agent, or without a list.
    """

    comparables: Comparables
    own: LastAccounts
    rows: tuple[ComparableRow, ...]
    published: PublishedList | None

    @cached_property
    def medians(self) -> Medians:
        """The medians of the comparable companies."""
        return Medians.of(self.rows)

    @property
    def shown(self) -> list[str]:
        """The companies whose level is shown, as the journal wants to know."""
        return [one.company.siren for one in self.rows if one.level]

    @classmethod
    def read(
        cls, siren: str, *, reader: Reader, snapshot: Snapshot, lists: Sequence[PublishedList]
    ) -> ComparablesPage | None:
        """Read the companies nearest to one; None where that one is not of the perimeter."""
        comparables = comparables_of(snapshot, siren)
        if comparables is None:
            return None
        sirens = [one.siren for one in comparables.companies]
        accounts = last_accounts_of(snapshot, [siren, *sirens])
        detection = decide_family(reader.agent, Family.DETECTION, reader.today).allowed
        published = lists[0] if lists and detection else None
        levels_of = levels(snapshot, published, sirens) if published and sirens else {}
        unread = sources_not_read(snapshot.manifest)
        rows = tuple(
            ComparableRow(
                one,
                accounts.get(one.siren, NO_ACCOUNTS),
                _readable(levels_of, one, reader),
                procedure_badges(one.standing, followed=True, unread=unread),
            )
            for one in comparables.companies
        )
        return cls(comparables, accounts.get(siren, NO_ACCOUNTS), rows, published)


def _readable(levels_of: Mapping[str, Level], one: Comparable, reader: Reader) -> Level | None:
    ask = reader.asking(one.siren, one.active_departments)
    return levels_of.get(one.siren) if ask(Family.DETECTION).allowed else None


def _median(values: Sequence[Decimal | float | None]) -> float | None:
    numbers = [float(one) for one in values if one is not None]
    return median(numbers) if len(numbers) >= FEWEST else None


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
