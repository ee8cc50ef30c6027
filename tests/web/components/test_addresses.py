"""Addresses are those that Django writes."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, set_script_prefix

CASES = {
    "{% url 'home' %}": "/",
    "{% url 'company' siren %}": "/entreprises/811111111",
    "{% url 'alert_list' 3 %}": "/listes/3",
    "{% url 'alert_list' number=3 %}": "/listes/3",
    "{% url 'company' odd %}": "/entreprises/%3Cb%3E&amp;",
    "{% autoescape off %}{% url 'company' odd %}{% endautoescape %}": "/entreprises/%3Cb%3E&",
    "{% url 'company' siren as kept %}[{{ kept }}]": "[/entreprises/811111111]",
    "{% url 'nothing' as kept %}[{{ kept }}]": "[]",
}


@pytest.mark.parametrize(("text", "address"), CASES.items(), ids=CASES)
def test_an_address(text: str, address: str) -> None:
    for _ in range(2):
        assert Template(text).render(Context({"siren": "811111111", "odd": "<b>&"})) == address


def test_a_view_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(NoReverseMatch):
        Template("{% url 'nothing' %}").render(Context())


def test_the_prefix_of_the_server_counts() -> None:
    page = Template("{% url 'home' %}")
    assert page.render(Context()) == "/"
    set_script_prefix("/signaux/")
    try:
        assert page.render(Context()) == "/signaux/"
    finally:
        set_script_prefix("/")
