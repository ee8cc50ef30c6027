"""The periods of Urssaf, `AATM` or `AAAATM`: a month, a quarter or a year (import-chain §4.4)."""

from __future__ import annotations


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
