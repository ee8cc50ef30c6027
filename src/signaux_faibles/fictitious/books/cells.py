"""Cells of the liasse: those that the course of the accounts gives, then their totals (forms 2050 to 2053).

Cells are named by their code on the printed form; amounts are whole euros.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from signaux_faibles.fictitious.people.population import Ints

Cells = dict[str, Ints]

FIXED, CURRENT = ("AH", "AP", "AR", "AT", "BH"), ("BL", "BT", "BX", "BZ", "CD", "CF", "CH")
OWN_FUNDS = ("DA", "DD", "DG", "DH", "DI")
DEBTS = ("DU", "DV", "DX", "DY", "EA")
SALES = {"FA": ("FB", "FC"), "FD": ("FE", "FF"), "FG": ("FH", "FI"), "FJ": ("FK", "FL")}
"""Sales in France, with the cells of exports and of the total of the line."""
CHARGES = ("FS", "FT", "FU", "FV", "FW", "FX", "FY", "FZ", "GA", "GC", "GD", "GE")


def euros(amount: npt.NDArray[np.floating]) -> Ints:
    """Amounts rounded to the euro."""
    return np.asarray(np.rint(amount), dtype=np.int64)


def total(cells: Cells, codes: tuple[str, ...]) -> Ints:
    """The sum of some cells."""
    return np.asarray(sum(cells[code] for code in codes))


def with_result(cells: Cells) -> Cells:
    """The cells with the totals of the profit and loss account, down to the net result `HN`."""
    full = dict(cells)
    for france, (exports, line) in SALES.items():
        if france != "FJ":
            full[line] = full[france] + full[exports]
    full["FJ"], full["FK"] = (total(full, codes) for codes in (("FA", "FD", "FG"), ("FB", "FE", "FH")))
    full["FL"] = full["FJ"] + full["FK"]
    full["FR"] = total(full, ("FL", "FO", "FP", "FQ"))
    full["GF"] = total(full, CHARGES)
    full["GG"] = full["FR"] - full["GF"]
    full["GP"], full["GU"] = full["GL"], full["GR"]
    full["GV"] = full["GP"] - full["GU"]
    full["GW"] = full["GG"] + full["GV"]
    full["HD"], full["HH"] = full["HA"], full["HE"]
    full["HI"] = full["HD"] - full["HH"]
    full["HL"] = total(full, ("FR", "GP", "HD"))
    full["HM"] = total(full, ("GF", "GU", "HH", "HJ", "HK"))
    full["HN"] = full["HL"] - full["HM"]
    return full


def whole(cells: Cells) -> Cells:
    """The whole liasse: the result goes to the balance sheet, which cash (`CF`) balances.

    Args:
        cells: those that do not follow from others; `CF` is replaced.
    """
    full = with_result(cells)
    full["DI"] = full["HN"]
    full["DL"] = total(full, OWN_FUNDS)
    full["EC"] = total(full, DEBTS)
    full["DQ"] = full["DR"]
    full["EE"] = full["DL"] + full["DR"] + full["EC"]
    full["BJ"], full["BK"] = total(full, FIXED), total(full, ("AQ", "AS", "AU"))
    full["CF"] = np.zeros_like(full["EE"])
    full["CK"] = full["BY"]
    full["CF"] = full["EE"] - (full["BJ"] - full["BK"]) - (total(full, CURRENT) - full["CK"])
    full["CJ"] = total(full, CURRENT)
    full["CO"], full["1A"] = full["BJ"] + full["CJ"], full["BK"] + full["CK"]
    return full
