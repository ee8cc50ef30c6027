"""The forms of letters. What may be chosen is given to them: forms hold no right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from signaux_faibles.web.accompagnements.pages.forms import REQUIRED, TOO_LONG, PastDayForm
from signaux_faibles.web.courriers.models import LONGEST_SUBJECT, LONGEST_TEXT
from signaux_faibles.web.courriers.steps import LetterStepKind


class DayForm(PastDayForm):
    """The day of a step of a letter."""

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data, today=today, auto_id="courrier-%s")


class StepForm(DayForm):
    """What was sent to a director, or what came of it."""

    step = forms.ChoiceField(label="Ce qui s’est passé", error_messages={"required": REQUIRED})
    field_order = ("step", "on")

    def __init__(self, data: Any, *, steps: Sequence[LetterStepKind], today: date) -> None:
        """`steps`: those that may be noted; where there are several, none is chosen by default."""
        super().__init__(data, today=today)
        nothing = [("", "Choisir…")] if len(steps) > 1 else []
        self.fields["step"].choices = [*nothing, *((one.name, one.value) for one in steps)]  # type: ignore[attr-defined]

    def chosen(self) -> tuple[LetterStepKind, date]:
        """What was noted."""
        return LetterStepKind[self.cleaned_data["step"]], self.cleaned_data["on"]


class TemplateForm(forms.Form):
    """A new version of a template, from the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    subject = forms.CharField(label="Objet", max_length=LONGEST_SUBJECT, error_messages=TOO_LONG)
    text = forms.CharField(
        label="Texte",
        help_text="Une ligne vide sépare deux paragraphes.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 16}),
        error_messages=TOO_LONG,
    )
