"""The forms of follow-ups. What may be chosen is given to them: forms hold no right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from signaux_faibles.web.accompagnements.content import AMICABLE, DISPOSITIFS, LISTS
from signaux_faibles.web.accompagnements.models import LONGEST_TEXT, Reference
from signaux_faibles.web.accompagnements.references import ReferenceKind, offered
from signaux_faibles.web.accompagnements.states import Channel, ContactRole, Criticite, Outcome, Progress
from signaux_faibles.web.accompagnements.texts import names_an_amicable_procedure, read_by_many
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.wording.french import day_label

REQUIRED = "Ce champ est obligatoire."
TOO_LONG = {"required": REQUIRED, "max_length": "Au plus %(limit_value)s signes : le texte en a %(show_value)s."}
AMICABLE_KINDS = {"MANDAT": "Mandat ad hoc", "CONCILIATION": "Conciliation non homologuée"}
IN_CONFIDENCE = (
    "Ce texte nomme une procédure amiable, qui est confidentielle. Saisissez-la dans le champ protégé de "
    "l’accompagnement, ou cochez la case : le texte ne sera lu que des référents et des participants, jamais exporté."
)


class ChoicesForm(forms.Form):
    """The criticité, the reference lists, and how far each dispositif has come."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    criticite = forms.ChoiceField(label="Criticité", choices=[(one.name, one.value) for one in Criticite])

    def __init__(self, data: Any, *, content: Mapping[str, Any], version: int, today: date, labels: bool) -> None:
        """`labels`: whether the agent sees the étiquettes, which are those of the board."""
        super().__init__(data, initial={"version": version, "criticite": content.get("criticite")})
        self.former = content
        for name in LISTS:
            if name == ReferenceKind.ETIQUETTE.name and not labels:
                continue
            former = [one for one in content.get(name, ()) if one not in offered(ReferenceKind[name], today)]
            self.fields[name] = forms.MultipleChoiceField(
                label=ReferenceKind[name].value,
                required=False,
                choices=[(one, one) for one in [*offered(ReferenceKind[name], today), *former]],
                initial=list(content.get(name, ())),
                widget=forms.CheckboxSelectMultiple,
            )
        dispositifs = content.get(DISPOSITIFS, {})
        for position, label in enumerate(dict.fromkeys([*offered(ReferenceKind.DISPOSITIF, today), *dispositifs])):
            self.fields[f"dispositif-{position}"] = forms.ChoiceField(
                label=label,
                required=False,
                choices=[("", "—"), *((one.name, one.value) for one in Progress)],
                initial=dispositifs.get(label, ""),
            )

    @property
    def lists(self) -> list[forms.BoundField]:
        """The fields of the reference lists."""
        return [self[name] for name in LISTS if name in self.fields]

    @property
    def dispositifs(self) -> list[forms.BoundField]:
        """The fields of the dispositifs."""
        return [self[name] for name in self.fields if name.startswith("dispositif-")]

    def choices(self) -> dict[str, Any]:
        """What was chosen, as `content` holds it."""
        cleaned = self.cleaned_data
        chosen = {name: sorted(cleaned[name]) for name in LISTS if name in self.fields}
        progress = {bound.label: cleaned[bound.name] for bound in self.dispositifs if cleaned[bound.name]}
        return {"criticite": cleaned["criticite"], **chosen, DISPOSITIFS: progress}


class AmicableForm(forms.Form):
    """A procedure that only referents and participants may know."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="Procédure amiable", required=False, choices=[("", "Aucune"), *AMICABLE_KINDS.items()]
    )
    since = forms.DateField(label="Ouverte le", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def choices(self) -> dict[str, Any]:
        """What was typed, as `content` holds it."""
        kind, since = self.cleaned_data["kind"], self.cleaned_data["since"]
        return {AMICABLE: {"kind": kind, "since": since.isoformat() if since else None} if kind else {}}


class MoveForm(forms.Form):
    """Where a card goes."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    column = forms.ChoiceField(label="Déplacer vers")
    after = forms.IntegerField(required=False, widget=forms.HiddenInput)


