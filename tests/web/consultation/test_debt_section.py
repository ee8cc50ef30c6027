"""The months of the debt chart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from harness.tiny_home import ATELIERS
from signaux_faibles.snapshot.reader import Shelf
from signaux_faibles.web.consultation.debt_section import DebtSection, last_months
from signaux_faibles.web.rights.decide import Decision, Reason

ALLOWED = Decision(True, Reason.IN_ZONE)


def test_months_cross_years() -> None:
    assert last_months(date(2026, 2, 1), 3) == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]


def test_the_window_ends_with_the_last_month_delivered_and_shows_unknown_months(shared_home: object) -> None:
    with Shelf(shared_home).pinned() as snapshot:  # type: ignore[arg-type]
        section = DebtSection.read(ATELIERS.siren, snapshot=snapshot, decision=ALLOWED)
        closed = DebtSection.read(ATELIERS.siren, snapshot=snapshot, decision=Decision(False, Reason.NOT_HABILITATED))
    assert (section.points[0].month, section.points[-1].month) == (date(2024, 10, 1), date(2026, 10, 1))
    assert section.points[0].amounts == (None,) * 5
    assert section.points[-1].total == Decimal("52340.00")
    assert closed.points == ()
