"""The scalar types and the cells of the tax accounts (liasse), whatever the file that tells them (open-data §2.8)."""

from __future__ import annotations

from signaux_faibles.relations.schema import Kind
from signaux_faibles.sources.contract import raw
from signaux_faibles.sources.fields import FieldType


def _day(text: str, layout: str) -> str:
    return f"TRY_CAST(TRY_STRPTIME({text}, '{layout}') AS DATE)"


def _compact_date(text: str) -> str:
    return f"CASE WHEN regexp_full_match({text}, '[12][0-9]{{7}}') THEN {_day(text, '%Y%m%d')} END"


def _json_date(text: str) -> str:
    dashed = f"regexp_full_match({text}, '[12][0-9]{{3}}-[0-9]{{2}}-[0-9]{{2}}(T[0-9:.+Z-]*)?')"
    return f"CASE WHEN {dashed} THEN {_day(f'left({text}, 10)', '%Y-%m-%d')} ELSE {_compact_date(text)} END"


COMPACT_DATE = FieldType(
    "date AAAAMMJJ", Kind.DATE, _compact_date, "n'est pas une date AAAAMMJJ", "strftime({0}, '%Y%m%d')".format
)

EITHER_DATE = FieldType(
    "date AAAA-MM-JJ ou AAAAMMJJ", Kind.DATE, _json_date, "n'est pas une date", "strftime({0}, '%Y-%m-%d')".format
)
"""The register and the tax administration write both; the hour that may follow is not kept."""

LIASSE_AMOUNT = FieldType(
    "montant de liasse",
    Kind.AMOUNT,
    lambda text: (
        f"CASE WHEN regexp_full_match({text}, '[+-]?[0-9]{{1,15}}') THEN TRY_CAST({text} AS DECIMAL(18,4)) END"
    ),
    "n'est pas un montant de liasse (15 chiffres au plus, signe permis)",
    "printf('%015d', CAST({0} AS BIGINT))".format,
)
"""Whole euros, padded with zeros to 15 digits or not, after a sign or not."""

CAP = 2**31 - 1
"""Amounts above it are delivered as it where cells are integers of 32 bits: no sum may use one (open-data §2.8)."""


def confidentiality_code(header: str) -> str:
    """SQL of the code of confidentiality of the bilans saisis, from the word of a file; NULL for another word.

    0 is public, 1 all withheld, 2 the profit and loss account withheld.
    """
    word = f"lower(strip_accents({raw(header)}))"
    withheld = f"WHEN regexp_matches({word}, 'resultat|simplifi') THEN '2' WHEN {word} LIKE 'confidentiel%' THEN '1'"
    return f"CASE WHEN {word} = 'public' THEN '0' {withheld} END"


_NORMAL = (
    "AN AO AP AQ AR AS AT AU AV AW AX AY BJ BK BL BM BN BO BP BQ BR BS BT BU BV BW BX BY BZ CA CD CE CF CG CH CI CJ CK "
    "CO 1A DA DI DL DO DR DS DT DU DV DW DX DY EA EB EC ED EE EG EH FJ FK FL FM FN FO FP FQ FR FS FT FU FV FW FX FY FZ "
    "GA GB GC GD GE GF GG GH GI GM GP GQ GR GU GW HA HB HC HD HE HF HG HH HL HM HN A1 "
    "YP"
)
NORMAL_CELLS = tuple(_NORMAL.split())
"""The cells of the normal forms (2050 to 2058-C) that the accounts are made of, by code of the printed form."""

_SIMPLIFIED = (
    "028 030 044 048 050 052 060 062 064 066 068 070 072 074 080 082 084 086 092 094 096 098 110 112 120 136 142 154 "
    "156 164 166 169 172 174 176 180 195 210 214 218 222 224 226 230 232 234 236 238 240 242 244 250 252 254 256 262 "
    "264 270 280 290 294 300 306 310 376"
)
SIMPLIFIED_CELLS = tuple(_SIMPLIFIED.split())
"""Those of the simplified forms (2033)."""
