"""The forms of campagnes. What may be chosen is given to them: forms hold no right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from signaux_faibles.web.accompagnements.pages.forms import REQUIRED, TOO_LONG
from signaux_faibles.web.accompagnements.texts import read_by_many
from signaux_faibles.web.campagnes.models import LONGEST_NOTE
from signaux_faibles.web.campagnes.running import MOST_COMPANIES
from signaux_faibles.web.campagnes.standing import ActKind, ContactOutcome
from signaux_faibles.web.campagnes.taking import CallReport
from signaux_faibles.web.seances.forms import CompaniesForm

OPEN_TO_NETWORK = "Ce texte est lu de tout le réseau CODEFI du département : n’y nommez pas une procédure amiable."
POSTPONED, LEFT_OUT, GIVEN_BACK = "REPORTER", "ECARTER", "RENDRE"
ANSWERS = [
    ("", "—"),
    *((one.name, f"Contactée : {one.value}") for one in ContactOutcome),
    (POSTPONED, "Reporter jusqu’au"),
    (LEFT_OUT, "Écarter jusqu’à nouvel ordre"),
    (GIVEN_BACK, "La rendre : un collègue s’en chargera"),
]


class CampagneForm(CompaniesForm):
    """A new campagne: its department, its title, the companies to call."""

    departement = forms.ChoiceField(label="Département")
    title = forms.CharField(
        label="Intitulé",
        help_text="Par exemple « Métallurgie, novembre 2026 ». Lu de tout le réseau CODEFI du département.",
        max_length=200,
        error_messages=TOO_LONG,
    )
    capacity = forms.IntegerField(
        label="Nombre d’entreprises que l’équipe peut appeler",
        help_text="Facultatif : seules les premières du texte collé sont gardées, à concurrence de ce nombre.",
        required=False,
        min_value=1,
        max_value=MOST_COMPANIES,
        error_messages={
            "invalid": "Ce n’est pas un nombre entier.",
            "min_value": "Donnez un nombre d’au moins 1.",
            "max_value": f"Une campagne compte au plus {MOST_COMPANIES} entreprises.",
        },
    )
    carry = forms.BooleanField(
        label="Reprendre aussi les entreprises reportées des campagnes précédentes du département", required=False
    )
    field_order: tuple[str, ...] = ("departement", "title", "identifiers", "capacity", "carry")

    def __init__(self, data: Any, *, departements: Sequence[tuple[str, str]]) -> None:
        """`departements`: those that are offered, code and label."""
        super().__init__(data)
        self.fields["departement"].choices = departements  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        """Refuse a title that names a confidential procedure to the network."""
        return read_by_many(self.cleaned_data["title"], OPEN_TO_NETWORK)


class AnswerForm(forms.Form):
    """What came of a company that the agent holds."""

    answer = forms.ChoiceField(label="Résultat", choices=ANSWERS, error_messages={"required": REQUIRED})
    until = forms.DateField(
        label="Reporter jusqu’au",
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        error_messages={"invalid": "Ce n’est pas une date."},
    )
    note = forms.CharField(
        label="Note",
        help_text="Lue du réseau CODEFI du département.",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 2}),
        error_messages=TOO_LONG,
    )

    def __init__(self, data: Any, *, today: date, auto_id: str) -> None:
        """`today`: postponements are to a later day."""
        super().__init__(data, auto_id=auto_id)
        self.today = today

    def clean_note(self) -> str:
        """Refuse a note that names a confidential procedure to the network."""
        return read_by_many(self.cleaned_data["note"], OPEN_TO_NETWORK)

    def clean(self) -> dict[str, Any]:
        """Ask a postponement for its day, to come."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("answer") == POSTPONED and "until" not in self.errors:
            until = cleaned.get("until")
            if until is None:
                self.add_error("until", "Donnez le jour où l’entreprise sera de nouveau à contacter.")
            elif until <= self.today:
                self.add_error("until", "Donnez un jour à venir.")
        return cleaned

    def report(self) -> CallReport:
        """What was said; a day is kept for a postponement alone."""
        chosen, note = self.cleaned_data["answer"], self.cleaned_data["note"]
        if chosen == POSTPONED:
            return CallReport(ActKind.POSTPONE, until=self.cleaned_data["until"], note=note)
        if chosen in (LEFT_OUT, GIVEN_BACK):
            return CallReport(ActKind.POSTPONE if chosen == LEFT_OUT else ActKind.RELEASE, note=note)
        return CallReport(ActKind.OUTCOME, ContactOutcome[chosen], note=note)
