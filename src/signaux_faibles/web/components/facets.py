"""A filter that offers choices, each with the number of companies that it would keep, where that is counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django import forms


@dataclass(frozen=True)
class Option:
    """A choice of a filter; `key` names it in the page.

    Attributes:
        companies: how many companies it would keep; None where they are too many to be counted.
    """

    key: str
    value: str
    label: str
    chosen: bool
    companies: int | None


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


def facet(form: forms.Form, name: str, counts: Counter[str] | None, always: bool = False) -> Facet:
    """A filter of a form; a choice that would keep no company is left out, unless it is selected.

    Args:
        counts: by choice, how many companies it would keep; None where they are too many to be counted.
        always: every choice is offered.
    """
    field, bound = form.fields[name], form[name]
    single = not isinstance(field, forms.MultipleChoiceField)
    asked = bound.value() or []
    made = [asked] if isinstance(asked, str) else asked
    choices: list[tuple[str, str]] = list(field.choices)  # type: ignore[attr-defined]
    every = counts is None or always
    options = tuple(
        Option(
            f"{name}-{n}",
            value,
            label,
            value in made or (not value and not made),
            None if counts is None else counts[value],
        )
        for n, (value, label) in enumerate(choices)
        if every or (counts and counts[value]) or value in made or not value
    )
    return Facet(name, str(bound.label), single, options, " ".join(map(str, bound.errors)))
