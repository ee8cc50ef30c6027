"""A form of filters, whose refusals a page says above its results as well as beside each field."""

from __future__ import annotations

from django import forms


class FilterForm(forms.Form):
    """The filters of a page."""

    @property
    def refusal(self) -> str:
        """Which filters are refused, and why; each field says it too."""
        return " ".join(f"{self[name].label} : {' '.join(map(str, errors))}" for name, errors in self.errors.items())
