"""Which lines are, each on its own, one record with the right number of fields, whatever the quotes that they hold."""

from __future__ import annotations

import re


class LineShape:
    """The shape of the lines of a file: a separator and a number of fields."""

    def __init__(self, separator: str, fields: int) -> None:
        mark = re.escape(separator)
        value = rf'(?:"(?:[^"\0\r\n]|"")*+"|[^"{mark}\0\r\n]*+)'
        self._pattern = re.compile(rf"{value}(?:{mark}{value}){{{fields - 1}}}".encode())
        self._mark = separator.encode()
        self._separators = fields - 1

    def fits(self, line: bytes) -> bool:
        """Whether a line has that shape; counting its separators is enough where it holds no quote."""
        if b'"' in line or b"\r" in line or b"\0" in line:
            return self._pattern.fullmatch(line) is not None
        return line.count(self._mark) == self._separators

    def quotes_are_sound(self, lines: bytes) -> bool:
        """Whether every line that holds a quote has that shape; the others are not looked at."""
        quote = lines.find(b'"')
        while quote >= 0:
            start, end = lines.rfind(b"\n", 0, quote) + 1, lines.find(b"\n", quote)
            if not self._pattern.fullmatch(lines, start, end):
                return False
            quote = lines.find(b'"', end)
        return True
