"""The simplified form (2033), from the cells of the normal one: fewer lines, the same amounts."""

from __future__ import annotations

import numpy as np

from signaux_faibles.fictitious.books.cells import Cells

_SUMS: dict[str, str] = {
    "010": "AH", "028": "AP AR AT", "030": "AQ AS AU", "040": "BH", "044": "BJ", "048": "BK", "050": "BL", "060": "BT",
    "068": "BX", "070": "BY", "072": "BZ", "080": "CD", "084": "CF", "092": "CH", "096": "CJ", "098": "CK", "110": "CO",
    "112": "1A", "120": "DA", "126": "DD", "132": "DG", "134": "DH", "136": "DI", "142": "DL", "154": "DR",
    "156": "DU", "166": "DX", "169": "DV", "172": "DV DY EA", "176": "EC", "180": "EE", "210": "FC", "214": "FF",
    "218": "FI", "226": "FO", "230": "FP FQ", "232": "FR", "234": "FS", "236": "FT", "238": "FU", "240": "FV",
    "242": "FW", "244": "FX", "250": "FY", "252": "FZ", "254": "GA", "256": "GC GD", "262": "GE", "264": "GF",
    "270": "GG", "280": "GP", "290": "HD", "294": "GU", "306": "HJ HK", "300": "HH", "310": "HN", "376": "YP",
}  # fmt: skip
"""By cell of the simplified form, the cells of the normal one that it adds."""


def simplified(cells: Cells) -> Cells:
    """The cells of the simplified form.

    Args:
        cells: whole liasses on the normal form.
    """
    lines: Cells = {}
    for code, parts in _SUMS.items():
        lines[code] = np.asarray(sum(cells[part] for part in parts.split()))
    lines["195"] = cells["EC"] - cells["EG"]
    return lines
