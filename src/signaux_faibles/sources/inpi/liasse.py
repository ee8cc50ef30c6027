"""The cells of the liasse, whatever the file that contains them (open-data §2.8)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

CAP = 2**31 - 1
"""In files whose cells are 32-bit integers, larger amounts appear as this value: no sum may use it (open-data §2.8)."""


class Form(Enum):
    """A set of forms: the normal one serves types C and K."""

    NORMAL = "normal"
    SIMPLIFIED = "simplified"


@dataclass(frozen=True)
class Cell:
    """Where a cell is in staging: its page (None: the only line of that code), its line, its column (1 to 4)."""

    page: str | None
    line: str
    column: int


FIXED = "AB/AC CX/CQ AF/AG AH/AI AJ/AK AL/AM AN/AO AP/AQ AR/AS AT/AU AV/AW AX/AY CS/CT CU/CV BB/BC BD/BE BF/BG BH/BI"
CURRENT = "BL/BM BN/BO BP/BQ BR/BS BT/BU BV/BW BX/BY BZ/CA CB/CC CD/CE CF/CG CH/CI"
NEVER_WORN = "AA CW CM CN"
"""Lines of the assets that have no depreciation: capital not called, charges to spread, premiums, conversion losses."""
FIXED_S = "010/012 014/016 028/030 040/042"
CURRENT_S = "050/052 060/062 064/066 068/070 072/074 080/082 084/086 092/094"
"""Lines of the assets, gross and depreciation, by code of the printed form (2050, 2033-A)."""


def _assets(page: str, lines: str) -> dict[str, Cell]:
    """Asset lines written « gross/depreciation »: both cells, and the net of the line."""
    cells: dict[str, Cell] = {}
    for gross, depreciation in (line.split("/") for line in lines.split()):
        cells |= {
            gross: Cell(page, gross, 1),
            depreciation: Cell(page, gross, 2),
            f"{gross}.net": Cell(page, gross, 3),
        }
    return cells


def _never_worn(page: str, lines: str) -> dict[str, Cell]:
    """Codes of assets lines without depreciation."""
    return {
        f"{line}{net}": Cell(page, line, column) for line in lines.split() for net, column in (("", 1), (".net", 3))
    }


def _sales(page: str, lines: str) -> dict[str, Cell]:
    """Sales, written as codes « France/exports/total »: all three are on the line of the first one."""
    split = [line.split("/") for line in lines.split()]
    return {code: Cell(page, codes[0], column) for codes in split for column, code in enumerate(codes, 1)}


def _lines(page: str | None, column: int, lines: str) -> dict[str, Cell]:
    return {line: Cell(page, line, column) for line in lines.split()}


CELLS: dict[Form, dict[str, Cell]] = {
    Form.NORMAL: {
        **_assets("01", f"{FIXED} BJ/BK {CURRENT} CJ/CK CO/1A"),
        **_never_worn("01", NEVER_WORN),
        **_lines("02", 1, "DA DB DC DD DE DF DG DH DI DJ DK DL DM DN DO DP DQ DR"),
        **_lines("02", 1, "DS DT DU DV DW DX DY DZ EA EB EC ED EE EG EH"),
        **_sales("03", "FA/FB/FC FD/FE/FF FG/FH/FI FJ/FK/FL"),
        **_lines("03", 3, "FM FN FO FP FQ FR FS FT FU FV FW FX FY FZ GA GB GC GD GE GF GG GH GI"),
        **_lines("03", 3, "GJ GK GL GM GN GO GP GQ GR GS GT GU GV GW"),
        **_lines("04", 1, "HA HB HC HD HE HF HG HH HI HJ HK HL HM HN A1"),
        **_lines(None, 1, "YP"),
    },
    Form.SIMPLIFIED: {
        **_assets("01", f"{FIXED_S} 044/048 {CURRENT_S} 096/098 110/112"),
        **_lines("01", 3, "120 124 126 130 132 134 136 140 142 154 156 164 166 172 174 176 180"),
        **_lines("01", 2, "169"),
        **_lines("01", 3, "195"),
        **_lines("02", 1, "210 214 218 222 224 226 230 232 234 236 238 240 242 244 250 252 254 256 262 264 270 280"),
        **_lines("02", 1, "290 294 300 306 310"),
        **_lines(None, 1, "376"),
    },
}
"""Where each code is: those of the amounts, and all the lines of the totals, by form."""

TOTALS: dict[Form, dict[str, tuple[str, ...]]] = {
    Form.NORMAL: {"01": ("CO", "CO.net"), "02": ("EE",), "03": ("GF", "GG"), "04": ("HN",)},
    Form.SIMPLIFIED: {"01": ("110", "110.net", "180"), "02": ("264", "270", "310")},
}
"""A filed page always has one of these totals."""


PROFIT_AND_LOSS: dict[Form, tuple[str, ...]] = {Form.NORMAL: ("03", "04"), Form.SIMPLIFIED: ("02",)}
"""The pages of the profit and loss account (2052 and 2053, 2033-B)."""


NET_COLUMN = 3
"""The column of the net of an asset line; gross and depreciation come before."""

OFTEN_LEFT_EMPTY = frozenset({"YP", "376", "EG", "195"})
"""Cells that many companies leave empty although the amount is not zero."""


NORMAL_CELLS, SIMPLIFIED_CELLS = (
    tuple(code for code in CELLS[form] if not code.endswith(".net")) for form in (Form.NORMAL, Form.SIMPLIFIED)
)
"""The cells of the normal forms (2050 to 2058-C) and of the simplified ones (2033), by code of the printed form."""
