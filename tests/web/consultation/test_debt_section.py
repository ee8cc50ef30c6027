"""The months of the debt chart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from harness.tiny_home import ATELIERS
from signaux_faibles.snapshot.served.debts import DebtMonth
from signaux_faibles.snapshot.shelf import Shelf
from signaux_faibles.web.components.templatetags import french
from signaux_faibles.web.consultation.debt_section import DebtPoint, DebtSection, last_months
from signaux_faibles.web.rights.decide import Decision, Reason

ALLOWED = Decision(True, Reason.IN_ZONE)
MONTH = date(2026, 10, 1)


def test_months_cross_years() -> None:
    assert last_months(date(2026, 2, 1), 3) == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]


AMOUNTS = st.decimals(0, 10**9, places=2)


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS), min_size=12, max_size=25))
def test_an_agent_who_adds_up_what_is_shown_finds_the_totals_shown(months: list[tuple[Decimal, ...]]) -> None:
    points = tuple(
        DebtPoint(MONTH, DebtMonth(MONTH, employee, employer, None, new, repaid))
        for employee, employer, new, repaid in months
    )
    section = DebtSection(ALLOWED, MONTH, points)
    shown = [[french.euros(amount) for amount in point.amounts] for point in points]
    assert all(read(total) == read(employee) + read(employer) for employee, employer, total, _, _ in shown)
    assert read(french.euros(section.new_in_a_year)) == sum(read(cells[3]) for cells in shown[-12:])
    assert read(french.euros(section.repaid_in_a_year)) == sum(read(cells[4]) for cells in shown[-12:])


def test_a_total_shown_is_within_a_euro_of_the_exact_one() -> None:
    point = DebtPoint(MONTH, DebtMonth(MONTH, Decimal("43726.60"), Decimal("131180.60"), None, Decimal(0), Decimal(0)))
    assert point.amounts[:3] == (43_727, 131_181, 174_908), "exactly 174 907.20"


def read(shown: str) -> int:
    return int("".join(figure for figure in shown if figure.isdecimal()))


def test_the_window_ends_with_the_last_month_delivered_and_shows_unknown_months(shared_home: object) -> None:
    with Shelf(shared_home).pinned() as snapshot:  # type: ignore[arg-type]
        section = DebtSection.read(ATELIERS.siren, snapshot=snapshot, decision=ALLOWED)
        closed = DebtSection.read(ATELIERS.siren, snapshot=snapshot, decision=Decision(False, Reason.NOT_HABILITATED))
    assert (section.points[0].month, section.points[-1].month) == (date(2024, 10, 1), date(2026, 10, 1))
    assert section.points[0].amounts == (None,) * 5
    assert section.points[-1].amounts[:3] == (13_085, 39_255, 52_340)
    assert closed.points == ()
