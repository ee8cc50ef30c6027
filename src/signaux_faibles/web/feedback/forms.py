"""The forms of votes and disputes."""

from __future__ import annotations

from typing import Any

from django import forms

from signaux_faibles.web.feedback.models import LONGEST_TEXT
from signaux_faibles.web.feedback.reasons import UselessReason
from signaux_faibles.web.feedback.subjects import Subject

TOO_LONG = {"max_length": f"Au plus {LONGEST_TEXT} signes : le texte en a %(show_value)s."}
USEFUL, USELESS = "utile", "inutile"


class VoteForm(forms.Form):
    """A vote that a detection was useless gives a reason at least."""

    opinion = forms.ChoiceField(
        choices=[(USEFUL, "Détection utile"), (USELESS, "Détection inutile")],
        error_messages={"required": "Dites si la détection vous est utile.", "invalid_choice": "Avis inconnu."},
    )
    reasons = forms.MultipleChoiceField(
        label="Pourquoi est-elle inutile ?",
        required=False,
        choices=[(reason.name, reason.value) for reason in UselessReason],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "«\u00a0%(value)s\u00a0» n’est pas une raison."},
    )
    text = forms.CharField(
        label="Précision (facultatif)", required=False, max_length=LONGEST_TEXT, error_messages=TOO_LONG
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason, and drop the reasons where the detection was useful."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("opinion") == USEFUL:
            cleaned["reasons"] = []
        elif cleaned.get("opinion") and not cleaned.get("reasons") and "reasons" not in self.errors:
            self.add_error("reasons", "Choisissez au moins une raison.")
        return cleaned


class DisputeForm(forms.Form):
    """What is wrong, of one of the subjects that the agent may read."""

    subject = forms.ChoiceField(
        label="Ce qui est faux",
        error_messages={
            "required": "Choisissez ce qui est faux.",
            "invalid_choice": "Ce sujet n’existe pas, ou ne vous est pas ouvert.",
        },
    )
    text = forms.CharField(
        label="Votre constat",
        help_text="Ce qui est affiché, ce qui est vrai, et comment vous le savez.",
        max_length=LONGEST_TEXT,
        error_messages={"required": "Dites ce qui est faux.", **TOO_LONG},
    )

    def __init__(self, data: Any, *, subjects: tuple[Subject, ...], prefix: str = "") -> None:
        """`subjects`: those of the section that the agent may read; one alone needs no choice."""
        super().__init__(data, auto_id=f"signaler-{prefix}-%s" if prefix else "signaler-%s")
        choices = [(subject.name, subject.value.label) for subject in subjects]
        field = self.fields["subject"]
        field.choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            field.widget, self.initial["subject"] = forms.HiddenInput(), choices[0][0]
