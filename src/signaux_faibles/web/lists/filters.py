"""The filters of a list, as an agent types them (application §5.9)."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms

from signaux_faibles.detection.levels import Level
from signaux_faibles.snapshot.served.lists import Scope, Selection
from signaux_faibles.web.rights.agent import Agent
from signaux_faibles.web.territory import department_labels

NO_EARLIER_LIST = "Aucune liste publiée dans les dix-huit mois précédents : on ne sait pas lesquelles le sont."
SCOPES = {Scope.HEAD_OFFICE: "Siège dans ma zone", Scope.ESTABLISHMENT: "Implantations dans ma zone"}


class ListFilters(forms.Form):
    """Filters are optional and cumulative; only the departments of the zone are offered and accepted."""

    scope = forms.ChoiceField(
        label="Lien avec ma zone",
        required=False,
        choices=[(scope.value, label) for scope, label in SCOPES.items()],
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "«\u00a0%(value)s\u00a0» n’est ni le siège, ni les implantations."},
    )
    text = forms.CharField(label="Nom ou siren", required=False, max_length=100)
    departements = forms.MultipleChoiceField(
        label="Départements",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "«\u00a0%(value)s\u00a0» n’est pas un département de votre zone."},
    )
    level = forms.ChoiceField(
        label="Niveau d'alerte",
        required=False,
        choices=[("", "Tous"), *((level.value, level.label) for level in Level)],
    )
    section = forms.ChoiceField(label="Secteur d'activité", required=False)
    headcount_min = forms.IntegerField(
        label="Effectif minimal",
        required=False,
        min_value=0,
        max_value=1_000_000,
        error_messages={"invalid": "Indiquez un nombre entier de salariés."},
    )
    first_alert = forms.BooleanField(label="Premières alertes seulement", required=False)

    def __init__(
        self, data: Mapping[str, object], *, agent: Agent, sections: Mapping[str, str], first_alerts: bool
    ) -> None:
        """`first_alerts`: whether the list knows which alerts are first ones; if not, that filter is off."""
        super().__init__(data)
        self.agent = agent
        self.first_alerts_asked_in_vain = bool(data.get("first_alert")) and not first_alerts
        if not first_alerts:
            self.fields["first_alert"].disabled = True
            self.fields["first_alert"].help_text = NO_EARLIER_LIST
        labels = department_labels()
        self.fields["departements"].choices = [  # type: ignore[attr-defined]
            (code, f"{code} – {labels.get(code, code)}") for code in sorted(agent.zone)
        ]
        self.fields["section"].choices = [("", "Tous"), *sections.items()]  # type: ignore[attr-defined]

    def selection(self) -> Selection | None:
        """The selection; None when a filter is refused, because a list wider than what was asked would mislead."""
        if not self.is_valid():
            return None
        chosen = self.cleaned_data
        return Selection(
            zone=self.agent.zone,
            scope=Scope(chosen.get("scope") or Scope.HEAD_OFFICE.value),
            departements=frozenset(chosen.get("departements") or ()),
            level=Level(chosen["level"]) if chosen.get("level") else None,
            first_alert=bool(chosen.get("first_alert")),
            sections=frozenset({chosen["section"]} if chosen.get("section") else ()),
            headcount_min=chosen.get("headcount_min"),
            text=chosen.get("text", ""),
        )

    @property
    def refusal(self) -> str:
        """Which filters are refused, and why; each field says it too."""
        return " ".join(f"{self[name].label} : {' '.join(map(str, errors))}" for name, errors in self.errors.items())
