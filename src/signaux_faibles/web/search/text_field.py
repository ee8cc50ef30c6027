"""The field of a form in which a company is named, searched as in the whole register."""

from __future__ import annotations

from django import forms

from signaux_faibles.snapshot.search.reading import LONGEST_TEXT, SearchRefused, reading


class SearchedTextField(forms.CharField):
    """A name, a siren or a siret; a text that the search would refuse is refused with its reason."""

    def __init__(self, *, label: str) -> None:
        super().__init__(label=label, required=False, max_length=LONGEST_TEXT)

    def clean(self, value: object) -> str:
        """The text to search."""
        text: str = super().clean(value)
        try:
            reading(text)
        except SearchRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return text
