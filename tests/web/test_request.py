"""Numbers that come outside of the fields of a form: nothing that is typed there fails."""

from __future__ import annotations

import pytest

from signaux_faibles.web.request import sent_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("12", 12),
        ("٣", 3),
        ("999999999", 999_999_999),
        ("1000000000", None),
        ("9" * 5_000, None),  # beyond what `int` accepts to read
        ("-1", None),
        ("²", None),
        ("1.0", None),
        ("", None),
        ("x", None),
    ],
)
def test_a_number_that_cannot_be_kept_is_none(text: str, number: int | None) -> None:
    assert sent_number(text) == number
