"""Each kind of sentence of a sheet, recomputed from the rows that it stands on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from harness.tiny_home import ATELIERS, CEVENOL, CLOSED, ELEONORE, HEALTHY, MASKED
from signaux_faibles.perimeter.rules import ACTIVITY, HEADCOUNT
from signaux_faibles.snapshot.served.accounts import Exercice
from signaux_faibles.snapshot.served.company import Company, DepartmentEstablishments
from signaux_faibles.snapshot.served.debts import DebtMonth
from signaux_faibles.snapshot.served.perimeter import PerimeterAnswer
from signaux_faibles.snapshot.served.procedures import ProcedureEvent
from signaux_faibles.web.consultation.accounts.accounts_section import AccountsSection
from signaux_faibles.web.consultation.company_sheet import CompanySheet
from signaux_faibles.web.consultation.debt_section import DebtSection
from signaux_faibles.web.consultation.perimeter_section import because
from signaux_faibles.web.consultation.zone_tie import ZoneTie, zone_tie
from signaux_faibles.web.rights.decide import Reason
from signaux_faibles.web.rights.verdict import Verdict
from signaux_faibles.wording.french import agreed

Session = Callable[[str], Client]
OPEN = Verdict(True, Reason.OPEN)
HERE = frozenset({"40", "87"})


def company(*places: tuple[str, int, int]) -> Company:
    """A company by its departments, with how many active and closed establishments it has there."""
    known = tuple(DepartmentEstablishments(code, None, active, closed) for code, active, closed in places)
    return Company("811111111", "A", None, None, None, None, None, True, None, (), known, 0, 0)


TIES: dict[str, tuple[Sequence[tuple[str, int, int]], frozenset[str], ZoneTie]] = {
    "active here": ([("40", 1, 0)], HERE, ZoneTie.ACTIVE),
    "active here and elsewhere": ([("40", 1, 2), ("35", 4, 0)], HERE, ZoneTie.ACTIVE),
    "closed here, active elsewhere": ([("40", 0, 1), ("35", 1, 0)], HERE, ZoneTie.LEFT),
    "closed, and it was here": ([("40", 0, 1)], HERE, ZoneTie.CLOSED),
    "closed, and it was not here": ([("35", 0, 1)], HERE, ZoneTie.CLOSED_ELSEWHERE),
    "no establishment known": ([], HERE, ZoneTie.CLOSED_ELSEWHERE),
    "elsewhere": ([("35", 1, 0)], HERE, ZoneTie.OUTSIDE),
    "an agent without zone": ([("35", 1, 0)], frozenset(), ZoneTie.WITHOUT_ZONE),
}


@pytest.mark.parametrize(("places", "zone", "tie"), TIES.values(), ids=TIES)
def test_a_company_is_out_of_zone_only_where_it_has_been_nowhere_in_it(
    places: Sequence[tuple[str, int, int]], zone: frozenset[str], tie: ZoneTie
) -> None:
    assert zone_tie(company(*places), zone) is tie


def test_a_closed_company_of_the_zone_is_not_called_out_of_zone(signed_in: Session) -> None:
    page = signed_in("CRP de la zone").get(f"/entreprises/{CLOSED.siren}").content.decode()
    assert "hors de votre zone" not in page
    assert "Elle avait un établissement dans votre zone ; il est fermé." in page


EXCLUSIONS = {
    "a small company": (
        PerimeterAnswer(False, HEADCOUNT, "effectif maximal sur 36 mois : 3"),
        "son effectif n’a pas atteint dix salariés dans les trois dernières années (effectif maximal sur 36 mois : 3)",
    ),
    "no headcount is known: nothing says that it is small": (
        PerimeterAnswer(False, HEADCOUNT, "effectif maximal sur 36 mois : inconnu"),
        "son effectif des trois dernières années n’est pas connu",
    ),
    "an activity": (
        PerimeterAnswer(False, ACTIVITY, "activité 84.11Z"),
        "son activité n’est pas suivie (activité 84.11Z)",
    ),
}


@pytest.mark.parametrize(("answer", "sentence"), EXCLUSIONS.values(), ids=EXCLUSIONS)
def test_why_a_company_is_not_assessed(answer: PerimeterAnswer, sentence: str) -> None:
    assert because(answer) == sentence


JUDGED, NOTICE, URSSAF = date(2022, 12, 5), date(2022, 12, 23), date(2022, 11, 28)
DATES: dict[str, tuple[date | None, date | None, date | None, date | None]] = {
    "the judgment, when its day is known": (URSSAF, JUDGED, NOTICE, JUDGED),
    "Urssaf's day, when the notice gives only its own": (URSSAF, NOTICE, NOTICE, URSSAF),
    "no day, when the notice alone is dated": (None, NOTICE, NOTICE, None),
    "Urssaf alone": (URSSAF, None, None, URSSAF),
}


@pytest.mark.parametrize(("urssaf", "judged", "published", "dated"), DATES.values(), ids=DATES)
def test_the_day_of_a_notice_is_never_shown_as_that_of_a_judgment(
    urssaf: date | None, judged: date | None, published: date | None, dated: date | None
) -> None:
    on = judged or urssaf
    assert on is not None
    event = ProcedureEvent(on, "sauvegarde", "ouverture", "Sauvegarde", urssaf, judged, published, "A1", None)
    assert event.dated == dated


def exercice(closing: date, months: int | None) -> Exercice:
    return Exercice(closing, "C", None, True, months, "public", "saisie", None, None, (), (), {}, {})


Y17, Y23, Y24, Y25 = (date(year, 12, 31) for year in (2017, 2023, 2024, 2025))
GAPS: dict[str, tuple[list[Exercice], list[tuple[date, date]]]] = {
    "years that follow": ([exercice(Y25, 12), exercice(Y24, 12), exercice(Y23, 12)], []),
    "years that are skipped": ([exercice(Y25, 12), exercice(Y24, 12), exercice(Y17, 12)], [(Y17, Y24)]),
    "one year that is skipped": ([exercice(Y25, 12), exercice(Y23, 12)], [(Y23, Y25)]),
    "a long exercice skips nothing": ([exercice(Y25, 24), exercice(Y23, 12)], []),
    "of unknown length, one year later": ([exercice(Y25, None), exercice(Y24, 12)], []),
    "of unknown length, two years later": ([exercice(Y25, 0), exercice(Y23, 12)], [(Y23, Y25)]),
    "a closing that moved": ([exercice(date(2025, 6, 30), 6), exercice(Y24, 12)], []),
}


@pytest.mark.parametrize(("exercices", "gaps"), GAPS.values(), ids=GAPS)
def test_columns_that_skip_exercices_say_so(exercices: list[Exercice], gaps: list[tuple[date, date]]) -> None:
    assert list(AccountsSection(OPEN, tuple(exercices)).gaps) == gaps


def month(at: date, owed: int, fell: int = 0) -> DebtMonth:
    return DebtMonth(at, Decimal(0), Decimal(owed), None, Decimal(0), Decimal(fell))


SEPTEMBER, OCTOBER, DELIVERED = date(2026, 9, 1), date(2026, 10, 1), date(2026, 10, 20)
DEBTS: dict[str, tuple[list[DebtMonth], date | None, bool]] = {
    "owed until the last month": ([month(SEPTEMBER, 5), month(OCTOBER, 7)], DELIVERED, False),
    "known until the month before": ([month(SEPTEMBER, 5)], date(2026, 9, 20), False),
    "nothing owed": ([month(SEPTEMBER, 0), month(OCTOBER, 0)], DELIVERED, True),
    "owed and paid": ([month(SEPTEMBER, 5), month(OCTOBER, 0, fell=5)], DELIVERED, False),
    "no débit": ([], None, True),
}


@pytest.mark.parametrize(("months", "day", "never"), DEBTS.values(), ids=DEBTS)
def test_a_debt_has_the_day_of_its_month_and_no_chart_is_drawn_of_nothing(
    months: list[DebtMonth], day: date | None, never: bool
) -> None:
    section = DebtSection(OPEN, DELIVERED, {one.month: one for one in months})
    assert (section.last_day, section.never_owed) == (day, never)


def test_a_result_counts_the_establishments_that_its_page_lists(signed_in: Session) -> None:
    crp = signed_in("CRP de la zone")
    page = crp.get(f"/entreprises/{CEVENOL.siren}").content.decode()
    active = re.search(r"dont (\d+) en activité", page)
    assert active is not None
    counted = agreed(int(active[1]), "établissement en activité", "établissements en activité")
    assert f"{active[1]} {counted}" in crp.get("/recherche?q=cevenol").content.decode()


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/recherche?q=imprimerie", f"{HEALTHY.headcount} salariés en août 2026"),
        ("/listes", f'{ATELIERS.headcount}<span class="sf-detail">août 2026</span>'),
    ],
)
def test_a_headcount_has_its_month_wherever_it_is_shown(signed_in: Session, path: str, sentence: str) -> None:
    assert sentence in signed_in("CRP de la zone").get(path).content.decode()


AGES = {
    date(2004, 3, 12): "22 ans",
    date(2025, 10, 31): "1 an",
    date(2025, 11, 1): "",
    date(2020, 11, 1): "5 ans",
    date(2020, 10, 31): "6 ans",
    None: "",
}


@pytest.mark.parametrize(("created", "age"), AGES.items())
def test_the_age_of_a_company_is_in_whole_years_on_the_day_of_the_data(created: date | None, age: str) -> None:
    sheet = object.__new__(CompanySheet)
    known = replace(company(("40", 1, 0)), created=created)
    object.__setattr__(sheet, "company", known)
    object.__setattr__(sheet, "as_of", date(2026, 10, 31))
    assert sheet.age == age


def test_other_names_are_given_and_never_those_of_a_masked_company(signed_in: Session) -> None:
    crp = signed_in("CRP de la zone")
    assert "Autres noms" in crp.get(f"/entreprises/{ELEONORE.siren}").content.decode()
    assert "Autres noms" not in crp.get(f"/entreprises/{MASKED.siren}").content.decode()
