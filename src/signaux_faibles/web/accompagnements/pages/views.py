"""Pages of follow-ups: the index, a follow-up, its history, the forms that open, edit and close it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render, resolve_url
from django.views.decorators.http import require_safe

from signaux_faibles.snapshot.served.establishments import site_of
from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.accompagnements.acts import Actor, Followed, act_of_move
from signaux_faibles.web.accompagnements.aids import FAMILIES
from signaux_faibles.web.accompagnements.content import AMICABLE, content_of
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.pages.aids import AidsSection
from signaux_faibles.web.accompagnements.pages.forms import (
    AmicableForm,
    ChoicesForm,
    CloseForm,
    ContactForm,
    MoveForm,
    PeopleForm,
    TaskForm,
    TextForm,
    TouchForm,
)
from signaux_faibles.web.accompagnements.pages.history import history
from signaux_faibles.web.accompagnements.pages.index import FollowUpFilters, FollowUpIndex
from signaux_faibles.web.accompagnements.pages.sheet import FollowUpSheet
from signaux_faibles.web.accompagnements.people import offered_accounts
from signaux_faibles.web.accompagnements.states import BoardColumn
from signaux_faibles.web.alert_work.models import Filtered
from signaux_faibles.web.alert_work.saved import filters_of
from signaux_faibles.web.circulation.news import mark_read, unread
from signaux_faibles.web.circulation.notices import mark_company_read
from signaux_faibles.web.circulation.subscriptions import is_subscribed
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.courriers.answers import waiting
from signaux_faibles.web.journal.reading import record_page
from signaux_faibles.web.request import AgentRequest, today
from signaux_faibles.web.rights.agent import Network
from signaux_faibles.web.rights.follow_ups import Act, readable_networks
from signaux_faibles.web.seances.preparing import open_to_companies

UNKNOWN = "Cet accompagnement n’existe pas, ou ne vous est pas ouvert."
UNKNOWN_PLACE = "Cet établissement n’est pas dans le répertoire."


def actor_of(request: AgentRequest) -> Actor:
    """Who acts in a request."""
    return Actor(request.user, request.agent, today())


def sheet_of(request: AgentRequest, number: int) -> FollowUpSheet:
    """A follow-up as the agent of a request reads it.

    Raises:
        Http404: there is none, or the agent may not see it: the page does not say which.
    """
    sheet = FollowUpSheet.read(number, actor_of(request), request.snapshot)
    if sheet is None:
        raise Http404(UNKNOWN)
    return sheet


def place_of(request: AgentRequest, siret: str) -> Followed:
    """An establishment of the register.

    Raises:
        Http404: the register does not hold it.
    """
    site = site_of(request.snapshot, siret)
    if site is None:
        raise Http404(UNKNOWN_PLACE)
    return Followed(site.siret, site.name, site.departement, site.active)


@require_safe
@open_to_agents
def index(request: AgentRequest) -> HttpResponse:
    """The follow-ups of the zone, and those that the agent carries elsewhere."""
    return index_page(request, request.GET)


@require_safe
@open_to_agents
def follow_up(request: AgentRequest, number: int) -> HttpResponse:
    """A follow-up; what others did to it is no longer news for whoever carries it."""
    answer = follow_up_page(request, number)
    actor = actor_of(request)
    if request.method == "GET":
        if unread(actor).filter(follow_up=number).exists():
            mark_read(actor, FollowUp.objects.get(pk=number))
        mark_company_read(actor, request.snapshot, FollowUp.objects.get(pk=number).siren)
    return answer


@require_safe
@open_to_agents
def follow_up_history(request: AgentRequest, number: int) -> HttpResponse:
    """Who did what to a follow-up."""
    sheet = sheet_of(request, number)
    networks = readable_networks(request.agent, sheet.ties)
    aids = AidsSection.read(sheet.follow_up, actor_of(request), request.snapshot)
    families = [family.value for family in aids.families]
    record_page(Reader.of(request), sheet.line.siret, aids.ask, FAMILIES, snapshot=request.snapshot.manifest.id)
    happenings = history(sheet.follow_up, lambda act: sheet.may[act.name].allowed, networks, families)
    return render(request, "accompagnements/history.html", {"sheet": sheet, "happenings": happenings})


def index_page(request: AgentRequest, query: QueryDict, *, notice: str = "", status: int = 200) -> HttpResponse:
    """The follow-ups that the filters of a query keep, with the views that the agent keeps."""
    filters = FollowUpFilters(query, zone=request.agent.zone)
    page = FollowUpIndex.read(filters, actor_of(request), request.snapshot, query.get("page"))
    shared = query.copy()
    shared.pop("page", None)
    address = request.build_absolute_uri(f"{resolve_url('follow_ups')}?{shared.urlencode()}")
    context = {"filters": filters, "page": page, "notice": notice, "query": shared.urlencode(), "address": address}
    context["kept_filters"] = filters_of(request.user, Filtered.FOLLOW_UPS)
    context |= {"seances": open_to_companies(actor_of(request)), "answers": len(waiting(actor_of(request)))}
    return render(request, "accompagnements/index.html", context, status=status)


def follow_up_page(
    request: AgentRequest, number: int, refused: dict[str, Any] | None = None, *, status: int = 422, notice: str = ""
) -> HttpResponse:
    """The page of a follow-up; with `refused`, the forms that were sent and refused, by name or by network."""
    sheet, refused = sheet_of(request, number), refused or {}
    aids = AidsSection.read(sheet.follow_up, actor_of(request), request.snapshot)
    record_page(Reader.of(request), sheet.line.siret, aids.ask, FAMILIES, snapshot=request.snapshot.manifest.id)
    circles = [(one, refused.get(one.network.name) or comment_form(one.network, None)) for one in sheet.circles]
    context = {"sheet": sheet, "notice": notice, "circles": circles, "today": today(), "aids": aids}
    context |= {"subscribed": is_subscribed(actor_of(request), sheet.follow_up), **page_forms(sheet), **refused}
    return render(request, "accompagnements/follow_up.html", context, status=status if refused or notice else 200)


def comment_form(network: Network, data: Any) -> TextForm:
    """The form that writes a comment in a network."""
    return TextForm(data, auto_id=f"commentaire-{network.name}-%s")


def page_forms(sheet: FollowUpSheet) -> dict[str, Any]:
    """The forms of the page of a follow-up, of what the agent may do."""
    version = sheet.follow_up.version
    forms: dict[str, Any] = {"touch_form": TouchForm(None, today=today())}
    if sheet.may[Act.MOVE.name].allowed:
        forms["move_form"] = move_form(sheet, None)
    if sheet.may[Act.EDIT.name].allowed:
        forms["task_form"] = task_form(sheet, None)
        forms["contact_form"] = ContactForm(auto_id="personne-%s")
        forms["amicable_form"] = AmicableForm(initial=_amicable(sheet) | {"version": version}, auto_id="amiable-%s")
    return forms


def task_form(sheet: FollowUpSheet, data: Any) -> TaskForm:
    """The form that gives a task to somebody who carries the follow-up."""
    open_accounts = [one for people in sheet.people.values() for one in people if one.is_active]
    return TaskForm(data, accounts=open_accounts)


def move_form(sheet: FollowUpSheet, data: Any) -> MoveForm:
    """The form that moves a follow-up to one of the columns that the agent may move it to, but not to its end."""
    form = MoveForm(data, initial={"version": sheet.follow_up.version}, auto_id="deplacer-%s")
    form.fields["column"].choices = [  # type: ignore[attr-defined]
        (one.name, one.value)
        for one in BoardColumn
        if one not in (sheet.column, BoardColumn.SUIVI_TERMINE)
        and sheet.may[act_of_move(sheet.column, one).name].allowed
    ]
    return form


def choices_form(sheet: FollowUpSheet, data: Any) -> ChoicesForm:
    """The form that edits a follow-up."""
    labels = sheet.may[Act.READ_BOARD.name].allowed or sheet.ties.role is not None
    content = content_of(sheet.follow_up)
    return ChoicesForm(data, content=content, version=sheet.follow_up.version, today=today(), labels=labels)


def people_form(sheet: FollowUpSheet, data: Any) -> PeopleForm:
    """The form that says who carries a follow-up."""
    initial = {name: [one.pk for one in accounts] for name, accounts in sheet.people.items()}
    accounts = offered_accounts(
        sheet.follow_up.departement, [one for people in sheet.people.values() for one in people]
    )
    return PeopleForm(data, accounts=accounts, initial={"version": sheet.follow_up.version, **initial})


def close_form(sheet: FollowUpSheet, data: Any, outcome: str) -> CloseForm:
    """The form that closes a follow-up; `outcome` is offered first, as after the refusal of a director."""
    return CloseForm(data, initial={"version": sheet.follow_up.version, "outcome": outcome})


def _amicable(sheet: FollowUpSheet) -> dict[str, Any]:
    procedure = sheet.follow_up.choices.get(AMICABLE) or {}
    return {"kind": procedure.get("kind", ""), "since": procedure.get("since")}
