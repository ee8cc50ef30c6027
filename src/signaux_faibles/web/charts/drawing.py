"""Small charts over columns of equal width: bars, lines and what is not known.

A chart has no text: its title, scale and amounts are in the page beside it, and in a table. It is stretched to the
width of its place, so that the columns of charts one above the other are those of the same months.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from signaux_faibles.wording.french import typeset

COLUMN, HEIGHT = 10, 100
"""Units of the drawing; a page decides on its size."""
GAP = 1.5
"""Between two bars."""
BLUE, ORANGE, GREY, RED, GREEN = "#274472", "#c4761c", "#929292", "#b34000", "#18753c"
UNKNOWN = "#e5e5e5"
Value = float | None


@dataclass(frozen=True)
class Series:
    """Values over the columns, None where there is none; a value is drawn from zero."""

    values: tuple[Value, ...]
    colour: str = BLUE


def bars(series: Sequence[Series], label: str, *, unknown: Sequence[bool] = (), stacked: bool = True) -> SafeString:
    """Bars, those of several series one on the other; below the line where they are negative.

    Args:
        series: of equal lengths, the lowest first.
        label: what the chart shows, for those who do not see it.
        unknown: the columns where nothing is known, which are shaded.
        stacked: whether bars stand one on the other; otherwise the first, a part of the next, stands before it.
    """
    columns = list(zip(*(one.values for one in series), strict=True))
    together = sum if stacked else max
    top, bottom = _bounds([float(together(value or 0 for value in column)) for column in columns])
    colours = [one.colour for one in series]
    scale, build = (top, bottom), _stack if stacked else _overlay
    drawn = [bar for rank, column in enumerate(columns) for bar in build(rank, column, colours, scale)]
    axis = _rectangle(0, _height(0, top, bottom), COLUMN * len(columns), 1, GREY)
    return _frame(len(columns), label, [*_shades(unknown), *drawn, axis])


def line(series: Series, label: str, *, unknown: Sequence[bool] = ()) -> SafeString:
    """A line from zero to the highest value, cut where a value is missing; a lone value is a dash."""
    top, bottom = _bounds([value for value in series.values if value is not None])
    points = [None if value is None else (_middle(rank), _height(value, top, bottom)) for rank, value in
              enumerate(series.values)]  # fmt: skip
    joined = [_segment(start, end, series.colour) for start, end in pairwise(points) if start and end]
    lone = [
        _rectangle(point[0] - COLUMN / 3, point[1] - 2, COLUMN / 1.5, 4, series.colour)
        for rank, point in enumerate(points)
        if point and not any(points[max(rank - 1, 0) : rank]) and not any(points[rank + 1 : rank + 2])
    ]
    axis = _rectangle(0, _height(0, top, bottom), COLUMN * len(points), 1, GREY)
    return _frame(len(points), label, [*_shades(unknown), axis, *joined, *lone])


def marks(present: Sequence[bool], label: str) -> SafeString:
    """A mark in each column where something happened."""
    drawn = [_rectangle(_middle(rank) - 2.5, 15, 5, 70, RED) for rank, one in enumerate(present) if one]
    return _frame(len(present), label, [_rectangle(0, HEIGHT - 1, COLUMN * len(present), 1, GREY), *drawn])


def spans(days: int, stretches: Sequence[tuple[int, int]], points: Sequence[int], label: str) -> SafeString:
    """Bars from one day to another of an axis of so many days, and a mark on each of some days."""
    width, columns = COLUMN * 36, 36
    unit = width / max(days, 1)
    drawn = [_rectangle(start * unit, 35, max((end - start) * unit, 2), 30, BLUE) for start, end in stretches]
    drawn += [_rectangle(min(max(day * unit - 1.25, 0), width - 2.5), 10, 2.5, 80, RED) for day in points]
    return _frame(columns, label, [_rectangle(0, HEIGHT - 1, width, 1, GREY), *drawn])


def strip(value: float, quantiles: tuple[float, float, float, float, float], label: str) -> SafeString:
    """Where a value stands among those of its class: the 10th to 90th centiles, the middle half, the median, the value.

    A value beyond the 10th or the 90th centile stands at the edge, whatever its distance, so that an extreme one does
    not crush the others.
    """
    low, quarter, median, three_quarters, high = quantiles
    margin = (high - low) / 8 or 1.0
    least, span = low - margin, high - low + 2 * margin

    def at(one: float) -> float:
        return 100 * (min(max(one, least), least + span) - least) / span

    drawn = [
        _rectangle(at(low), 48, at(high) - at(low), 4, GREY),
        _rectangle(at(quarter), 30, max(at(three_quarters) - at(quarter), 1), 40, "#cacafb"),
        _rectangle(at(median) - 0.5, 22, 1, 56, BLUE),
        _rectangle(min(max(at(value) - 1.25, 0), 97.5), 8, 2.5, 84, RED),
    ]
    return _frame(10, label, drawn)


def step(start: float, end: float, bounds: tuple[float, float], label: str) -> SafeString:
    """A bar of a waterfall: it starts where the one before ends and goes right if it adds; `bounds` hold all bars."""
    low, high = bounds
    span = (high - low) or 1.0

    def at(one: float) -> float:
        return 100 * (one - low) / span

    left, right = sorted((at(start), at(end)))
    drawn = [
        _rectangle(left, 15, right - left, 70, RED if end > start else GREEN),
        _rectangle(min(max(at(0) - 0.25, 0), 99.5), 0, 0.5, HEIGHT, GREY),
    ]
    return _frame(10, label, drawn)


def _bounds(totals: Sequence[float]) -> tuple[float, float]:
    return max([0.0, *map(float, totals)]), min([0.0, *map(float, totals)])


def _overlay(rank: int, column: Sequence[Value], colours: Sequence[str], scale: tuple[float, float]) -> list[str]:
    pairs = list(zip(column, colours, strict=True))[::-1]
    return [bar for value, colour in pairs for bar in _stack(rank, [value], [colour], scale)]


def _stack(rank: int, column: Sequence[Value], colours: Sequence[str], scale: tuple[float, float]) -> list[str]:
    drawn, level = [], 0.0
    for value, colour in zip(column, colours, strict=True):
        if value is None or float(value) == 0:
            continue
        start, level = level, level + float(value)
        highest, lowest = _height(max(start, level), *scale), _height(min(start, level), *scale)
        drawn.append(_rectangle(rank * COLUMN + GAP / 2, highest, COLUMN - GAP, max(lowest - highest, 1), colour))
    return drawn


def _shades(unknown: Sequence[bool]) -> list[str]:
    return [_rectangle(rank * COLUMN, 0, COLUMN, HEIGHT, UNKNOWN) for rank, one in enumerate(unknown) if one]


def _middle(rank: int) -> float:
    return rank * COLUMN + COLUMN / 2


def _height(value: float, top: float, bottom: float) -> float:
    """The ordinate of a value, downwards from the top of the drawing."""
    span = top - bottom
    return HEIGHT - 2 if not span else 2 + (HEIGHT - 4) * (top - float(value)) / span


def _rectangle(x: float, y: float, width: float, height: float, colour: str) -> str:
    place = f'x="{_text(x)}" y="{_text(y)}" width="{_text(width)}" height="{_text(height)}"'
    return f'<rect {place} fill="{colour}"/>'


def _segment(start: tuple[float, float], end: tuple[float, float], colour: str) -> str:
    ends = f'x1="{_text(start[0])}" y1="{_text(start[1])}" x2="{_text(end[0])}" y2="{_text(end[1])}"'
    style = f'stroke="{colour}" stroke-width="2" vector-effect="non-scaling-stroke"'
    return f"<line {ends} {style}/>"


def _text(number: float) -> str:
    return f"{round(number, 2):g}"


def _frame(columns: int, label: str, drawn: Sequence[str]) -> SafeString:
    return format_html(
        '<svg class="sf-drawing" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        columns * COLUMN,
        HEIGHT,
        typeset(label),
        mark_safe("".join(drawn)),  # noqa: S308 (numbers and colours of this module)
    )
