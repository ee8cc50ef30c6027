"""SIREN and SIRET: spaced or not, with the zeros that a spreadsheet or an integer column took from their head.

A number of six to eight digits is a SIREN if its key is right once zeros are put back: one number in ten has a right
key by chance, and no shorter number was ever attributed. Nothing else is guessed: « 123456789.0 » and « 1,2E+13 » are
refused, because the tool that wrote them may have rounded them.
"""

from __future__ import annotations

from signaux_faibles.sources.spellings.blanks import without_blanks

LOST = 3
"""Zeros lost, at most: the smallest SIREN of the register begins with three."""
ZEROS_RESTORED = "zéros de tête perdus, rétablis (clé de contrôle exacte)"
"""How a report counts the numbers to which zeros were put back."""
SIREN_DIGITS, SIRET_DIGITS, NIC_DIGITS = 9, 14, 5


def usual_siren(text: str) -> str:
    """SQL of a SIREN without blanks and with all its zeros; the text itself if it is none."""
    return _usual(text, SIREN_DIGITS, (SIREN_DIGITS,))


def usual_siret(text: str) -> str:
    """SQL of a SIRET without blanks and with all its zeros, the keys of both numbers checked if any was lost."""
    return _usual(text, SIRET_DIGITS, (SIREN_DIGITS, SIRET_DIGITS))


def siret_of_parts(siren: str, nic: str) -> str:
    """SQL of the SIRET made of a SIREN and of the number of an establishment in it, whose zeros may be lost."""
    padded = f"{siren} || lpad({nic}, {NIC_DIGITS}, '0')"
    lost = f"regexp_full_match({nic}, '[0-9]{{1,4}}') AND {has_key(padded, SIRET_DIGITS)}"
    return f"CASE WHEN length({nic}) = {NIC_DIGITS} THEN {siren} || {nic} WHEN {lost} THEN {padded} END"


def five_digits(text: str, other: str, pattern: str) -> str:
    """SQL of the code of a place; the zero that a number lost is put back if another code names the same department.

    Args:
        other: SQL of that other code: a postcode for a commune, a commune for a postcode.
        pattern: of the whole code.
    Returns:
        NULL for any other text.
    """
    alike = f"left(lpad({text}, 5, '0'), 2) = left(lpad({other}, 5, '0'), 2)"
    lost = f"regexp_full_match({text}, '[1-9][0-9]{{3}}') AND {alike}"
    return f"CASE WHEN regexp_full_match({text}, '{pattern}') THEN {text} WHEN {lost} THEN '0' || {text} END"


def _usual(text: str, digits: int, keys: tuple[int, ...]) -> str:
    bare = without_blanks(text)
    padded = f"lpad({bare}, {digits}, '0')"
    short = f"regexp_full_match({bare}, '[1-9][0-9]{{{digits - LOST - 1},{digits - 2}}}')"
    restored = " AND ".join([short, *(has_key(padded, count) for count in keys)])
    return f"CASE WHEN {restored} THEN {padded} WHEN regexp_full_match({bare}, '[0-9]+') THEN {bare} ELSE {text} END"


def zeros_put_back(usual: str, text: str) -> str:
    """SQL of whether zeros were put back at the head of a number, from its usual spelling and its text."""
    longer = f"length({usual}) > length({without_blanks(text)})"
    return f"coalesce({longer} AND regexp_full_match({usual}, '[0-9]+'), false)"


def has_key(digits: str, count: int) -> str:
    """SQL of whether the first `count` digits of a text have a right key: every second one is doubled from the right.

    A digit doubled beyond 9 counts for the sum of its own two: 2 × d − 9.
    """
    one_by_one = f"TRY_CAST(string_split(left({digits}, {count}), '') AS INTEGER[])"
    doubled = "2 * d - CASE WHEN d > 4 THEN 9 ELSE 0 END"
    counted = f"lambda d, place: CASE WHEN ({count} - place) % 2 = 1 THEN {doubled} ELSE d END"
    return f"coalesce(list_sum(list_transform({one_by_one}, {counted})) % 10 = 0, false)"
