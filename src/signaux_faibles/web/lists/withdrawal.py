"""A list that was withdrawn says so wherever its address leads, and on the lists that were published before it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from signaux_faibles.snapshot.archived.withdrawn import WithdrawnList, withdrawn_lists
from signaux_faibles.snapshot.served.lists import PublishedList
from signaux_faibles.web.request import AgentRequest

P = ParamSpec("P")
Answer = TypeVar("Answer", bound=HttpResponseBase)
GONE = 410


def unless_withdrawn(
    view: Callable[Concatenate[AgentRequest, P], Answer],
) -> Callable[Concatenate[AgentRequest, P], Answer | HttpResponse]:
    """Wrap a view of a list: where it is withdrawn, a page says when and why."""

    @wraps(view)
    def guarded(request: AgentRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer | HttpResponse:
        number = kwargs.get("number")
        gone = next((one for one in withdrawn_lists(settings.SF_HOME) if one.number == number), None)
        if gone is not None:
            return render(request, "lists/withdrawn.html", {"withdrawn": gone}, status=GONE)
        return view(request, *args, **kwargs)

    return guarded


def withdrawn_since(lists: list[PublishedList], chosen: PublishedList) -> list[WithdrawnList]:
    """The withdrawn lists that readers of the latest list must know of: those of its month or later.

    Older lists stay as they were: they do not mention it.
    """
    if not lists or chosen != lists[0]:
        return []
    return [one for one in withdrawn_lists(settings.SF_HOME) if one.month >= chosen.month]
