"""The scalar types and the cells of the liasse, whatever the file that contains them (open-data §2.8)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from signaux_faibles.relations.schema import Kind
from signaux_faibles.sources.contract import raw
from signaux_faibles.sources.fields import FieldType, ungrouped

LIASSE_AMOUNT = FieldType(
    "montant de liasse",
    Kind.AMOUNT,
    lambda text: (
        f"CASE WHEN regexp_full_match({text}, '[+-]?[0-9]{{1,15}}') THEN TRY_CAST({text} AS DECIMAL(18,4)) END"
    ),
    "n'est pas un montant de liasse (15 chiffres au plus, signe permis)",
    "printf('%015d', CAST({0} AS BIGINT))".format,
    ungrouped,
)
"""Whole euros, possibly padded with zeros to 15 digits, with or without a sign."""

CAP = 2**31 - 1
"""Where cells are 32-bit integers, larger amounts appear as this value: no sum may use one (open-data §2.8)."""


def confidentiality_code(header: str) -> str:
    """SQL of the confidentiality code of the bilans saisis, from the word in a file; NULL for any other word.

    0: public; 1: everything withheld; 2: profit and loss account withheld.
    """
    word = f"lower(strip_accents({raw(header)}))"
    withheld = f"WHEN regexp_matches({word}, 'resultat|simplifi') THEN '2' WHEN {word} LIKE 'confidentiel%' THEN '1'"
    return f"CASE WHEN {word} = 'public' THEN '0' {withheld} END"


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


def _lines(page: str | None, column: int, lines: str) -> dict[str, Cell]:
    return {line: Cell(page, line, column) for line in lines.split()}


CELLS: dict[Form, dict[str, Cell]] = {
    Form.NORMAL: {
        **_assets("01", "AN/AO AP/AQ AR/AS AT/AU AV/AW AX/AY BJ/BK BL/BM BN/BO BP/BQ BR/BS BT/BU BV/BW BX/BY"),
        **_assets("01", "BZ/CA CD/CE CF/CG CH/CI CJ/CK CO/1A"),
        **_lines("02", 1, "DA DI DL DO DR DS DT DU DV DW DX DY EA EB EC ED EE EG EH"),
        "FJ": Cell("03", "FJ", 1),
        "FK": Cell("03", "FJ", 2),
        "FL": Cell("03", "FJ", 3),
        **_lines("03", 3, "FM FN FO FP FQ FR FS FT FU FV FW FX FY FZ GA GB GC GD GE GF GG GH GI GM GP GQ GR GU GW"),
        **_lines("04", 1, "HA HB HC HD HE HF HG HH HL HM HN A1"),
        **_lines(None, 1, "YP"),
    },
    Form.SIMPLIFIED: {
        **_assets("01", "028/030 044/048 050/052 060/062 064/066 068/070 072/074 080/082 084/086 092/094 096/098"),
        **_assets("01", "110/112"),
        **_lines("01", 3, "120 136 142 154 156 164 166 172 174 176 180"),
        **_lines("01", 2, "169"),
        **_lines("01", 3, "195"),
        **_lines("02", 1, "210 214 218 222 224 226 230 232 234 236 238 240 242 244 250 252 254 256 262 264 270 280"),
        **_lines("02", 1, "290 294 300 306 310"),
        **_lines(None, 1, "376"),
    },
}
"""Where each code is: codes that the reference names, by form."""


TOTALS: dict[Form, dict[str, tuple[str, ...]]] = {
    Form.NORMAL: {"01": ("CO", "CO.net"), "02": ("EE",), "03": ("GF", "GG"), "04": ("HN",)},
    Form.SIMPLIFIED: {"01": ("110", "110.net", "180"), "02": ("264", "270", "310")},
}
"""A filed page always has one of these totals. If it has, its empty cells mean zero; otherwise they are unknown."""


NEVER_NIL = frozenset({"YP", "376", "EG", "195"})
"""Cells that many companies leave empty although the amount is not zero."""


NORMAL_CELLS, SIMPLIFIED_CELLS = (
    tuple(code for code in CELLS[form] if not code.endswith(".net")) for form in (Form.NORMAL, Form.SIMPLIFIED)
)
"""The cells of the normal forms (2050 to 2058-C) and of the simplified ones (2033), by code of the printed form."""
