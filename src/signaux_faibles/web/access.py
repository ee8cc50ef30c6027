"""Pages closed to some agents: by a page that says why, or as if there were none."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from signaux_faibles.sources.families import Family
from signaux_faibles.web.request import AgentRequest, today
from signaux_faibles.web.rights.decide import decide_family
from signaux_faibles.web.rights.networks import sits_on_codefi

P = ParamSpec("P")
T = TypeVar("T")
Answer = TypeVar("Answer", bound=HttpResponseBase)
UNKNOWN = "Cette page n’existe pas, ou ne vous est pas ouverte."


def or_404(readable: T | None) -> T:
    """What a page is about, as the agent of the request may read it.

    Raises:
        Http404: it is None, because there is none or it is closed to the agent: the page does not say which.
    """
    if readable is None:
        raise Http404(UNKNOWN)
    return readable


def open_to_agents(
    view: Callable[Concatenate[AgentRequest, P], Answer],
) -> Callable[Concatenate[AgentRequest, P], Answer | HttpResponse]:
    """Wrap a view of companies: agents who may read no company get a 403, whether or not the company exists."""

    @wraps(view)
    def guarded(request: AgentRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer | HttpResponse:
        decision = decide_family(request.agent, Family.OPEN, today())
        if not decision.allowed:
            return render(request, "errors/refused.html", {"decision": decision}, status=403)
        return view(request, *args, **kwargs)

    return guarded


def open_to_codefi(
    view: Callable[Concatenate[AgentRequest, P], Answer],
) -> Callable[Concatenate[AgentRequest, P], Answer]:
    """Wrap a view of what a CODEFI does: 404 for agents outside that network, as if there were no page."""

    @wraps(view)
    def guarded(request: AgentRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        if not sits_on_codefi(request.agent):
            raise Http404(UNKNOWN)
        return view(request, *args, **kwargs)

    return guarded
