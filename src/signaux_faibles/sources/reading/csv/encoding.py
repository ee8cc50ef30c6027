"""Convert delivered lines to UTF-8 from UTF-8, cp1252 or latin-1, whichever they are in."""

from __future__ import annotations


class Decoder:
    """Decode lines one by one, using what the earlier lines have shown.

    A valid UTF-8 line is UTF-8, because cp1252 text hardly ever looks like it. Any other line is cp1252, or latin-1 if
    cp1252 lacks one of its characters, unless the file has so far shown more UTF-8 than anything else: then the line
    is damaged. The outcome does not depend on how lines are grouped in blocks.
    """

    def __init__(self) -> None:
        self._in_utf8 = 0
        self._not_utf8 = 0
        self._fallback = "cp1252"

    @property
    def encoding(self) -> str:
        """The encoding of most accents seen so far; UTF-8 when there were none."""
        return self._fallback if self._not_utf8 > self._in_utf8 else "utf-8"

    def decode(self, block: bytes) -> tuple[bytes, list[int]]:
        """Whole lines in UTF-8, each ending with a line feed, and the positions (from 0) of the damaged ones."""
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
