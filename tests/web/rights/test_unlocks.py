"""How long an unlock opens, and how many alert the correspondant."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from signaux_faibles.web.rights.unlocks import Motive, is_massive, last_day, needs_text

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_an_unlock_opens_ninety_days() -> None:
    asked = date(2026, 11, 23)
    assert last_day(asked) == date(2027, 2, 20)
    assert (last_day(asked) - asked).days + 1 == 90


@pytest.mark.parametrize("motive", Motive)
def test_only_another_motive_needs_a_sentence(motive: Motive) -> None:
    assert needs_text(motive) is (motive.value == "Autre")


UNLOCKS = {
    "twenty in an hour": ([NOW - timedelta(minutes=3 * n) for n in range(20)], False),
    "twenty-one in an hour": ([NOW - timedelta(minutes=3 * n) for n in range(21)], True),
    "twenty-one, the first of them a week ago": ([NOW - timedelta(hours=8.4 * n) for n in range(21)], False),
    "twenty-one in a little less than a week": ([NOW - timedelta(hours=8.3 * n) for n in range(21)], True),
    "a hundred, a year ago": ([NOW - timedelta(days=365)] * 100, False),
    "none": ([], False),
}


@pytest.mark.parametrize(("moments", "massive"), UNLOCKS.values(), ids=UNLOCKS)
def test_more_than_twenty_in_seven_days_are_massive(moments: list[datetime], massive: bool) -> None:
    assert is_massive(moments, NOW) is massive
