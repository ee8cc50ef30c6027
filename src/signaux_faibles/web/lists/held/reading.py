"""A list as an agent reads it: `decide` is asked once for each set of departments.

Companies that are tied to the agent by more than their departments, such as one that they follow, are asked one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from signaux_faibles.snapshot.served.comparables import LastAccounts
from signaux_faibles.snapshot.served.lists import PublishedList, Scope
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.accompagnements.reading import seen_statuts
from signaux_faibles.web.accompagnements.states import Statut
from signaux_faibles.web.alert_work.held_marks import held_marks
from signaux_faibles.web.alert_work.state import UNTOUCHED, Now, WorkState, state_of
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.lists.candidate import Candidate, in_procedure, later_lists
from signaux_faibles.web.lists.columns import ListColumn
from signaux_faibles.web.lists.held.candidates import NOTHING, UNKNOWN, Candidates, Ranks, ranks_of
from signaux_faibles.web.lists.held.coded import Mask, Rows
from signaux_faibles.web.lists.held.filterable import (
    Filterable,
    is_followed,
    known_floats,
    standing_of_work,
)
from signaux_faibles.web.lists.held.open_list import OpenList, accounts_of_list, open_list
from signaux_faibles.web.rights.agent import CompanyTies
from signaux_faibles.web.rights.decide import decide, decide_family


@dataclass(frozen=True)
class Completed:
    """What few lists ask for: the last public accounts, and the statuts of accompagnements."""

    accounts: bool = False
    statuts: bool = False


@dataclass(frozen=True)
class _ReadList:
    """A list with what one agent may read of it, by number of company or by siren; `rows` are those they may read."""

    whole: OpenList
    rows: Rows
    debts_open: Mask
    work: Mapping[int, WorkState]
    accounts: Mapping[str, LastAccounts]
    statuts: Mapping[str, Statut]

    def read(self, number: int) -> Candidate:
        """A company."""
        one = self.whole.candidates[number]
        debts = one.debts if self.debts_open[number] else None
        work, siren = self.work.get(number, UNTOUCHED), one.alert.siren
        return Candidate(one.alert, debts, one.past, work, self.accounts.get(siren), self.statuts.get(siren))

    def ranks(self, column: ListColumn) -> Ranks:
        """The ranks of the values of a column that the agent may read."""
        if column.completed:
            ranks = np.full(len(self.whole.candidates), UNKNOWN)
            ranks[self.rows] = ranks_of([self.read(number) for number in self.rows.tolist()], column)
            return ranks
        ranks = self.whole.ranks(column)
        return np.where(self.debts_open, ranks, UNKNOWN) if column.family is Family.URSSAF else ranks

    def filterable(self) -> Filterable:
        """What filters may read."""
        whole = self.whole.filterable
        assignees = whole.assignees.copy()
        for number, state in self.work.items():
            assignees[number] = state.assignee_id
        accounts = (self.accounts.get(siren) for siren in whole.sirens)
        followed = frozenset(siren for siren, statut in self.statuts.items() if is_followed(statut))
        return replace(
            whole,
            debts=np.where(self.debts_open, whole.debts, np.nan),
            without_plan=whole.without_plan & self.debts_open,
            work=whole.work.changed({number: standing_of_work(state) for number, state in self.work.items()}),
            assignees=assignees,
            turnovers=known_floats((one and one.turnover for one in accounts), len(assignees))
            if self.accounts
            else whole.turnovers,
            followed=whole.named(followed) if followed else whole.followed,
        )


def candidates_of(
    chosen: PublishedList,
    lists: Sequence[PublishedList],
    *,
    scope: Scope,
    reader: Reader,
    snapshot: Snapshot,
    completed: Completed = Completed(),
) -> Candidates:
    """The companies of a list that are tied to the zone of a reader and that they may read, most at risk first."""
    if not decide_family(reader.agent, Family.DETECTION, reader.today).allowed:
        return NOTHING
    list_read = open_list(snapshot, chosen, lists)
    here = tied(list_read, reader.agent.zone, scope)
    in_scope = readable(list_read, reader, Family.DETECTION, here)
    sirens = list_read.filterable.sirens
    as_read = _ReadList(
        list_read,
        np.flatnonzero(in_scope),
        readable(list_read, reader, Family.URSSAF, in_scope),
        work_states(list_read, chosen, lists, reader, in_scope),
        accounts_of_list(snapshot, chosen, sirens.tolist()) if completed.accounts else {},
        seen_statuts(sirens[in_scope].tolist(), reader.account, reader.agent, reader.today)
        if completed.statuts
        else {},
    )
    every = np.arange(len(sirens))
    return Candidates(as_read.filterable(), every, as_read.read, as_read.ranks).where(in_scope)


def readable(whole: OpenList, reader: Reader, family: Family, among: Mask) -> Mask:
    """By number of company, whether it is among those asked, and a reader may read a family of it."""

    def opens(ties: CompanyTies) -> bool:
        return decide(reader.agent, ties, family, reader.today).allowed

    places = whole.filterable.places
    opened = places.where(lambda departments: opens(CompanyTies(departments)), among)
    for siren in reader.ties.personal & whole.numbers.keys():
        number = whole.numbers[siren]
        opened[number] = among[number] and opens(reader.ties(siren, places.values[places.codes[number]]))
    return opened


def tied(whole: OpenList, zone: frozenset[str], scope: Scope) -> Mask:
    """By number of company, whether its head office, or an active establishment, is in a zone."""
    if scope is Scope.HEAD_OFFICE:
        return whole.filterable.departements.where(lambda departement: departement in zone)
    return whole.filterable.places.where(lambda departments: bool(departments & zone))


def work_states(
    whole: OpenList, chosen: PublishedList, lists: Sequence[PublishedList], reader: Reader, among: Mask
) -> dict[int, WorkState]:
    """By number of company, the state of the alerts that somebody worked, of some companies."""
    marks, later = held_marks(), later_lists(lists, chosen)
    states = {}
    for siren in marks:
        number = whole.numbers.get(siren)
        if number is None or not among[number]:
            continue
        one = whole.candidates[number]
        procedure = in_procedure(one.alert.standing)
        now = Now(chosen.number, one.alert.level, procedure, reader.today, one.past.levels, later)
        states[number] = state_of(marks[siren], now)
    return states
