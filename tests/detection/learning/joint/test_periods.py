"""Times as indexes, and periods as they are written."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.learning.joint.periods import indexed, periods


@pytest.mark.parametrize(
    ("values", "indexes", "year"),
    [
        ([2003, 2004], [2003, 2004], 1),
        ([2003.0, 2004.0], [2003, 2004], 1),
        (["2003", "2004"], [2003, 2004], 1),
        ([-1, 0, 7], [-1, 0, 7], 1),
        (["2018-01", "2018-12"], [24216, 24227], 12),
        ([date(2018, 1, 31), datetime(2018, 12, 1)], [24216, 24227], 12),  # noqa: DTZ001
    ],
)
def test_a_time_is_an_index(values: list[Any], indexes: list[int], year: int) -> None:
    found, in_a_year = indexed(values, "year")
    assert (found.tolist(), in_a_year) == (indexes, year)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([2003, None], "vide"),
        (["juin"], "juin"),
        (["2018-13"], "2018-13"),
        ([2003.5], "2003.5"),
        ([2003, "2003-01"], "mêle"),
    ],
)
def test_what_is_not_a_time_is_refused(values: list[Any], words: str) -> None:
    with pytest.raises(DetectionRefused, match=words):
        indexed(values, "year")


@pytest.mark.parametrize(
    ("written", "year", "read"),
    [
        (("2003:2010", "2011:2012", "2013:2014"), 1, ((2003, 2010), (2011, 2012), (2013, 2014))),
        (("2003:2010", "2012:2012", "2014:2014"), 1, ((2003, 2010), (2012, 2012), (2014, 2014))),
        (("2017:2017", "2018-01:2018-03", "2018-04:2018"), 12, ((24204, 24215), (24216, 24218), (24219, 24227))),
    ],
    ids=["years", "a purge between", "months, a year being its twelve months"],
)
def test_periods_follow_each_other(written: tuple[str, str, str], year: int, read: tuple[tuple[int, int], ...]) -> None:
    found = periods(*written, year)
    assert (found.train, found.calibrate, found.test) == read


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (("2003:2010", "2010:2012", "2013:2014"), "--train 2003:2010 et --calibrate 2010:2012"),
        (("2003:2010", "2011:2012", "2005:2006"), "--calibrate 2011:2012 et --test 2005:2006"),
        (("2010:2003", "2011:2012", "2013:2014"), "finit avant"),
        (("2003", "2011:2012", "2013:2014"), "illisible"),
        (("2003:x", "2011:2012", "2013:2014"), "illisible"),
    ],
)
def test_a_period_that_does_not_follow_is_refused(written: tuple[str, str, str], words: str) -> None:
    with pytest.raises(DetectionRefused, match=words):
        periods(*written, 1)
