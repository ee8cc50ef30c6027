"""The scalar types of the raw files: the texts that each accepts, their values, how they are written.

A value is decoded (import-chain §4.3) by an SQL expression that DuckDB evaluates over a block of rows; NULL means that
the text is refused. The expression never receives an empty text, which means "unknown" and which only `required`
columns refuse. A text in an unusual spelling is first rewritten (`spelling`): blanks, an hour after a day, lost zeros.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from signaux_faibles.relations.schema import Kind
from signaux_faibles.sources.spellings.amounts import ungrouped
from signaux_faibles.sources.spellings.blanks import BLANK, without_blanks
from signaux_faibles.sources.spellings.days import without_hour
from signaux_faibles.sources.spellings.identifiers import SIREN_DIGITS, SIRET_DIGITS, usual_siren, usual_siret
from signaux_faibles.sources.spellings.urssaf_periods import period_end, period_start, write_month


@dataclass(frozen=True)
class FieldType:
    """A scalar type of the raw files.

    Attributes:
        value: from the SQL of a non-empty text in the usual spelling to the SQL of its value, NULL when it is refused.
        says: how a reject states what was expected, after « … ».
        write: from the SQL of a value to the SQL of its raw text; used by the invented country.
        usual: from the SQL of a text without blanks around to the SQL of its usual spelling, itself if it has none.
        most: the greatest absolute value accepted, so that what tables compute from it fits their types; None: any.
        digits: of an identifier: how many it has; one with fewer may have lost zeros, which are put back and counted.
        whole: whether any integer of 32 bits is a value, itself: a file that holds integers needs no text to be read.
    """

    name: str
    kind: Kind
    value: Callable[[str], str]
    says: str
    write: Callable[[str], str] = "CAST({0} AS VARCHAR)".format
    usual: Callable[[str], str] = "{0}".format
    digits: int = 0
    whole: bool = False
    most: int | None = None


def _matching(pattern: str, value: str) -> Callable[[str], str]:
    return lambda text: f"CASE WHEN regexp_full_match({text}, '{pattern}') THEN {value.format(text=text)} END"


_YEAR = "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
"""DuckDB accepts the year 0000; neither the usual calendar nor Python does."""


def _strict_date(pattern: str, layout: str, before: str = "{text}") -> Callable[[str], str]:
    return _matching(pattern, f"TRY_CAST(TRY_STRPTIME({before}, '{layout}') AS DATE)")


LARGEST_AMOUNT = 10**12
"""Euros: about five times the turnover of the largest French company. Tables hold the sum of nine such amounts."""
LARGEST_OF_ONE_FILE = 10**10
"""Euros or hours in one Urssaf account, or in one demande of activité partielle: more than the largest employer has."""
LARGEST_HEADCOUNT = 10**7
"""Employees: the largest French employer has a twentieth of that."""

MONTHS_OF_SAS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DIGITS = "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)"
_NUMBER = f"{_DIGITS}([eE][+-]?[0-9]+)?"
_EXACT = f"{_DIGITS}([eE]([+]?0*[0-9]|-[0-9]+))?"
"""A number of euros, hours or people. From 1E+10 on, a spreadsheet wrote it and dropped the digits that it did not
show, so « 1,23457E+13 » is refused."""


def _amount(text: str) -> str:
    # Never through a double: 0.1 + 0.2 must be 0.3 (contract W12).
    return f"CASE WHEN regexp_full_match({text}, '{_EXACT}') THEN TRY_CAST({text} AS {Kind.AMOUNT.value}) END"


def _hundredth(text: str) -> str:
    return f"TRY_CAST({_amount(text)} * 0.01 AS {Kind.AMOUNT.value})"


def _written_amount(value: str) -> str:
    return f"CAST(CAST({value} AS DECIMAL(18,2)) AS VARCHAR)"


TEXT = FieldType("texte", Kind.TEXT, lambda text: text, "n'est pas un texte")
"""Kept as is, without trimming."""

CODE = FieldType("code", Kind.TEXT, lambda text: text, "n'est pas un code")
"""A text that is compared or joined with others, kept without the blanks around it."""

SIREN = FieldType(
    "siren",
    Kind.TEXT,
    _matching("[0-9]{9}", "{text}"),
    "n'est pas un SIREN (9 chiffres)",
    usual=usual_siren,
    digits=SIREN_DIGITS,
)
"""Nine digits; no Luhn check of whole ones, as in the chain in service (import-chain §4.5)."""

SIRET = FieldType(
    "siret",
    Kind.TEXT,
    _matching("[0-9]{14}", "{text}"),
    "n'est pas un SIRET (14 chiffres)",
    usual=usual_siret,
    digits=SIRET_DIGITS,
)
"""Fourteen digits; pseudo-SIRET are kept."""

INTEGER = FieldType(
    "entier",
    Kind.INTEGER,
    _matching("[+-]?[0-9]+", "TRY_CAST({text} AS INTEGER)"),
    "n'est pas un nombre entier",
    usual=ungrouped,
)

WHOLE_PART = FieldType(
    "entier (décimales tronquées)",
    Kind.INTEGER,
    _matching(_EXACT, "TRY_CAST(trunc(TRY_CAST({text} AS DOUBLE)) AS INTEGER)"),
    "n'est pas un nombre",
    usual=ungrouped,
    most=LARGEST_HEADCOUNT,
)
"""A number with decimals, only whose whole part counts: 2.9 is 2 (the INTFLOAT of import-chain §4.3)."""

_FINITE = "CASE WHEN isfinite(TRY_CAST({text} AS DOUBLE)) THEN CAST({text} AS DOUBLE) END"

REAL = FieldType("nombre", Kind.REAL, _matching(_NUMBER, _FINITE), "n'est pas un nombre", usual=ungrouped)
"""A decimal number; numbers too large or in unusual notation (NaN, 0x1p-2) are refused."""

REAL_COMMA = FieldType(
    "nombre",
    Kind.REAL,
    lambda text: REAL.value(f"replace({text}, ',', '.')"),
    "n'est pas un nombre à point ou virgule décimale",
    "replace(CAST({0} AS VARCHAR), '.', ',')".format,
    ungrouped,
)
"""A decimal number, decimal point or comma."""

DECIMAL = FieldType(
    "montant en euros",
    Kind.AMOUNT,
    _amount,
    "n'est pas un nombre à point décimal",
    _written_amount,
    ungrouped,
    most=LARGEST_OF_ONE_FILE,
)
"""Euros or hours, decimal point only."""

ACCOUNTS_AMOUNT = replace(DECIMAL, most=LARGEST_AMOUNT)
"""Euros of the accounts of a company, decimal point only."""

DECIMAL_COMMA = FieldType(
    "montant en euros",
    Kind.AMOUNT,
    lambda text: _amount(f"replace({text}, ',', '.')"),
    "n'est pas un nombre à point ou virgule décimale",
    lambda value: f"replace({_written_amount(value)}, '.', ',')",
    ungrouped,
    most=LARGEST_AMOUNT,
)
"""Euros, decimal point or comma (COMMAFLOAT)."""

CONTRIBUTION = replace(DECIMAL_COMMA, most=LARGEST_OF_ONE_FILE)
"""Euros that one account owes, pays or receives, decimal point or comma."""

CENTIMES = FieldType(
    "montant en centimes",
    Kind.AMOUNT,
    _hundredth,
    "n'est pas un nombre de centimes",
    "CAST(CAST({0} * 100 AS BIGINT) AS VARCHAR)".format,
    ungrouped,
    most=LARGEST_OF_ONE_FILE,
)
"""Delivered in centimes, kept in euros, exact to the hundredth of a centime (import-chain §5.4)."""


def _headcount(text: str) -> str:
    whole = f"TRY_CAST(split_part({text}, '.', 1) AS INTEGER)"
    unusual = f"WHEN regexp_full_match({text}, '[0-9]+[.]0+') THEN {whole}"
    read = f"CASE WHEN regexp_full_match({text}, '[0-9]+') THEN TRY_CAST({text} AS INTEGER) {unusual} END"
    return f"CASE WHEN {read} <= {LARGEST_HEADCOUNT} THEN {read} END"


HEADCOUNT = FieldType(
    "effectif",
    Kind.INTEGER,
    _headcount,
    "n'est pas un effectif (nombre entier, espaces permis entre les milliers)",
    usual=ungrouped,
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

_ISO = f"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}"
_FRENCH = f"[0-9]{{2}}/[0-9]{{2}}/{_YEAR}"
_SAS = f"[0-9]{{2}}(?i:{'|'.join(MONTHS_OF_SAS)}){_YEAR}"
_SAS_SPACED = f"[0-9]{{2}}{BLANK}*(?i:{'|'.join(MONTHS_OF_SAS)}){BLANK}*{_YEAR}"

ISO_DATE = FieldType(
    "date AAAA-MM-JJ",
    Kind.DATE,
    _matching(_ISO, "TRY_CAST({text} AS DATE)"),
    "n'est pas une date AAAA-MM-JJ",
    "strftime({0}, '%Y-%m-%d')".format,
    without_hour(_ISO, "%Y-%m-%d"),
)

FRENCH_DATE = FieldType(
    "date JJ/MM/AAAA",
    Kind.DATE,
    _strict_date(_FRENCH, "%d/%m/%Y"),
    "n'est pas une date JJ/MM/AAAA",
    "strftime({0}, '%d/%m/%Y')".format,
    without_hour(_FRENCH, "%d/%m/%Y"),
)

SAS_DATE = FieldType(
    "date JJMMMAAAA",
    Kind.DATE,
    _strict_date(_SAS, "%d%b%Y"),
    "n'est pas une date JJMMMAAAA (24FEB2014)",
    "upper(strftime({0}, '%d%b%Y'))".format,
    lambda text: without_blanks(without_hour(_SAS_SPACED, "%d%b%Y")(text)),
)

URSSAF_DATE = FieldType(
    "date Urssaf (A)AAMMJJ",
    Kind.DATE,
    _strict_date("[0-9]{1,7}", "%Y%m%d", "CAST(TRY_CAST({text} AS BIGINT) + 19000000 AS VARCHAR)"),
    "n'est pas une date Urssaf (A)AAMMJJ",
    "CAST(CAST(strftime({0}, '%Y%m%d') AS BIGINT) - 19000000 AS VARCHAR)".format,
)
"""The year counted from 1900: 1180203 is 2018-02-03. Eight digits would be of the year 3000 or later."""


PERIOD_START = FieldType(
    "période Urssaf AAAATM", Kind.DATE, period_start, "n'est pas une période Urssaf (AATM ou AAAATM)", write_month
)
"""First day of a month (TM), a quarter (T0) or a year (62)."""

PERIOD_END = FieldType("fin de période Urssaf", Kind.DATE, period_end, "n'est pas une période Urssaf (AATM ou AAAATM)")
"""The day after the period, from the same text."""


_DASHED = "[12][0-9]{3}-[0-9]{2}-[0-9]{2}"


def _day(text: str, layout: str) -> str:
    return f"TRY_CAST(TRY_STRPTIME({text}, '{layout}') AS DATE)"


def _compact_date(text: str) -> str:
    return f"CASE WHEN regexp_full_match({text}, '[12][0-9]{{7}}') THEN {_day(text, '%Y%m%d')} END"


def _either_date(text: str) -> str:
    dashed = f"regexp_full_match({text}, '{_DASHED}')"
    return f"CASE WHEN {dashed} THEN {_day(text, '%Y-%m-%d')} ELSE {_compact_date(text)} END"


COMPACT_DATE = FieldType(
    "date AAAAMMJJ",
    Kind.DATE,
    _compact_date,
    "n'est pas une date AAAAMMJJ",
    "strftime({0}, '%Y%m%d')".format,
    without_hour("[12][0-9]{7}", "%Y%m%d"),
)

EITHER_DATE = FieldType(
    "date AAAA-MM-JJ ou AAAAMMJJ",
    Kind.DATE,
    _either_date,
    "n'est pas une date",
    "strftime({0}, '%Y-%m-%d')".format,
    lambda text: without_hour(_DASHED, "%Y-%m-%d")(COMPACT_DATE.usual(text)),
)
"""The register and the tax administration write both."""
