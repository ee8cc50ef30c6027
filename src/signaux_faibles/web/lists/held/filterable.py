"""What the filters of a list read of its companies, one column each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from signaux_faibles.detection.levels import Level
from signaux_faibles.web.accompagnements.states import OPEN_STATUTS, Statut
from signaux_faibles.web.alert_work.state import AlertState, WorkState
from signaux_faibles.web.lists.candidate import Candidate
from signaux_faibles.web.lists.held.coded import Coded, Mask, Rows
from signaux_faibles.web.lists.held.procedures import procedure_choices

Work = tuple[AlertState, bool]
"""Where an alert stands, and whether it came back."""
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Filterable:
    """The columns, in the same order of companies.

    Attributes:
        places: the departments of the active establishments.
        procedures: the choices of the filter of procedures that keep the company.
        headcounts, turnovers, debts: NaN where not known; debts too where the agent may not read them.
        without_plan: whether no plan is in force, as far as the agent may read it.
        created: NaT where not known.
        assignees: the account that works the alert, zero for nobody.
    """

    sirens: NDArray[np.object_]
    departements: Coded[str | None]
    places: Coded[frozenset[str]]
    levels: Coded[Level]
    sections: Coded[str | None]
    legal_forms: Coded[str | None]
    procedures: Coded[tuple[str, ...]]
    work: Coded[Work]
    first_alerts: Mask
    active: Mask
    headcounts: Floats
    turnovers: Floats
    debts: Floats
    without_plan: Mask
    created: NDArray[np.datetime64]
    followed: Mask
    assignees: NDArray[np.int64]

    @classmethod
    def of(cls, some: Sequence[Candidate]) -> Filterable:
        """The columns of companies."""

        def floats(value: Callable[[Candidate], Any]) -> Floats:
            return known_floats(map(value, some), len(some))

        def holds(value: Callable[[Candidate], Any]) -> Mask:
            return np.fromiter((bool(value(one)) for one in some), dtype=np.bool_, count=len(some))

        return cls(
            sirens=np.array([one.alert.siren for one in some], dtype=np.object_),
            departements=Coded.of(one.alert.departement for one in some),
            places=Coded.of(one.alert.active_departments for one in some),
            levels=Coded.of(one.alert.level for one in some),
            sections=Coded.of(one.alert.section_code for one in some),
            legal_forms=Coded.of(one.alert.legal_form for one in some),
            procedures=Coded.of(procedure_choices(one.alert.standing) for one in some),
            work=Coded.of(standing_of_work(one.work) for one in some),
            first_alerts=holds(lambda one: one.alert.first_alert),
            active=holds(lambda one: one.alert.active),
            headcounts=floats(lambda one: one.alert.headcount),
            turnovers=floats(lambda one: one.accounts.turnover if one.accounts else None),
            debts=floats(lambda one: one.debts.total if one.debts else None),
            without_plan=holds(lambda one: one.debts is not None and one.debts.plan_until is None),
            created=np.array([days_of(one.alert.created) for one in some], dtype="datetime64[D]"),
            followed=holds(lambda one: is_followed(one.statut)),
            assignees=np.fromiter((one.work.assignee_id for one in some), dtype=np.int64, count=len(some)),
        )

    def __getitem__(self, rows: Rows) -> Filterable:
        return Filterable(*(getattr(self, one.name)[rows] for one in fields(self)))

    def shared(self) -> Filterable:
        """The same, whose columns nobody can write to any more."""
        for one in fields(self):
            column = getattr(self, one.name)
            (column.codes if isinstance(column, Coded) else column).setflags(write=False)
        return self

    def named(self, sirens: Collection[str]) -> Mask:
        """The rows of these companies."""
        return np.fromiter((one in sirens for one in self.sirens), dtype=np.bool_, count=len(self.sirens))


def known_floats(values: Iterable[Any], count: int) -> Floats:
    """Numbers, NaN where one is not known."""
    return np.fromiter((np.nan if one is None else float(one) for one in values), dtype=np.float64, count=count)


def days_of(day: date | None) -> np.datetime64:
    """A day, NaT where it is not known."""
    return np.datetime64("NaT" if day is None else day, "D")


def standing_of_work(work: WorkState) -> Work:
    """What filters read of the work on an alert."""
    return work.state, bool(work.returned)


def is_followed(statut: Statut | None) -> bool:
    """Whether an open accompagnement is seen."""
    return statut is not None and statut.name in OPEN_STATUTS
