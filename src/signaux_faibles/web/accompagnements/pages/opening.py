"""Opening the follow-up of an establishment, and saying that one was in touch with it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from signaux_faibles.snapshot.served.company import company_of
from signaux_faibles.snapshot.served.lists import entry, published_lists
from signaux_faibles.sources.families import Family
from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.accompagnements import acts
from signaux_faibles.web.accompagnements.acts import ActRefused, Followed
from signaux_faibles.web.accompagnements.contacts import courtesy, note_touch, touches_of
from signaux_faibles.web.accompagnements.pages.acting import ACT
from signaux_faibles.web.accompagnements.pages.forms import ChoicesForm, TouchForm
from signaux_faibles.web.accompagnements.pages.views import actor_of, place_of
from signaux_faibles.web.accompagnements.reading import open_one
from signaux_faibles.web.accompagnements.recording import AlreadyOpen
from signaux_faibles.web.accompagnements.states import Channel, Criticite
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.request import AgentRequest, today
from signaux_faibles.web.rights.follow_ups import decide_opening


@ACT
@open_to_agents
def open_follow_up(request: AgentRequest, siret: str) -> HttpResponse:
    """Open a follow-up; where one is open already and may be seen, lead to it."""
    place, actor = place_of(request, siret), actor_of(request)
    already_open = open_one(siret)
    verdict = decide_opening(
        request.agent, place.departement, active=place.active, already_open=already_open is not None
    )
    if (
        already_open is not None
        and decide_opening(request.agent, place.departement, active=True, already_open=False).allowed
    ):
        return redirect("follow_up", already_open.pk)
    if not verdict.allowed:
        return render(request, "accompagnements/cannot_open.html", {"place": place, "why": verdict.why}, status=403)
    form = choices_of_opening(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = acts.open_on(actor, place, form.choices(), {}, seen_by(request, place))
        except (ActRefused, AlreadyOpen):  # somebody opened it meanwhile
            return redirect("open_follow_up", siret)
        return redirect("follow_up", opened.pk)
    touches = touches_of(siret, actor, place.departement)
    context = {"place": place, "form": form, "colleague": courtesy(touches, today()), "list": _list_asked(request)}
    return render(request, "accompagnements/open.html", context, status=422 if form.errors else 200)


@ACT
@open_to_agents
def touch_place(request: AgentRequest, siret: str) -> HttpResponse:
    """Write that the agent was in touch with an establishment that nobody follows."""
    place, actor = place_of(request, siret), actor_of(request)
    form = TouchForm(request.POST if request.method == "POST" else None, today=today())
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            note_touch(actor, place, on=values["on"], channel=Channel[values["channel"]], subject=values["subject"])
        except ActRefused as refused:
            why = {"place": place, "why": refused.verdict.why}
            return render(request, "accompagnements/cannot_open.html", why, status=403)
        return redirect("establishment", siret)
    touches = touches_of(siret, actor, place.departement)
    context = {"place": place, "form": form, "touches": touches, "colleague": courtesy(touches, today())}
    return render(request, "accompagnements/touch.html", context, status=422 if form.errors else 200)


def seen_by(request: AgentRequest, place: Followed) -> dict[str, Any]:
    """What the agent had before them: the snapshot, and the alert of the list that they came from, if they read it."""
    seen: dict[str, Any] = {"snapshot": request.snapshot.manifest.id}
    company = company_of(request.snapshot, place.siret[:9])
    asked = _list_asked(request)
    published = next((one for one in published_lists(settings.SF_HOME) if str(one.number) == asked), None)
    if company is None or published is None:
        return seen
    allowed = Reader.of(request).asking(company.siren, company.active_departments)(Family.DETECTION).allowed
    in_list = entry(request.snapshot, published, company.siren) if allowed else None
    if in_list is not None and in_list.level is not None:
        seen |= {"list": published.number, "level": in_list.level.value}
    return seen


def choices_of_opening(data: Any) -> ChoicesForm:
    """The form of what a new follow-up begins with."""
    content = {"criticite": Criticite.AUCUNE.name}
    return ChoicesForm(data, content=content, version=0, today=today(), labels=True)


def _list_asked(request: AgentRequest) -> str:
    return request.POST.get("liste") or request.GET.get("liste", "")
