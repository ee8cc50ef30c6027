"""Ranks that can always be split: texts in alphabetical order, between any two of which there is another."""

from __future__ import annotations

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LOWEST, HIGHEST = DIGITS[0], DIGITS[-1]


def between(before: str, after: str) -> str:
    """A rank after `before` and before `after`; either may be empty, for the beginning and the end.

    Ranks never end with the lowest digit, so that there is always room before them. Moving one card therefore changes
    no other (fractional indexing).

    Raises:
        ValueError: `before` is not before `after`.
    """
    if after and before >= after:
        raise ValueError(f"{before!r} is not before {after!r}")
    shared, rank = 0, ""
    while True:
        low = DIGITS.index(before[shared]) if shared < len(before) else 0
        high = DIGITS.index(after[shared]) if after and shared < len(after) else len(DIGITS)
        if high - low > 1:
            return rank + DIGITS[(low + high) // 2]
        rank += DIGITS[low]
        if high > low:
            after = ""
        shared += 1


def after_all(last: str, count: int) -> list[str]:
    """`count` ranks after `last`, in their order and of one length, where as many calls of `between` would grow."""
    start, width = between(last, ""), 1
    while len(DIGITS) ** width < count:
        width += 1
    return [start + _digits(number, width) + HIGHEST for number in range(count)]


def _digits(number: int, width: int) -> str:
    text = ""
    for _ in range(width):
        number, digit = divmod(number, len(DIGITS))
        text = DIGITS[digit] + text
    return text
