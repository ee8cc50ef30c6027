"""A reply that contains several documents: one record each, as if each had been delivered alone (open-data §2.9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def value_at(record: object, path: str) -> object:
    """The value at a path of keys; None when there is none."""
    for key in path.split("."):
        record = record.get(key) if isinstance(record, dict) else None
    return record


def pieces(record: object, path: str, elsewhere: Mapping[str, tuple[str, ...]]) -> Iterator[object]:
    """The documents of a reply: one for each object of a list found on the way to its pages, else the reply itself.

    The head of a reply with several documents cannot describe each of them: their own identities then come first.

    Args:
        path: where the pages of a document are.
        elsewhere: the other places of a value, by header.
    """
    keys = path.split(".")
    for depth in range(1, len(keys) - 1):
        value = value_at(record, ".".join(keys[:depth]))
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            for item in value or [None]:
                piece = _with_value(record, keys[:depth], item)
                yield from pieces(_named_by_itself(piece, elsewhere) if len(value) > 1 else piece, path, elsewhere)
            return
    yield record


def _with_value(record: object, keys: list[str], value: object) -> object:
    if not keys or not isinstance(record, dict):
        return value
    return record | {keys[0]: _with_value(record.get(keys[0]), keys[1:], value)}


def _named_by_itself(piece: object, elsewhere: Mapping[str, tuple[str, ...]]) -> object:
    if not isinstance(piece, dict):
        return piece
    named = {header for header, places in elsewhere.items() if any(value_at(piece, place) for place in places)}
    return {key: value for key, value in piece.items() if key not in named}
