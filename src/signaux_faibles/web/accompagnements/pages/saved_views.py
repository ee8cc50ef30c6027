"""The views of follow-ups that an agent keeps under a name, as the filters of lists are kept."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, resolve_url
from django.views.decorators.http import require_http_methods

from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.accompagnements.pages.views import index_page
from signaux_faibles.web.alert_work.forms import SavedFilterForm
from signaux_faibles.web.alert_work.models import Filtered
from signaux_faibles.web.alert_work.saved import delete_filter, save_filter
from signaux_faibles.web.request import AgentRequest

ACT = require_http_methods(["GET", "HEAD", "POST"])


@ACT
@open_to_agents
def keep_view(request: AgentRequest) -> HttpResponse:
    """Keep the filters of a page of follow-ups under a name, in place of those that had it."""
    if request.method != "POST":
        return redirect("follow_ups")
    form, query = SavedFilterForm(request.POST), QueryDict(request.POST.get("query", ""))
    if form.is_valid():
        notice = save_filter(request.user, Filtered.FOLLOW_UPS, form.cleaned_data["name"], query)
    else:
        notice = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return index_page(request, query, notice=notice, status=422) if notice else _back(query)


@ACT
@open_to_agents
def forget_view(request: AgentRequest) -> HttpResponse:
    """Delete a view of the agent; somebody else's is left as it is, and not revealed to exist."""
    if request.method == "POST":
        delete_filter(request.user, request.POST.get("filtre", ""))
    return _back(QueryDict(request.POST.get("query", "")))


def _back(query: QueryDict) -> HttpResponse:
    text = query.urlencode()
    return redirect(f"{resolve_url('follow_ups')}{f'?{text}' if text else ''}")
