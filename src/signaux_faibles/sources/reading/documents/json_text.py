"""The text of a JSON file, read as it is needed: its next value, its next line."""

from __future__ import annotations

import codecs
import json
from decimal import Decimal
from typing import IO

from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.reading.blocks import shown
from signaux_faibles.sources.reading.documents.json_ambiguity import Ambiguous, object_of

LONGEST = 64 * 1024 * 1024
"""A record with more characters has lost its end: the largest document of the register has half as many."""
BOM = "\ufeff"
BETWEEN = frozenset(" \t\r\n" + BOM)
"""What may stand between two values: concatenated files keep their byte-order marks."""
_READ = 1 << 20


def _as_written(number: str) -> str:
    """The text of a number with decimals or an exponent: `830000048.0` and `8.30000048E8` are 830000048.

    A number whose exponent adds digits that are not written stays as it is, because it was rounded.
    """
    value = Decimal(number)
    whole = value.is_finite() and value.as_tuple().exponent <= 0 and value == value.to_integral_value()  # type: ignore[operator]
    return str(int(value)) if whole else number


def _unknown(constant: str) -> str | None:
    """None for NaN, which is how some programs write a missing value; the text of an infinity, which is no number."""
    return None if constant == "NaN" else constant


class TooLong(DeliveryRefused):
    """A value has no end within `LONGEST` characters; the reader is still at its start."""


class JsonText:
    """A file being read.

    Attributes:
        ambiguous: whether an object read so far has a key with two values (`json_ambiguity`).
    """

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self.name = name
        self._stream = stream
        # A damaged byte is carried to the record that holds it, so that this record alone is refused.
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
        self._json = json.JSONDecoder(
            object_pairs_hook=self._object, parse_int=str, parse_float=_as_written, parse_constant=_unknown
        )
        self.ambiguous = False
        self._text = ""
        self._place = 0

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        value = object_of(pairs)
        self.ambiguous = self.ambiguous or isinstance(value, Ambiguous)
        return value

    def next(self, skipped: frozenset[str] = BETWEEN) -> str:
        """Move to the next character that is not skipped, and return it; empty at the end of the file."""
        while True:
            text, place = self._text, self._place
            while place < len(text) and text[place] in skipped:
                place += 1
            self._place = place
            if place < len(text):
                return text[place]
            self._text, self._place = "", 0
            if not self._more():
                return ""

    def step(self) -> None:
        """Pass one character."""
        self._place += 1

    def value(self) -> tuple[str, object]:
        """The value that starts here, with its text; the reader moves past it.

        Raises:
            TooLong: it has no end within `LONGEST` characters.
            DeliveryRefused: it is no JSON.
        """
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._place)
            except (ValueError, RecursionError) as error:
                if isinstance(error, RecursionError) or not self._read_on():
                    kind = TooLong if len(self._text) - self._place > LONGEST else DeliveryRefused
                    raise self.broken(kind=kind) from error
            else:
                # A number that ends where the text ends may go on in what follows.
                if end < len(self._text) or not self._more():
                    text = self._text[self._place : end]
                    self._place = end
                    return text, value

    def starts_value(self) -> bool:
        """Whether a value starts here, even one too long to be held; the reader does not move."""
        while True:
            try:
                self._json.raw_decode(self._text, self._place)
            except RecursionError:
                return False
            except ValueError:
                if not self._read_on():
                    return len(self._text) - self._place > LONGEST
            else:
                return True

    def first_line(self) -> str:
        """The line that starts here, up to `LONGEST` characters; the reader does not move."""
        end = self._end_of_line()
        return self._text[self._place : end]

    def after(self, line: str) -> str:
        """The first character after the line that starts here, but for blanks; empty at the end; the reader stays."""
        while not (rest := self._text[self._place + len(line) :].lstrip("".join(BETWEEN))):
            if not self._more():
                return ""
        return rest[0]

    def line(self) -> str | None:
        """The line that starts here, without its end; the reader moves to the next one. None at the end of the file.

        Raises:
            DeliveryRefused: it has no end within `LONGEST` characters.
        """
        end = self._end_of_line()
        if end - self._place > LONGEST:
            raise self.broken(kind=TooLong)
        if end == len(self._text) and end == self._place:
            return None
        line = self._text[self._place : end]
        self._place = min(end + 1, len(self._text))
        return line

    def parsed(self, text: str, place: int = 0) -> tuple[object, int]:
        """The value that starts at a place of a text, and the place of its end.

        Raises:
            ValueError: there is none.
        """
        try:
            value, end = self._json.raw_decode(text, place)
        except RecursionError as error:
            raise ValueError("nested too deep") from error
        return value, end

    def broken(self, line: str = "", *, kind: type[DeliveryRefused] = DeliveryRefused) -> DeliveryRefused:
        """The refusal of a file that cannot be read on from a line, or from here."""
        near = shown((line or self._text[self._place : self._place + 60])[:60].encode(errors="replace"))
        return kind(f"{self.name} : JSON tronqué ou abîmé près de « {near} ». Redemandez le fichier.")

    def _end_of_line(self) -> int:
        searched = self._place
        while (end := self._text.find("\n", searched)) < 0:
            searched = len(self._text) - self._place
            if searched > LONGEST or not self._read_on():
                return len(self._text)
        return end

    def _read_on(self) -> bool:
        """Read on, if the value may still be longer; return whether there was more."""
        self._text, self._place = self._text[self._place :], 0
        return len(self._text) <= LONGEST and self._more()

    def _more(self) -> bool:
        """Read as much again as is held, so that a long value is tried few times; return whether there was more."""
        data = self._stream.read(max(_READ, len(self._text)))
        more = self._decoder.decode(data, final=not data)
        self._text += more
        return bool(data or more)
