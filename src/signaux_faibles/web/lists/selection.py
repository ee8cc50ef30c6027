"""Which companies of a list the filters of an agent keep, and how many each choice would keep (application §5.9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from signaux_faibles.detection.levels import Level
from signaux_faibles.snapshot.served.lists import Scope
from signaux_faibles.web.alert_work.state import LABELS, State
from signaux_faibles.web.lists.candidate import Candidate
from signaux_faibles.web.lists.capacity import Capacity

RECENT_YEARS = 3
"""A company created less than three years before the list is recent (application §5.9)."""


class ProcedureState(StrEnum):
    """What is known of the procedures of a company."""

    NONE = "aucune"
    OPEN = "en_cours"
    TO_READ = "a_lire"


PROCEDURE_STATES = {
    ProcedureState.NONE: "Aucune connue",
    ProcedureState.OPEN: "Procédure en cours ou d’issue inconnue",
    ProcedureState.TO_READ: "Jugement à lire",
}


class WorkFilter(StrEnum):
    """The states that a list shows; it opens on what is left to do."""

    OPEN = ""
    ALL = "toutes"
    TO_DO = State.TO_DO.value
    SEEN = State.SEEN.value
    DONE = State.DONE.value
    ASIDE = State.ASIDE.value


WORK_FILTERS = {WorkFilter.OPEN: "À traiter et vues", WorkFilter.ALL: "Toutes"} | {
    WorkFilter(state.value): label for state, label in LABELS.items()
}


@dataclass(frozen=True)
class Criteria:
    """The filters of a list; an empty one keeps everything.

    Attributes:
        text: what was typed, searched as in the whole register; named: the companies that it finds, None without text.
        created_until: the last day of creation that is kept.
        debt_min, no_plan: keep no company whose debts the agent may not read.
        closed: whether companies that closed are shown too.
        assigned_to: the account of the agent who works them; zero for anybody.
        capacity: how many can be called; within: the companies that it keeps, None without one.
    """

    zone: frozenset[str] = frozenset()
    scope: Scope = Scope.HEAD_OFFICE
    text: str = ""
    named: frozenset[str] | None = None
    departements: frozenset[str] = frozenset()
    level: Level | None = None
    first_alert: bool = False
    headcount_min: int | None = None
    sections: frozenset[str] = frozenset()
    legal_forms: frozenset[str] = frozenset()
    procedure: ProcedureState | None = None
    created_until: date | None = None
    debt_min: int | None = None
    no_plan: bool = False
    closed: bool = False
    work: WorkFilter = WorkFilter.OPEN
    assigned_to: int = 0
    capacity: Capacity | None = None
    within: frozenset[str] | None = None


@dataclass(frozen=True)
class Selected:
    """What a selection keeps.

    Attributes:
        kept: in the order given.
        counts: by filter, then by choice, how many companies the other filters keep.
        hidden: how many companies only a default leaves out, by the name of the default.
    """

    kept: tuple[Candidate, ...] = ()
    counts: Mapping[str, Counter[str]] = field(default_factory=dict)
    hidden: Counter[str] = field(default_factory=Counter)


def select(candidates: Iterable[Candidate], criteria: Criteria) -> Selected:
    """Apply the filters, all together; one that alone leaves a company out still counts it among its choices."""
    kept: list[Candidate] = []
    counts: dict[str, Counter[str]] = {name: Counter() for name in CHOICES}
    hidden: Counter[str] = Counter()
    for one in candidates:
        failed = [name for name, passes in PASSES.items() if not passes(one, criteria)]
        if not failed:
            kept.append(one)
        if failed and set(failed) <= _defaults(criteria):
            hidden[failed[0]] += 1
        for name, choices in CHOICES.items():
            if failed in ([], [name]):
                counts[name].update(choices(one, criteria))
    return Selected(tuple(kept), counts, hidden)


def procedure_state(one: Candidate) -> ProcedureState:
    """What is known of the procedures of a company."""
    standing = one.alert.standing
    if standing is None:
        return ProcedureState.NONE
    return ProcedureState.OPEN if standing.procedure else ProcedureState.TO_READ


def created_until(month: date) -> date:
    """The last day of creation of a company that is not recent in a list of this month."""
    return month.replace(year=month.year - RECENT_YEARS)


def _places(one: Candidate, criteria: Criteria) -> frozenset[str]:
    if criteria.scope is Scope.HEAD_OFFICE:
        return frozenset({one.alert.departement or ""})
    return one.alert.active_departments & criteria.zone


def _named(one: Candidate, criteria: Criteria) -> bool:
    return criteria.named is None or one.alert.siren in criteria.named


def _owes(one: Candidate, criteria: Criteria) -> bool:
    return criteria.debt_min is None or (one.debts is not None and one.debts.total >= criteria.debt_min)


def _works(state: State, asked: WorkFilter) -> bool:
    if asked is WorkFilter.OPEN:
        return state in (State.TO_DO, State.SEEN)
    return asked in (WorkFilter.ALL, state)


def _defaults(criteria: Criteria) -> set[str]:
    """The filters that hide companies though nobody asked."""
    return {"closed"} | ({"work"} if criteria.work is WorkFilter.OPEN else set())


PASSES: dict[str, Callable[[Candidate, Criteria], bool]] = {
    "capacity": lambda one, asked: asked.within is None or one.alert.siren in asked.within,
    "text": _named,
    "departements": lambda one, asked: not asked.departements or bool(_places(one, asked) & asked.departements),
    "level": lambda one, asked: asked.level in (None, one.alert.level),
    "first_alert": lambda one, asked: not asked.first_alert or bool(one.alert.first_alert),
    "headcount_min": lambda one, asked: (
        asked.headcount_min is None or (one.alert.headcount or 0) >= asked.headcount_min
    ),
    "section": lambda one, asked: not asked.sections or one.alert.section_code in asked.sections,
    "legal_form": lambda one, asked: not asked.legal_forms or one.alert.legal_form in asked.legal_forms,
    "procedure": lambda one, asked: asked.procedure in (None, procedure_state(one)),
    "not_recent": lambda one, asked: (
        asked.created_until is None or one.alert.created is None or one.alert.created <= asked.created_until
    ),
    "debt_min": _owes,
    "no_plan": lambda one, asked: not asked.no_plan or (one.debts is not None and one.debts.plan_until is None),
    "assigned": lambda one, asked: not asked.assigned_to or one.work.assignee_id == asked.assigned_to,
    "work": lambda one, asked: _works(one.work.state, asked.work),
    "closed": lambda one, asked: asked.closed or one.alert.active,
}
"""By the name of each filter, whether it keeps a company."""
CHOICES: dict[str, Callable[[Candidate, Criteria], Iterable[str]]] = {
    "departements": _places,
    "level": lambda one, _: [one.alert.level.value],
    "section": lambda one, _: [one.alert.section_code or ""],
    "legal_form": lambda one, _: [one.alert.legal_form or ""],
    "procedure": lambda one, _: [procedure_state(one).value],
    "work": lambda one, _: [one.work.state.value],
    "first_alert": lambda one, _: ["on"] if one.alert.first_alert else [],
}
"""By the name of each filter that offers choices, those that would keep a company. None of them reads a debt."""
