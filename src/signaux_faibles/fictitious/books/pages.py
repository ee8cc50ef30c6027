"""Where each cell stands in a typed liasse: pages, lines and columns (open-data §2.9)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PageColumn:
    """A column of a line, 1 to 4: the cell that it holds, less another for the net of an asset; or that of N-1."""

    number: int
    cell: str
    less: str | None = None
    previous: bool = False


@dataclass(frozen=True)
class Line:
    """A line of a page, under its code."""

    page: str
    code: str
    columns: tuple[PageColumn, ...]


def _assets(page: str, codes: str) -> list[Line]:
    """Gross, depreciation, net, net of N-1."""
    lines = []
    for gross, _, less in (code.partition("/") for code in codes.split()):
        net = less or None
        spent = (PageColumn(2, less),) if less else ()
        columns = (PageColumn(1, gross), *spent, PageColumn(3, gross, net), PageColumn(4, gross, net, previous=True))
        lines.append(Line(page, gross, columns))
    return lines


def _amounts(page: str, column: int, codes: str, *, previous: bool = True) -> list[Line]:
    """N, then N-1 in the next column."""
    lines = []
    for code in codes.split():
        before = (PageColumn(column + 1, code, previous=True),) if previous else ()
        lines.append(Line(page, code, (PageColumn(column, code), *before)))
    return lines


def _sales(page: str, codes: str) -> list[Line]:
    """France, exports, total, total of N-1."""
    lines = []
    for france, abroad, total in (code.split("/") for code in codes.split()):
        sold = (PageColumn(1, france), PageColumn(2, abroad), PageColumn(3, total))
        lines.append(Line(page, france, (*sold, PageColumn(4, total, previous=True))))
    return lines


NORMAL: tuple[Line, ...] = (
    *_assets("01", "AH AP/AQ AR/AS AT/AU BH BJ/BK BL BT BX/BY BZ CD CF CH CJ/CK CO/1A"),
    *_amounts("02", 1, "DA DD DG DH DI DL DQ DR DU DV DX DY EA EC EE"),
    *_amounts("02", 1, "EG EH", previous=False),
    *_sales("03", "FA/FB/FC FD/FE/FF FG/FH/FI FJ/FK/FL"),
    *_amounts("03", 3, "FO FP FQ FR FS FT FU FV FW FX FY FZ GA GC GD GE GF GG GL GP GR GU GV GW"),
    *_amounts("04", 1, "HA HD HE HH HI HJ HK HL HM HN"),
    *_amounts("11", 1, "YP", previous=False),
)
"""Forms 2050 to 2053, and the headcount of 2058-C."""

SIMPLIFIED: tuple[Line, ...] = (
    *_assets("01", "010 028/030 040 044/048 050 060 068/070 072 080 084 092 096/098 110/112"),
    *_amounts("01", 3, "120 126 132 134 136 142 154 156 166 172 176 180"),
    *_amounts("01", 2, "169", previous=False),
    *_amounts("01", 3, "195", previous=False),
    *_amounts("02", 1, "210 214 218 226 230 232 234 236 238 240 242 244 250 252 254 256 262 264 270 280 290 294 300"),
    *_amounts("02", 1, "306 310"),
    *_amounts("05", 1, "376", previous=False),
)
"""Forms 2033-A and 2033-B, and the headcount of 2033-E."""

RESULT_PAGES = {True: ("03", "04"), False: ("02",)}
"""The pages of the profit and loss account, on the normal form (True) or the simplified one."""


def lines_of(*, normal: bool) -> tuple[Line, ...]:
    """The lines of a form."""
    return NORMAL if normal else SIMPLIFIED


def result_cells(*, normal: bool) -> tuple[str, ...]:
    """The cells of the profit and loss account of a form."""
    lines = (line for line in lines_of(normal=normal) if line.page in RESULT_PAGES[normal])
    return tuple(dict.fromkeys(column.cell for line in lines for column in line.columns))
