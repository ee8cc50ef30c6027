"""Days and moments as exports write them: ISO, French, milliseconds, the objects of a document database."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from typing import Any

from signaux_faibles.wording.french import FRANCE, NO_HOUR

_FRENCH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T](\d{1,2})[:h](\d{2})(?::(\d{2}))?)?")
_MILLISECONDS = re.compile(r"\d{12,14}")
_ZONE_OF_POSTGRESQL = re.compile(r"([+-]\d{2})$")


def moment(value: Any) -> datetime | None:
    """The moment of a value; None for an empty one, and for one that is no moment.

    A moment without a zone is that of a database in universal time; a day alone has the hour `NO_HOUR`.
    """
    if isinstance(value, Mapping):
        return moment(value.get("$date", value.get("$numberLong")))
    text = str(value).strip() if value is not None and not isinstance(value, bool) else ""
    for pattern, read in _FORMS:
        match = pattern.fullmatch(text)
        if match:
            return _possible(read, match)
    return _possible(_iso, text) if text else None


def _french(match: re.Match[str]) -> datetime:
    day, month, year, *hour = (int(part) if part else None for part in match.groups())
    at = time(hour[0], hour[1] or 0, hour[2] or 0) if hour[0] is not None else NO_HOUR
    return datetime(year or 0, month or 0, day or 0, tzinfo=FRANCE).replace(hour=at.hour, minute=at.minute)


def _milliseconds(match: re.Match[str]) -> datetime:
    return datetime.fromtimestamp(int(match.group()) / 1000, UTC)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], datetime]], ...] = (
    (_FRENCH, _french),
    (_MILLISECONDS, _milliseconds),
)


def _iso(text: str) -> datetime:
    text = _ZONE_OF_POSTGRESQL.sub(r"\1:00", text.removesuffix(" UTC").strip()) if ":" in text else text
    read = datetime.fromisoformat(text)
    if len(text) <= len("2026-11-29"):
        return datetime.combine(read.date(), NO_HOUR, FRANCE)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _possible(read: Callable[[Any], datetime], value: Any) -> datetime | None:
    try:
        return read(value)
    except (ValueError, OverflowError, OSError):
        return None
