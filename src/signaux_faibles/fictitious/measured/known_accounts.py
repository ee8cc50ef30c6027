"""The last annual accounts known of companies at a month, as the recipes of the tax administration read them."""

from __future__ import annotations

import numpy as np

from signaux_faibles.fictitious.books.cells import Cells
from signaux_faibles.fictitious.measured.known import Features
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people.population import Ints

KNOWN_AFTER, VALID = 7, 21
"""Months after the closing: accounts are read from the first to the second (model §1.8, first generations)."""
_MONTHS = 100_000


def accounts(part: Part, origin: int, rank: Ints) -> Features:
    """Solidity, net and gross margins, cash, working capital over turnover, and turnover; 0 when unknown.

    Every liasse is read, even those filed late or withheld at the greffe, because the recipe of 2021 relied on tax
    returns (model §3.3).
    """
    liasses = part.annual.liasses
    key = liasses.company * _MONTHS + liasses.close + KNOWN_AFTER
    place = np.searchsorted(key, rank * _MONTHS + origin, side="right") - 1
    last = np.maximum(place, 0)
    is_known = (place >= 0) & (liasses.company[last] == rank) & (liasses.close[last] >= origin - VALID)
    bounded = accounts_of({code: values[last] for code, values in liasses.cells.items()})
    return np.where(is_known[:, None], bounded, 0.0)


def accounts_of(cells: Cells) -> Features:
    """Solidity, net and gross margins, cash, working capital over turnover, and turnover; bounded."""
    cell = {code: values.astype(np.float64) for code, values in cells.items()}
    turnover = np.maximum(cell["FL"], 1_000)
    working = cell["CJ"] - cell["CK"] - cell["CF"] - cell["DX"] - cell["DY"]
    columns = (
        cell["DL"] / np.maximum(cell["EE"], 1_000),
        cell["HN"] / turnover,
        (cell["GG"] + cell["GA"]) / turnover,
        cell["CF"] / turnover,
        working / turnover,
        np.log(turnover / 1e6),
    )
    return np.asarray(np.clip(np.column_stack(columns), -3, 3))
