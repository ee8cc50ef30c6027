"""The six to eight facts at the top of the page of a company, each with a small chart and a link to its section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from signaux_faibles.detection.levels import Level
from signaux_faibles.snapshot.served.accounts import Exercice
from signaux_faibles.snapshot.served.lists import PublishedList
from signaux_faibles.snapshot.served.plans import PlanMonth
from signaux_faibles.web.charts.drawing import BLUE, ORANGE, RED, Series, bars, line
from signaux_faibles.web.consultation.accounts.years import closed_on, last_of_each_year
from signaux_faibles.web.consultation.debt_section import DebtSection, month_total
from signaux_faibles.web.consultation.procedure_strip import plan_drawing, procedure_drawing
from signaux_faibles.web.consultation.procedures_section import ProceduresSection
from signaux_faibles.wording.french import (
    day_label,
    employees,
    euros,
    month_label,
    rounded_euros,
    signed_euros,
    signed_percent,
)

CLOSED = "Fermé"
TREND_MONTHS = 3
HEIGHTS = {Level.HIGH: 2.0, Level.MODERATE: 1.0, None: 0.0}
"""How high the levels of past lists stand in their chart."""
DETECTION, STATE, ACCOUNTS, PROCEDURES, RIGHTS = "detection", "frise", "comptes", "procedures", "droits"
"""The anchors of the sections."""


@dataclass(frozen=True)
class Fact:
    """A fact: its title, its value in words, what places it, a chart, and the anchor of its section."""

    title: str
    value: str
    anchor: str
    detail: str = ""
    drawing: SafeString | None = None


def closed_fact(title: str) -> Fact:
    """A fact that the agent may not read."""
    return Fact(title, CLOSED, RIGHTS, "voir ce qui vous est fermé")


def level_drawing(history: Sequence[tuple[PublishedList, Level | None]]) -> SafeString | None:
    """The levels of the lists that assessed the company, oldest first; None with a single one."""
    if len(history) < 2:
        return None
    heights = tuple(HEIGHTS[level] for _, level in reversed(history))
    return bars([Series(heights, RED)], f"Niveaux des {len(history)} dernières listes")


def debt_fact(debts: DebtSection, months: Sequence[date]) -> Fact:
    """What is owed to Urssaf, and by how much it grew in three months."""
    title = "Dette sociale"
    if not debts.debts or debts.last_day is None:
        return Fact(title, "Aucun débit", STATE, "enregistré par l’Urssaf")
    grown = debts.grown_in(TREND_MONTHS)
    if debts.never_owed:
        return Fact(title, "Aucune", STATE, f"au {day_label(debts.last_day)}, ni dans les mois montrés")
    trend = "" if grown is None else f", {signed_euros(grown)} en {TREND_MONTHS} mois"
    return Fact(
        title, euros(debts.total), STATE, f"au {day_label(debts.last_day)}{trend}", _debt_drawing(debts, months)
    )


def employee_share_fact(debts: DebtSection, months: Sequence[date]) -> Fact | None:
    """The part salariale that is owed; None where no débit was ever recorded."""
    if debts.last_day is None or debts.never_owed:
        return None
    since = debts.employee_unpaid_words
    values = tuple(float(debts.debts[month].part_ouvriere) if month in debts.debts else None for month in months)
    drawing = bars([Series(values, ORANGE)], f"Part salariale due, {len(months)} mois")
    if not since:
        return Fact("Part salariale impayée", "Aucune", STATE, f"au {day_label(debts.last_day)}", drawing)
    return Fact("Part salariale impayée", euros(debts.employee), STATE, since, drawing)


def headcount_fact(headcounts: Mapping[date, int], months: Sequence[date], last: tuple[date, int] | None) -> Fact:
    """The last headcount known, and its change in a year.

    Args:
        headcounts: those of the months shown.
        last: the last one known, which may be older than those.
    """
    if last is None:
        return Fact("Effectif", "Inconnu", STATE)
    month, headcount = last
    before = headcounts.get(month.replace(year=month.year - 1))
    trend = f", {signed_percent((headcount - before) / before)} en un an" if before else ""
    drawing = line(Series(tuple(map(headcounts.get, months)), BLUE), f"Effectif, {len(months)} mois")
    return Fact(
        "Effectif", employees(headcount), STATE, f"{month_label(month)}{trend}", drawing if headcounts else None
    )


def amount_fact(title: str, name: str, exercices: Sequence[Exercice], as_of: date) -> Fact:
    """An amount of the accounts: the last one known, and the one before; exercices come latest first."""
    typed = [one for one in exercices if one.typed]
    amounts = [(one.closing, one.amounts[name].corrected) for one in typed if one.amounts[name].corrected is not None]
    if not amounts:
        withheld = any(one.withheld or one.amounts[name].withheld for one in exercices)
        return Fact(title, "Confidentiel" if withheld else "Inconnu", ACCOUNTS)
    closing, value = amounts[0]
    before = f" ; {euros(amounts[1][1] or 0)} au {day_label(amounts[1][0])}" if len(amounts) > 1 else ""
    by_year = last_of_each_year(amounts)
    years = range(min(by_year), max(by_year) + 1)
    values = tuple(float(by_year[year] or 0) if year in by_year else None for year in years)
    drawing = bars([Series(values)], f"{title}, exercices de {years[0]} à {years[-1]}") if len(amounts) > 1 else None
    return Fact(title, euros(value or 0), ACCOUNTS, f"{closed_on(closing, as_of)}{before}", drawing)


def procedure_fact(procedures: ProceduresSection, months: Sequence[date], *, assessed: bool) -> Fact:
    """The state of the company, and the day of its last event, or of its notice where only that is dated.

    Args:
        assessed: whether the company is of the perimeter; the procedures of the others are not followed.
    """
    title, last = "Procédure collective", max(procedures.events, key=lambda one: one.dated or one.on, default=None)
    if not assessed and last is None and not procedures.badges:
        return Fact(title, "Non suivie", PROCEDURES, "entreprise hors périmètre")
    words = procedures.badges[0].text if procedures.badges else "Aucune connue"
    if last is None:
        return Fact(title, words, PROCEDURES)
    drawing = procedure_drawing(procedures, months)
    if last.dated is None:
        return Fact(title, words, PROCEDURES, f"dernière annonce publiée le {day_label(last.on)}", drawing)
    return Fact(title, words, PROCEDURES, f"dernier événement le {day_label(last.dated)}", drawing)


def plan_fact(plans: Mapping[date, PlanMonth], until: date | None, months: Sequence[date]) -> Fact | None:
    """The payment plan in force at the last month known; None without one."""
    plan = plans.get(until) if until else None
    if plan is None or until is None:
        return None
    amount = "Échéancier en cours" if plan.amount is None else f"Échéancier de {euros(plan.amount)}"
    behind = f" ; dette au-dessus du prévu de {rounded_euros(plan.behind)}" if plan.behind else ""
    detail = f"jusqu’au {day_label(plan.until)}{behind}"
    return Fact("Délai de paiement", amount, STATE, detail, plan_drawing(plans, months, until))


def _debt_drawing(debts: DebtSection, months: Sequence[date]) -> SafeString:
    values = tuple(float(month_total(debts.debts[month])) if month in debts.debts else None for month in months)
    return bars([Series(values)], f"Dette sociale, {len(months)} mois")
