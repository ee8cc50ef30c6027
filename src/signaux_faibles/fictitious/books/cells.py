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
    done = dict(cells)
    for france, (exports, line) in SALES.items():
        if france != "FJ":
            done[line] = done[france] + done[exports]
    done["FJ"], done["FK"] = (total(done, codes) for codes in (("FA", "FD", "FG"), ("FB", "FE", "FH")))
    done["FL"] = done["FJ"] + done["FK"]
    done["FR"] = total(done, ("FL", "FO", "FP", "FQ"))
    done["GF"] = total(done, CHARGES)
    done["GG"] = done["FR"] - done["GF"]
    done["GP"], done["GU"] = done["GL"], done["GR"]
    done["GV"] = done["GP"] - done["GU"]
    done["GW"] = done["GG"] + done["GV"]
    done["HD"], done["HH"] = done["HA"], done["HE"]
    done["HI"] = done["HD"] - done["HH"]
    done["HL"] = total(done, ("FR", "GP", "HD"))
    done["HM"] = total(done, ("GF", "GU", "HH", "HJ", "HK"))
    done["HN"] = done["HL"] - done["HM"]
    return done


def whole(cells: Cells) -> Cells:
    """The whole liasse: the result goes to the balance sheet, which cash (`CF`) balances.

    Args:
        cells: those that do not follow from others; `CF` is replaced.
    """
    done = with_result(cells)
    done["DI"] = done["HN"]
    done["DL"] = total(done, OWN_FUNDS)
    done["EC"] = total(done, DEBTS)
    done["DQ"] = done["DR"]
    done["EE"] = done["DL"] + done["DR"] + done["EC"]
    done["BJ"], done["BK"] = total(done, FIXED), total(done, ("AQ", "AS", "AU"))
    done["CF"] = np.zeros_like(done["EE"])
    done["CK"] = done["BY"]
    done["CF"] = done["EE"] - (done["BJ"] - done["BK"]) - (total(done, CURRENT) - done["CK"])
    done["CJ"] = total(done, CURRENT)
    done["CO"], done["1A"] = done["BJ"] + done["CJ"], done["BK"] + done["CK"]
    return done
