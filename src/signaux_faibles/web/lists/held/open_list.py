"""A whole list before rights: read once for a snapshot, which does not change, nor does the list.

What an agent may read of it is decided at each page, on these rows (`reading`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from signaux_faibles.snapshot.served.company_facts import NO_DEBT, debt_facts_of
from signaux_faibles.snapshot.served.comparables import LastAccounts, last_accounts_of
from signaux_faibles.snapshot.served.lists import PublishedList, all_alerts, levels_of_lists
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.lists.candidate import Candidate, past_of
from signaux_faibles.web.lists.columns import ListColumn
from signaux_faibles.web.lists.held.candidates import Ranks, ranks_of
from signaux_faibles.web.lists.held.filterable import Filterable


@dataclass(frozen=True, eq=False)
class OpenList:
    """The companies in alert, most at risk first, with their debts and their past; nobody works or follows them yet."""

    candidates: tuple[Candidate, ...]

    @cached_property
    def filterable(self) -> Filterable:
        """What filters read of them, that all requests share."""
        return Filterable.of(self.candidates).shared()

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each company, by siren."""
        return {one.alert.siren: number for number, one in enumerate(self.candidates)}

    @cached_property
    def _ranks(self) -> dict[str, Ranks]:
        return {}

    def ranks(self, column: ListColumn) -> Ranks:
        """The ranks of the values of a column, computed the first time that a list is sorted by it."""
        if column.name not in self._ranks:
            ranks = ranks_of(self.candidates, column)
            ranks.setflags(write=False)
            self._ranks[column.name] = ranks
        return self._ranks[column.name]


def open_list(snapshot: Snapshot, chosen: PublishedList, lists: Sequence[PublishedList]) -> OpenList:
    """The alerts of a list, with what the lists before say of them."""
    earlier = [one for one in lists if one.month < chosen.month]
    key = "alerts", chosen.number, tuple(one.number for one in earlier)
    return snapshot.recent(key, lambda: _read(snapshot, chosen, earlier))


def accounts_of_list(snapshot: Snapshot, chosen: PublishedList, sirens: Sequence[str]) -> Mapping[str, LastAccounts]:
    """The last public accounts of the companies of a list; few pages need them."""
    return snapshot.recent(("accounts", chosen.number), lambda: last_accounts_of(snapshot, sirens))


def _read(snapshot: Snapshot, chosen: PublishedList, earlier: Sequence[PublishedList]) -> OpenList:
    alerts = all_alerts(snapshot, chosen)
    sirens = [alert.siren for alert in alerts]
    owed, levels = debt_facts_of(snapshot, sirens), levels_of_lists(snapshot, earlier, sirens)
    return OpenList(
        tuple(
            Candidate(alert, owed.get(alert.siren, NO_DEBT), past_of(chosen, earlier, levels[alert.siren]))
            for alert in alerts
        )
    )
