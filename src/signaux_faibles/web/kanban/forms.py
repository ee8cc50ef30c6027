"""The filters of a board, and the move of a card."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from signaux_faibles.web.accompagnements.references import Kind, offered
from signaux_faibles.web.accompagnements.states import Column, Criticite
from signaux_faibles.web.kanban.board import Region
from signaux_faibles.web.search.text_field import SearchedTextField
from signaux_faibles.web.territory import department_labels


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
        labels, offers = department_labels(), offered(Kind.ETIQUETTE, today)
        departements = [("", "Tous"), *((code, f"{code} – {labels.get(code, code)}") for code in region.departements)]
        self.fields["departement"].choices = departements  # type: ignore[attr-defined]
        self.fields["label"].choices = [("", "Toutes"), *((one, one) for one in offers)]  # type: ignore[attr-defined]


class CardMove(forms.Form):
    """The column and the card after which a card is put, and the version of it that was read."""

    column = forms.ChoiceField(choices=[(one.name, one.value) for one in Column])
    after = forms.IntegerField(required=False)
    version = forms.IntegerField()
