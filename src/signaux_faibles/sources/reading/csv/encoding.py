"""Bring delivered lines to UTF-8 from UTF-8, cp1252 or latin-1, whichever they are in."""

from __future__ import annotations


class Decoder:
    """Decode lines, each on its own, with what the lines before it have shown.

    A line that is UTF-8 is UTF-8: text in cp1252 hardly ever looks like it. A line that is not is in cp1252, or in
    latin-1 where cp1252 has no character, unless the file has so far shown more UTF-8 than anything else: then the
    line is damaged. The outcome does not depend on how lines are grouped in blocks.
    """

    def __init__(self) -> None:
        self._in_utf8 = 0
        self._not_utf8 = 0
        self._fallback = "cp1252"

    @property
    def encoding(self) -> str:
        """The encoding of most of the accents seen so far; UTF-8 when there was none."""
        return self._fallback if self._not_utf8 > self._in_utf8 else "utf-8"

    def decode(self, block: bytes) -> tuple[bytes, list[int]]:
        """Whole lines in UTF-8, each ended by a line feed, and the places (from 0) of those that are damaged."""
        if block.isascii():
            return block, []
        try:
            self._in_utf8 += len(block) - len(block.decode("utf-8"))
        except UnicodeDecodeError:
            return self._line_by_line(block)
        return block, []

    def _line_by_line(self, block: bytes) -> tuple[bytes, list[int]]:
        decoded: list[bytes] = []
        damaged: list[int] = []
        for place, line in enumerate(block.split(b"\n")):
            text = line if line.isascii() else self._accented(line)
            if text is None:
                damaged.append(place)
                text = line.decode("utf-8", errors="replace").encode()
            decoded.append(text)
        return b"\n".join(decoded), damaged

    def _accented(self, line: bytes) -> bytes | None:
        readable = line.decode("utf-8", errors="ignore")
        in_utf8 = readable.encode()
        self._in_utf8 += len(in_utf8) - len(readable)
        self._not_utf8 += len(line) - len(in_utf8)
        if len(in_utf8) == len(line):
            return line
        return self._fallen_back(line) if self._not_utf8 > self._in_utf8 else None

    def _fallen_back(self, line: bytes) -> bytes:
        try:
            return line.decode("cp1252").encode()
        except UnicodeDecodeError:
            self._fallback = "latin-1"
            return line.decode("latin-1").encode()
