"""The filters of a search, as an agent chooses them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.urls import reverse_lazy

from signaux_faibles.detection.levels import LABELS, Level
from signaux_faibles.snapshot.search.facets import CompanyState, HeadcountBand, Procedure
from signaux_faibles.snapshot.search.folding import folded
from signaux_faibles.snapshot.search.places import Place, PlaceKind, gazetteer, postcode_place
from signaux_faibles.web.components.filter_form import FilterForm
from signaux_faibles.web.components.long_select import LongSelect
from signaux_faibles.web.rights.decide import ReadingVerdict

ANY_LEVEL = "toutes"
FRANCE = "france"
UNKNOWN_TOWN = "« %(value)s » n’est ni une commune, ni un code postal."
PROCEDURES = {
    Procedure.SAFEGUARD: "Sauvegarde",
    Procedure.RECEIVERSHIP: "Redressement judiciaire",
    Procedure.LIQUIDATION: "Liquidation judiciaire",
    Procedure.CRISIS_EXIT: "Traitement de sortie de crise",
}
STATES = {CompanyState.ACTIVE: "Active", CompanyState.CLOSED: "Fermée"}
_TOWN = re.compile(r"(?P<name>.*?)(?:, aujourd[’'].*?)?\s*(?:\((?P<department>\d\d[\dAB]?|2[AB])\))?")
"""A town as a page writes it: « Annecy-le-Vieux, aujourd’hui Annecy (74) »."""


@dataclass(frozen=True)
class LevelFilter:
    """Whether an agent may filter by level, and what they read beside the filter."""

    decision: ReadingVerdict
    text: str


class SearchForm(FilterForm):
    """Filters are optional and cumulative; a refused one stops the search, because a wider one would mislead."""

    departement = forms.ChoiceField(label="Département", required=False, widget=LongSelect)
    region = forms.ChoiceField(label="Région", required=False, widget=LongSelect)
    commune = forms.CharField(
        label="Commune ou code postal",
        required=False,
        max_length=100,
        widget=forms.TextInput({"data-places": reverse_lazy("search_places"), "autocomplete": "off"}),
        help_text="Anciennes communes comprises ; avec le département si plusieurs portent ce nom : Saint-Martin (65).",
    )
    size = forms.ChoiceField(
        label="Effectif de l’entreprise",
        required=False,
        widget=LongSelect,
        choices=[("", "Tous"), *((one.key, one.label) for one in HeadcountBand)],
        help_text="Dernier effectif connu, des entreprises du périmètre.",
    )
    section = forms.MultipleChoiceField(label="Secteur d’activité", required=False)
    state = forms.ChoiceField(
        label="État",
        required=False,
        widget=LongSelect,
        choices=[("", "Actives et fermées"), *((one.value, label) for one, label in STATES.items())],
    )
    procedure = forms.MultipleChoiceField(
        label="Procédure collective en cours",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(one.value, label) for one, label in PROCEDURES.items()],
    )
    level = forms.ChoiceField(
        label="Niveau d’alerte",
        required=False,
        widget=LongSelect,
        choices=[("", "Tous"), (ANY_LEVEL, "En alerte"), *((one.value, LABELS[one]) for one in Level)],
    )
    order = forms.ChoiceField(
        required=False, choices=[("", "Ma zone d’abord"), (FRANCE, "Toute la France")], widget=forms.HiddenInput
    )

    def __init__(
        self, data: Mapping[str, object], *, sections: Mapping[str, str], level: LevelFilter, procedures_unread: str
    ) -> None:
        """`procedures_unread`: what was not read, so that some procedures are missing; empty when all was."""
        super().__init__(data)
        self.level_filter = level
        all_places = gazetteer()
        for name, places in (("departement", all_places.departments), ("region", all_places.regions)):
            self._offer(name, {code: place.label for code, place in places.items()}, "Toute la France")
        self.fields["section"].choices = list(sections.items())  # type: ignore[attr-defined]
        self.fields["level"].help_text = level.text
        self.fields["procedure"].help_text = procedures_unread
        if not level.decision.allowed:
            self.fields["level"].widget.attrs["disabled"] = True

    def clean_commune(self) -> tuple[Place, ...]:
        """The towns, or the postcode, that the field names."""
        text = self.cleaned_data["commune"].strip()
        places = towns_named(text)
        if text and not places:
            raise forms.ValidationError(UNKNOWN_TOWN, params={"value": text})
        return places

    def clean_level(self) -> str:
        """The level, refused to whoever may not read levels: a filter says as much as the column."""
        level: str = self.cleaned_data["level"]
        if level and not self.level_filter.decision.allowed:
            raise forms.ValidationError(self.level_filter.text)
        return level

    @property
    def zone_first(self) -> bool:
        """Whether the companies of the agent's zone come first."""
        return self.is_valid() and self.cleaned_data["order"] != FRANCE

    @property
    def any_filter(self) -> bool:
        """Whether a filter is in use."""
        return any(self.cleaned_data.get(name) for name in self.fields if name != "order")

    def _offer(self, name: str, labels: Mapping[str, str], everything: str) -> None:
        self.fields[name].choices = [("", everything), *labels.items()]  # type: ignore[attr-defined]


def towns_named(text: str) -> tuple[Place, ...]:
    """The towns of a name, in a department if it is given in brackets, or the postcode; empty for anything else."""
    all_places = gazetteer()
    if text in all_places.postcodes:
        return (postcode_place(text),)
    read = _TOWN.fullmatch(text)
    if not read:
        return ()
    department = f"({read['department']})" if read["department"] else ""
    named = all_places.named.get(folded(read["name"]), ())
    return tuple(place for place in named if place.kind is PlaceKind.TOWN and place.label.endswith(department))
