"""Months as numbers: pure functions of a day, without any engine."""

from __future__ import annotations

from datetime import date


def index_of(day: date) -> int:
    """Months since year 0."""
    return day.year * 12 + day.month - 1


def month_at(index: int) -> date:
    """The first day of the month with that index."""
    return date(index // 12, index % 12 + 1, 1)
