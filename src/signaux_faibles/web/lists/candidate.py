"""A company of a list with all that a list can show of it, each part only where the agent may read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from signaux_faibles.detection.levels import Level
from signaux_faibles.snapshot.served.company_facts import DebtFacts
from signaux_faibles.snapshot.served.comparables import LastAccounts
from signaux_faibles.snapshot.served.lists import Alert, PublishedList
from signaux_faibles.snapshot.served.procedures import ProcedureStanding
from signaux_faibles.sources.families import Family
from signaux_faibles.web.accompagnements.states import Statut
from signaux_faibles.web.alert_work.state import UNTOUCHED, WorkState
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.rights.decide import decide

NO_ALERT, NOT_ASSESSED = "Pas d’alerte", "Non évaluée"
"""What is read of a company without level in a list; one that was not assessed is not said to be without alert."""


def level_words(level: Level | None, *, assessed: bool) -> str:
    """The level of a company in a list, in words."""
    if level is not None:
        return level.label
    return NO_ALERT if assessed else NOT_ASSESSED


@dataclass(frozen=True)
class PastAlert:
    """The alert of a company in the lists before.

    Attributes:
        since: the month of the first of the lists in a row, up to this one, that have it in alert.
        previous: its level in the list before; None where it was not in alert, or was not assessed.
        assessed_before: whether the list before assessed it; None without a list before.
        levels: the lists before that assessed it, latest first: number and level.
    """

    since: date
    previous: Level | None = None
    assessed_before: bool | None = None
    levels: Sequence[tuple[int, Level | None]] = ()

    @property
    def previous_words(self) -> str:
        """Its level in the list before, in words."""
        if self.previous is None and self.assessed_before is None:
            return "Pas de liste précédente"
        return level_words(self.previous, assessed=bool(self.assessed_before))


@dataclass(frozen=True)
class Candidate:
    """A company in alert that the agent may read.

    Attributes:
        debts: None where the family Urssaf is closed to the agent.
        accounts: the last public ones, None where none is known, or while nothing of the list needs them.
        statut: that of its accompagnement, as far as the agent sees it; None likewise.
    """

    alert: Alert
    debts: DebtFacts | None
    past: PastAlert
    work: WorkState = UNTOUCHED
    accounts: LastAccounts | None = None
    statut: Statut | None = None

    @property
    def worsened(self) -> bool:
        """Whether the alert went from moderate to high since the list before."""
        return self.alert.level is Level.HIGH and self.past.previous is Level.MODERATE


def in_procedure(standing: ProcedureStanding | None) -> bool:
    """Whether a procedure is open, or its outcome unknown."""
    return standing is not None and standing.procedure is not None


def may_read(reader: Reader, alert: Alert, family: Family) -> bool:
    """Whether a reader may read a family of a company of a list."""
    return decide(reader.agent, reader.ties(alert.siren, alert.active_departments), family, reader.today).allowed


def past_of(chosen: PublishedList, earlier: Sequence[PublishedList], levels: Mapping[int, Level | None]) -> PastAlert:
    """What the lists before, latest first, say of a company; a list that did not assess it ends its alert."""
    since = chosen.month
    for one in earlier:
        if levels.get(one.number) is None:
            break
        since = one.month
    if not earlier:
        return PastAlert(since)
    assessed = levels_before(earlier, levels)
    return PastAlert(since, levels.get(earlier[0].number), earlier[0].number in levels, assessed)


def levels_before(
    earlier: Sequence[PublishedList], levels: Mapping[int, Level | None]
) -> tuple[tuple[int, Level | None], ...]:
    """The lists before, latest first, that assessed a company: number and level."""
    return tuple((one.number, levels[one.number]) for one in earlier if one.number in levels)


def later_lists(lists: Sequence[PublishedList], chosen: PublishedList) -> frozenset[int]:
    """The numbers of the lists of the months after one."""
    return frozenset(one.number for one in lists if one.month > chosen.month)
