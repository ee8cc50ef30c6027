"""Amounts and hours shared between months, or added, without losing any: as whole numbers of a small unit."""

from __future__ import annotations

import narwhals.stable.v2 as nw

UNITS = 10_000
"""Units of a euro or of an hour: the precision of staging."""


def in_units(value: nw.Expr) -> nw.Expr:
    """Euros, or hours, as a whole number of units; NULL stays NULL."""
    return (value * UNITS).cast(nw.Int64)


def from_units(units: nw.Expr) -> nw.Expr:
    """Whole units as euros, or hours."""
    return units.cast(nw.Float64) / UNITS


def share_of_month(value: nw.Expr, elapsed: nw.Expr, length: nw.Expr) -> nw.Expr:
    """What one month gets of a whole number spread equally over the months of a period.

    It is what is reached at the end of the month less what was reached at its start: whatever the rounding, the shares
    of all the months add up to the whole.

    Args:
        elapsed: how many months of the period come before this one; length: how many it has.
    """
    return ((value * (elapsed + 1)) // length - (value * elapsed) // length).cast(nw.Int64)
