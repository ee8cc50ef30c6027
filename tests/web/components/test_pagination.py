"""Pages of a list of results: which one an address opens, and the links to the others."""

from __future__ import annotations

import re

import pytest
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

SIZE = 50


def links(asked: str | None, total: int, address: str = "/listes?niveau=elevee") -> str:
    paging = Paginator(range(total), SIZE).get_page(asked)
    context = RequestContext(RequestFactory().get(address), {"paging": paging})
    return Template("{% pagination paging %}").render(context)


def numbers(page: str) -> list[str]:
    return re.findall(r"<(?:a|span) class=\"fr-pagination__link\"[^>]*>([^<]+)<", page)


@pytest.mark.parametrize(
    ("asked", "total", "number"),
    [
        (None, 0, 1),
        ("1", 50, 1),
        ("2", 51, 2),
        ("9", 51, 2),
        ("0", 51, 2),
        ("²", 51, 1),
        ("x", 51, 1),
        ("9" * 5000, 51, 1),
    ],
)
def test_a_page_is_opened(asked: str | None, total: int, number: int) -> None:
    assert Paginator(range(total), SIZE).get_page(asked).number == number


@given(asked=st.text(max_size=9) | st.integers().map(str), total=st.integers(0, 10_000))
def test_no_address_opens_a_page_that_is_not(asked: str, total: int) -> None:
    paging = Paginator(range(total), SIZE).get_page(asked)
    assert 1 <= paging.number <= paging.paginator.num_pages
    assert list(paging) == list(range(total))[(paging.number - 1) * SIZE :][:SIZE]


@pytest.mark.parametrize(
    ("asked", "total", "expected"),
    [
        ("1", SIZE, []),
        ("1", 3 * SIZE, ["1", "2", "3"]),
        ("1", 20 * SIZE, ["1", "2", "3", "…", "20"]),
        ("10", 20 * SIZE, ["1", "…", "8", "9", "10", "11", "12", "…", "20"]),
        ("20", 20 * SIZE, ["1", "…", "18", "19", "20"]),
    ],
)
def test_the_first_the_last_and_the_nearest_pages_are_offered(asked: str, total: int, expected: list[str]) -> None:
    assert numbers(links(asked, total)) == expected


def test_links_keep_the_filters_and_the_ends_lead_nowhere() -> None:
    first, last = links("1", 3 * SIZE), links("3", 3 * SIZE)
    assert "?niveau=elevee&amp;page=2" in first
    assert 'aria-disabled="true" role="link">Page précédente' in first
    assert 'aria-disabled="true" role="link">Page suivante' in last
    assert last.count('aria-current="page"') == 1
