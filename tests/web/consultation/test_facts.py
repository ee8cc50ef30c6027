"""The facts at the top of the page, recomputed from their rows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from signaux_faibles.detection.levels import Level
from signaux_faibles.relations.months import month_at
from signaux_faibles.snapshot.served.accounts import AMOUNTS, Amount, Exercice
from signaux_faibles.snapshot.served.debts import DebtMonth
from signaux_faibles.snapshot.served.lists import PublishedList
from signaux_faibles.snapshot.served.plans import PlanMonth
from signaux_faibles.snapshot.served.procedures import ProcedureEvent, ProcedureStanding
from signaux_faibles.web.consultation import facts
from signaux_faibles.web.consultation.debt_section import DebtSection
from signaux_faibles.web.consultation.facts import Fact
from signaux_faibles.web.consultation.procedures_section import ProceduresSection
from signaux_faibles.web.rights.decide import Reason
from signaux_faibles.web.rights.verdict import Verdict

MONTHS = [month_at(2026 * 12 + 9 - rank) for rank in reversed(range(36))]
OCTOBER, DELIVERED = MONTHS[-1], date(2026, 10, 20)
OPEN = Verdict(True, Reason.IN_ZONE)


def words(fact: Fact | None) -> tuple[str, str] | None:
    if fact is None:
        return None
    value, detail = (text.replace("\u202f", " ").replace("\u00a0", " ") for text in (fact.value, fact.detail))
    return value, detail


def debts(*owed: tuple[int, int], owed_before: date | None = None) -> DebtSection:
    rows = {
        month: DebtMonth(month, Decimal(employee), Decimal(employer), None, Decimal(0), Decimal(0))
        for month, (employee, employer) in zip(MONTHS[-len(owed) :] if owed else [], owed, strict=True)
    }
    return DebtSection(OPEN, DELIVERED, rows, MONTHS[0], owed_before)


GROWN = debts((0, 1_000), (0, 2_000), (10, 3_000), (20, 4_000))
DEBTS = {
    "grown in three months": (
        GROWN,
        ("4 020 €", "au 20 octobre 2026, +3 020 € en 3 mois"),
        ("20 €", "depuis septembre 2026"),
    ),
    "begun a month ago": (
        debts((0, 50)),
        ("50 €", "au 20 octobre 2026, +50 € en 3 mois"),
        ("Aucune", "au 20 octobre 2026"),
    ),
    "owed all along": (
        debts(*[(5, 5)] * 36),
        ("10 €", "au 20 octobre 2026, 0 € en 3 mois"),
        ("5 €", "depuis au moins novembre 2023"),
    ),
    "owed since before the months shown": (
        debts(*[(5, 5)] * 36, owed_before=date(2023, 1, 1)),
        ("10 €", "au 20 octobre 2026, 0 € en 3 mois"),
        ("5 €", "depuis janvier 2023"),
    ),
    "begun again since": (
        debts((0, 5), *[(5, 5)] * 35, owed_before=date(2023, 1, 1)),
        ("10 €", "au 20 octobre 2026, 0 € en 3 mois"),
        ("5 €", "depuis décembre 2023"),
    ),
    "nothing owed": (debts((0, 0)), ("Aucune", "au 20 octobre 2026, ni dans les mois montrés"), None),
    "no débit": (debts(), ("Aucun débit", "enregistré par l’Urssaf"), None),
}


@pytest.mark.parametrize(("section", "total", "employee"), DEBTS.values(), ids=DEBTS)
def test_debts(section: DebtSection, total: tuple[str, str], employee: tuple[str, str] | None) -> None:
    assert words(facts.debt_fact(section, MONTHS)) == total
    assert words(facts.employee_share_fact(section, MONTHS)) == employee


HEADCOUNTS = {
    "fallen": ({MONTHS[-13]: 50, OCTOBER: 47}, (OCTOBER, 47), ("47 salariés", "octobre 2026, −6 % en un an")),
    "the year before is not known": ({OCTOBER: 47}, (OCTOBER, 47), ("47 salariés", "octobre 2026")),
    "zero the year before": ({MONTHS[-13]: 0, OCTOBER: 1}, (OCTOBER, 1), ("1 salarié", "octobre 2026")),
    "known long ago": ({}, (date(2019, 3, 1), 12), ("12 salariés", "mars 2019")),
    "unknown": ({}, None, ("Inconnu", "")),
}


@pytest.mark.parametrize(("known", "last", "expected"), HEADCOUNTS.values(), ids=HEADCOUNTS)
def test_headcounts(known: dict[date, int], last: tuple[date, int] | None, expected: tuple[str, str]) -> None:
    assert words(facts.headcount_fact(known, MONTHS, last)) == expected


def exercice(year: int, result: int | None, *, withheld: bool = False, liasse: str = "saisie") -> Exercice:
    amounts = {name: Amount(None, None, withheld) for name in AMOUNTS}
    amounts["resultat_net"] = Amount(None, None if result is None else Decimal(result), withheld)
    return Exercice(date(year, 12, 31), "C", None, True, 12, "public", liasse, None, None, (), (), amounts, {})


AS_OF = date(2026, 10, 31)
RESULTS = {
    "two exercices": (
        [exercice(2025, -36_075), exercice(2024, 800)],
        ("−36 075 €", "au 31 décembre 2025 ; 800 € au 31 décembre 2024"),
    ),
    "one": ([exercice(2025, 5)], ("5 €", "au 31 décembre 2025")),
    "the last is not known": ([exercice(2025, None), exercice(2023, 5)], ("5 €", "au 31 décembre 2023")),
    "known long ago": ([exercice(2015, 5)], ("5 €", "au 31 décembre 2015, il y a 10 ans")),
    "almost three years ago": ([exercice(2023, 5)], ("5 €", "au 31 décembre 2023")),
    "confidential": ([exercice(2025, None, withheld=True)], ("Confidentiel", "")),
    "none": ([], ("Inconnu", "")),
}


@pytest.mark.parametrize(("exercices", "expected"), RESULTS.values(), ids=RESULTS)
def test_amounts_of_accounts(exercices: list[Exercice], expected: tuple[str, str]) -> None:
    assert words(facts.amount_fact("Résultat net", "resultat_net", exercices, AS_OF)) == expected


def test_a_year_without_exercice_is_a_gap_of_the_chart() -> None:
    drawing = facts.amount_fact("Résultat net", "resultat_net", [exercice(2025, 4), exercice(2022, 4)], AS_OF).drawing
    assert 'viewBox="0 0 40 100"' in str(drawing)
    assert str(drawing).count("<rect") == 3, "two bars and the axis"


def test_of_two_exercices_that_close_in_a_year_the_chart_keeps_the_last() -> None:
    short = replace(exercice(2025, -9), closing=date(2025, 6, 30), months=6)
    with_both, alone = [exercice(2025, 4), short, exercice(2024, 4)], [exercice(2025, 4), exercice(2024, 4)]
    drawings = [facts.amount_fact("Résultat net", "resultat_net", some, AS_OF).drawing for some in (with_both, alone)]
    assert drawings[0] == drawings[1]


UNTIL = date(2027, 3, 2)
PLANS = {
    "behind": (PlanMonth(1, UNTIL, Decimal(900), Decimal(400), Decimal(700)), "dette au-dessus du prévu de 300 €"),
    "kept": (PlanMonth(1, UNTIL, Decimal(900), Decimal(400), Decimal(400)), ""),
}


@pytest.mark.parametrize(("plan", "behind"), PLANS.values(), ids=PLANS)
def test_the_plan_in_force(plan: PlanMonth, behind: str) -> None:
    detail = f"jusqu’au 2 mars 2027{' ; ' if behind else ''}{behind}"
    assert words(facts.plan_fact({OCTOBER: plan}, OCTOBER, MONTHS)) == ("Échéancier de 900 €", detail)
    assert facts.plan_fact({MONTHS[-2]: plan}, OCTOBER, MONTHS) is None, "it has ended"


JUDGED, URSSAF, NOTICE = date(2026, 3, 2), date(2026, 2, 20), date(2026, 3, 20)


def event(urssaf: date | None, judged: date | None, published: date | None = None) -> ProcedureEvent:
    on = judged or urssaf
    assert on is not None
    return ProcedureEvent(on, "sauvegarde", "ouverture", "Sauvegarde", urssaf, judged, published, None, None)


def procedures(*events: ProcedureEvent, under_way: bool = False, followed: bool = True) -> ProceduresSection:
    standing = ProcedureStanding("en_cours", "Sauvegarde", None, 0, None) if under_way else None
    return ProceduresSection(followed, standing, events, (), (), None)


STATES: dict[str, tuple[ProceduresSection, bool, tuple[str, str]]] = {
    "in bonis": (procedures(), True, ("In bonis", "")),
    "under way, judged": (
        procedures(event(URSSAF, JUDGED, NOTICE), under_way=True),
        True,
        ("Sauvegarde", "dernier événement le 2 mars 2026"),
    ),
    "of Urssaf's day, when the notice gives only its own": (
        procedures(event(URSSAF, NOTICE, NOTICE), under_way=True),
        True,
        ("Sauvegarde", "dernier événement le 20 février 2026"),
    ),
    "of no known day": (
        procedures(event(None, NOTICE, NOTICE), under_way=True),
        True,
        ("Sauvegarde", "dernière annonce publiée le 20 mars 2026"),
    ),
    "the latest of several": (
        procedures(event(URSSAF, None), event(None, JUDGED), under_way=True),
        True,
        ("Sauvegarde", "dernier événement le 2 mars 2026"),
    ),
    "closed, and nothing known": (procedures(followed=False), True, ("Aucune connue", "")),
    "out of the perimeter": (procedures(followed=False), False, ("Non suivie", "entreprise hors périmètre")),
}


@pytest.mark.parametrize(("section", "assessed", "expected"), STATES.values(), ids=STATES)
def test_procedures(section: ProceduresSection, assessed: bool, expected: tuple[str, str]) -> None:
    assert words(facts.procedure_fact(section, MONTHS, assessed=assessed)) == expected


def test_the_levels_of_past_lists_are_drawn_oldest_first_and_not_alone() -> None:
    lists = [PublishedList(n, "x", OCTOBER, True, Path(), {}) for n in (3, 2, 1)]
    history = list(zip(lists, (Level.HIGH, Level.MODERATE, None), strict=True))
    assert facts.level_drawing(history[:1]) is None
    drawing = str(facts.level_drawing(history))
    heights = [float(one) for one in re.findall(r'height="([\d.]+)" fill="#b34000"', drawing)]
    assert (len(heights), heights == sorted(heights)) == (2, True), "nothing for no alert, then moderate, then high"
    assert "Niveaux des 3 dernières listes" in drawing
