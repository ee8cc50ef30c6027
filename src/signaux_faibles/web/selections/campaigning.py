"""A campagne launched from a filtered list: the companies that it keeps, in its order, in a department."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url

from signaux_faibles.snapshot.served.establishments import seats_in
from signaux_faibles.snapshot.served.lists import Scope, published_lists
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.access import open_to_codefi
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.pages.views import actor_of
from signaux_faibles.web.accompagnements.states import OPEN_STATUTS
from signaux_faibles.web.campagnes.acting import ACT, TOO_MANY, carried_over, open_asked
from signaux_faibles.web.campagnes.drawing import Drawing, ToCall, open_drawn, open_protocol
from signaux_faibles.web.campagnes.models import Campagne
from signaux_faibles.web.campagnes.running import CampagneTooLong
from signaux_faibles.web.campagnes.views import index_page
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.lists.asking import Asking, numbered
from signaux_faibles.web.lists.candidate import Candidate
from signaux_faibles.web.lists.journalling import record_selection
from signaux_faibles.web.request import AgentRequest
from signaux_faibles.web.rights.campagnes import CampagneWhy
from signaux_faibles.web.rights.decide import decide_family
from signaux_faibles.web.rights.networks import secretariat_departements
from signaux_faibles.web.selections.forms import ListCampagneForm
from signaux_faibles.web.territory import department_labels
from signaux_faibles.wording.french import counted

NOBODY_LEFT = "Aucune entreprise de la liste filtrée n’est à appeler dans ce département."


@ACT
@open_to_codefi
def launch_campagne(request: AgentRequest, number: int) -> HttpResponse:
    """Open a campagne on the companies that the filters of a list keep; the address holds the filters."""
    lists, reader = published_lists(settings.SF_HOME), Reader.of(request)
    published = numbered(lists, number)
    decision = decide_family(request.agent, Family.DETECTION, reader.today)
    if not decision.allowed:
        return render(request, "errors/refused.html", {"decision": decision}, status=403)
    departements = sorted(secretariat_departements(request.agent))
    if not departements:
        return index_page(request, notice=CampagneWhy.NOT_SECRETARIAT.value, status=403)
    asking = Asking.of(request.GET, published, lists, reader=reader, snapshot=request.snapshot)
    back = f"{resolve_url('alert_list', number)}?{request.GET.urlencode()}"
    if asking.asked.criteria is None:
        return redirect(back)
    candidates = asking.asked.selected(asking.asked.in_order(reader, request.snapshot), request.snapshot).candidates
    record_selection(candidates, number, reader, request)
    by_departement = _by_departement(candidates, asking.asked.criteria.scope, departements, request.snapshot)
    protocol = open_protocol()
    form = ListCampagneForm(
        request.POST if request.method == "POST" else None,
        departements=_choices(by_departement),
        protocol=protocol.title if protocol else None,
    )
    if request.method == "POST" and form.is_valid():
        drawing = Drawing(protocol, number) if protocol and form.cleaned_data["drawn"] else None
        opened = _opened(request, form, by_departement[form.cleaned_data["departement"]], drawing)
        if opened is not None:
            return redirect("campagne", opened)
    content = {
        "form": form,
        "chosen": published,
        "total": len(candidates),
        "back": back,
        "filters": asking.filters.said(),
    }
    return render(request, "selections/campagne.html", content, status=422 if form.errors else 200)


def _opened(
    request: AgentRequest, form: ListCampagneForm, companies: Sequence[ToCall], drawing: Drawing | None
) -> int | None:
    """The number of the campagne; None where it cannot be opened, as the form then says."""
    departement = form.cleaned_data["departement"]
    sirens = [one.siret[:9] for one in companies]
    followed = _followed(sirens, departement) if form.cleaned_data["unfollowed"] else ()
    to_call = [one for one in companies if one.siret[:9] not in followed]
    if not to_call and not form.cleaned_data["carry"]:
        form.add_error("departement", NOBODY_LEFT)
        return None
    try:
        return _open(actor_of(request), form, to_call, drawing).pk
    except CampagneTooLong:
        form.add_error("capacity", TOO_MANY)
        return None


def _open(actor: Actor, form: ListCampagneForm, to_call: Sequence[ToCall], drawing: Drawing | None) -> Campagne:
    """Open the campagne, in the order of the list or in one that is drawn."""
    if drawing is None:
        return open_asked(actor, form, [one.siret for one in to_call])
    values = form.cleaned_data
    return open_drawn(
        actor,
        values["departement"],
        values["title"],
        to_call,
        drawing=drawing,
        capacity=values["capacity"],
        carried=carried_over(actor, form),
    )


def _by_departement(
    candidates: Sequence[Candidate], scope: Scope, departements: Sequence[str], snapshot: Snapshot
) -> dict[str, list[ToCall]]:
    """By department, the active establishments of the companies, in the order of the list.

    Unless the list shows establishments, a company counts once, in the department of its head office.
    """
    by_departement: dict[str, list[ToCall]] = {}
    for code in departements:
        here = [one for one in candidates if scope is Scope.ESTABLISHMENT or one.alert.departement == code]
        seats = seats_in(snapshot, [one.alert.siren for one in here], {code})
        by_departement[code] = [
            ToCall(seat.siret, one.alert.level, one.alert.rank)
            for one in here
            if (seat := seats.get(one.alert.siren)) and seat.active
        ]
    return by_departement


def _choices(by_departement: dict[str, list[ToCall]]) -> list[tuple[str, str]]:
    labels = department_labels()
    return [
        (code, f"{code} – {labels.get(code, code)} : {counted(len(companies), 'entreprise', 'entreprises')}")
        for code, companies in by_departement.items()
    ]


def _followed(sirens: Collection[str], departement: str) -> Collection[str]:
    """The companies that an open follow-up of the department accompanies."""
    rows = FollowUp.objects.filter(departement=departement, statut__in=OPEN_STATUTS, siren__in=sirens)
    return set(rows.values_list("siren", flat=True))
