"""Unusual spellings of numbers: blanks between thousands or after the sign, a typographic minus."""

from signaux_faibles.sources.spellings.blanks import BLANK, without_blanks

_GROUPED = f"[+-]?[0-9]{{1,3}}({BLANK}[0-9]{{3}})+([.,][0-9]*)?"


def ungrouped(text: str) -> str:
    """SQL of a number with a usual sign and no blank after it or between thousands; « 12 34 » stays as it is.

    Nearly every amount is usual, and one search spares it the rest.
    """
    signed = f"replace(regexp_replace({text}, '^([+\u2212-]){BLANK}+', '\\1'), '\u2212', '-')"
    usual = f"CASE WHEN regexp_full_match({signed}, '{_GROUPED}') THEN {without_blanks(signed)} ELSE {signed} END"
    return f"CASE WHEN regexp_matches({text}, '\u2212|{BLANK}') THEN {usual} ELSE {text} END"
