"""Pages of a list of results."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.web.paging import Paging


@pytest.mark.parametrize(
    ("asked", "total", "number", "pages"),
    [
        (None, 0, 1, 1),
        ("1", 50, 1, 1),
        ("2", 51, 2, 2),
        ("9", 51, 2, 2),
        ("0", 51, 1, 2),
        ("²", 51, 1, 2),
        ("x", 51, 1, 2),
    ],
)
def test_a_page_is_opened(asked: str | None, total: int, number: int, pages: int) -> None:
    paging = Paging.of(asked, total=total, size=50)
    assert (paging.number, paging.pages) == (number, pages)


@given(asked=st.text(max_size=9), total=st.integers(0, 10_000), size=st.integers(1, 100))
def test_no_address_opens_a_page_that_is_not(asked: str, total: int, size: int) -> None:
    paging = Paging.of(asked, total=total, size=size)
    assert paging.number in paging.numbers
    assert paging.offset < max(total, 1)
    assert {paging.previous, paging.next} <= {None, *range(1, paging.pages + 1)}
