"""The centre of notifications, and what an agent wants by mail."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from signaux_faibles.snapshot.served.establishments import sites_of
from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.accompagnements.pages.views import actor_of
from signaux_faibles.web.circulation.models import Unwanted
from signaux_faibles.web.circulation.news import NewsKind, mark_all_read, news_of
from signaux_faibles.web.request import AgentRequest

ACT = require_http_methods(["GET", "HEAD", "POST"])
MOST = 200
"""Pieces of news on the page; the badge counts them all."""


@require_safe
@open_to_agents
def notifications(request: AgentRequest) -> HttpResponse:
    """What others did to the follow-ups of the agent since they last opened each."""
    pieces = news_of(actor_of(request))
    shown = sorted(pieces[:MOST], key=lambda one: (one.follow_up.pk, -one.event))
    groups = [(number, list(some)) for number, some in groupby(shown, key=lambda one: one.follow_up.pk)]
    groups.sort(key=lambda group: -group[1][0].event)
    sites = sites_of(request.snapshot, [some[0].follow_up.siret for _, some in groups])
    named = [(some[0].follow_up, sites.get(some[0].follow_up.siret), some) for _, some in groups]
    counts = [(kind, sum(one.kind is kind for one in pieces)) for kind in NewsKind]
    unwanted = set(Unwanted.objects.filter(account=request.user).values_list("kind", flat=True))
    context = {"groups": named, "counts": counts, "total": len(pieces), "unwanted": unwanted, "kinds": list(NewsKind)}
    return render(request, "circulation/notifications.html", context)


@ACT
@open_to_agents
def mark_notifications_read(request: AgentRequest) -> HttpResponse:
    """Take everything as read."""
    if request.method == "POST":
        mark_all_read(actor_of(request))
    return redirect("notifications")


@ACT
@open_to_agents
def choose_digest(request: AgentRequest) -> HttpResponse:
    """Say which kinds of news the digest counts."""
    if request.method == "POST":
        wanted = set(request.POST.getlist("kind"))
        Unwanted.objects.filter(account=request.user).delete()
        Unwanted.objects.bulk_create(
            Unwanted(account=request.user, kind=one.name) for one in NewsKind if one.name not in wanted
        )
    return redirect("notifications")
