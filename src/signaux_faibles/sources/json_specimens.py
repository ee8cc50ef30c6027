"""Small valid JSON documents of any type that is delivered in them, made from its contract alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

from signaux_faibles.sources.contract import Contract
from signaux_faibles.sources.fields import TEXT, FieldType
from signaux_faibles.sources.inpi_blocks import DOCUMENT
from signaux_faibles.sources.json_documents import RANK

Choices = Callable[[str, FieldType, tuple[str, ...]], tuple[str, ...]]


def json_documents(contract: Contract, chance: Random, count: int, choices: Choices) -> bytes:
    """`count` documents, one at least: one a line, or a list of them; `choices` gives the texts of a header."""
    documents = [_document(contract, chance, choices) for _ in range(max(1, count))]
    if chance.random() < 0.5:
        return "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in documents).encode()
    return json.dumps(documents, ensure_ascii=False, indent=1).encode()


def _document(contract: Contract, chance: Random, choices: Choices) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for column in contract.columns:
        if column.header and column.header != DOCUMENT:
            text = chance.choice(choices(column.header, column.type, ()))
            _put(document, column.header, text or None)
    _put_lines(document, contract, chance, choices)
    return document


def _put_lines(document: dict[str, Any], contract: Contract, chance: Random, choices: Choices) -> None:
    """One or two lines, in one list at each level of the path; the names of a line tell it from the others."""
    if contract.cells is None:
        return
    *outer, innermost = contract.cells.path
    holder = document
    for path in outer:
        item: dict[str, Any] = {"numero": "01"}
        _put(holder, path, [item])
        holder = item
    lines = [_line(contract, chance, choices, rank) for rank in range(chance.randint(1, 2))]
    _put(holder, innermost, lines)


def _line(contract: Contract, chance: Random, choices: Choices, rank: int) -> dict[str, Any]:
    line: dict[str, Any] = {}
    for column in contract.cells.columns if contract.cells else ():
        if column.header and column.header not in (RANK, "numero"):
            text = f"B{rank}" if column.header == "code" else chance.choice(choices(column.header, column.type, ()))
            _put(line, column.header, text or ("30" if column.type is TEXT else None))
    return line


def _put(holder: dict[str, Any], path: str, value: object) -> None:
    *parents, last = path.split(".")
    for key in parents:
        holder = holder.setdefault(key, {})
    holder[last] = value
