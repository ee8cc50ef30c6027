"""Each expert signal, recomputed from the rows that it stands on, on both sides of its threshold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest

from signaux_faibles.detection.lists.signals import Signal
from signaux_faibles.relations.months import month_at
from signaux_faibles.snapshot.served.accounts import AMOUNTS, Amount, Exercice
from signaux_faibles.snapshot.served.debts import DebtMonth
from signaux_faibles.snapshot.served.filing import ExerciceFiling
from signaux_faibles.snapshot.served.plans import PlanMonth
from signaux_faibles.snapshot.served.short_time import ShortTimeMonth
from signaux_faibles.sources.families import Family
from signaux_faibles.tables.filing.delays import DUE, IN_TIME, LATE, MISSING, PERHAPS_WITHHELD
from signaux_faibles.web.consultation.debt_section import DebtSection
from signaux_faibles.web.consultation.expert_signals import (
    FEWEST,
    ExpertSignal,
    employee_share_signals,
    equity_signals,
    expert_signals,
    filing_signals,
    plan_signals,
    precision,
    short_time_signals,
)
from signaux_faibles.web.rights.decide import Reason
from signaux_faibles.web.rights.verdict import Verdict

CLOSING, OCTOBER, AS_OF = date(2025, 12, 31), date(2026, 10, 1), date(2026, 10, 31)


def exercice(equity: int | None, capital: int | None, *, liasse: str = "saisie", year: int = 2025) -> Exercice:
    amounts = {name: Amount(None, None, False) for name in AMOUNTS}
    for name, value in (("capitaux_propres", equity), ("capital_social", capital)):
        amounts[name] = Amount(None, None if value is None else Decimal(value), False)
    day = CLOSING.replace(year=year)
    return Exercice(day, "C", None, True, 12, "public", liasse, None, None, (), (), amounts, {})


def said(signals: Iterable[ExpertSignal]) -> list[str]:
    return [one.sentence.replace("\u202f", " ").replace("\u00a0", " ") for one in signals]


EQUITY = {
    "below zero": ([exercice(-51_678, 8_000)], ["Capitaux propres de −51 678 € au 31 décembre 2025."]),
    "below half of the capital": (
        [exercice(3_999, 8_000)],
        ["Capitaux propres de 3 999 € au 31 décembre 2025, pour un capital de 8 000 €."],
    ),
    "half of the capital": ([exercice(4_000, 8_000)], []),
    "capital not known": ([exercice(10, None)], []),
    "equity not known this year: that of the year before": (
        [exercice(None, 8_000), exercice(-1, 8_000, year=2024)],
        ["Capitaux propres de −1 € au 31 décembre 2024."],
    ),
    "of accounts that are old": (
        [exercice(-1, 8_000, year=2021)],
        ["Capitaux propres de −1 € au 31 décembre 2021, il y a 4 ans."],
    ),
    "nothing filed": ([], []),
}


@pytest.mark.parametrize(("exercices", "sentences"), EQUITY.values(), ids=EQUITY)
def test_equity(exercices: list[Exercice], sentences: list[str]) -> None:
    assert said(equity_signals(exercices, AS_OF)) == sentences


def filing(state: str, late: int | None, year: int = 2025) -> ExerciceFiling:
    return ExerciceFiling(date(year, 12, 31), date(year + 1, 7, 31), state, None, late)


FILINGS = {
    "awaited": (
        [filing(MISSING, 91)],
        ["Comptes de l’exercice clos le 31 décembre 2025 non déposés à ce jour, 91 jours après la date limite."],
    ),
    "late": (
        [filing(LATE, 1)],
        ["Comptes de l’exercice clos le 31 décembre 2025 déposés 1 jour après la date limite."],
    ),
    "in time this year, late before": ([filing(IN_TIME, 0), filing(LATE, 30, 2024)], []),
    "not due yet, late before": (
        [filing(DUE, None), filing(LATE, 30, 2024)],
        ["Comptes de l’exercice clos le 31 décembre 2024 déposés 30 jours après la date limite."],
    ),
    "perhaps confidential": ([filing(PERHAPS_WITHHELD, None)], []),
    "none": ([], []),
}


@pytest.mark.parametrize(("filings", "sentences"), FILINGS.values(), ids=FILINGS)
def test_filings(filings: list[ExerciceFiling], sentences: list[str]) -> None:
    assert said(filing_signals(filings)) == sentences


def debts(*employee: int, begins: date | None = None) -> DebtSection:
    months = [month_at(2026 * 12 + 9 - rank) for rank in reversed(range(len(employee)))]
    rows = {
        month: DebtMonth(month, Decimal(owed), Decimal(9), None, Decimal(0), Decimal(0))
        for month, owed in zip(months, employee, strict=True)
    }
    return DebtSection(Verdict(True, Reason.IN_ZONE), date(2026, 10, 20), rows, begins)


EMPLOYEE = {
    "owed for two months": (
        debts(5, 0, 7, 12),
        ["12 € de part salariale impayés au 20 octobre 2026, depuis septembre 2026."],
    ),
    "owed at the first month that is read": (
        debts(7, 12, begins=date(2026, 9, 1)),
        ["12 € de part salariale impayés au 20 octobre 2026, depuis au moins septembre 2026."],
    ),
    "paid": (debts(5, 0), []),
    "no débit": (debts(), []),
}


@pytest.mark.parametrize(("section", "sentences"), EMPLOYEE.values(), ids=EMPLOYEE)
def test_the_employee_share(section: DebtSection, sentences: list[str]) -> None:
    assert said(employee_share_signals(section)) == sentences


def plan(debt: int, left: int | None) -> dict[date, PlanMonth]:
    amount = None if left is None else Decimal(1000)
    return {OCTOBER: PlanMonth(1, CLOSING, amount, None if left is None else Decimal(left), Decimal(debt))}


PLANS = {
    "rounded, since another sum of the page may differ by a euro": (
        plan(57_750, 15_438),
        ["Dette de 58 k€ en octobre 2026, pour 15 k€ prévus à l’échéancier."],
    ),
    "beyond a tenth": (plan(601, 500), ["Dette de 601 € en octobre 2026, pour 500 € prévus à l’échéancier."]),
    "a tenth": (plan(600, 500), []),
    "kept": (plan(400, 500), []),
    "amount not known": (plan(9_999, None), []),
    "no plan in force": ({}, []),
}


@pytest.mark.parametrize(("plans", "sentences"), PLANS.values(), ids=PLANS)
def test_plans(plans: dict[date, PlanMonth], sentences: list[str]) -> None:
    assert said(plan_signals(plans, OCTOBER)) == sentences
    assert said(plan_signals(plans, date(2026, 11, 1))) == [], "that of the last month known"


def hours(*consumed: float | None) -> dict[date, ShortTimeMonth]:
    return {month_at(2026 * 12 + 9 - rank): ShortTimeMonth(1.0, one, ()) for rank, one in enumerate(consumed)}


SHORT_TIME = {
    "eight months": (
        hours(*[1.0] * 8),
        ["8 mois d’activité partielle sur les 12 derniers, jusqu’à octobre 2026."],
    ),
    "seven": (hours(*[1.0] * 7, None, 0.0), []),
    "eight, one of them thirteen months ago": (hours(*[1.0] * 7, *[0.0] * 5, 1.0), []),
    "none": ({}, []),
}


@pytest.mark.parametrize(("months", "sentences"), SHORT_TIME.values(), ids=SHORT_TIME)
def test_short_time(months: dict[date, ShortTimeMonth], sentences: list[str]) -> None:
    assert said(short_time_signals(months, OCTOBER)) == sentences


@pytest.mark.parametrize("closed", [Family.URSSAF, Family.DGEFP])
def test_a_closed_family_has_no_signal(closed: Family) -> None:
    found = expert_signals(
        exercices=[exercice(-1, 1)],
        as_of=AS_OF,
        filings=[filing(LATE, 1)],
        debts=debts(1),
        plans=plan(9_999, 1),
        plans_until=OCTOBER,
        short_time=hours(*[1.0] * 12),
        short_time_until=OCTOBER,
        may_read=lambda family: family is not closed,
    )
    assert {one.family for one in found} == {Family.OPEN, Family.URSSAF, Family.DGEFP} - {closed}


MEASURES = {
    "month": "2025-03-01",
    "all": {"companies": 4_210, "events": 95},
    Signal.EMPLOYEE_SHARE.value: {"companies": 320, "events": 41},
    Signal.SHORT_TIME.value: {"companies": FEWEST - 1, "events": 9},
    Signal.LOW_EQUITY.value: {"companies": FEWEST, "events": 1},
}
PRECISIONS = {
    Signal.EMPLOYEE_SHARE: (
        "Des 320 entreprises évaluées qui l’avaient en mars 2025, 41 avaient connu une procédure collective dans les "
        "18 mois ; toutes ensemble, 95 des 4 210 évaluées."
    ),
    Signal.LOW_EQUITY: (
        "Des 20 entreprises évaluées qui l’avaient en mars 2025, 1 avait connu une procédure collective dans les "
        "18 mois ; toutes ensemble, 95 des 4 210 évaluées."
    ),
    Signal.SHORT_TIME: "Précision non mesurée : trop peu d’entreprises l’avaient en mars 2025.",
    Signal.LATE_FILING: "Précision non mesurée.",
}


@pytest.mark.parametrize(("signal", "sentence"), PRECISIONS.items())
def test_a_precision_is_what_became_of_those_who_had_the_signal(signal: Signal, sentence: str) -> None:
    assert precision(signal, MEASURES).replace("\u202f", " ").replace("\u00a0", " ") == sentence
    assert precision(signal, {}) == "Précision non mesurée."
