"""The filters of a list, as an agent types them (application §5.9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from signaux_faibles.detection.levels import Level
from signaux_faibles.detection.lists.eligibility import K
from signaux_faibles.snapshot.served.lists import Scope
from signaux_faibles.sources.families import Family
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.lists.capacity import FAMILIES, ORDERS, Capacity, CapacityOrder
from signaux_faibles.web.lists.selection import (
    PROCEDURE_STATES,
    WORK_FILTERS,
    Criteria,
    ProcedureState,
    WorkFilter,
    created_until,
)
from signaux_faibles.web.rights.decide import Decision
from signaux_faibles.web.search.text_field import SearchedTextField
from signaux_faibles.web.territory import department_labels

NO_EARLIER_LIST = "Aucune liste publiée dans les dix-huit mois précédents : on ne sait pas lesquelles le sont."
SCOPES = {Scope.HEAD_OFFICE: "Siège dans ma zone", Scope.ESTABLISHMENT: "Implantations dans ma zone"}
NOT_ORDERED = "Cette liste n’a pas été classée pour une capacité."
OF_DEBTS = ("debt_min", "no_plan")
"""The filters that read what a company owes Urssaf."""
FACETS = ("work", "level", "procedure", "departements", "section", "legal_form")
"""The filters that show how many companies each choice would keep."""


@dataclass(frozen=True)
class Known:
    """What a list may be filtered by: sections and legal forms of the perimeter, and whether first alerts are known."""

    sections: Mapping[str, str]
    legal_forms: tuple[str, ...]
    first_alerts: bool
    month: date
    ordered: bool = False
    """Whether the list holds the orders that a capacity cuts."""


@dataclass(frozen=True)
class Option:
    """A choice of a filter, with the number of companies that it would keep; `key` names it in the page."""

    key: str
    value: str
    label: str
    chosen: bool
    companies: int


@dataclass(frozen=True)
class Facet:
    """A filter with its choices; `single` when one excludes the others."""

    name: str
    label: str
    single: bool
    options: tuple[Option, ...]
    error: str

    @property
    def chosen(self) -> int:
        """How many choices are made."""
        return sum(option.chosen and bool(option.value) for option in self.options)


def _choices(label: str, refused: str = "") -> forms.MultipleChoiceField:
    messages = {"invalid_choice": refused} if refused else {}
    return forms.MultipleChoiceField(label=label, required=False, error_messages=messages)


class ListFilters(forms.Form):
    """Filters are optional and cumulative; only the departments of the zone are offered and accepted."""

    scope = forms.ChoiceField(
        label="Lien avec ma zone",
        required=False,
        choices=[(scope.value, label) for scope, label in SCOPES.items()],
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "«\u00a0%(value)s\u00a0» n’est ni le siège, ni les implantations."},
    )
    text = SearchedTextField(label="Nom ou siren")
    level = forms.ChoiceField(
        label="Niveau d’alerte",
        required=False,
        choices=[("", "Tous"), *((level.value, level.label) for level in Level)],
    )
    procedure = forms.ChoiceField(
        label="Procédure collective", required=False, choices=[("", "Toutes"), *PROCEDURE_STATES.items()]
    )
    work = forms.ChoiceField(label="Travail", required=False, choices=list(WORK_FILTERS.items()))
    departements = _choices("Départements", "«\u00a0%(value)s\u00a0» n’est pas un département de votre zone.")
    section = _choices("Secteur d’activité")
    legal_form = _choices("Forme juridique")
    headcount_min = forms.IntegerField(
        label="Effectif minimal",
        required=False,
        min_value=0,
        max_value=1_000_000,
        error_messages={"invalid": "Indiquez un nombre entier de salariés."},
    )
    debt_min = forms.IntegerField(
        label="Dette sociale minimale, en euros",
        required=False,
        min_value=0,
        max_value=1_000_000_000,
        error_messages={"invalid": "Indiquez un nombre entier d’euros."},
    )
    capacity_order = forms.ChoiceField(
        label="Liste retraitée",
        required=False,
        choices=[("", "Non"), *((order.value, label) for order, label in ORDERS.items())],
        help_text="Premières alertes sans délai en cours, d’entreprises de plus de 3 ans, dans l’ordre des appels.",
    )
    capacity = forms.IntegerField(
        label=f"Nombre d’entreprises de la liste retraitée, par département ({K} sinon)",
        required=False,
        min_value=1,
        max_value=100_000,
        error_messages={"invalid": "Indiquez un nombre entier d’entreprises."},
    )
    capacity_overall = forms.BooleanField(label="Ce nombre est pour toute ma zone", required=False)
    first_alert = forms.BooleanField(label="Premières alertes seulement", required=False)
    not_recent = forms.BooleanField(label="Sans les entreprises de moins de 3 ans", required=False)
    no_plan = forms.BooleanField(label="Sans délai de paiement en cours", required=False)
    mine = forms.BooleanField(label="Affectées à moi", required=False)
    closed = forms.BooleanField(label="Montrer aussi les entreprises fermées", required=False)

    def __init__(
        self, data: Mapping[str, object], *, reader: Reader, known: Known, ask: Callable[[Family], Decision]
    ) -> None:
        """`ask`: whether the agent may read a family at all, as a filter on it needs."""
        super().__init__(data)
        self.agent, self.account_id = reader.agent, int(reader.account.pk)
        self.known, self.debts = known, ask(Family.URSSAF)
        self.first_alerts_asked_in_vain = bool(data.get("first_alert")) and not known.first_alerts
        if not known.first_alerts:
            self.fields["first_alert"].disabled = True
            self.fields["first_alert"].help_text = NO_EARLIER_LIST
        self._ask = ask
        if not known.ordered:
            self.fields["capacity_order"].disabled = True
            self.fields["capacity_order"].help_text = NOT_ORDERED
        labels = department_labels()
        self._offer("departements", {code: f"{code} – {labels.get(code, code)}" for code in sorted(self.agent.zone)})
        self._offer("section", known.sections)
        self._offer("legal_form", {form: form for form in known.legal_forms})

    def clean(self) -> dict[str, Any]:
        """Refuse a filter on what the agent may not read, because its counts would give the values away."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in OF_DEBTS:
            if not self.debts.allowed and _is_set(cleaned.get(name)):
                self.add_error(
                    name, f"Ce filtre lit les dettes, qui vous sont confidentielles. {self.debts.reason.value}"
                )
        order = cleaned.get("capacity_order")
        refused = [self._ask(family) for family in FAMILIES[CapacityOrder(order)]] if order else []
        why = next((decision.reason.value for decision in refused if not decision.allowed), "")
        if why:
            self.add_error("capacity_order", f"Cet ordre lit des données qui vous sont confidentielles. {why}")
        return cleaned

    def criteria(self) -> Criteria | None:
        """The criteria; None when a filter is refused, because a list wider than what was asked would mislead."""
        if not self.is_valid():
            return None
        chosen = self.cleaned_data
        return Criteria(
            zone=self.agent.zone,
            scope=Scope(chosen["scope"] or Scope.HEAD_OFFICE.value),
            text=chosen["text"].strip(),
            departements=frozenset(chosen["departements"]),
            level=Level(chosen["level"]) if chosen["level"] else None,
            first_alert=chosen["first_alert"],
            headcount_min=chosen["headcount_min"],
            sections=frozenset(chosen["section"]),
            legal_forms=frozenset(chosen["legal_form"]),
            procedure=ProcedureState(chosen["procedure"]) if chosen["procedure"] else None,
            created_until=created_until(self.known.month) if chosen["not_recent"] else None,
            debt_min=chosen["debt_min"],
            no_plan=chosen["no_plan"],
            closed=chosen["closed"],
            work=WorkFilter(chosen["work"]),
            assigned_to=self.account_id if chosen["mine"] else 0,
            capacity=self._capacity(),
        )

    def orders(self) -> tuple[tuple[str, str], ...]:
        """The orders of a capacity that the agent may ask for, with their labels; none where the list holds none."""
        if not self.known.ordered:
            return ()
        return tuple(
            (order.value, label)
            for order, label in ORDERS.items()
            if all(self._ask(family).allowed for family in FAMILIES[order])
        )

    def _capacity(self) -> Capacity | None:
        chosen = self.cleaned_data
        if not chosen["capacity_order"]:
            return None
        order = CapacityOrder(chosen["capacity_order"])
        return Capacity(order, chosen["capacity"] or K, chosen["capacity_overall"])

    def said(self) -> list[tuple[str, str]]:
        """The filters in use, in words: their labels and what was chosen."""
        names = [name for name in self.fields if _is_set(self.cleaned_data.get(name))]
        return [(str(self[name].label), self._words(name)) for name in names]

    def facets(self, counts: Mapping[str, Counter[str]]) -> tuple[Facet, ...]:
        """The filters that offer choices; a choice that would keep no company is left out, unless it is made."""
        return tuple(self._facet(name, counts.get(name, Counter())) for name in FACETS)

    @property
    def in_use(self) -> int:
        """How many filters are set, without the switch of the zone."""
        names = set(self.fields) - {"scope"}
        return sum(_is_set(self.cleaned_data.get(name)) for name in names)

    @property
    def refusal(self) -> str:
        """Which filters are refused, and why; each field says it too."""
        return " ".join(f"{self[name].label} : {' '.join(map(str, errors))}" for name, errors in self.errors.items())

    def _offer(self, name: str, choices: Mapping[str, str]) -> None:
        self.fields[name].choices = list(choices.items())  # type: ignore[attr-defined]

    def _words(self, name: str) -> str:
        value = self.cleaned_data[name]
        if value is True:
            return "oui"
        labels = dict(getattr(self.fields[name], "choices", ()))
        values = value if isinstance(value, list) else [value]
        return ", ".join(str(labels.get(one, one)) for one in values)

    def _facet(self, name: str, counts: Counter[str]) -> Facet:
        single = isinstance(self.fields[name], forms.ChoiceField) and not isinstance(
            self.fields[name], forms.MultipleChoiceField
        )
        asked = self[name].value() or []
        made = [asked] if isinstance(asked, str) else asked
        choices: list[tuple[str, str]] = list(self.fields[name].choices)  # type: ignore[attr-defined]
        options = tuple(
            Option(f"{name}-{n}", value, label, value in made or (not value and not made), counts[value])
            for n, (value, label) in enumerate(choices)
            if counts[value] or value in made or not value or name == "departements"
        )
        return Facet(name, str(self[name].label), single, options, " ".join(map(str, self[name].errors)))


def _is_set(value: object) -> bool:
    """Whether a filter keeps something out; a minimum of zero is one."""
    return value is not None and value is not False and value not in ("", [])
