"""A file of past lists, JSON or CSV, as records with their place: values are still those of the file."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.lists.past.columns import KEPT, READ, PastColumn, key
from signaux_faibles.sources.reading.csv.exported import ExportUnreadable, exported_text, separator_of
from signaux_faibles.sources.reading.documents.json_ambiguity import Ambiguous, object_of

LARGEST = 2 << 30
NEEDED = (PastColumn.ALERT,)
_NULLS = frozenset({"", "NULL", "null", "\\N", "-"})


@dataclass(frozen=True)
class Record:
    """A row of a file.

    Attributes:
        where: its place, for a refusal.
        values: by column that the archive reads; absent where the file says nothing.
        original: the whole row, as it was, in JSON.
    """

    where: str
    values: Mapping[PastColumn, Any]
    original: str


def read_records(path: Path) -> list[Record]:
    """The rows of a file.

    Raises:
        DetectionRefused: the file cannot be read, has an unknown column, or misses one that every list has.
    """
    try:
        text = exported_text(path, LARGEST).lstrip()
    except ExportUnreadable as error:
        raise DetectionRefused(str(error)) from error
    rows = _objects(path, text) if text[:1] in ("[", "{") else _lines(path, text)
    records = [Record(where, _values(where, row), json.dumps(row, ensure_ascii=False)) for where, row in rows]
    if not records:
        raise DetectionRefused(f"{path.name} : aucune entreprise dans ce fichier.")
    return records


def _values(where: str, row: Mapping[str, Any]) -> dict[PastColumn, Any]:
    values: dict[PastColumn, Any] = {}
    cells: dict[str, Any] = {}
    for name, value in row.items():
        folded = key(name)
        if cells.setdefault(folded, value) != value:
            raise DetectionRefused(f"{where} : « {name} » y a deux valeurs. Gardez la bonne.")
        column = READ.get(folded)
        if column is None and folded not in KEPT:
            raise DetectionRefused(
                f"{where} : colonne « {name} » inconnue. Les formats lus sont décrits dans docs/lists.md ; retirez "
                "cette colonne, ou renommez-la."
            )
        if column is not None and value is not None and not (isinstance(value, str) and value.strip() in _NULLS):
            values[column] = value
    for column in NEEDED:
        if column not in values:
            raise DetectionRefused(f"{where} : pas de colonne « {column.value} », sans laquelle il n'y a pas de liste.")
    if PastColumn.SIREN not in values and PastColumn.SIRET not in values:
        raise DetectionRefused(f"{where} : ni siren ni siret.")
    return values


def _objects(path: Path, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """A JSON array of objects, or one object per line."""
    try:
        whole = [text] if text[0] == "[" else [line for line in text.splitlines() if line.strip()]
        read = [json.loads(one, object_pairs_hook=object_of) for one in whole]
        objects = read[0] if text[0] == "[" else read
    except (ValueError, RecursionError) as error:
        raise DetectionRefused(f"{path.name} : JSON illisible ({error}).") from error
    for number, row in enumerate(objects, start=1):
        where = f"{path.name}, enregistrement {number}"
        if not isinstance(row, dict):
            raise DetectionRefused(f"{where} : ce n'est pas un objet, une liste est un tableau d'objets.")
        if isinstance(row, Ambiguous):
            raise DetectionRefused(f"{where} : {row.reason}. Gardez la bonne.")
        yield where, row


def _lines(path: Path, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text.partition("\n")[0]))
    header = next(reader, [])
    twice = next((name for name, count in Counter(header).items() if count > 1), None)
    if twice is not None:
        raise DetectionRefused(f"{path.name} : la colonne « {twice} » y figure deux fois. Gardez la bonne.")
    try:
        for fields in reader:
            where = f"{path.name}, ligne {reader.line_num}"
            if any(fields) and len(fields) != len(header):
                raise DetectionRefused(
                    f"{where} : {len(fields)} champs au lieu de {len(header)}, un séparateur ou un guillemet est perdu."
                )
            if any(fields):
                yield where, dict(zip(header, fields, strict=True))
    except csv.Error as error:
        raise DetectionRefused(f"{path.name}, ligne {reader.line_num} : CSV illisible ({error}).") from error