class CloseForm(forms.Form):
    """How a follow-up ends."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="Issue",
        choices=[("", "Choisissez une issue"), *((one.name, one.value) for one in Outcome)],
        error_messages={"required": "Choisissez une issue."},
    )


class PeopleForm(forms.Form):
    """Who carries a follow-up: agents of the department by name, others by their address."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    referents = forms.TypedMultipleChoiceField(
        label="Référents", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    participants = forms.TypedMultipleChoiceField(
        label="Participants", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    email = forms.EmailField(
        label="Ajouter un participant d’une autre zone",
        help_text="Son adresse électronique. Il verra l’accompagnement, pas les données protégées de l’entreprise.",
        required=False,
        error_messages={"invalid": "Ce n’est pas une adresse électronique."},
    )

    def __init__(self, data: Any, *, accounts: Iterable[Account], **kwargs: Any) -> None:
        """`accounts`: those that are offered."""
        super().__init__(data, **kwargs)
        choices = [(one.pk, one.signature) for one in accounts]
        for name in ("referents", "participants"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_email(self) -> Account | None:
        """The account of the address; None where none was typed."""
        email = self.cleaned_data["email"].strip().lower()
        account = Account.objects.filter(email=email, is_active=True, product_administrator=False).first()
        if email and account is None:
            raise forms.ValidationError("Aucun agent n’a cette adresse.")
        return account

    def people(self) -> dict[str, list[int]]:
        """The numbers of the accounts, by name of `content.PEOPLE`."""
        chosen = {name: list(self.cleaned_data[name]) for name in ("referents", "participants")}
        added: Account | None = self.cleaned_data["email"]
        return chosen if added is None else {**chosen, "participants": [*chosen["participants"], added.pk]}


class TextForm(forms.Form):
    """A text of a network; one that names an amicable procedure is kept to those who carry the follow-up."""

    text = forms.CharField(
        label="Texte", max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 4}), error_messages=TOO_LONG
    )
    amicable = forms.BooleanField(
        label="Réserver aux référents et participants (le texte cite une procédure amiable)", required=False
    )

    def clean(self) -> dict[str, Any]:
        """Warn before a confidential procedure is written in the open."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if names_an_amicable_procedure(cleaned.get("text") or "") and not cleaned.get("amicable"):
            self.add_error("text", IN_CONFIDENCE)
        return cleaned


class SynthesisForm(TextForm):
    """The synthesis of a network, from the version that was read."""

    start = forms.IntegerField(required=False, widget=forms.HiddenInput)


class PastDayForm(forms.Form):
    """A day that is not to come."""

    on = forms.DateField(
        label="Le", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), error_messages={"required": REQUIRED}
    )

    def __init__(self, data: Any, *, today: date, **options: Any) -> None:
        """`today`: the last day that may be given."""
        super().__init__(data, initial={"on": today}, **options)
        self.today = today

    def clean_on(self) -> date:
        """Refuse a day to come."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError("Ce jour n’est pas encore passé.")
        return on


class TouchForm(PastDayForm):
    """That the agent was in touch with the company; the subject is read by every agent of the zone."""

    channel = forms.ChoiceField(label="Moyen", choices=[(one.name, one.value) for one in Channel])
    subject = forms.CharField(
        label="Objet",
        help_text="Lu par tous les agents de la zone : dites de quoi il s’agit, pas ce qui a été dit.",
        max_length=200,
        error_messages=TOO_LONG,
    )

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data, today=today, prefix="contact")

    def clean_subject(self) -> str:
        """Refuse a subject that would reveal a confidential procedure to the whole zone."""
        return read_by_many(
            self.cleaned_data["subject"], "L’objet est lu de tous : n’y nommez pas une procédure amiable."
        )


class TaskForm(forms.Form):
    """Something to do, by whom, before which day."""

    text = forms.CharField(label="À faire", max_length=300, error_messages=TOO_LONG)
    assignee = forms.TypedChoiceField(label="Par", coerce=int)
    due = forms.DateField(label="Pour le", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def __init__(self, data: Any, *, accounts: Iterable[Account], **kwargs: Any) -> None:
        """`accounts`: those who carry the follow-up."""
        super().__init__(data, prefix="tache", **kwargs)
        self.fields["assignee"].choices = [(one.pk, one.signature) for one in accounts]  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        """Refuse a task that names a confidential procedure: it has no circle of its own."""
        return read_by_many(self.cleaned_data["text"], IN_CONFIDENCE)


class ContactForm(forms.Form):
    """A person of the company (application §7.11)."""

    first_name = forms.CharField(label="Prénom", required=False, max_length=100)
    last_name = forms.CharField(label="Nom", max_length=100, error_messages={"required": "Donnez au moins le nom."})
    role = forms.ChoiceField(label="Fonction", choices=[(one.name, one.value) for one in ContactRole])
    phone = forms.CharField(label="Téléphone principal", required=False, max_length=30)
    other_phone = forms.CharField(label="Autre téléphone", required=False, max_length=30)
    email = forms.EmailField(
        label="Courriel", required=False, error_messages={"invalid": "Ce n’est pas une adresse électronique."}
    )
    note = forms.CharField(label="Note", required=False, max_length=2_000, error_messages=TOO_LONG)
    internal = forms.BooleanField(label="Usage interne : ne pas communiquer hors du réseau", required=False)


def dispositif_line(label: str, progress: str, references: Mapping[str, Reference]) -> tuple[str, str, str]:
    """A dispositif in words: its label, how far it has come, who holds it."""
    reference = references.get(label)
    return label, Progress[progress].value, reference.owner if reference else ""


def amicable_words(choice: Mapping[str, Any]) -> str:
    """The confidential procedure that `AmicableForm.choices` gives, in words, with its day where it is known."""
    since = f", ouverte le {day_label(date.fromisoformat(choice['since']))}" if choice.get("since") else ""
    return f"{AMICABLE_KINDS[choice['kind']]}{since}"
