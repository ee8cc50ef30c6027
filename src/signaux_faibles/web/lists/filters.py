"""The filters of a list, as an agent types them (application §5.9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from signaux_faibles.detection.levels import Level
from signaux_faibles.detection.lists.eligibility import K
from signaux_faibles.snapshot.served.lists import Scope
from signaux_faibles.sources.families import Family
from signaux_faibles.web.components.filter_form import FilterForm
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.lists.capacity import FAMILIES, ORDERS, Capacity, CapacityOrder
from signaux_faibles.web.lists.held.procedures import PROCEDURES
from signaux_faibles.web.lists.selection import WORK_FILTERS, Criteria, WorkFilter, created_until
from signaux_faibles.web.rights.decide import ReadingVerdict
from signaux_faibles.web.search.text_field import SearchedTextField
from signaux_faibles.web.territory import department_choices
from signaux_faibles.wording.french import number

NO_EARLIER_LIST = "Aucune liste publiée dans les dix-huit mois précédents : on ne sait pas lesquelles le sont."
SCOPES = {Scope.HEAD_OFFICE: "Siège dans ma zone", Scope.ESTABLISHMENT: "Implantations dans ma zone"}
NOT_ORDERED = "Cette liste n’a pas été classée pour une capacité."
BOUNDS = (("headcount_min", "headcount_max"), ("turnover_min", "turnover_max"))
CROSSED = "Le maximum est inférieur au minimum : aucune entreprise ne peut répondre."
OF_DEBTS = ("debt_min", "no_plan")
"""The filters that read what a company owes Urssaf."""
OF_ORDERED = ("capacity", "capacity_overall")
"""The filters that only complete `capacity_order`."""


@dataclass(frozen=True)
class FilterChoices:
    """What a list may be filtered by: sections and legal forms of the perimeter, and whether first alerts are known."""

    sections: Mapping[str, str]
    legal_forms: tuple[str, ...]
    first_alerts: bool
    month: date
    ordered: bool = False
    """Whether the list holds the orders that a capacity cuts."""


def _choices(label: str, refused: str = "") -> forms.MultipleChoiceField:
    messages = {"invalid_choice": refused} if refused else {}
    return forms.MultipleChoiceField(label=label, required=False, error_messages=messages)


def _number(label: str, of: str, most: int = 1_000_000) -> forms.IntegerField:
    messages = {
        "invalid": f"Indiquez un nombre entier {of}.",
        "min_value": "Indiquez zéro ou plus.",
        "max_value": f"Indiquez au plus {number(most)}.",
    }
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most, error_messages=messages)


class ListFilters(FilterForm):
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
    procedure = forms.MultipleChoiceField(
        label="Procédure collective", required=False, choices=list(PROCEDURES.items())
    )
    work = forms.ChoiceField(label="Travail", required=False, choices=list(WORK_FILTERS.items()))
    departements = _choices("Départements", "«\u00a0%(value)s\u00a0» n’est pas un département de votre zone.")
    section = _choices("Secteur d’activité")
    legal_form = _choices("Forme juridique")
    headcount_min = _number("Effectif minimal", "de salariés")
    headcount_max = _number("Effectif maximal", "de salariés")
    turnover_min = _number("Chiffre d’affaires minimal, en k€", "de milliers d’euros", 1_000_000_000)
    turnover_max = _number("Chiffre d’affaires maximal, en k€", "de milliers d’euros", 1_000_000_000)
    debt_min = _number("Dette sociale minimale, en euros", "d’euros", 1_000_000_000)
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
        error_messages={
            "invalid": "Indiquez un nombre entier d’entreprises.",
            "min_value": "Indiquez au moins 1 entreprise.",
            "max_value": f"Indiquez au plus {number(100_000)} entreprises.",
        },
    )
    capacity_overall = forms.BooleanField(label="Ce nombre est pour toute ma zone", required=False)
    first_alert = forms.BooleanField(label="Premières alertes seulement", required=False)
    not_recent = forms.BooleanField(label="Sans les entreprises de moins de 3 ans", required=False)
    no_plan = forms.BooleanField(label="Sans délai de paiement en cours", required=False)
    not_followed = forms.BooleanField(label="Sans les entreprises accompagnées", required=False)
    mine = forms.BooleanField(label="Affectées à moi", required=False)
    closed = forms.BooleanField(label="Montrer aussi les entreprises fermées", required=False)

    def __init__(
        self,
        data: Mapping[str, object],
        *,
        reader: Reader,
        choices: FilterChoices,
        ask: Callable[[Family], ReadingVerdict],
    ) -> None:
        """`ask`: whether the agent may read a family at all, as a filter on it needs."""
        super().__init__(data)
        self.agent, self.account_id = reader.agent, int(reader.account.pk)
        self.known, self.debts = choices, ask(Family.URSSAF)
        self.first_alerts_asked_in_vain = bool(data.get("first_alert")) and not choices.first_alerts
        if not choices.first_alerts:
            self.fields["first_alert"].disabled = True
            self.fields["first_alert"].help_text = NO_EARLIER_LIST
        self._ask = ask
        if not choices.ordered:
            self.fields["capacity_order"].disabled = True
            self.fields["capacity_order"].help_text = NOT_ORDERED
        self._offer("departements", dict(department_choices(self.agent.zone)))
        self._offer("section", choices.sections)
        self._offer("legal_form", {form: form for form in choices.legal_forms})

    def clean(self) -> dict[str, Any]:
        """Refuse bounds that cross, and a filter on what the agent may not read: its counts would give it away."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in OF_DEBTS:
            if not self.debts.allowed and _is_set(cleaned.get(name)):
                self.add_error(name, f"Ce filtre lit les dettes, qui vous sont confidentielles. {self.debts.why.value}")
        for least, most in BOUNDS:
            low, high = cleaned.get(least), cleaned.get(most)
            if low is not None and high is not None and low > high:
                self.add_error(most, CROSSED)
        order = cleaned.get("capacity_order")
        refused = [self._ask(family) for family in FAMILIES[CapacityOrder(order)]] if order else []
        why = next((decision.why.value for decision in refused if not decision.allowed), "")
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
            scope=self.tie,
            text=chosen["text"].strip(),
            departements=frozenset(chosen["departements"]),
            level=Level(chosen["level"]) if chosen["level"] else None,
            first_alert=chosen["first_alert"],
            headcount_min=chosen["headcount_min"],
            headcount_max=chosen["headcount_max"],
            turnover_min=_thousands(chosen["turnover_min"]),
            turnover_max=_thousands(chosen["turnover_max"]),
            sections=frozenset(chosen["section"]),
            legal_forms=frozenset(chosen["legal_form"]),
            procedures=frozenset(chosen["procedure"]),
            created_until=created_until(self.known.month) if chosen["not_recent"] else None,
            debt_min=chosen["debt_min"],
            no_plan=chosen["no_plan"],
            not_followed=chosen["not_followed"],
            closed=chosen["closed"],
            work=WorkFilter(chosen["work"]),
            assigned_to=self.account_id if chosen["mine"] else 0,
            capacity=self._capacity(),
        )

    @property
    def tie(self) -> Scope:
        """What ties the companies of the list to the zone, once the form is valid."""
        return Scope(self.cleaned_data["scope"] or Scope.HEAD_OFFICE.value)

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
        """What ties the companies to the zone, then the filters in use: their labels and what was chosen, in words."""
        return [
            (str(self["scope"].label), SCOPES[self.tie]),
            *((str(self[name].label), self._words(name)) for name in self._names_in_use()),
        ]

    @property
    def in_use(self) -> list[str]:
        """The filters that are set, in words, without the switch of the zone: « Niveau d’alerte : Alerte élevée »."""
        return [
            str(self[name].label) if self.cleaned_data[name] is True else f"{self[name].label} : {self._words(name)}"
            for name in self._names_in_use()
        ]

    def _offer(self, name: str, choices: Mapping[str, str]) -> None:
        self.fields[name].choices = list(choices.items())  # type: ignore[attr-defined]

    def _names_in_use(self) -> list[str]:
        """The names of the filters that are set; a number of companies cuts no list that is not ordered for it."""
        idle = {"scope"} if self.cleaned_data["capacity_order"] else {"scope", *OF_ORDERED}
        return [name for name in self.fields if name not in idle and _is_set(self.cleaned_data.get(name))]

    def _words(self, name: str) -> str:
        value = self.cleaned_data[name]
        if value is True:
            return "oui"
        labels = dict(getattr(self.fields[name], "choices", ()))
        values = value if isinstance(value, list) else [value]
        return ", ".join(str(labels.get(one, one)) for one in values)


def _is_set(value: object) -> bool:
    """Whether a filter keeps something out; a minimum of zero is one."""
    return value is not None and value is not False and value not in ("", [])


def _thousands(value: int | None) -> int | None:
    return None if value is None else 1_000 * value
