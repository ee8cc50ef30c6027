"""Drawings of reports: each value where it should be, and what is unknown left out."""

from __future__ import annotations

import pytest

from signaux_faibles.chain.report.figure import MOST_LINES, Figure, bars, lines


def points_of(figure: Figure, style: str) -> list[list[tuple[float, float]]]:
    """The lines of a style, without the one of its legend."""
    drawn = [mark.points for mark in figure.marks if mark.style == style and mark.points]
    return [[tuple(float(part) for part in point.split(",")) for point in one.split()] for one in drawn][1:]


def test_higher_values_are_drawn_higher_and_later_ones_further() -> None:
    (line,) = points_of(lines("AUC", ["a", "b", "c"], {"x": [0.7, 0.9, 0.8]}), "c0")
    assert [x for x, _ in line] == sorted(x for x, _ in line)
    heights = [y for _, y in line]
    assert heights[1] < heights[2] < heights[0]


def test_an_unknown_value_breaks_its_line_and_one_alone_still_shows() -> None:
    first, second = points_of(lines("AUC", list("abcd"), {"x": [0.7, 0.8, None, 0.9]}), "c0")
    assert (len(first), len(second)) == (2, 2)
    assert second[1][0] - second[0][0] == 2


def test_series_share_one_scale() -> None:
    figure = lines("AUC", ["a", "b"], {"low": [0.0, 0.0], "high": [1.0, 1.0]})
    assert points_of(figure, "c0")[0][0][1] > points_of(figure, "c1")[0][0][1]


def test_no_more_lines_than_can_be_distinguished() -> None:
    figure = lines("AUC", ["a"], {str(rank): [0.5] for rank in range(9)})
    assert {mark.style for mark in figure.marks if mark.style.startswith("c")} == {f"c{n}" for n in range(MOST_LINES)}


def test_nothing_known_draws_axes_only() -> None:
    figure = lines("AUC", [], {"x": []})
    assert not points_of(figure, "c0")


def test_a_bar_is_as_long_as_its_value() -> None:
    figure = bars("Défaillances", {"ours": 30.0, "chance": 10.0, "none": 0.0})
    widths = [mark.width for mark in figure.marks if mark.style in ("c0", "c4")]
    assert widths[0] == pytest.approx(3 * widths[1], abs=0.2)
    assert widths[2] == 0
    assert {mark.words for mark in figure.marks} >= {"ours", "30", "10", "0"}
