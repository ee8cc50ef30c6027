"""A long select is the element that Django writes, without its spaces."""

from __future__ import annotations

import pytest
from django import forms

from signaux_faibles.web.components.long_select import LongSelect

CHOICES = [("", "Tous"), ("2A", "Corse-du-Sud (2A)"), ("87", '<Haute-Vienne> & "87"')]


@pytest.mark.parametrize("value", ["", "87", "2A", None, "absent"])
@pytest.mark.parametrize("attrs", [{}, {"id": "id_place", "disabled": True, "aria-describedby": "a"}])
def test_it_is_what_django_writes(value: str | None, attrs: dict[str, str | bool]) -> None:
    ours = LongSelect(choices=CHOICES).render("place", value, attrs)
    django = forms.Select(choices=CHOICES).render("place", value, attrs)
    assert tags(ours) == tags(django)


def tags(html: str) -> list[tuple[str, ...]]:
    """The words of each tag in order, and the text after it, whatever the order of attributes."""
    return [tuple(sorted(part.strip().replace(">", " > ").split())) for part in html.split("<") if part.strip()]
