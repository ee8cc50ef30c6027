"""The rows of `interventions`: what events, contacts and acts of campagnes say that agents did, in codes and days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.utils import timezone

from signaux_faibles.web.accompagnements.content import DISPOSITIFS
from signaux_faibles.web.accompagnements.models import Approach, Event, Reference
from signaux_faibles.web.accompagnements.references import ReferenceKind
from signaux_faibles.web.accompagnements.states import BoardColumn, EventKind
from signaux_faibles.web.accompagnements.texts import names_an_amicable_procedure
from signaux_faibles.web.actions_export.people import People
from signaux_faibles.web.campagnes.models import CampagneAct
from signaux_faibles.web.campagnes.standing import ActKind

Row = Mapping[str, object]
"""By header of the contract; what is left out is empty."""

LISTED = {ReferenceKind.ACTION.name: "ACTION", ReferenceKind.REDIRECTION.name: "REORIENTATION"}
"""The lists whose labels are acts, and their nature."""
ADDED, REMOVED = "AJOUT", "RETRAIT"
_CAMPAGNE = {ActKind.TAKE.name: "PRISE", ActKind.RELEASE.name: "RENDUE"}


def intervention_rows(people: People) -> Iterator[Row]:
    """Follow-ups in the order in which they were opened, then contacts, then acts of campagnes."""
    labels = exported_labels()
    versioned = Event.objects.exclude(version=None).select_related("follow_up").order_by("follow_up", "version")
    for _, events in groupby(versioned.iterator(), key=lambda event: event.follow_up_id):
        yield from _of_follow_up(events, people, labels)
    for approach in Approach.objects.order_by("pk").iterator():
        yield _of_contact(approach, people)
    for act in CampagneAct.objects.select_related("company__campagne").order_by("pk").iterator():
        yield _of_campagne(act, people)


def exported_labels() -> frozenset[str]:
    """The labels of the reference lists that name no amicable procedure: any other one was typed by somebody."""
    rows = Reference.objects.filter(kind__in=[DISPOSITIFS, *LISTED]).values_list("label", flat=True)
    return frozenset(label for label in rows if not names_an_amicable_procedure(label))


def _of_follow_up(events: Iterator[Event], people: People, labels: frozenset[str]) -> Iterator[Row]:
    referents: Sequence[int] = ()
    opening: Mapping[str, Any] = {}
    for event in events:
        referents = event.after.get("referents", referents)
        opening = opening or event.seen
        about: dict[str, object] = {
            "siret": event.follow_up.siret,
            "numero": f"A{event.follow_up_id}",
            "date_connue": timezone.localdate(event.at),
            "agent": people.agent(event.author_id),
            "administration": people.administration(event.author_id),
            "administrations_referents": " ".join(sorted({people.administration(one) for one in referents})),
            "liste": opening.get("list"),
            "importe": "import" in event.seen,
        }
        for step in _steps(event, labels):
            yield {"date_fait": timezone.localdate(event.at), **about, **step}


def _steps(event: Event, labels: frozenset[str]) -> Iterator[Row]:
    """What an event changed, of what is delivered."""
    after, before = event.after, event.before
    if event.kind == EventKind.OPENED.name:
        statut = BoardColumn[after["column"]].statut.name
        yield {"nature": "OUVERTURE", "etat": statut, "date_fait": after["opened_on"]}
    elif event.kind == EventKind.CLOSED.name:
        yield {"nature": "CLOTURE", "etat": after.get("outcome"), "date_fait": after["closed_on"]}
    elif "column" in after and BoardColumn[after["column"]].statut is not BoardColumn[before["column"]].statut:
        yield {"nature": "STATUT", "etat": BoardColumn[after["column"]].statut.name}
    if "referents" in after and before:
        yield {"nature": "REFERENTS"}
    yield from _dispositifs(before.get(DISPOSITIFS, {}), after.get(DISPOSITIFS), labels)
    for kind, nature in LISTED.items():
        yield from _labels(nature, before.get(kind, ()), after.get(kind), labels)


def _dispositifs(before: Mapping[str, str], after: Mapping[str, str] | None, labels: frozenset[str]) -> Iterator[Row]:
    if after is None:
        return
    for label in sorted((before.keys() | after.keys()) & labels):
        if before.get(label) != after.get(label):
            yield {"nature": "DISPOSITIF", "libelle": label, "etat": after.get(label, REMOVED)}


def _labels(nature: str, before: Sequence[str], after: Sequence[str] | None, labels: frozenset[str]) -> Iterator[Row]:
    if after is None:
        return
    for label in sorted({*before, *after} & labels):
        if (label in before) != (label in after):
            yield {"nature": nature, "libelle": label, "etat": ADDED if label in after else REMOVED}


def _of_contact(approach: Approach, people: People) -> Row:
    return {
        "siret": approach.siret,
        "numero": f"C{approach.pk}",
        "nature": "CONTACT",
        "libelle": approach.channel,
        "date_fait": approach.on,
        "date_connue": timezone.localdate(approach.at),
        "agent": people.agent(approach.account_id),
        "administration": people.administration(approach.account_id),
        "importe": bool(approach.imported),
    }


def _of_campagne(act: CampagneAct, people: People) -> Row:
    postponed = "REPORTEE" if act.until else "ECARTEE"
    return {
        "siret": act.company.siret,
        "numero": f"K{act.company_id}",
        "nature": "CAMPAGNE",
        "libelle": act.company.campagne_id,
        "etat": act.outcome or _CAMPAGNE.get(act.kind, postponed),
        "date_fait": timezone.localdate(act.at),
        "date_connue": timezone.localdate(act.at),
        "date_report": act.until,
        "agent": people.agent(act.author_id),
        "administration": people.administration(act.author_id),
        "importe": act.company.campagne.imported,
    }
