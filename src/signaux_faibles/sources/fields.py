"""The scalar types of the raw files: which texts each accepts, their values, how it is written (import-chain §4.3).

An SQL expression, evaluated by DuckDB over a block of rows, decodes a value: NULL means that the text is refused. The
expression never sees an empty text, which means "unknown" and is refused only by `required` columns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from signaux_faibles.relations.schema import Kind


@dataclass(frozen=True)
class FieldType:
    """A scalar type of the raw files.

    Attributes:
        value: from the SQL of a non-empty text to the SQL of its value, NULL when it is refused.
        says: how a reject states what was expected, after « … ».
        write: from the SQL of a value to the SQL of its raw text; used by the invented country.
    """

    name: str
    kind: Kind
    value: Callable[[str], str]
    says: str
    write: Callable[[str], str] = "CAST({0} AS VARCHAR)".format


def _matching(pattern: str, value: str) -> Callable[[str], str]:
    return lambda text: f"CASE WHEN regexp_full_match({text}, '{pattern}') THEN {value.format(text=text)} END"


_YEAR = "([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
"""DuckDB accepts the year 0000; neither the usual calendar nor Python does."""


def _strict_date(pattern: str, layout: str, before: str = "{text}") -> Callable[[str], str]:
    return _matching(pattern, f"TRY_CAST(TRY_STRPTIME({before}, '{layout}') AS DATE)")


MONTHS_OF_SAS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_NUMBER = "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?"


def _amount(text: str) -> str:
    # Never through a double: 0.1 + 0.2 must be 0.3 (contract W12).
    return f"CASE WHEN regexp_full_match({text}, '{_NUMBER}') THEN TRY_CAST({text} AS {Kind.AMOUNT.value}) END"


def _hundredth(text: str) -> str:
    return f"TRY_CAST({_amount(text)} * 0.01 AS {Kind.AMOUNT.value})"


def _written_amount(value: str) -> str:
    return f"CAST(CAST({value} AS DECIMAL(18,2)) AS VARCHAR)"


TEXT = FieldType("texte", Kind.TEXT, lambda text: text, "n'est pas un texte")
"""Kept as is, without trimming."""

SIREN = FieldType("siren", Kind.TEXT, _matching("[0-9]{9}", "{text}"), "n'est pas un SIREN (9 chiffres)")
"""Nine digits; no Luhn check, as in the chain in service (import-chain §4.5)."""

SIRET = FieldType("siret", Kind.TEXT, _matching("[0-9]{14}", "{text}"), "n'est pas un SIRET (14 chiffres)")
"""Fourteen digits; pseudo-SIRET are kept."""

INTEGER = FieldType(
    "entier", Kind.INTEGER, _matching("[+-]?[0-9]+", "TRY_CAST({text} AS INTEGER)"), "n'est pas un nombre entier"
)

WHOLE_PART = FieldType(
    "entier (décimales tronquées)",
    Kind.INTEGER,
    _matching(_NUMBER, "TRY_CAST(trunc(TRY_CAST({text} AS DOUBLE)) AS INTEGER)"),
    "n'est pas un nombre",
)
"""A number with decimals, only whose whole part counts: 2.9 is 2 (the INTFLOAT of import-chain §4.3)."""

_FINITE = "CASE WHEN isfinite(TRY_CAST({text} AS DOUBLE)) THEN CAST({text} AS DOUBLE) END"

REAL = FieldType("nombre", Kind.REAL, _matching(_NUMBER, _FINITE), "n'est pas un nombre")
"""A decimal number; numbers too large or in unusual notation (NaN, 0x1p-2) are refused."""

REAL_COMMA = FieldType(
    "nombre",
    Kind.REAL,
    lambda text: REAL.value(f"replace({text}, ',', '.')"),
    "n'est pas un nombre à point ou virgule décimale",
    "replace(CAST({0} AS VARCHAR), '.', ',')".format,
)
"""A decimal number, decimal point or comma."""

DECIMAL = FieldType("montant en euros", Kind.AMOUNT, _amount, "n'est pas un nombre à point décimal", _written_amount)
"""Euros or hours, decimal point only."""

DECIMAL_COMMA = FieldType(
    "montant en euros",
    Kind.AMOUNT,
    lambda text: _amount(f"replace({text}, ',', '.')"),
    "n'est pas un nombre à point ou virgule décimale",
    lambda value: f"replace({_written_amount(value)}, '.', ',')",
)
"""Euros, decimal point or comma (COMMAFLOAT)."""

CENTIMES = FieldType(
    "montant en centimes",
    Kind.AMOUNT,
    _hundredth,
    "n'est pas un nombre de centimes",
    "CAST(CAST({0} * 100 AS BIGINT) AS VARCHAR)".format,
)
"""Delivered in centimes, kept in euros, exact to the hundredth of a centime (import-chain §5.4)."""


def _headcount(text: str) -> str:
    # translate() drops characters without a counterpart: space, no-break space, narrow no-break space.
    digits = f"translate({text}, ' \u00a0\u202f', '')"
    whole = f"TRY_CAST(split_part({digits}, '.', 1) AS INTEGER)"
    unusual = f"WHEN regexp_full_match({digits}, '[0-9]+([.]0+)?') THEN {whole}"
    return f"CASE WHEN regexp_full_match({text}, '[0-9]+') THEN TRY_CAST({text} AS INTEGER) {unusual} END"


HEADCOUNT = FieldType(
    "effectif", Kind.INTEGER, _headcount, "n'est pas un effectif (nombre entier, espaces permis entre les milliers)"
)
"""A whole number, thousands separated or not; « 12.5 », « -3 » and « NA » are refused (contract Q13, W30)."""

BOOL = FieldType(
    "booléen",
    Kind.BOOLEAN,
    lambda text: (
        f"CASE WHEN {text} IN ('1','t','T','TRUE','true','True') THEN true "
        f"WHEN {text} IN ('0','f','F','FALSE','false','False') THEN false END"
    ),
    "n'est pas un booléen (0, 1, t, f, true, false)",
)

ISO_DATE = FieldType(
    "date AAAA-MM-JJ",
    Kind.DATE,
    _matching(f"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}", "TRY_CAST({text} AS DATE)"),
    "n'est pas une date AAAA-MM-JJ",
    "strftime({0}, '%Y-%m-%d')".format,
)

FRENCH_DATE = FieldType(
    "date JJ/MM/AAAA",
    Kind.DATE,
    _strict_date(f"[0-9]{{2}}/[0-9]{{2}}/{_YEAR}", "%d/%m/%Y"),
    "n'est pas une date JJ/MM/AAAA",
    "strftime({0}, '%d/%m/%Y')".format,
)

SAS_DATE = FieldType(
    "date JJMMMAAAA",
    Kind.DATE,
    _strict_date(f"[0-9]{{2}}(?i:{'|'.join(MONTHS_OF_SAS)}){_YEAR}", "%d%b%Y"),
    "n'est pas une date JJMMMAAAA (24FEB2014)",
    "upper(strftime({0}, '%d%b%Y'))".format,
)

URSSAF_DATE = FieldType(
    "date Urssaf (A)AAMMJJ",
    Kind.DATE,
    _strict_date("[0-9]{1,8}", "%Y%m%d", "CAST(TRY_CAST({text} AS BIGINT) + 19000000 AS VARCHAR)"),
    "n'est pas une date Urssaf (A)AAMMJJ",
    "CAST(CAST(strftime({0}, '%Y%m%d') AS BIGINT) - 19000000 AS VARCHAR)".format,
)
"""The year counted from 1900: 1180203 is 2018-02-03."""


def _period(text: str) -> tuple[str, str, str]:
    """SQL of the year, and of the first and last month counted from January of that year (import-chain §4.4)."""
    century = f"CASE WHEN left({text}, 2) < '50' THEN '20' ELSE '19' END"
    six = f"CASE WHEN length({text}) = 4 THEN {century} || {text} ELSE {text} END"
    year, quarter, month = (f"TRY_CAST(substr({six}, {at}) AS INTEGER)" for at in ("1, 4", "5, 1", "6, 1"))
    whole_year = f"substr({six}, 5) = '62'"
    start = f"CASE WHEN {whole_year} THEN 0 ELSE ({quarter} - 1) * 3 + greatest({month}, 1) - 1 END"
    length = f"CASE WHEN {whole_year} THEN 12 WHEN {month} = 0 THEN 3 ELSE 1 END"
    return year, start, length


def period_start(text: str) -> str:
    """SQL of the first day of an Urssaf period `AATM` or `AAAATM`; months beyond December roll over (contract Q6)."""
    year, start, _ = _period(text)
    return _well_formed(text, f"TRY_CAST(make_date({year}, 1, 1) + to_months({start}) AS DATE)")


def period_end(text: str) -> str:
    """SQL of the day after an Urssaf period."""
    year, start, length = _period(text)
    return _well_formed(text, f"TRY_CAST(make_date({year}, 1, 1) + to_months({start} + {length}) AS DATE)")


_PERIOD = "[0-9]{4}|[1-9][0-9]{5}"
"""Years from 1000; 9999 is refused because its end has no date."""


def _well_formed(text: str, value: str) -> str:
    matching = f"regexp_full_match({text}, '{_PERIOD}') AND NOT (length({text}) = 6 AND left({text}, 4) >= '9997')"
    return f"CASE WHEN {matching} THEN {value} END"


def outside_the_calendar(text: str) -> str:
    """SQL of whether a period has a quarter or month that no year has, and so rolls over (contract Q6)."""
    return f"NOT regexp_matches({text}, '(62|[1-4][0-3])$')"


def write_month(month: str) -> str:
    """SQL of the Urssaf spelling of one month: July 2016 is 201631."""
    return f"strftime({month}, '%Y') || quarter({month}) || ((month({month}) - 1) % 3 + 1)"


PERIOD_START = FieldType(
    "période Urssaf AAAATM", Kind.DATE, period_start, "n'est pas une période Urssaf (AATM ou AAAATM)", write_month
)
"""First day of a month (TM), a quarter (T0) or a year (62)."""

PERIOD_END = FieldType("fin de période Urssaf", Kind.DATE, period_end, "n'est pas une période Urssaf (AATM ou AAAATM)")
"""The day after the period, from the same text."""


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
"""The register and the tax administration write both; a time that may follow is dropped."""
