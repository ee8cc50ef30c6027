"""The follow-ups that an agent searches, filters and pages (application §7.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from signaux_faibles.snapshot.served.establishments import Site, sites_of
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.covers import covered_accounts
from signaux_faibles.web.accompagnements.models import FollowUp, Membership
from signaux_faibles.web.accompagnements.naming import named
from signaux_faibles.web.accompagnements.reading import FollowUpLine, has_active_referent, has_acts, line_of, mine, seen
from signaux_faibles.web.accompagnements.states import OPEN_STATUTS, Criticite, Statut
from signaux_faibles.web.rights.follow_ups import Role
from signaux_faibles.web.search.text_field import SearchedTextField
from signaux_faibles.web.territory import department_choices

PAGE_SIZE = 50
A_MONTH = timedelta(days=30)


class IndexScope(Enum):
    """Whose follow-ups."""

    ALL = "Tous ceux de ma zone"
    MINE = "Les miens"
    ADMINISTRATION = "Ceux de mon administration"


class Basket(Enum):
    """Follow-ups that wait for somebody, each with its rule in words."""

    OLD = ("Ouverts depuis plus d’un mois", "En cours ou sous surveillance, ouverts il y a plus de 30 jours.")
    SILENT = ("Sans action depuis 60 jours", "Ouverts, sans aucun acte de personne depuis 60 jours.")
    ORPHAN = ("Sans référent actif", "Ouverts, dont aucun référent au compte ouvert n’a agi depuis 60 jours.")

    @property
    def title(self) -> str:
        """The words of the link."""
        return self.value[0]

    @property
    def rule(self) -> str:
        """What falls into it."""
        return self.value[1]

    @classmethod
    def counts(cls, actor: Actor) -> tuple[tuple[Basket, int], ...]:
        """How many follow-ups that an agent may see fall into each."""
        open_ones = FollowUp.objects.filter(seen(actor), statut__in=OPEN_STATUTS)
        return tuple((one, in_basket(open_ones, one, actor.today).count()) for one in cls)


class FollowUpFilters(forms.Form):
    """Optional and cumulative; only the departments of the zone are offered."""

    scope = forms.ChoiceField(label="Afficher", required=False, choices=[(one.name, one.value) for one in IndexScope])
    text = SearchedTextField(label="Nom, siren ou siret")
    referent = forms.CharField(label="Référent", help_text="Une partie du nom.", required=False, max_length=100)
    statut = forms.MultipleChoiceField(
        label="Statut",
        required=False,
        choices=[(one.name, one.value) for one in Statut],
        widget=forms.CheckboxSelectMultiple,
    )
    criticite = forms.ChoiceField(
        label="Criticité", required=False, choices=[("", "Toutes"), *((one.name, one.value) for one in Criticite)]
    )
    departement = forms.ChoiceField(
        label="Département",
        required=False,
        error_messages={"invalid_choice": "«\u00a0%(value)s\u00a0» n’est pas un département de votre zone."},
    )
    basket = forms.ChoiceField(
        required=False, choices=[(one.name, one.title) for one in Basket], widget=forms.HiddenInput
    )

    def __init__(self, data: Mapping[str, Any], *, zone: frozenset[str]) -> None:
        super().__init__(data)
        self.fields["departement"].choices = [("", "Tous"), *department_choices(zone)]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class IndexRow:
    """A follow-up of the table, with its establishment as the register knows it."""

    line: FollowUpLine
    site: Site | None
    name: str | None
    criticite: Criticite
    departement: str | None
    changed: date


@dataclass(frozen=True)
class FollowUpIndex:
    """A page of follow-ups; `baskets` counts those of the agent's zone that wait for somebody."""

    rows: tuple[IndexRow, ...]
    paging: Page[FollowUp]
    baskets: tuple[tuple[Basket, int], ...]

    @property
    def total(self) -> int:
        """How many the filters keep, on all pages."""
        return self.paging.paginator.count

    @classmethod
    def read(cls, filters: FollowUpFilters, actor: Actor, snapshot: Snapshot, page: str | None) -> FollowUpIndex:
        """Read what the filters keep of what the actor may see; nothing where a filter is refused."""
        rows = selected(filters, actor, snapshot) if filters.is_valid() else FollowUp.objects.none()
        paging = Paginator(rows.prefetch_related("members__account"), PAGE_SIZE).get_page(page)
        sites = sites_of(snapshot, [one.siret for one in paging])
        return cls(tuple(_row(one, sites.get(one.siret)) for one in paging), paging, Basket.counts(actor))


def selected(filters: FollowUpFilters, actor: Actor, snapshot: Snapshot) -> QuerySet[FollowUp]:
    """The follow-ups that valid filters keep of those that an agent may see, the last changed first."""
    chosen = filters.cleaned_data
    rows = FollowUp.objects.filter(seen(actor))
    scope = IndexScope[chosen["scope"] or IndexScope.ALL.name]
    if scope is IndexScope.MINE:
        rows = rows.filter(mine(actor) | _covered(actor))
    elif scope is IndexScope.ADMINISTRATION:
        colleagues = Membership.objects.filter(
            follow_up=OuterRef("pk"), account__administration=actor.account.administration
        )
        rows = rows.filter(Exists(colleagues))
    if chosen["text"].strip():
        rows = named(rows, chosen["text"], snapshot)
    if chosen["referent"].strip():
        rows = rows.filter(
            members__role=Role.REFERENT.name, members__account__name__icontains=chosen["referent"].strip()
        ).distinct()
    for name in ("criticite", "departement"):
        if chosen[name]:
            rows = rows.filter(**{name: chosen[name]})
    if chosen["statut"]:
        rows = rows.filter(statut__in=chosen["statut"])
    if chosen["basket"]:
        rows = in_basket(rows.filter(statut__in=OPEN_STATUTS), Basket[chosen["basket"]], actor.today)
    return rows.order_by("-changed_at", "-pk")


def in_basket(rows: QuerySet[FollowUp], basket: Basket, today: date) -> QuerySet[FollowUp]:
    """Those of the open follow-ups that a basket holds."""
    if basket is Basket.OLD:
        return rows.filter(opened_on__lt=today - A_MONTH)
    return rows.exclude(has_acts(today) if basket is Basket.SILENT else has_active_referent(today))


def _covered(actor: Actor) -> Q:
    """Those of the zone that somebody carries whom the agent covers today."""
    away = Membership.objects.filter(follow_up=OuterRef("pk"), account__in=covered_accounts(actor.account))
    return Q(Exists(away), departement__in=actor.agent.zone)


def _row(follow_up: FollowUp, site: Site | None) -> IndexRow:
    return IndexRow(
        line=line_of(follow_up),
        site=site,
        name=site.name if site else follow_up.name or None,
        criticite=Criticite[follow_up.criticite],
        departement=follow_up.departement,
        changed=timezone.localdate(follow_up.changed_at),
    )
