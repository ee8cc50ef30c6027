"""One value a year out of those of exercices, of which two may close in the same year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

Value = TypeVar("Value")


def last_of_each_year(values: Iterable[tuple[date, Value]]) -> dict[int, Value]:
    """By year, the value of the last exercice that closes in it; `values` are closings and values, in any order."""
    return {closing.year: value for closing, value in sorted(values, key=lambda one: one[0])}
