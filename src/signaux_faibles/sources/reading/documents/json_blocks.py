"""Deliveries in JSON, as open data portals export them: the same blocks of raw texts as from a CSV.

A file contains one or several values, one per line, one after the other or separated by commas; each is a record, a
list of records or a page of them (`json_records`). Within a record, a list becomes its texts joined by commas and an
object its JSON text, as these portals write them in a CSV.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import IO

import pyarrow as pa

from signaux_faibles.sources.errors import DeliveryRefused, Reject
from signaux_faibles.sources.reading.blocks import Block, Headers, shown
from signaux_faibles.sources.reading.documents.json_ambiguity import LONGEST_KEY, Ambiguous, ambiguous_key, two_cases
from signaux_faibles.sources.reading.documents.json_records import RecordFinder
from signaux_faibles.sources.reading.documents.json_text import JsonText
from signaux_faibles.sources.reading.documents.json_values import values
from signaux_faibles.sources.reading.lookalikes import refuse_lookalike

RECORDS = 10_000
"""Records of a block."""
LONGEST_SHOWN = 1_000
WHOLE = "Demandez l'export complet, ou livrez toutes les pages."
ENDINGS = (".json", ".jsonl", ".ndjson", ".geojson")
HALF_CHARACTER = re.compile("[\ud800-\udfff]")
"""What bytes that are not UTF-8 become."""


def is_json(name: str) -> bool:
    """Whether a file with that name contains JSON, compressed or not."""
    return name.lower().removesuffix(".gz").removesuffix(".zip").endswith(ENDINGS)


class JsonSource:
    """A file of JSON records; the `line` of a record is its place among them, from 1.

    Attributes:
        headers: of a record; those of a page are not read.
    """

    def __init__(self, stream: IO[bytes], name: str, headers: list[str]) -> None:
        self._name = name
        self._text = JsonText(stream, name)
        self._finder = RecordFinder(headers)
        self.headers = headers
        first = self._text.next()
        if not first:
            raise DeliveryRefused(f"{name} : fichier vide. Redemandez-le, ou reportez le type avec --carry-over.")
        if first not in "[{":
            refuse_lookalike(self._text.first_line()[:64].encode(errors="surrogateescape"), name, "un fichier JSON")
            raise DeliveryRefused(f"{name} : ce n'est pas un fichier JSON en UTF-8. Redemandez-le en JSON.")

    @property
    def warnings(self) -> list[str]:
        """French sentences on what the pages of the file lacked, and on what they held that was not read."""
        aside = [
            f"{self._name} : {count} enregistrements d'une autre sorte sous « {key} », non lus."
            for key, count in self._finder.aside.items()
        ]
        cut = {total: in_file for total, in_file in self._finder.announced.items() if in_file < total}
        if cut:
            aside.append(
                f"{self._name} : {sum(cut.values())} enregistrements dans ce fichier, pages de réponses qui en "
                f"annoncent {sum(cut)}. {WHOLE}"
            )
        elif self._finder.followed:
            aside.append(f"{self._name} : la dernière page de réponses de ce fichier en annonce une autre. {WHOLE}")
        return aside

    def blocks(self, headers: Headers) -> Iterator[Block]:
        """The records of the file, block by block, in order.

        Raises:
            DeliveryRefused: a list is truncated or broken, so we cannot find where its next record starts.
        """
        pending = _Records(headers, self._finder)
        for place, (text, record) in enumerate(self.records(), 1):
            pending.add(place, text, record)
            if pending.count == RECORDS:
                yield pending.block()
                pending = _Records(headers, self._finder)
        yield pending.block()

    def records(self) -> Iterator[tuple[str, object]]:
        """Each record with its text, in the order of the file; an `Ambiguous` one must be rejected.

        Raises:
            DeliveryRefused: see `blocks`; or what holds the records has a key with two values.
        """
        for text, value in values(self._text, self._finder):
            judged: set[int] = set()
            for record in self._finder.found_in(value):
                judged.add(id(record))
                yield text if record is value else json.dumps(record, ensure_ascii=False), self._judged(record)
            page = ambiguous_key(value, apart=judged) if self._text.ambiguous else None
            if page is not None:
                raise DeliveryRefused(
                    f"{self._name} : une page a deux valeurs pour la clé « {page[:LONGEST_KEY]} », une partie de ses "
                    "enregistrements serait perdue. Redemandez le fichier."
                )

    def _judged(self, record: object) -> object:
        key = ambiguous_key(record) if self._text.ambiguous else None
        return record if key is None or not isinstance(record, dict) else Ambiguous(record, key)


class _Records:
    """The records of a block, as texts."""

    def __init__(self, headers: Headers, finder: RecordFinder) -> None:
        self.count = 0
        self._headers = headers
        self._finder = finder
        self._keys = [headers.all[place].lower() for place in headers.columns]
        self._rows: list[list[str | None]] = []
        self._places: list[int] = []
        self._texts: dict[int, str] = {}
        self._malformed: list[Reject] = []

    def add(self, place: int, text: str, record: object) -> None:
        """Keep a record, or record why it is rejected."""
        self.count += 1
        self._texts[place] = text[: LONGEST_SHOWN + 1]
        row = self._row(record)
        if isinstance(row, str):
            self._malformed.append(Reject(place, row, self._shown(place)))
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
            return NO_OBJECT
        if isinstance(record, Ambiguous):
            return record.reason
        if not self._finder.expects(record):
            return no_key(record)
        named = {key.lower(): value for key, value in record.items()}
        if len(named) < len(record) and (key := two_cases(record, self._keys)):
            return Ambiguous(record, key).reason
        row = [as_text(named.get(key)) for key in self._keys]
        whole = "".join(text or "" for text in row)
        if "\0" in whole:
            return "octet nul dans un champ"
        if HALF_CHARACTER.search(whole):
            return "octets illisibles : l'enregistrement n'est pas en UTF-8"
        return row

    def _content(self) -> Callable[[int], str]:
        return self._shown

    def _shown(self, place: int) -> str:
        return shown(self._texts[place].encode(errors="replace"), LONGEST_SHOWN)


NO_OBJECT = "ce n'est pas un objet JSON"


def no_key(record: dict[str, object]) -> str:
    """Why an object is no record: it has none of the expected keys."""
    keys = ", ".join(list(record)[:5]) or "aucune"
    return f"aucune des clés attendues dans cet objet (clés lues : {keys[:200]})"


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
    return json.dumps(value, ensure_ascii=False, default=str)
