"""The centre of notifications, and what an agent wants by mail."""

from __future__ import annotations

from itertools import groupby

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_http_methods, require_safe

from signaux_faibles.snapshot.served.establishments import Site, sites_of
from signaux_faibles.snapshot.served.lists import published_lists
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.pages.views import actor_of, sheet_of
from signaux_faibles.web.circulation.kinds import NewsKind
from signaux_faibles.web.circulation.models import Unwanted
from signaux_faibles.web.circulation.news import Piece, mark_all_read, news_of
from signaux_faibles.web.circulation.notices import Notice, mark_notices_read, notices_of, with_names
from signaux_faibles.web.circulation.subscriptions import choose, companies_since
from signaux_faibles.web.circulation.watching import watch
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.journal.reading import Shown, record_exposures, record_reading
from signaux_faibles.web.request import AgentRequest

ACT = require_http_methods(["GET", "HEAD", "POST"])
MOST = 200
"""Pieces of news on the page; the badge counts them all."""


@require_safe
@open_to_agents
def notifications(request: AgentRequest) -> HttpResponse:
    """What others did since the agent last looked, and what is new about the companies that they follow."""
    actor = actor_of(request)
    watch(companies_since(actor), request.snapshot, published_lists(settings.SF_HOME))
    pieces, notices = news_of(actor), notices_of(actor, request.snapshot)
    first_notices = with_names(notices[:MOST], request.snapshot)
    _record(request, first_notices)
    kinds = [*(one.kind for one in pieces), *(one.kind for one in notices)]
    unwanted = set(Unwanted.objects.filter(account=request.user).values_list("kind", flat=True))
    context = {
        "groups": _by_follow_up(pieces[:MOST], request.snapshot),
        "notices": first_notices,
        "counts": [(kind, kinds.count(kind)) for kind in NewsKind],
        "total": len(kinds),
        "unwanted": unwanted,
        "kinds": list(NewsKind),
    }
    return render(request, "circulation/notifications.html", context)


@require_safe
@open_to_agents
def open_notice(request: AgentRequest, key: str) -> HttpResponse:
    """Lead to the page of a notice, and mark the notice as read."""
    actor = actor_of(request)
    notice = next((one for one in notices_of(actor, request.snapshot) if one.key == key), None)
    if notice is None:
        return redirect("notifications")
    if request.method == "GET":
        mark_notices_read(actor, [notice])
    return redirect(*notice.link)


@ACT
@open_to_agents
def mark_notifications_read(request: AgentRequest) -> HttpResponse:
    """Mark everything as read."""
    if request.method == "POST":
        actor = actor_of(request)
        mark_all_read(actor)
        mark_notices_read(actor, notices_of(actor, request.snapshot))
    return redirect("notifications")


@ACT
@open_to_agents
def choose_digest(request: AgentRequest) -> HttpResponse:
    """Say which kinds of news the digest counts."""
    if request.method == "POST":
        names = set(request.POST.getlist("kind"))
        Unwanted.objects.filter(account=request.user).delete()
        Unwanted.objects.bulk_create(
            Unwanted(account=request.user, kind=one.name) for one in NewsKind if one.name not in names
        )
    return redirect("notifications")


@ACT
@open_to_agents
def choose_subscription(request: AgentRequest, number: int) -> HttpResponse:
    """Ask for the news of a follow-up that the agent sees, or for none.

    Raises:
        Http404: there is no such follow-up, or the agent may not see it.
    """
    sheet = sheet_of(request, number)
    if request.method == "POST":
        choose(actor_of(request), sheet.follow_up, wanted="stop" not in request.POST)
    return redirect(f"{resolve_url('follow_up', number)}#nouvelles")


def _by_follow_up(pieces: list[Piece], snapshot: Snapshot) -> list[tuple[FollowUp, Site | None, list[Piece]]]:
    """The pieces of news of each follow-up, that of the latest one first."""
    ordered = sorted(pieces, key=lambda one: (one.follow_up.pk, -one.event))
    groups = [list(some) for _, some in groupby(ordered, key=lambda one: one.follow_up.pk)]
    groups.sort(key=lambda some: -some[0].event)
    sites = sites_of(snapshot, [some[0].follow_up.siret for some in groups])
    return [(some[0].follow_up, sites.get(some[0].follow_up.siret), some) for some in groups]


def _record(request: AgentRequest, notices: list[Notice]) -> None:
    """Write in the journal what the notices show of protected families, and the alerts among them."""
    reader, snapshot = Reader.of(request), request.snapshot.manifest.id
    families = {one.family for one in notices}
    detail = {"snapshot": snapshot, "sirens": sorted({one.siren for one in notices if one.siren})}
    record_reading(reader, "notifications", list(families), detail=detail)
    for one in notices:
        if one.alert:
            number, rank, level = one.alert
            record_exposures(reader, number, snapshot, [Shown(one.siren, rank, level)])
