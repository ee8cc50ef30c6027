"""The form that asks why an agent unlocks a company."""

from __future__ import annotations

from typing import Any

from django import forms

from signaux_faibles.web.rights.unlocks import Motive, needs_text
from signaux_faibles.web.unlocking.models import LONGEST_TEXT, MOTIVES


class UnlockForm(forms.Form):
    """A motive, and a sentence where the motive alone says too little."""

    motive = forms.ChoiceField(
        label="Motif",
        choices=[("", "Choisissez un motif"), *MOTIVES],
        error_messages={
            "required": "Choisissez un motif.",
            "invalid_choice": "«\u00a0%(value)s\u00a0» n’est pas un motif.",
        },
    )
    text = forms.CharField(
        label="Précision",
        help_text="Obligatoire pour « Autre ». Elle est conservée avec votre nom.",
        required=False,
        max_length=LONGEST_TEXT,
        error_messages={"max_length": f"Au plus {LONGEST_TEXT} signes : le texte en a %(show_value)s."},
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a motive that says nothing."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        motive = cleaned.get("motive")
        if motive and needs_text(Motive[motive]) and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", "Dites en une phrase pourquoi vous ouvrez ces données.")
        return cleaned
