"""The form of an act on one alert or on several, and that of a saved filter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.db import connection
from django.db.models import QuerySet

from signaux_faibles.sources.families import Family
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.alert_work.events import SentAct
from signaux_faibles.web.alert_work.models import LONGEST_NOTE, LONGEST_QUERY
from signaux_faibles.web.alert_work.state import act_words
from signaux_faibles.web.database.fixed_query import FixedQuery
from signaux_faibles.web.rights.agent import Agent
from signaux_faibles.web.rights.alert_work import OFFERED, SETTING_ASIDE, AsideReason, AskedAct, WorkAct

MOST_ASSIGNEES = 300
MOST_ALERTS = 200
"""Alerts of one act: more than a page of a list holds."""


_READ = ("id", "name", "fonction")
"""What is read of those who may be assigned an alert; the rest is read if it is asked."""


def assignable(agent: Agent, today: date) -> Sequence[Account]:
    """The accounts that share a department with an agent and may read detection, by name."""
    rows = _sharing(len(agent.zone)).rows(*sorted(agent.zone), today) if agent.zone else []
    return [Account.from_db(connection.alias, _READ, row) for row in rows]


@cache
def _sharing(departments: int) -> FixedQuery:
    """Those who share one of so many departments, whose habilitation still holds on a day."""

    def build(*asked: Any) -> QuerySet[Account, Any]:
        accounts = Account.objects.filter(
            is_active=True,
            product_administrator=False,
            zone__departement__in=asked[:-1],
            habilitations__family=Family.DETECTION.value,
            habilitations__until__gte=asked[-1],
        )
        return accounts.distinct().order_by("name", "pk").values_list(*_READ)[:MOST_ASSIGNEES]

    return FixedQuery(build, *(f"sample {rank}" for rank in range(departments)), date(2000, 1, 1))


NEEDED_BY = {
    "reason": (SETTING_ASIDE, "Ce motif ne vaut que pour écarter : choisissez « Écartée », ou « Sans motif »."),
    "until": (
        {WorkAct.ASIDE_UNTIL},
        "Ce jour ne servirait pas : choisissez « Écartée jusqu’à un jour », ou effacez-le.",
    ),
    "assignee": ({WorkAct.ASSIGN}, "Cet acte n’affecte personne : choisissez « Affecter à », ou « Personne »."),
}
"""The acts that each field completes, and what to say when it is filled for an act that would drop it."""


class WorkForm(forms.Form):
    """An act, with what it needs and nothing else; `work_refusal` judges it for each company."""

    act = forms.ChoiceField(
        label="Acte",
        help_text="« Jusqu’à aggravation » : de retour si l’alerte devient élevée ou si une procédure s’ouvre.",
        choices=[("", "Choisissez"), *((act.name, act.value) for act in OFFERED)],
        error_messages={"required": "Choisissez un acte.", "invalid_choice": "Cet acte n’existe pas."},
    )
    reason = forms.ChoiceField(
        label="Motif, pour écarter",
        required=False,
        choices=[("", "Sans motif"), *((reason.name, reason.value) for reason in AsideReason)],
        error_messages={"invalid_choice": "Ce motif n’existe pas."},
    )
    until = forms.DateField(
        label="Jusqu’au",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Indiquez un jour."},
    )
    assignee = forms.ChoiceField(
        label="Affecter à",
        required=False,
        error_messages={"invalid_choice": "Cette personne n’est pas de votre zone, ou ne lit pas la détection."},
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=LONGEST_NOTE,
        error_messages={"max_length": f"Au plus {LONGEST_NOTE} signes : la note en a %(show_value)s."},
    )

    def __init__(self, data: Any, *, people: Sequence[Account]) -> None:
        """`people`: those to whom an alert may be given."""
        super().__init__(data, auto_id="travail-%s")
        for name, (acts, _) in NEEDED_BY.items():  # read by worktop.js
            self.fields[name].widget.attrs["data-needed-by"] = " ".join(sorted(act.name for act in acts))
        self.people = {str(one.pk): one for one in people}
        named = [(key, f"{one.name}, {one.fonction}") for key, one in self.people.items()]
        self.fields["assignee"].choices = [("", "Personne"), *named]  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Refuse what the act would drop without a word: an alert set aside « until » a day for ever."""
        sent = self.cleaned_data
        act = WorkAct[sent["act"]] if sent.get("act") else None
        for name, (acts, sentence) in NEEDED_BY.items():
            if act and sent.get(name) and act not in acts:
                self.add_error(name, sentence)

    @property
    def chosen(self) -> Account | None:
        """The account of the person chosen."""
        return self.people.get(self.cleaned_data.get("assignee", ""))

    @property
    def sent(self) -> SentAct:
        """The act, once the form is valid, for a person whose ties to the company are still to be read."""
        cleaned, person = self.cleaned_data, self.chosen
        reason = AsideReason[cleaned["reason"]] if cleaned["reason"] else None
        asked = AskedAct(WorkAct[cleaned["act"]], reason, cleaned["until"], person.agent() if person else None)
        return SentAct(asked, person, cleaned["note"])


def words_of(sent: SentAct) -> str:
    """An act in words."""
    asked, person = sent.asked, sent.person
    return act_words(asked.act, asked.reason, asked.until, person.name if person else "")


class SavedFilterForm(forms.Form):
    """The name of a filter to keep."""

    name = forms.CharField(
        label="Nom du filtre",
        max_length=60,
        error_messages={"required": "Donnez un nom à ce filtre.", "max_length": "Au plus 60 signes."},
    )
    query = forms.CharField(required=False, max_length=LONGEST_QUERY)
