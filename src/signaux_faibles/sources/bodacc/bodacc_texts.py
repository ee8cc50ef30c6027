"""SQL that reads the texts of a BODACC notice: its JSON parts, its dates, its damaged accents (open-data §2.5)."""

from __future__ import annotations

from signaux_faibles.sources.contract import raw
from signaux_faibles.sources.spellings.blanks import BLANK, trimmed
from signaux_faibles.sources.spellings.days import without_hour
from signaux_faibles.sources.spellings.identifiers import SIREN_DIGITS, SIRET_DIGITS, has_key, usual_siren

_LETTERS = "àâäæçèéêëîïôöùûüÿœÀÂÄÆÇÈÉÊËÎÏÔÖÙÛÜŸŒ°«»’‘“”–—…€"
_MONTHS = ("jan", "f", "mar", "avr", "mai", "jui", "juil", "ao", "sep", "oct", "nov", "d")
"""How each month begins, in full as in short: the fourth letter distinguishes July from June."""
_A_MONTH = "janv[a-z]*|f.vr?[a-z]*|mars|avr[a-z]*|mai|juin|juil[a-z]*|ao.t|sept[a-z]*|oct[a-z]*|nov[a-z]*|d.c[a-z]*"
"""An accented letter may be lost: « f?vrier »."""
_ENTITIES = {
    "&nbsp;": " ", "&#160;": " ", "&#39;": "''", "&#039;": "''", "&apos;": "''", "&rsquo;": "’", "&#8217;": "’",
    "&quot;": '"', "&eacute;": "é", "&egrave;": "è", "&ecirc;": "ê", "&agrave;": "à", "&acirc;": "â", "&ccedil;": "ç",
    "&icirc;": "î", "&ocirc;": "ô", "&ucirc;": "û", "&ugrave;": "ù", "&#233;": "é", "&#232;": "è", "&#234;": "ê",
    "&#224;": "à", "&#244;": "ô", "&amp;": "&",
}  # fmt: skip
"""Characters that a web page writes by name or number, in SQL; « & » comes last, since it begins the others."""
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
    """SQL of a text with doubly encoded letters and entities restored; a lost letter stays lost."""
    pairs = ", ".join(f"'{written}{letter}'" for written, letter in (*MISREAD.items(), *_ENTITIES.items()))
    repaired = f"list_reduce([{text}, {pairs}], lambda t, pair: replace(t, left(pair, -1), right(pair, 1)))"
    return f"CASE WHEN regexp_matches({text}, '[ÃÂÅâ]|&[a-z#]') THEN {repaired} ELSE {text} END"


def part(header: str, key: str) -> str:
    """SQL of one text of a JSON object, or of a list of one, with letters restored and blanks stripped.

    NULL when it is empty.
    """
    return f"nullif(trim({repaired(_as_written(header, key))}), '')"


def plain_part(header: str, key: str) -> str:
    """SQL of the same for a number or a code, in which no letter can be damaged; it costs much less."""
    return f"nullif(trim({_as_written(header, key)}), '')"


def _as_written(header: str, key: str) -> str:
    text = raw(header)
    extracted = f"json_extract_string({text}, CASE WHEN {_is_list(text)} THEN '$[0].{key}' ELSE '$.{key}' END)"
    return f"CASE WHEN json_valid({text}) THEN {extracted} END"


def _is_list(text: str) -> str:
    return f"left(ltrim({text}), 1) = '['"


def is_one_object(header: str) -> str:
    """SQL of whether the text of a header is one JSON object, alone or in a list of one; NULL when there is no text."""
    text = raw(header)
    listed = f"CASE WHEN {_is_list(text)} THEN json_array_length({text}) <= 1 ELSE json_type({text}) = 'NULL' END"
    return (
        f"CASE WHEN NOT json_valid({text}) THEN false WHEN left(ltrim({text}), 1) = '{{' THEN true "
        f"WHEN {text} IS NOT NULL THEN {listed} END"
    )


def earlier_notice(header: str) -> str:
    """SQL of the id of the notice that another one names: letter of the edition, issue, number without first zeros.

    An issue is written with its year (20260150) or without (150), beside the day of publication. Old notices call it
    numeroPublication.
    """
    letter = f"regexp_extract(upper({plain_part(header, 'nomPublication')}), '([ABC])$', 1)"
    numbered = f"coalesce({plain_part(header, 'numeroParution')}, {plain_part(header, 'numeroPublication')})"
    issue = f"regexp_replace({numbered}, '[^0-9]', '', 'g')"
    year = f"regexp_extract({plain_part(header, 'dateParution')}, '([12][0-9]{{3}})', 1)"
    whole = f"CASE WHEN length({issue}) <= 4 AND {year} <> '' THEN {year} || lpad({issue}, 4, '0') ELSE {issue} END"
    return f"nullif({letter}, '') || {whole} || ltrim({plain_part(header, 'numeroAnnonce')}, '0')"


