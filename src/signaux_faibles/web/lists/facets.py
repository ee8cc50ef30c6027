"""The filters of a list that offer choices, each with the number of companies that it would keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django import forms

FACETS = ("work", "level", "procedure", "departements", "section", "legal_form")
"""The filters that show how many companies each choice would keep."""


@dataclass(frozen=True)
class Option:
    """A choice of a filter, with the number of companies that it would keep; `key` names it in the page."""

    key: str
    value: str
    label: str
    chosen: bool
    companies: int


@dataclass(frozen=True)
class Facet:
    """A filter with its choices; `single` when one excludes the others."""

    name: str
    label: str
    single: bool
    options: tuple[Option, ...]
    error: str

    @property
    def chosen(self) -> int:
        """How many choices are made."""
        return sum(option.chosen and bool(option.value) for option in self.options)


def facets(form: forms.Form, counts: Mapping[str, Counter[str]]) -> tuple[Facet, ...]:
    """The filters that offer choices; a choice that would keep no company is left out, unless it is made."""
    return tuple(_facet(form, name, counts.get(name, Counter())) for name in FACETS)


def _facet(form: forms.Form, name: str, counts: Counter[str]) -> Facet:
    field, bound = form.fields[name], form[name]
    single = not isinstance(field, forms.MultipleChoiceField)
    asked = bound.value() or []
    made = [asked] if isinstance(asked, str) else asked
    choices: list[tuple[str, str]] = list(field.choices)  # type: ignore[attr-defined]
    options = tuple(
        Option(f"{name}-{n}", value, label, value in made or (not value and not made), counts[value])
        for n, (value, label) in enumerate(choices)
        if counts[value] or value in made or not value or name == "departements"
    )
    return Facet(name, str(bound.label), single, options, " ".join(map(str, bound.errors)))
