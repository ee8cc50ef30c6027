"""Days that a file writes with an hour, nearly always midnight, which the tool that wrote the file added.

The same provider delivered `2025-06-30` and `2025-06-30 00:00:00` within three months. At midnight, the day is the one
written, whatever the offset. Any other hour with an offset is a moment, whose day is that of Paris:
`2025-06-29T22:00:00Z` is midnight there, on the 30th.
"""

from __future__ import annotations

from collections.abc import Callable

from signaux_faibles.sources.spellings.blanks import BLANK

_HOUR = "(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,9})?)?"
_OFFSET = "[Zz]|UTC|[+-][0-9]{2}(?::?[0-9]{2})?"
_MIDNIGHT = "0?0:00(:00([.,]0+)?)?"


def without_hour(pattern: str, layout: str) -> Callable[[str], str]:
    """From the SQL of a text to the SQL of its day in the usual spelling; the text itself if it is not such a day.

    Args:
        pattern: a regular expression, without groups, of a day as usual.
        layout: the same, for `strptime`.
    """

    def written(text: str) -> str:
        whole = f"^({pattern})(?:[Tt:]|{BLANK}+)({_HOUR}){BLANK}*({_OFFSET})?$"
        parts = f"regexp_extract({text}, '{whole}', ['day', 'hour', 'offset'])"
        as_written = f"{parts}['offset'] = '' OR regexp_full_match({parts}['hour'], '{_MIDNIGHT}')"
        in_paris = f"strftime({_day_in_paris(parts, layout)}, '{layout}')"
        return f"CASE WHEN {parts}['day'] = '' THEN {text} WHEN {as_written} THEN {parts}['day'] ELSE {in_paris} END"

    return written


def _day_in_paris(parts: str, layout: str) -> str:
    clock = f"replace({parts}['hour'], ',', '.')"
    hour = f"CASE WHEN {clock}[2] = ':' THEN '0' || {clock} ELSE {clock} END"
    offset = f"CASE WHEN {parts}['offset'] IN ('Z', 'z', 'UTC') THEN '+00' ELSE {parts}['offset'] END"
    day = f"strftime(TRY_STRPTIME({parts}['day'], '{layout}'), '%Y-%m-%d ')"
    return f"timezone('Europe/Paris', TRY_CAST({day} || ({hour}) || ({offset}) AS TIMESTAMPTZ))"
