"""Values as agents read them: French numbers, units, months."""

from __future__ import annotations

from datetime import date

THIN = "\u202f"
"""Narrow no-break space, between the groups of three digits and before a unit."""
NBSP = "\u00a0"
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip


def grouped(value: float, digits: int = 0) -> str:
    """A number with French separators: « 12 350,5 »."""
    text = f"{abs(value):,.{digits}f}".replace(",", THIN).replace(".", ",")
    return f"−{text}" if value < 0 and float(f"{value:.{digits}f}") != 0 else text


def number(value: float) -> str:
    """A number without unit."""
    return grouped(value)


def euros(value: float) -> str:
    """An amount: « 12 350 € »."""
    return f"{grouped(value)}{NBSP}€"


def signed_euros(value: float) -> str:
    """A change of an amount: « +350 € », « −350 € »."""
    return f"+{euros(value)}" if round(value) > 0 else euros(value)


def percent(value: float) -> str:
    """A relative change: « −20 % »."""
    text = f"{grouped(100 * value)}{NBSP}%"
    return f"+{text}" if round(100 * value) > 0 else text


def months(value: float) -> str:
    """A duration: « 3 mois »."""
    return f"{grouped(value)}{NBSP}mois"


def age(value: float) -> str:
    """An age in months, in years from the second on: « 14 ans »."""
    return months(value) if value < 24 else f"{grouped(value // 12)}{NBSP}ans"


def employees(value: float) -> str:
    """A headcount: « 48 salariés »."""
    return f"{grouped(value)}{NBSP}salarié{'s' if value >= 2 else ''}"


def yes_or_no(value: float) -> str:
    """A fact that is or is not."""
    return "oui" if value else "non"


def month_label(day: date) -> str:
    """The month of a day: « Octobre 2026 »."""
    return f"{MONTHS[day.month - 1].capitalize()} {day.year}"


def day_label(day: date) -> str:
    """A day: « 1er octobre 2026 », « 30 septembre 2026 »."""
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def rate(value: float, digits: int = 1) -> str:
    """A frequency: « 2,3 % »."""
    return f"{grouped(100 * value, digits)}{NBSP}%"
