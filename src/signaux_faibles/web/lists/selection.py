"""Which companies of a list the filters of an agent keep, and how many each choice would keep (application §5.9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from signaux_faibles.detection.levels import Level
from signaux_faibles.snapshot.served.lists import Scope
from signaux_faibles.tables.procedures.procol import LABELS as KINDS
from signaux_faibles.web.accompagnements.states import OPEN_STATUTS
from signaux_faibles.web.alert_work.state import LABELS, OPEN, AlertState, WorkState
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


PROCEDURES = {state.value: label for state, label in PROCEDURE_STATES.items()} | {label: label for _, label in KINDS}
"""The choices of the filter of procedures: a state, or the kind of the one under way (application §5.9)."""


class WorkFilter(StrEnum):
    """The states that a list shows; it opens on what is left to do."""

    OPEN = ""
    ALL = "toutes"
    TO_DO = AlertState.TO_DO.value
    SEEN = AlertState.SEEN.value
    DONE = AlertState.DONE.value
    ASIDE = AlertState.ASIDE.value
    RETURNED = "de_retour"


WORK_FILTERS = (
    {WorkFilter.OPEN: "À traiter et vues", WorkFilter.ALL: "Toutes"}
    | {WorkFilter(state.value): label for state, label in LABELS.items()}
    | {WorkFilter.RETURNED: "De retour"}
)


@dataclass(frozen=True)
class Criteria:
    """The filters of a list; an empty one keeps everything.

    Attributes:
        text: what was typed, searched as in the whole register; named: the companies that it finds, None without text.
        created_until: the last day of creation that is kept.
        turnover_min, turnover_max: in euros; a company whose turnover is not known is left out, as for headcounts.
        procedures: values of `PROCEDURES`; one of them is enough.
        not_followed: whether companies with an open follow-up that the agent sees are left out.
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
    headcount_max: int | None = None
    turnover_min: int | None = None
    turnover_max: int | None = None
    sections: frozenset[str] = frozenset()
    legal_forms: frozenset[str] = frozenset()
    procedures: frozenset[str] = frozenset()
    created_until: date | None = None
    debt_min: int | None = None
    no_plan: bool = False
    not_followed: bool = False
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


def procedure_choices(one: Candidate) -> list[str]:
    """The choices of the filter of procedures that keep a company: its state, and the kind of its procedure."""
    state, standing = procedure_state(one), one.alert.standing
    kind = standing.procedure if standing and standing.procedure in PROCEDURES else None
    return [state.value, kind] if kind else [state.value]


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


def _between(value: float | Decimal | None, least: int | None, most: int | None) -> bool:
    """Whether a value is known and within its bounds; whatever it is, without a bound."""
    if least is None and most is None:
        return True
    return value is not None and (least is None or value >= least) and (most is None or value <= most)


def _turnover(one: Candidate) -> Decimal | None:
    return one.accounts.turnover if one.accounts else None


def _works(work: WorkState, asked: WorkFilter) -> bool:
    if asked is WorkFilter.OPEN:
        return work.state in OPEN
    if asked is WorkFilter.RETURNED:
        return bool(work.returned)
    return asked in (WorkFilter.ALL, work.state)


def _works_chosen(work: WorkState) -> list[str]:
    return [WorkFilter.ALL.value, work.state.value, *([WorkFilter.RETURNED.value] if work.returned else [])]


def _defaults(criteria: Criteria) -> set[str]:
    """The filters that hide companies though nobody asked."""
    return {"closed"} | ({"work"} if criteria.work is WorkFilter.OPEN else set())


PASSES: dict[str, Callable[[Candidate, Criteria], bool]] = {
    "capacity": lambda one, asked: asked.within is None or one.alert.siren in asked.within,
    "text": _named,
    "departements": lambda one, asked: not asked.departements or bool(_places(one, asked) & asked.departements),
    "level": lambda one, asked: asked.level in (None, one.alert.level),
    "first_alert": lambda one, asked: not asked.first_alert or bool(one.alert.first_alert),
    "headcount": lambda one, asked: _between(one.alert.headcount, asked.headcount_min, asked.headcount_max),
    "turnover": lambda one, asked: _between(_turnover(one), asked.turnover_min, asked.turnover_max),
    "section": lambda one, asked: not asked.sections or one.alert.section_code in asked.sections,
    "legal_form": lambda one, asked: not asked.legal_forms or one.alert.legal_form in asked.legal_forms,
    "procedure": lambda one, asked: not asked.procedures or bool(asked.procedures & {*procedure_choices(one)}),
    "not_recent": lambda one, asked: (
        asked.created_until is None or one.alert.created is None or one.alert.created <= asked.created_until
    ),
    "debt_min": _owes,
    "no_plan": lambda one, asked: not asked.no_plan or (one.debts is not None and one.debts.plan_until is None),
    "not_followed": lambda one, asked: not asked.not_followed or not (one.statut and one.statut.name in OPEN_STATUTS),
    "assigned": lambda one, asked: not asked.assigned_to or one.work.assignee_id == asked.assigned_to,
    "work": lambda one, asked: _works(one.work, asked.work),
    "closed": lambda one, asked: asked.closed or one.alert.active,
}
"""By the name of each filter, whether it keeps a company."""
CHOICES: dict[str, Callable[[Candidate, Criteria], Iterable[str]]] = {
    "departements": _places,
    "level": lambda one, _: [one.alert.level.value],
    "section": lambda one, _: [one.alert.section_code or ""],
    "legal_form": lambda one, _: [one.alert.legal_form or ""],
    "procedure": lambda one, _: procedure_choices(one),
    "work": lambda one, _: _works_chosen(one.work),
    "first_alert": lambda one, _: ["on"] if one.alert.first_alert else [],
}
"""By the name of each filter that offers choices, those that would keep a company. None of them reads a debt."""
