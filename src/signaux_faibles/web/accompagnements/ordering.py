"""Ranks that can always be split: texts in alphabetical order, with another between any two of them."""

from __future__ import annotations

from itertools import takewhile

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LOWEST, HIGHEST = DIGITS[0], DIGITS[-1]
WIDTH = 6
"""Digits of a step: two thousand million cards go to the end of a column before ranks grow."""


def between(before: str, after: str) -> str:
    """A rank after `before` and before `after`; either may be empty, for the beginning and the end.

    Ranks never end with the lowest digit, so that there is always room before them. Moving one card therefore changes
    no other (fractional indexing). Next to an open side a rank is one step away, not halfway: cards that always go to
    the end, to the beginning or behind the same card get ranks that stay short.

    Raises:
        ValueError: `before` is not before `after`.
    """
    if not after:
        return _above(before)
    if before >= after:
        raise ValueError(f"{before!r} is not before {after!r}")
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    shared, lower, upper = before[:same], before[same:], after[same:]
    if not lower:
        return shared + _below(upper)
    low, high = DIGITS.index(lower[0]), DIGITS.index(upper[0])
    if high - low > 1:
        return shared + DIGITS[(low + high) // 2]
    return shared + lower[0] + _above(lower[1:])


def _above(rank: str) -> str:
    """A rank after another, one step away; halfway when there is none."""
    if not rank:
        return DIGITS[len(DIGITS) // 2]
    head, tail = rank[:WIDTH], rank[WIDTH:]
    number = _number(head) + 1
    number += number % len(DIGITS) == 0
    return _digits(number, WIDTH) if number < len(DIGITS) ** WIDTH else head + _above(tail)


def _below(rank: str) -> str:
    """A rank before another that is not empty, one step away."""
    head, tail = rank[:WIDTH], rank[WIDTH:]
    number = _number(head)
    if number == 0:
        return head + _below(tail)
    number -= 2 if number % len(DIGITS) == 1 else 1
    return _digits(number, WIDTH) if number > 0 else LOWEST * WIDTH + _above("")


def after_all(last: str, count: int) -> list[str]:
    """`count` ranks after `last`, in their order and of one length."""
    start, width = between(last, ""), 1
    while len(DIGITS) ** width < count:
        width += 1
    return [start + _digits(number, width) + HIGHEST for number in range(count)]


def _number(head: str) -> int:
    return int(head.ljust(WIDTH, LOWEST), len(DIGITS))


def _digits(number: int, width: int) -> str:
    text = ""
    for _ in range(width):
        number, digit = divmod(number, len(DIGITS))
        text = DIGITS[digit] + text
    return text
