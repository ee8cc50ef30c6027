"""What is typed from a filing: its cells on its own form, perhaps amended, withheld or wrong."""

from __future__ import annotations

import numpy as np

from signaux_faibles.fictitious.books.cells import Cells, euros, whole
from signaux_faibles.fictitious.books.course import Liasses
from signaux_faibles.fictitious.books.filings import BilanType, Defect, Filings
from signaux_faibles.fictitious.books.pages import result_cells
from signaux_faibles.fictitious.books.simplified import simplified
from signaux_faibles.fictitious.people.population import Ints

_GROUP = 1.37  # what a group is to its head [E]
_AMENDMENT = 0.01  # of external charges [E]
_GROUP_CELLS = (
    "DA", "DL", "DR", "DV", "DX", "EA", "EC", "EE", "BJ", "BK", "CJ", "CK", "CO", "1A", "BT", "BX", "BY", "BZ", "CF",
    "FJ", "FK", "FL", "FQ", "FR", "FW", "FX", "FZ", "GA", "GF", "GG", "GV", "GW", "GE",
)  # fmt: skip
"""The only lines typed of consolidated accounts [D: the one real filing of that type at hand]."""
_MISTYPED = {True: ("EE", "GF"), False: ("180", "264")}
_TURNED = {True: "AU", False: "030"}
_TURNOVER = {True: ("FL",), False: ("210", "214", "218")}


def typed(filings: Filings, liasses: Liasses, *, normal: bool) -> Cells:
    """The cells typed of filings that are all on the normal form, or all on the simplified one; 0 is an empty cell.

    Args:
        filings: some of one form: see `of_form`.
        liasses: those that they file.
        normal: on the normal form, types C and K.
    """
    rows = filings.liasse
    full = {code: values[rows] for code, values in liasses.cells.items()}
    full = _amended(full, filings)
    full = _of_groups(full, filings)
    cells = full if normal else simplified(full)
    cells = _wrong(cells, filings, normal=normal)
    for code in result_cells(normal=normal):
        cells[code] = np.where(filings.withheld, 0, cells[code])
    for code in ("YP",) if normal else ("376",):
        cells[code] = np.where(filings.headcount, cells[code], 0)
    return cells


def of_form(filings: Filings, *, normal: bool) -> Filings:
    """Those on one of the two forms."""
    return filings.at((filings.form != BilanType.SIMPLIFIED) == normal)


def before(filings: Filings, liasses: Liasses, *, normal: bool) -> Cells:
    """The cells of the previous exercice; 0 if it is not given or does not exist."""
    row = np.maximum(filings.liasse - 1, 0)
    same = (liasses.company[row] == liasses.company[filings.liasse]) & (row < filings.liasse) & filings.previous
    full = {code: np.where(same, values[row], 0) for code, values in liasses.cells.items()}
    cells = full if normal else simplified(full)
    for code in result_cells(normal=normal):
        cells[code] = np.where(filings.withheld, 0, cells[code])
    return cells


def _amended(cells: Cells, filings: Filings) -> Cells:
    """The cells once charges that were forgotten or counted twice are put right, with totals, result and cash."""
    sign = np.where(filings.liasse % 2 == 0, 1, -1)
    changed = cells | {"FW": cells["FW"] + np.where(filings.amended, sign * euros(_AMENDMENT * cells["FW"]), 0)}
    return whole(changed)


def _of_groups(cells: Cells, filings: Filings) -> Cells:
    """Accounts of groups: larger, with only some of their lines."""
    group = filings.form == BilanType.CONSOLIDATED
    if not group.any():
        return cells
    greater = whole({code: np.where(group, euros(_GROUP * values), values) for code, values in cells.items()})
    for code in greater:
        if code not in _GROUP_CELLS:
            greater[code] = np.where(group, 0, greater[code])
    return greater


def _wrong(cells: Cells, filings: Filings, *, normal: bool) -> Cells:
    """The cells with the defects of typing."""
    defect = filings.defect
    typed_cells = {
        code: np.where(defect == Defect.THOUSANDS, euros(values / 1000), values) for code, values in cells.items()
    }
    typed_cells[_TURNED[normal]] = np.where(
        defect == Defect.TURNED, -typed_cells[_TURNED[normal]], typed_cells[_TURNED[normal]]
    )
    for code in _MISTYPED[normal]:
        typed_cells[code] = np.where(defect == Defect.MISTYPED, _transposed(typed_cells[code]), typed_cells[code])
    for code in _TURNOVER[normal]:
        typed_cells[code] = np.where(defect == Defect.CENTS, typed_cells[code] * 100, typed_cells[code])
    return typed_cells


def _transposed(amount: Ints) -> Ints:
    """An amount of thousands or more whose second and third digits were swapped, or with one digit too many."""
    unit = 10 ** np.maximum(np.floor(np.log10(np.maximum(np.abs(amount), 1))).astype(np.int64) - 2, 0)
    tens, ones = amount // (10 * unit) % 10, amount // unit % 10
    swapped = amount + (ones - tens) * 9 * unit
    return np.asarray(np.where(tens == ones, amount + 9 * unit, swapped))
