"""Objects of a JSON file in which a key has two values: the last one written is not truer than the first.

Programs that write JSON never do this; a file put together by hand, or by a faulty merge, does. A key written twice
with the same value says the same thing and is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

LONGEST_KEY = 100
"""Characters of a key that a reason shows."""


class Ambiguous(dict[str, object]):
    """An object with a key that has two values; or a record that contains such an object, at any depth."""

    def __init__(self, content: dict[str, object], key: str) -> None:
        super().__init__(content)
        self.key = key

    @property
    def reason(self) -> str:
        """Why it is rejected."""
        return f"la clé « {self.key[:LONGEST_KEY]} » y a deux valeurs"


def object_of(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object of its keys and values, as they are written."""
    value = dict(pairs)
    if len(value) == len(pairs):
        return value
    key = next((key for key, one in pairs if value[key] != one), None)
    return value if key is None else Ambiguous(value, key)


def ambiguous_key(value: object, apart: Collection[int] = ()) -> str | None:
    """The first key that has two values in a value, at any depth; None without one.

    Args:
        apart: the ids of objects that are judged by themselves.
    """
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if id(one) in apart:
            continue
        if isinstance(one, Ambiguous):
            return one.key
        if isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
    return None


def two_cases(record: dict[str, object], headers: Iterable[str]) -> str | None:
    """A key, in lower case, that a record has in two cases with two values; None without one."""
    by_key: dict[str, object] = {}
    keys = frozenset(headers)
    for key, value in record.items():
        lower = key.lower()
        if lower in keys and by_key.setdefault(lower, value) != value:
            return lower
    return None
