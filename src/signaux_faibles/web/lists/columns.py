"""The columns of a list that an agent chooses and sorts by; one that they may not read is neither."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from signaux_faibles.detection.levels import Level
from signaux_faibles.snapshot.served.company_facts import TREND_MONTHS, DebtFacts
from signaux_faibles.sources.families import Family
from signaux_faibles.web.components.templatetags.french import town
from signaux_faibles.web.lists.candidate import Candidate
from signaux_faibles.web.rights.agent import Administration
from signaux_faibles.wording.french import (
    UNKNOWN,
    UNKNOWN_ACTIVITY,
    day_label,
    euros,
    month_label,
    near_month,
    number,
    rounded_euros,
    signed_euros,
    signed_rounded_euros,
)

CONFIDENTIAL = "Confidentiel"
LEVEL_ORDER = {Level.HIGH: 2, Level.MODERATE: 1}


@dataclass(frozen=True)
class ListColumn:
    """A column.

    Attributes:
        family: the habilitation that reads it, and so that sorts by it.
        value: what a cell holds, which also sorts; None for unknown, which comes last.
        words: the value as it is read.
        largest_first: the order of a first click; dated: the month that the value describes, where it varies.
        unknown: what a cell without value reads.
        completed: whether the value is read only for the lists that ask for it.
    """

    name: str
    label: str
    family: Family
    value: Callable[[Candidate], Any]
    words: Callable[[Any], str] = str
    largest_first: bool = False
    numeric: bool = False
    dated: Callable[[Candidate], date | None] = lambda _: None
    unknown: Callable[[Candidate], str] = lambda _: UNKNOWN
    completed: bool = False

    def readable(self, one: Candidate) -> bool:
        """Whether the agent may read the column for this company: its debts are None where they may not."""
        return self.family is not Family.URSSAF or one.debts is not None

    def text(self, one: Candidate) -> str:
        """The cell of a company."""
        if not self.readable(one):
            return CONFIDENTIAL
        value = self.value(one)
        return self.unknown(one) if value is None else self.words(value)


def of_debts(read: Callable[[DebtFacts], Any]) -> Callable[[Candidate], Any]:
    """A value of the debts, None where the agent may not read them."""
    return lambda one: None if one.debts is None else read(one.debts)


def _procedure(one: Candidate) -> str | None:
    standing = one.alert.standing
    return (standing.procedure or "Jugement à lire") if standing else None


def _since(month: date) -> str:
    return month_label(month)


COLUMNS = {
    column.name: column
    for column in (
        ListColumn("debt", "Dette", Family.URSSAF, of_debts(lambda debts: debts.total), euros, True, True),
        ListColumn(
            "employee",
            "Part salariale impayée",
            Family.URSSAF,
            of_debts(lambda debts: debts.employee),
            euros,
            True,
            True,
        ),
        ListColumn(
            "change", "Dette en 3 mois", Family.URSSAF, of_debts(lambda debts: debts.grown), signed_euros, True, True
        ),
        ListColumn(
            "headcount",
            "Effectif",
            Family.OPEN,
            lambda one: one.alert.headcount,
            number,
            True,
            True,
            lambda one: one.alert.headcount_month,
        ),
        ListColumn("town", "Commune", Family.OPEN, lambda one: one.alert.town, town),
        ListColumn("since", "En alerte depuis", Family.DETECTION, lambda one: one.past.since, _since),
        ListColumn(
            "previous",
            "Niveau précédent",
            Family.DETECTION,
            lambda one: one.past.previous,
            lambda level: level.label,
            True,
            unknown=lambda one: one.past.previous_words,
        ),
        ListColumn("procedure", "Procédure", Family.OPEN, _procedure),
        ListColumn(
            "plan", "Délai en cours jusqu’au", Family.URSSAF, of_debts(lambda debts: debts.plan_until), day_label
        ),
        ListColumn(
            "follow_up",
            "Accompagnement",
            Family.OPEN,
            lambda one: one.statut.value if one.statut else None,
            unknown=lambda _: "Aucun dans votre zone",
            completed=True,
        ),
        ListColumn(
            "turnover",
            "Chiffre d’affaires",
            Family.OPEN,
            lambda one: one.accounts.turnover if one.accounts else None,
            euros,
            True,
            True,
            lambda one: one.accounts.closing if one.accounts and one.accounts.turnover is not None else None,
            completed=True,
        ),
        ListColumn(
            "section", "Secteur", Family.OPEN, lambda one: one.alert.section, unknown=lambda _: UNKNOWN_ACTIVITY
        ),
        ListColumn("legal_form", "Forme juridique", Family.OPEN, lambda one: one.alert.legal_form),
    )
}
USUAL = ("debt", "change", "headcount", "town", "since")
USUAL_OF = {
    Administration.URSSAF: ("debt", "employee", "change", "plan", "headcount"),
    Administration.DGFIP: ("debt", "change", "headcount", "since", "procedure"),
    Administration.DDETS: ("headcount", "town", "since", "previous", "section"),
    Administration.DGEFP: ("headcount", "town", "since", "previous", "section"),
    Administration.BDF: ("headcount", "since", "previous", "procedure", "section"),
}
"""What a list opens on, by administration where its own work asks for other columns than the usual ones."""


def chosen_columns(names: Iterable[str], administration: Administration) -> tuple[ListColumn, ...]:
    """The columns asked for, each once, in the order of `COLUMNS`; when none is, those that an administration reads."""
    asked = {name for name in names if name in COLUMNS} or set(USUAL_OF.get(administration, USUAL))
    return tuple(column for name, column in COLUMNS.items() if name in asked)


@dataclass(frozen=True)
class ListOrder:
    """The order of a list; without a column, that of its ranks.

    Attributes:
        refusal: why the order asked for is not applied; empty when it is.
    """

    column: ListColumn | None = None
    descending: bool = False
    refusal: str = ""

    @property
    def name(self) -> str:
        """How the address says it."""
        return ("-" if self.descending else "") + self.column.name if self.column else ""


def order_of(asked: str, may_sort: Callable[[Family], bool]) -> ListOrder:
    """The order that an address asks for: the name of a column, after a minus for the largest first.

    Args:
        may_sort: whether the agent may read a family, without which sorting by it would give its values away.
    """
    name = asked.removeprefix("-")
    if not name:
        return ListOrder()
    column = COLUMNS.get(name)
    if column is None:
        return ListOrder(
            refusal=f"«\u00a0{name}\u00a0» n’est pas une colonne de la liste : elle reste dans l’ordre des rangs."
        )
    if not may_sort(column.family):
        return ListOrder(
            refusal=f"«\u00a0{column.label}\u00a0» vous est confidentiel : la liste n’est pas triée ainsi."
        )
    return ListOrder(column, asked.startswith("-"))


def fact_line(debts: DebtFacts | None) -> str:
    """What a company owes in one line: « 34 k€, part salariale depuis juillet, +17 k€ en 3 mois ».

    Empty where nothing is owed nor was three months before, or where the agent may read nothing.
    """
    if debts is None or debts.month is None:
        return ""
    if debts.total <= 0:
        return f"plus de dette, {signed_rounded_euros(debts.grown)} en {TREND_MONTHS} mois" if debts.grown else ""
    facts = [rounded_euros(debts.total)]
    if debts.employee_since:
        facts.append(f"part salariale depuis {near_month(debts.employee_since, debts.month)}")
    if debts.grown:
        facts.append(f"{signed_rounded_euros(debts.grown)} en {TREND_MONTHS} mois")
    return ", ".join(facts)
