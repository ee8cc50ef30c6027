"""Deliveries in JSON, as open data portals export them: the same blocks of raw texts as from a CSV.

A file is one list of records, one record per line, or one or several records spanning lines. Within a record, a list
becomes its texts joined by commas and an object its JSON text, as these portals write them in a CSV.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator
from typing import IO

import pyarrow as pa

from signaux_faibles.sources.errors import DeliveryRefused, Reject
from signaux_faibles.sources.reading.blocks import Block, Headers, shown

RECORDS = 10_000
"""Records of a block."""
LONGEST = 16 * 1024 * 1024
"""A record with more characters has lost its end."""
_READ = 1 << 20
_BLANK = " \t\r\n"
_ENDINGS = (".json", ".jsonl", ".json.gz", ".jsonl.gz", ".json.zip", ".jsonl.zip")


def is_json(name: str) -> bool:
    """Whether a file with that name contains JSON."""
    return name.lower().endswith(_ENDINGS)


class JsonSource:
    """A file of JSON records; the `line` of a record is its position among them, from 1."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._name = name
        # A damaged byte is kept in the record that contains it, so that only this record is refused.
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
        self._json = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
        self._text = ""
        self._place = 0
        while not self._text and self._more():
            pass
        self._text = self._text.removeprefix("\ufeff")
        self._skip_blanks()
        if not self._text:
            raise DeliveryRefused(f"{name} : fichier vide. Redemandez-le, ou reportez le type avec --carry-over.")
        if self._text[0] not in "[{":
            raise DeliveryRefused(f"{name} : ce n'est pas un fichier JSON en UTF-8. Redemandez-le en JSON.")

    def blocks(self, headers: Headers) -> Iterator[Block]:
        """The records of the file, block by block, in order.

        Raises:
            DeliveryRefused: a list is truncated or broken, so we cannot find where its next record starts.
        """
        pending = _Records(headers)
        for place, (text, record) in enumerate(self.records(), 1):
            pending.add(place, text, record)
            if pending.count == RECORDS:
                yield pending.block()
                pending = _Records(headers)
        yield pending.block()

    def records(self) -> Iterator[tuple[str, object]]:
        """Each record with its text: from a list, one per line, or one after the other across lines.

        Raises:
            DeliveryRefused: see `blocks`.
        """
        if self._text[0] == "[":
            return self._listed()
        return self._by_line() if self._is_by_line() else self._one_after_the_other()

    def _is_by_line(self) -> bool:
        """Whether the first record ends on its first line, or never ends."""
        while "\n" not in self._text and len(self._text) <= LONGEST and self._more():
            pass
        if self._parsed(self._text.partition("\n")[0]) is not None:
            return True
        try:
            self._decoded()
        except DeliveryRefused:
            return True
        return False

    def _one_after_the_other(self) -> Iterator[tuple[str, object]]:
        while self._text:
            record, end = self._decoded()
            yield self._text[self._place : end], record
            self._place = end
            self._skip_blanks()

    def _listed(self) -> Iterator[tuple[str, object]]:
        self._place = 1
        self._skip_blanks()
        if self._next() == "]":
            return
        while True:
            record, end = self._decoded()
            yield self._text[self._place : end], record
            self._place = end
            self._skip_blanks()
            mark = self._next()
            if mark == "]":
                return
            if mark != ",":
                raise self._broken()
            self._place += 1
            self._skip_blanks()

    def _by_line(self) -> Iterator[tuple[str, object]]:
        while self._text or self._more():
            line, found, rest = self._text.partition("\n")
            if not found and self._more():
                if len(self._text) > LONGEST:
                    raise self._broken()
                continue
            self._text = rest
            if line.strip(_BLANK):
                yield line, self._parsed(line)

    def _parsed(self, line: str) -> object:
        try:
            return self._json.decode(line)
        except (ValueError, RecursionError):
            return None

    def _decoded(self) -> tuple[object, int]:
        """The record that starts here and the position of its end; reads more text until it is complete."""
        while True:
            try:
                record, end = self._json.raw_decode(self._text, self._place)
            except (ValueError, RecursionError) as error:
                self._text, self._place = self._text[self._place :], 0
                if isinstance(error, RecursionError) or len(self._text) > LONGEST or not self._more():
                    raise self._broken() from error
            else:
                # A number at the end of the text may continue in what follows.
                if end < len(self._text) or not self._more():
                    return record, end

    def _next(self) -> str:
        if self._place >= len(self._text):
            raise self._broken()
        return self._text[self._place]

    def _skip_blanks(self) -> None:
        while True:
            while self._place < len(self._text) and self._text[self._place] in _BLANK:
                self._place += 1
            if self._place < len(self._text):
                return
            self._text, self._place = "", 0
            if not self._more():
                return

    def _more(self) -> bool:
        """Read more text; return whether there was any."""
        data = self._stream.read(_READ)
        more = self._decoder.decode(data, final=not data)
        self._text += more
        return bool(data or more)

    def _broken(self) -> DeliveryRefused:
        near = shown(self._text[self._place : self._place + 60].encode(errors="replace"))
        return DeliveryRefused(f"{self._name} : JSON tronqué ou abîmé près de « {near} ». Redemandez le fichier.")


class _Records:
    """The records of a block, as texts."""

    def __init__(self, headers: Headers) -> None:
        self.count = 0
        self._headers = headers
        self._keys = [headers.all[place].lower() for place in headers.wanted]
        self._rows: list[list[str | None]] = []
        self._places: list[int] = []
        self._texts: dict[int, str] = {}
        self._malformed: list[Reject] = []

    def add(self, place: int, text: str, record: object) -> None:
        """Keep a record, or record why it is rejected."""
        self.count += 1
        self._texts[place] = shown(text.encode(errors="replace"))
        row = self._row(record)
        if isinstance(row, str):
            self._malformed.append(Reject(place, row, self._texts[place]))
        else:
            self._places.append(place)
            self._rows.append(row)

    def block(self) -> Block:
        """The block."""
        columns = list(zip(*self._rows, strict=True)) or [() for _ in self._keys]
        arrays = [pa.array(self._places, pa.int64()), *(pa.array(column, pa.string()) for column in columns)]
        return Block(pa.table(arrays, schema=self._headers.schema), self._content(), self._malformed)

    def _row(self, record: object) -> list[str | None] | str:
        if not isinstance(record, dict):
            return "ce n'est pas un objet JSON"
        named = {key.lower(): value for key, value in record.items()}
        row = [as_text(named.get(key)) for key in self._keys]
        whole = "".join(text or "" for text in row)
        if "\0" in whole:
            return "octet nul dans un champ"
        if any("\ud800" <= character <= "\udfff" for character in whole):
            return "octets illisibles : l'enregistrement n'est pas en UTF-8"
        return row

    def _content(self) -> Callable[[int], str]:
        return self._texts.__getitem__


def as_text(value: object) -> str | None:
    """The raw text of a JSON value, as in a CSV from the same portal; None for null and for an empty text."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(item, dict | list) for item in value):
        return ",".join(as_text(item) or "" for item in value) or None
    return json.dumps(value, ensure_ascii=False)
