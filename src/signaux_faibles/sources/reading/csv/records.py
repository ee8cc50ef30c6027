"""Records of a delimited file, exactly following the quoting rules (import-chain §4.1).

A record is one line, or several when a quoted field contains line ends. When a record breaks the rules, only its first
line is dropped and reading resumes at the next one: an unclosed quote costs one record, not the rest of the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_FIELD_LINES = 100
"""A quoted field not closed within this many lines is a stray quote, not a long text."""

QUOTE = '"'


@dataclass(frozen=True)
class SplitRecord:
    """The fields of a record and the number of lines that it spans."""

    fields: list[str]
    lines: int


@dataclass(frozen=True)
class Malformed:
    """Why the text is not a record; `unclosed`: a quote is still open at the end of the lines given."""

    reason: str
    unclosed: bool = False


@dataclass(frozen=True)
class _Place:
    """The current reading position: a line, and a position in it."""

    line: int
    at: int


def split_record(lines: list[str], separator: str, *, lazy: bool) -> SplitRecord | Malformed:
    """The record that starts at the first of `lines` (without line ends); the others are for quoted line ends.

    `lazy`: a quote inside an unquoted field, or one that does not end a quoted field, is an ordinary character.
    """
    fields: list[str] = []
    place = _Place(0, 0)
    while True:
        if lines[place.line].startswith(QUOTE, place.at):
            outcome = _quoted_field(lines, place, separator, lazy)
        else:
            outcome = _bare_field(lines[place.line], place, separator, lazy)
        if isinstance(outcome, Malformed):
            return outcome
        field, place = outcome
        fields.append(field)
        if place.at >= len(lines[place.line]):
            return SplitRecord(fields, place.line + 1)
        place = _Place(place.line, place.at + 1)


def _bare_field(text: str, place: _Place, separator: str, lazy: bool) -> tuple[str, _Place] | Malformed:
    end = text.find(separator, place.at)
    end = len(text) if end < 0 else end
    field = text[place.at : end]
    if QUOTE in field and not lazy:
        return Malformed("guillemet isolé dans un champ sans guillemets")
    return field, _Place(place.line, end)


def _quoted_field(lines: list[str], place: _Place, separator: str, lazy: bool) -> tuple[str, _Place] | Malformed:
    parts: list[str] = []
    line, at = place.line, place.at + 1
    while True:
        text = lines[line]
        end = text.find(QUOTE, at)
        if end < 0:
            parts.append(text[at:])
            line, at = line + 1, 0
            if line >= len(lines):
                return Malformed("guillemet ouvert et jamais refermé", unclosed=True)
            parts.append("\n")
            continue
        parts.append(text[at:end])
        at = end + 1
        if at >= len(text) or text.startswith(separator, at):
            return "".join(parts), _Place(line, at)
        if text.startswith(QUOTE, at):
            at += 1
        elif not lazy:
            return Malformed("guillemet mal placé dans un champ entre guillemets")
        parts.append(QUOTE)


class LineShape:
    """The shape of the lines of a file: a separator and a number of fields."""

    def __init__(self, separator: str, fields: int) -> None:
        mark = re.escape(separator)
        value = rf'(?:"(?:[^"\0\r\n]|"")*+"|[^"{mark}\0\r\n]*+)'
        self._pattern = re.compile(rf"{value}(?:{mark}{value}){{{fields - 1}}}".encode())
        self._mark = separator.encode()
        self._separators = fields - 1

    def fits(self, line: bytes) -> bool:
        """Whether a line has that shape; without quotes, counting its separators is enough."""
        if b'"' in line or b"\r" in line or b"\0" in line:
            return self._pattern.fullmatch(line) is not None
        return line.count(self._mark) == self._separators

    def quotes_are_sound(self, lines: bytes) -> bool:
        """Whether every line that contains a quote has that shape; the others are ignored."""
        quote = lines.find(b'"')
        while quote >= 0:
            start, end = lines.rfind(b"\n", 0, quote) + 1, lines.find(b"\n", quote)
            if not self._pattern.fullmatch(lines, start, end):
                return False
            quote = lines.find(b'"', end)
        return True
