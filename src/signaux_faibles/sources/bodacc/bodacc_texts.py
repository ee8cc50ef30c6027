"""SQL that reads the texts of a BODACC notice: its JSON parts, its dates, its damaged accents (open-data §2.5)."""

from __future__ import annotations

from signaux_faibles.sources.contract import raw

_LETTERS = "àâäæçèéêëîïôöùûüÿœÀÂÄÆÇÈÉÊËÎÏÔÖÙÛÜŸŒ°«»’‘“”–—…€"
_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
OLDEST_JUDGMENT = "1967-07-13"
"""The law of 13 July 1967 is the oldest that appears in BODACC: no notice is about an earlier judgment."""


def _misread(letter: str) -> str:
    """What the UTF-8 bytes of a letter look like when read as cp1252."""
    return "".join(_misread_byte(byte) for byte in letter.encode())


def _misread_byte(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


MISREAD = {_misread(letter): letter for letter in _LETTERS}
"""French letters as they look after a double encoding: no French word contains one of these sequences."""


def repaired(text: str) -> str:
    """SQL of a text with its doubly encoded letters restored; a lost letter stays lost."""
    pairs = ", ".join(f"'{misread}{letter}'" for misread, letter in MISREAD.items())
    mended = f"list_reduce([{text}, {pairs}], lambda t, pair: replace(t, left(pair, -1), right(pair, 1)))"
    return f"CASE WHEN regexp_matches({text}, '[ÃÂÅâ]') THEN {mended} ELSE {text} END"


def part(header: str, key: str) -> str:
    """SQL of one text of a JSON object, with letters restored and blanks stripped; NULL when it is empty."""
    text = f"json_extract_string({raw(header)}, '$.{key}')"
    value = f"CASE WHEN json_valid({raw(header)}) THEN {text} END"
    return f"nullif(trim({repaired(value)}), '')"


def judgment_date(text: str, published: str) -> str:
    """SQL of the day written in a text: ISO, `JJ/MM/AAAA` or in words; NULL when there is no plausible day.

    A judgment is not published before it is given, and none is older than `OLDEST_JUDGMENT`.
    """
    words = f"strip_accents(lower(trim({text})))"
    parts = f"regexp_extract({words}, '^([0-9]{{1,2}})(?:er)? +([a-z]+) +([0-9]{{4}})$', ['d', 'm', 'y'])"
    months = ", ".join(f"'{month}'" for month in _MONTHS)
    month = f"list_position([{months}], {parts}['m'])"
    in_words = f"{parts}['y'] || '-' || {month} || '-' || {parts}['d']"
    slashed = f"TRY_STRPTIME({words}, '%d/%m/%Y')"
    day = (
        f"CASE WHEN regexp_full_match({words}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') THEN TRY_CAST({words} AS DATE) "
        f"WHEN regexp_full_match({words}, '[0-9]{{2}}/[0-9]{{2}}/[0-9]{{4}}') THEN TRY_CAST({slashed} AS DATE) "
        f"ELSE TRY_CAST({in_words} AS DATE) END"
    )
    return f"CASE WHEN {day} BETWEEN DATE '{OLDEST_JUDGMENT}' AND {published} THEN {day} END"


def sirens(text: str) -> str:
    """SQL of the siren in a list of registrations, once each and joined by a space; NULL when there is none."""
    one_by_one = f"string_split(regexp_replace({text}, '[\\s\u00a0\u202f]', '', 'g'), ',')"
    found = f"list_filter({one_by_one}, lambda one: regexp_full_match(one, '[0-9]{{9}}'))"
    return f"nullif(array_to_string(list_sort(list_distinct({found})), ' '), '')"
