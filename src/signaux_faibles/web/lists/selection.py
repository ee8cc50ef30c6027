"""Which companies of a list the filters of an agent keep, and how many each choice would keep (application §5.9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import reduce

import numpy as np

from signaux_faibles.detection.levels import Level
from signaux_faibles.snapshot.served.lists import Scope
from signaux_faibles.web.alert_work.state import LABELS, OPEN, AlertState
from signaux_faibles.web.lists.capacity import Capacity
from signaux_faibles.web.lists.held.candidates import NOTHING, Candidates
from signaux_faibles.web.lists.held.coded import Coded, Mask
from signaux_faibles.web.lists.held.filterable import Filterable, Floats, Work, days_of

RECENT_YEARS = 3
"""A company created less than three years before the list is recent (application §5.9)."""


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
        candidates: in the order given.
        counts: by filter, then by choice, how many companies the other filters keep.
        hidden: how many companies only a default leaves out, by the name of the default.
    """

    candidates: Candidates = NOTHING
    counts: Mapping[str, Counter[str]] = field(default_factory=dict)
    hidden: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    """How many of those kept are at each level."""


def select(candidates: Candidates, criteria: Criteria) -> Selected:
    """Apply the filters, all together; one that alone leaves a company out still counts it among its choices."""
    read = candidates.filterable
    asked = {name: passes(read, criteria) for name, passes in PASSES.items()}
    failed = {name: ~passed for name, passed in asked.items() if passed is not None}
    nothing = np.zeros(len(candidates), dtype=np.int8)
    failures = reduce(np.add, failed.values(), nothing)
    in_all = failures == 0
    counts = {
        name: choices(read, in_all | (failed[name] & (failures == 1)) if name in failed else in_all, criteria)
        for name, choices in CHOICES.items()
    }
    levels = read.levels.count(in_all, lambda level: [level.value])
    return Selected(candidates.where(in_all), counts, _hidden(failed, failures, criteria), levels)


def created_until(month: date) -> date:
    """The last day of creation of a company that is not recent in a list of this month."""
    return month.replace(year=month.year - RECENT_YEARS)


def _hidden(failed: Mapping[str, Mask], failures: np.ndarray, criteria: Criteria) -> Counter[str]:
    """How many companies only the filters that nobody asked for leave out, each by the first of these."""
    defaults = ("work", "closed") if criteria.work is WorkFilter.OPEN else ("closed",)
    left_out = [failed.get(name, np.zeros(len(failures), dtype=np.bool_)) for name in defaults]
    alone = (failures > 0) & (failures == reduce(np.add, left_out, np.zeros_like(failures)))
    counts: Counter[str] = Counter()
    for name, mask in zip(defaults, left_out, strict=True):
        number = int(np.count_nonzero(alone & mask))
        alone = alone & ~mask
        counts += Counter({name: number})
    return counts


def _places(read: Filterable, asked: Criteria) -> Mask | None:
    if not asked.departements:
        return None
    if asked.scope is Scope.HEAD_OFFICE:
        return read.departements.where(lambda departement: (departement or "") in asked.departements)
    return read.places.where(lambda departments: bool(departments & asked.zone & asked.departements))


def _count_places(read: Filterable, among: Mask, asked: Criteria) -> Counter[str]:
    if asked.scope is Scope.HEAD_OFFICE:
        return read.departements.count(among, lambda departement: [departement or ""])
    return read.places.count(among, lambda departments: departments & asked.zone)


def _between(values: Floats, least: int | None, most: int | None) -> Mask | None:
    """Those that are known and within their bounds; without a bound, all."""
    if least is None and most is None:
        return None
    low = -np.inf if least is None else least
    return (values >= low) & (values <= (np.inf if most is None else most))


def _among(column: Coded[str | None], asked: frozenset[str]) -> Mask | None:
    return column.where(lambda value: value in asked) if asked else None


def _works(read: Filterable, asked: Criteria) -> Mask | None:
    if asked.work is WorkFilter.ALL:
        return None
    if asked.work is WorkFilter.OPEN:
        return read.work.where(lambda work: work[0] in OPEN)
    if asked.work is WorkFilter.RETURNED:
        return read.work.where(lambda work: work[1])
    return read.work.where(lambda work: work[0].value == asked.work.value)


def _works_chosen(work: Work) -> list[str]:
    state, returned = work
    return [WorkFilter.ALL.value, state.value, *([WorkFilter.RETURNED.value] if returned else [])]


def _first(read: Filterable, among: Mask, _: Criteria) -> Counter[str]:
    return Counter({"on": number}) if (number := int(np.count_nonzero(read.first_alerts & among))) else Counter()


PASSES: dict[str, Callable[[Filterable, Criteria], Mask | None]] = {
    "capacity": lambda read, asked: None if asked.within is None else read.named(asked.within),
    "text": lambda read, asked: None if asked.named is None else read.named(asked.named),
    "departements": _places,
    "level": lambda read, asked: read.levels.where(lambda one: one is asked.level) if asked.level else None,
    "first_alert": lambda read, asked: read.first_alerts if asked.first_alert else None,
    "headcount": lambda read, asked: _between(read.headcounts, asked.headcount_min, asked.headcount_max),
    "turnover": lambda read, asked: _between(read.turnovers, asked.turnover_min, asked.turnover_max),
    "section": lambda read, asked: _among(read.sections, asked.sections),
    "legal_form": lambda read, asked: _among(read.legal_forms, asked.legal_forms),
    "procedure": lambda read, asked: (
        read.procedures.where(lambda some: not asked.procedures.isdisjoint(some)) if asked.procedures else None
    ),
    "not_recent": lambda read, asked: (
        np.isnat(read.created) | (read.created <= days_of(asked.created_until)) if asked.created_until else None
    ),
    "debt_min": lambda read, asked: _between(read.debts, asked.debt_min, None),
    "no_plan": lambda read, asked: read.without_plan if asked.no_plan else None,
    "not_followed": lambda read, asked: ~read.followed if asked.not_followed else None,
    "assigned": lambda read, asked: read.assignees == asked.assigned_to if asked.assigned_to else None,
    "work": _works,
    "closed": lambda read, asked: None if asked.closed else read.active,
}
"""By the name of each filter, the companies that it keeps; None where nothing is asked of it."""
CHOICES: dict[str, Callable[[Filterable, Mask, Criteria], Counter[str]]] = {
    "departements": _count_places,
    "level": lambda read, among, _: read.levels.count(among, lambda level: [level.value]),
    "section": lambda read, among, _: read.sections.count(among, lambda code: [code or ""]),
    "legal_form": lambda read, among, _: read.legal_forms.count(among, lambda form: [form or ""]),
    "procedure": lambda read, among, _: read.procedures.count(among, lambda choices: choices),
    "work": lambda read, among, _: read.work.count(among, _works_chosen),
    "first_alert": _first,
}
"""By the name of each filter that offers choices, how many of some companies each would keep. None reads a debt."""