def judgment_date(text: str, published: str) -> str:
    """SQL of the day written in a text: ISO, `JJ/MM/AAAA` or in words; NULL when there is no plausible day.

    Words and hours around it do not count. A judgment is not published before it is given, and none is older than
    `OLDEST_JUDGMENT`.
    """
    spaced = f"regexp_replace({text}, '{BLANK}+', ' ', 'g')"
    words = f"strip_accents(lower(rtrim({trimmed(without_hour(_ISO, '%Y-%m-%d')(spaced))}, '. ')))"
    # Nearly all days are written as they are cast: nothing more is computed for these.
    day = f"CASE WHEN {text} SIMILAR TO '{_ISO}' THEN TRY_CAST({text} AS DATE) ELSE ({_otherwise_written(words)}) END"
    return f"CASE WHEN {day} BETWEEN DATE '{OLDEST_JUDGMENT}' AND {published} THEN {day} END"


_ISO = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


def _otherwise_written(words: str) -> str:
    """SQL of the day that words state in any other way, without capitals or accents."""
    months = ", ".join(f"'{month}'" for month in _MONTHS)
    letters = "regexp_extract(w['m'], '^(juil|f|d|ao|...)', 1)"
    rank = f"lpad(list_position([{months}], {letters})::VARCHAR, 2, '0')"
    in_words = _captured(
        words, f"^(?:[a-z]+ )*([0-9]{{1,2}}) ?(?:er)?[ ./,-]*({_A_MONTH})[ ./,-]*([0-9]{{4}})(?:[ ,].*)?$", "dmy"
    )
    slashed = _captured(words, "^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?: .*)?$", "dmy")
    iso = _captured(words, "^([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[ t][0-9:.z+ -]*)?$", "ymd")
    compact = _captured(words, "^([12][0-9]{3})([0-9]{2})([0-9]{2})$", "ymd")
    # A list of one, so that what is captured is computed once.
    written_day = f"list_transform([{in_words}], lambda w: w['y'] || '-' || {rank} || '-' || w['d'])[1]"
    others = (
        f"list_transform([{matches}], lambda w: w['y'] || '-' || w['m'] || '-' || w['d'])[1]"
        for matches in (slashed, iso, compact)
    )
    return f"coalesce({', '.join(f'TRY_CAST({day} AS DATE)' for day in (written_day, *others))})"


def _captured(text: str, pattern: str, names: str) -> str:
    """SQL of a structure of the groups of a pattern, empty texts where it does not match."""
    return f"regexp_extract({text}, '{pattern}', [{', '.join(repr(name) for name in names)}])"


def sirens(registrations: str, persons: str) -> str:
    """SQL of the siren of a notice, once each and joined by a space; NULL when it holds none.

    Args:
        registrations: SQL of the list of registrations, as numbers written in any way.
        persons: SQL of the JSON of the persons, each with a number of the RCS or of the répertoire des métiers.
    """
    numbers = (
        f"list_filter(list_transform({_numbers(registrations, persons)}, lambda n: {_siren('n')}), lambda s: s <> '')"
    )
    return f"nullif(array_to_string(list_sort(list_distinct({numbers})), ' '), '')"


def shortened(registrations: str, persons: str) -> str:
    """SQL of whether a siren of a notice had lost its first zeros."""
    short = f"length(n) < {SIREN_DIGITS} AND {_siren('n')} <> ''"
    return f"len(list_filter({_numbers(registrations, persons)}, lambda n: {short})) > 0"


def _numbers(registrations: str, persons: str) -> str:
    """SQL of the numbers in both, whatever separates their digits."""
    identified = f'regexp_extract_all({persons}, \'"(?:numeroIdentification[A-Za-z]*|siren)"\\s*:\\s*"?([^",}}]*)\', 1)'
    texts = f"list_concat(coalesce(string_split({registrations}, ','), []), coalesce({identified}, []))"
    # JSON may write unusual blanks by their code.
    bare = rf"regexp_replace(text, '(?:{BLANK}|[._-]|\\u[0-9a-fA-F]{{4}})', '', 'g')"
    return f"flatten(list_transform({texts}, lambda text: regexp_extract_all({bare}, '[0-9]+')))"


def _siren(digits: str) -> str:
    """SQL of the siren that a run of digits is: whole, that of a siret, or without its first zeros; else empty.

    A number without nine digits only counts if its key is right.
    """
    of_siret = f"length({digits}) = {SIRET_DIGITS} AND {has_key(digits, SIREN_DIGITS)}"
    usual = usual_siren(digits)
    return (
        f"CASE WHEN {digits} = '000000000' THEN '' WHEN length({digits}) = {SIREN_DIGITS} THEN {digits} "
        f"WHEN {of_siret} THEN left({digits}, {SIREN_DIGITS}) "
        f"WHEN length({usual}) = {SIREN_DIGITS} THEN {usual} ELSE '' END"
    )
