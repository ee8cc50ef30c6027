"""The years of exercices: one value for each, out of two that may close in it, and how long ago one closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from signaux_faibles.wording.french import day_label, number

Value = TypeVar("Value")
OLD = 3
"""Years after which accounts give their age: they are the last known, but no news of the company."""


def last_of_each_year(values: Iterable[tuple[date, Value]]) -> dict[int, Value]:
    """By year, the value of the last exercice that closes in it; `values` are closings and values, in any order."""
    return {closing.year: value for closing, value in sorted(values, key=lambda one: one[0])}


def closed_on(closing: date, as_of: date) -> str:
    """« au 31 décembre 2025 »; « au 29 février 2016, il y a 10 ans » where it is long ago."""
    years = as_of.year - closing.year - ((as_of.month, as_of.day) < (closing.month, closing.day))
    return f"au {day_label(closing)}{f', il y a {number(years)} ans' if years >= OLD else ''}"
