"""The drawings of a report, as marks that its template writes in SVG: lines over time, and bars."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor

from signaux_faibles.wording.french import number

WIDTH, HEIGHT = 900, 300
LEFT, RIGHT, TOP, BOTTOM = 48, 16, 50, 34
STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
MOST_STEPS = 7
MOST_LABELS = 14
BAR, NAMES, FIGURES = 26, 300, 70
"""Height of a bar with its margin, and the widths kept for its name and its number."""
MOST_LINES, NAMES_PER_ROW, ROW = 5, 3, 18
Scale = Callable[[float], float]


@dataclass(frozen=True)
class Mark:
    """A line through points, a text, or a rectangle, depending on the attributes given."""

    style: str
    points: str = ""
    words: str = ""
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0


@dataclass(frozen=True)
class Figure:
    """A drawing: its title, its size, its marks in the order of drawing."""

    title: str
    width: int
    height: int
    marks: tuple[Mark, ...]


def lines(title: str, labels: Sequence[str], series: Mapping[str, Sequence[float | None]], digits: int = 2) -> Figure:
    """Values that follow each other, one line per series, five at most; an unknown value breaks its line.

    Args:
        labels: of the values, in order; series: by name.
    """
    numbers = [value for values in series.values() for value in values if value is not None]
    low, high, step = _scale(numbers or [0.0, 1.0])

    def x(rank: float) -> float:
        return round(LEFT + (rank + 0.5) * (WIDTH - LEFT - RIGHT) / max(1, len(labels)), 1)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM), 1)

    marks = []
    for tick in range(round((high - low) / step) + 1):
        value = low + tick * step
        marks.append(Mark("axis", points=f"{LEFT},{y(value)} {WIDTH - RIGHT},{y(value)}"))
        marks.append(Mark("end", words=number(value, digits, at_least=digits), x=LEFT - 6, y=y(value) + 4))
    every = -(-len(labels) // MOST_LABELS)
    for rank in range(0, len(labels), max(1, every)):
        marks.append(Mark("middle", words=labels[rank], x=x(rank), y=HEIGHT - BOTTOM + 20))
    for colour, (name, values) in enumerate(list(series.items())[:MOST_LINES]):
        at = LEFT + colour % NAMES_PER_ROW * (WIDTH - LEFT) // NAMES_PER_ROW
        down = 14 + colour // NAMES_PER_ROW * ROW
        marks.append(Mark(f"c{colour}", points=f"{at},{down} {at + 24},{down}"))
        marks.append(Mark("name", words=name, x=at + 30, y=down + 4))
        marks += [Mark(f"c{colour}", points=part) for part in _unbroken(values, x, y)]
    return Figure(title, WIDTH, HEIGHT, tuple(marks))


def bars(title: str, values: Mapping[str, float], digits: int = 0) -> Figure:
    """One bar for each name, from zero."""
    most = max(values.values(), default=0.0) or 1.0
    marks = []
    for rank, (name, value) in enumerate(values.items()):
        top = rank * BAR + 4
        width = round(value / most * (WIDTH - NAMES - FIGURES), 1)
        marks.append(Mark("end", words=name, x=NAMES - 8, y=top + 14))
        marks.append(Mark("c0" if rank == 0 else "c4", x=NAMES, y=top, width=width, height=BAR - 8))
        marks.append(Mark("name", words=number(value, digits), x=NAMES + width + 6, y=top + 14))
    return Figure(title, WIDTH, len(values) * BAR + 4, tuple(marks))


def _scale(values: Sequence[float]) -> tuple[float, float, float]:
    """The ends of the axis, round numbers around every value, and its step."""
    low, high = min(values), max(values)
    step = next((step for step in STEPS if (high - low) / step <= MOST_STEPS - 1), high - low)
    return floor(low / step) * step, max(ceil(high / step), floor(low / step) + 1) * step, step


def _unbroken(values: Sequence[float | None], x: Scale, y: Scale) -> list[str]:
    """The points of each stretch of known values; a value alone is a short stroke."""
    stretches = []
    for is_known, part in groupby(enumerate(values), lambda pair: pair[1] is not None):
        if is_known:
            points = [(x(rank), y(value)) for rank, value in part if value is not None]
            ends = [*points, (points[-1][0] + 2, points[-1][1])] if len(points) == 1 else points
            stretches.append(" ".join(f"{across},{down}" for across, down in ends))
    return stretches
