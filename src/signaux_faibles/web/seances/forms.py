"""The forms of séances. What may be chosen is given to them: forms hold no right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from signaux_faibles.web.accompagnements.pages.forms import REQUIRED, TOO_LONG
from signaux_faibles.web.accompagnements.states import Outcome
from signaux_faibles.web.accompagnements.texts import read_by_many
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.seances.deciding import Choice
from signaux_faibles.web.seances.identifiers import pasted
from signaux_faibles.web.seances.kinds import DecisionKind
from signaux_faibles.web.seances.models import LONGEST_DECISION
from signaux_faibles.web.seances.preparing import SEGMENTS, Terms

OPEN_TO_MEMBERS = "Ce texte est lu de tous les membres de la séance : n’y nommez pas une procédure amiable."
NOT_A_DAY = {"required": REQUIRED, "invalid": "Ce n’est pas une date."}


def _day(**kwargs: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), error_messages=NOT_A_DAY, **kwargs)


class SeanceForm(forms.Form):
    """The day and the title of a séance, and its department while it is new."""

    departement = forms.ChoiceField(label="Département")
    on = _day(label="Date")
    title = forms.CharField(
        label="Intitulé",
        help_text="Par exemple « CODEFI restreint » ou « Cellule de veille ».",
        max_length=200,
        error_messages=TOO_LONG,
    )

    def __init__(self, data: Any, *, departements: Sequence[tuple[str, str]], today: date, initial: Any = None) -> None:
        """`departements`: those that are offered, code and label; none for a séance that has one already."""
        super().__init__(data, initial=initial)
        self.today = today
        if departements:
            self.fields["departement"].choices = departements  # type: ignore[attr-defined]
        else:
            del self.fields["departement"]

    def clean_title(self) -> str:
        """Refuse a title that names a confidential procedure to every member."""
        return read_by_many(self.cleaned_data["title"], OPEN_TO_MEMBERS)

    def clean_on(self) -> date:
        """Refuse a day that is past."""
        on: date = self.cleaned_data["on"]
        if on < self.today:
            raise forms.ValidationError("Ce jour est passé.")
        return on


class TermsForm(SeanceForm):
    """What may change while a séance is prepared: its day, its title, its members."""

    members = forms.TypedMultipleChoiceField(
        label="Membres", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    email = forms.EmailField(
        label="Ajouter un membre d’une autre zone",
        help_text="Son adresse électronique. Il lira la séance, pas les données protégées des entreprises.",
        required=False,
        error_messages={"invalid": "Ce n’est pas une adresse électronique."},
    )

    def __init__(self, data: Any, *, accounts: Iterable[Account], today: date, initial: Mapping[str, Any]) -> None:
        """`accounts`: those that are offered."""
        super().__init__(data, departements=(), today=today, initial=initial)
        self.fields["members"].choices = [(one.pk, one.signature) for one in accounts]  # type: ignore[attr-defined]

    def clean_email(self) -> Account | None:
        """The account of the address, of the CODEFI network; None where none was typed."""
        email = self.cleaned_data["email"].strip().lower()
        accounts = Account.objects.filter(is_active=True, product_administrator=False, segment__in=SEGMENTS)
        account = accounts.filter(email=email).first()
        if email and account is None:
            raise forms.ValidationError("Aucun agent du réseau CODEFI n’a cette adresse.")
        return account

    def terms(self) -> Terms:
        """What was typed."""
        values, added = self.cleaned_data, self.cleaned_data["email"]
        return Terms(values["on"], values["title"], (*values["members"], *((added.pk,) if added else ())))


class CompaniesForm(forms.Form):
    """Sirens and sirets to add to the agenda."""

    identifiers = forms.CharField(
        label="Siren ou siret",
        help_text="Un ou plusieurs, collés d’un tableur par exemple. Un siren ajoute l’établissement du département.",
        max_length=20_000,
        widget=forms.Textarea({"rows": 3}),
        error_messages=TOO_LONG,
    )

    def clean_identifiers(self) -> tuple[str, ...]:
        """The sirens and sirets; a number that is neither is refused, so that none is lost in silence."""
        read = pasted(self.cleaned_data["identifiers"])
        if read.others:
            raise forms.ValidationError(f"Ni siren ni siret : {', '.join(read.others)}.")
        if not read.identifiers:
            raise forms.ValidationError("Aucun siren ni siret dans ce texte.")
        return read.identifiers


class DecisionForm(forms.Form):
    """A decision about a company, from the last one and the version of the follow-up that were read."""

    after = forms.IntegerField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="Décision", choices=[(one.name, one.value) for one in DecisionKind])
    entrusted_to = forms.TypedChoiceField(label="Confier à", required=False, coerce=int, empty_value=None)
    redirection = forms.ChoiceField(label="Réorienter vers", required=False)
    outcome = forms.ChoiceField(
        label="Classer avec l’issue",
        help_text="Termine l’accompagnement ; sans issue, « Classer » reste une note.",
        required=False,
        choices=[("", "Aucune"), *((one.name, one.value) for one in Outcome)],
    )
    revoir_le = _day(label="Revoir le", required=False)
    text = forms.CharField(
        label="Texte du relevé",
        help_text="Lu des membres de la séance.",
        required=False,
        max_length=LONGEST_DECISION,
        widget=forms.Textarea({"rows": 2}),
        error_messages=TOO_LONG,
    )

    def __init__(self, data: Any, *, accounts: Iterable[Account], redirections: Iterable[str], **kwargs: Any) -> None:
        """`accounts`, `redirections`: those that are offered."""
        today: date = kwargs.pop("today")
        super().__init__(data, **kwargs)
        self.today = today
        people = [("", "—"), *((one.pk, one.signature) for one in accounts)]
        self.fields["entrusted_to"].choices = people  # type: ignore[attr-defined]
        self.fields["redirection"].choices = [("", "—"), *((one, one) for one in redirections)]  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        """Refuse a text that names a confidential procedure to every member."""
        return read_by_many(self.cleaned_data["text"], OPEN_TO_MEMBERS)

    def clean_revoir_le(self) -> date | None:
        """Refuse a day that is not to come."""
        day: date | None = self.cleaned_data["revoir_le"]
        if day is not None and day <= self.today:
            raise forms.ValidationError("Donnez un jour à venir.")
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for what the kind needs."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        field = NEEDS.get(DecisionKind[cleaned["kind"]]) if cleaned.get("kind") else None
        if field and not cleaned.get(field) and field not in self.errors:
            self.add_error(field, MISSING[field])
        if cleaned.get("kind") == DecisionKind.CLASSER.name and not (cleaned.get("outcome") or cleaned.get("text")):
            self.add_error("text", "Dites pourquoi, ou choisissez l’issue de l’accompagnement.")
        return cleaned

    def choice(self) -> Choice:
        """What was decided; the fields that its kind does not use are left out."""
        values, kind = self.cleaned_data, DecisionKind[self.cleaned_data["kind"]]
        outcome = values["outcome"] if kind is DecisionKind.CLASSER else ""
        return Choice(
            kind=kind,
            text=values["text"],
            after=values["after"],
            version=values["version"],
            revoir_le=values["revoir_le"] if kind is DecisionKind.REVOIR else None,
            entrusted_to=values["entrusted_to"] if kind is DecisionKind.CONFIER else None,
            redirection=values["redirection"] if kind is DecisionKind.REORIENTER else "",
            outcome=Outcome[outcome] if outcome else None,
        )


NEEDS = {
    DecisionKind.CONFIER: "entrusted_to",
    DecisionKind.REORIENTER: "redirection",
    DecisionKind.REVOIR: "revoir_le",
}
MISSING = {
    "entrusted_to": "Choisissez l’agent à qui l’accompagnement est confié.",
    "redirection": "Choisissez vers quoi l’entreprise est réorientée.",
    "revoir_le": "Donnez le jour où revoir l’entreprise.",
}
