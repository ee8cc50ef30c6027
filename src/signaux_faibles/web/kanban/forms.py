"""The filters of a board, and the move of a card."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from signaux_faibles.web.accompagnements.references import ReferenceKind, offered
from signaux_faibles.web.accompagnements.states import BoardColumn, Criticite
from signaux_faibles.web.kanban.board import Region
from signaux_faibles.web.kanban.limits import HIGHEST
from signaux_faibles.web.search.text_field import SearchedTextField
from signaux_faibles.web.territory import department_choices


class BoardFilters(forms.Form):
    """Optional and cumulative."""

    text = SearchedTextField(label="Nom, siren ou siret")
    departement = forms.ChoiceField(label="Département", required=False)
    criticite = forms.ChoiceField(
        label="Criticité", required=False, choices=[("", "Toutes"), *((one.name, one.value) for one in Criticite)]
    )
    label = forms.ChoiceField(label="Étiquette", required=False)
    mine = forms.BooleanField(label="Les miens seulement", required=False)

    def __init__(self, data: Mapping[str, Any], *, region: Region, today: date) -> None:
        super().__init__(data)
        offers = offered(ReferenceKind.ETIQUETTE, today)
        departements = [("", "Tous"), *department_choices(region.departements)]
        self.fields["departement"].choices = departements  # type: ignore[attr-defined]
        self.fields["label"].choices = [("", "Toutes"), *((one, one) for one in offers)]  # type: ignore[attr-defined]


class CardMove(forms.Form):
    """The column and the card after which a card is put, and the version of it that was read."""

    column = forms.ChoiceField(choices=[(one.name, one.value) for one in BoardColumn])
    after = forms.IntegerField(required=False)
    version = forms.IntegerField()


class LimitsForm(forms.Form):
    """How many cards at most in each column; empty for no limit."""

    def __init__(self, data: Any, *, limits: Mapping[BoardColumn, int | None]) -> None:
        super().__init__(data, auto_id="limite-%s")
        for column, most in limits.items():
            self.fields[column.name] = forms.IntegerField(
                label=column.value,
                required=False,
                min_value=1,
                max_value=HIGHEST,
                initial=most,
                error_messages={
                    "invalid": "Donnez un nombre de cartes, ou rien.",
                    "min_value": "Donnez au moins 1, ou rien.",
                    "max_value": f"Au plus {HIGHEST} cartes.",
                },
            )

    def limits(self) -> dict[BoardColumn, int | None]:
        """What was typed, by column."""
        return {BoardColumn[name]: most for name, most in self.cleaned_data.items()}
