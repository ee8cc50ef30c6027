"""Small charts: heights are proportional, what is unknown is never drawn as zero."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.examples import tried
from signaux_faibles.web.charts.drawing import (
    BLUE,
    COLUMN,
    GREEN,
    GREY,
    HEIGHT,
    ORANGE,
    RED,
    UNKNOWN,
    Series,
    bars,
    line,
    marks,
    step,
    strip,
)

Rectangle = tuple[float, float, float, float]


def rectangles(drawing: str, colour: str) -> list[Rectangle]:
    """x, y, width and height of the rectangles of a colour."""
    drawn = ElementTree.fromstring(drawing)  # noqa: S314 (our own)
    found = [one for one in drawn if one.get("fill") == colour]
    return [(_n(one, "x"), _n(one, "y"), _n(one, "width"), _n(one, "height")) for one in found]


def _n(element: ElementTree.Element, name: str) -> float:
    return float(element.get(name) or "nan")


def test_bars_are_proportional_and_stacked_from_the_first() -> None:
    drawing = bars([Series((10, 40), BLUE), Series((10, None), ORANGE)], "dette")
    (_, _, _, first), (_, _, _, second) = rectangles(drawing, BLUE)
    assert second == pytest.approx(4 * first, abs=0.02)
    ((_, top, _, height),) = rectangles(drawing, ORANGE)
    assert top + height == pytest.approx(rectangles(drawing, BLUE)[0][1], abs=0.02), "the second stands on the first"


def test_what_is_unknown_is_shaded_and_has_no_bar() -> None:
    drawing = bars([Series((5, None, None))], "dette", unknown=(False, False, True))
    assert len(rectangles(drawing, BLUE)) == 1
    assert rectangles(drawing, UNKNOWN) == [(2 * COLUMN, 0, COLUMN, HEIGHT)]


def test_a_loss_is_below_the_line() -> None:
    drawing = bars([Series((30, -10))], "résultat")
    gain, loss = rectangles(drawing, BLUE)
    ((_, axis, _, _),) = rectangles(drawing, GREY)
    assert gain[1] + gain[3] == pytest.approx(axis, abs=0.02)
    assert loss[1] == pytest.approx(axis, abs=0.02)


def test_a_line_is_cut_where_a_value_is_missing() -> None:
    drawing = line(Series((1, 2, None, 4, None, 5, 6)), "effectif")
    assert len(re.findall("<line ", drawing)) == 2
    assert len(rectangles(drawing, BLUE)) == 1, "a lone value is a dash"


def test_a_mark_stands_in_each_month_with_an_event() -> None:
    assert len(rectangles(marks([True, False, True], "événements"), RED)) == 2


QUANTILES = (0.0, 10.0, 20.0, 30.0, 100.0)
PLACES = {"below all": (-900.0, 0.0), "the median": (20.0, None), "above all": (9000.0, 97.5)}


@pytest.mark.parametrize(("value", "edge"), PLACES.values(), ids=PLACES)
def test_the_point_of_a_company_stands_on_the_distribution(value: float, edge: float | None) -> None:
    drawing = strip(value, QUANTILES, "place")
    (point,) = rectangles(drawing, RED)
    (median,) = rectangles(drawing, BLUE)
    assert point[0] == (edge if edge is not None else pytest.approx(median[0] - 0.75, abs=0.02))


def test_a_step_of_a_waterfall_goes_from_the_end_of_the_one_before() -> None:
    (up,) = rectangles(step(1, 3, (0, 4), "effet"), RED)
    assert (up[0], up[2]) == (25, 50)
    (down,) = rectangles(step(3, 2, (0, 4), "effet"), GREEN)
    assert (down[0], down[2]) == (50, 25)
    assert rectangles(step(0, 0, (0, 0), "effet"), RED) == []


def test_a_label_cannot_leave_its_attribute() -> None:
    assert 'aria-label="&quot;&gt;&lt;script&gt;"' in marks([], '"><script>')


@tried(25)
@given(st.lists(st.none() | st.floats(-1e9, 1e9), min_size=1, max_size=40))
def test_nothing_is_drawn_outside(values: list[float | None]) -> None:
    series = Series(tuple(values))
    for drawing in (bars([series], "x"), line(series, "x")):
        for x, y, width, height in rectangles(drawing, BLUE):
            assert -1 <= x <= x + width <= COLUMN * len(values) + 1
            assert -3 <= y <= y + height <= HEIGHT + 3


@tried(25)
@given(st.lists(st.none() | st.floats(1, 1e9), min_size=1, max_size=40))
def test_there_is_one_bar_for_each_known_value(values: list[float | None]) -> None:
    assert len(rectangles(bars([Series(tuple(values))], "x"), BLUE)) == sum(one is not None for one in values)
