"""Pages of the published lists."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from signaux_faibles.snapshot.served.activity import naf_sections
from signaux_faibles.snapshot.served.lists import PublishedList, first_alerts_known, published_lists
from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.lists.alert_list import AlertList
from signaux_faibles.web.lists.filters import ListFilters
from signaux_faibles.web.request import AgentRequest, today


@require_safe
@open_to_agents
def latest_list(request: AgentRequest) -> HttpResponse:
    """The latest published list."""
    lists = published_lists(settings.SF_HOME)
    if not lists:
        return render(request, "lists/none.html")
    return _page(request, lists, lists[0])


@require_safe
@open_to_agents
def alert_list(request: AgentRequest, number: int) -> HttpResponse:
    """A published list, by its number."""
    lists = published_lists(settings.SF_HOME)
    chosen = next((one for one in lists if one.number == number), None)
    if chosen is None:
        raise Http404("Cette liste n'est pas publiée.")
    return _page(request, lists, chosen)


def _page(request: AgentRequest, lists: list[PublishedList], chosen: PublishedList) -> HttpResponse:
    known = first_alerts_known(request.snapshot, chosen)
    filters = ListFilters(request.GET, agent=request.agent, sections=naf_sections(request.snapshot), first_alerts=known)
    page = AlertList.read(
        chosen,
        filters.selection(),
        page=request.GET.get("page"),
        agent=request.agent,
        snapshot=request.snapshot,
        today=today(),
    )
    fragment = is_fragment(request)
    if fragment and page.decision.allowed and filters.errors:  # shown beside the fields, which a fragment leaves out
        return HttpResponse(headers={"HX-Redirect": request.get_full_path()})
    template = "lists/_results.html" if fragment else "lists/list.html"
    content = {"lists": lists, "chosen": chosen, "filters": filters, "page": page}
    answer = render(request, template, content, status=200 if page.decision.allowed else 403)
    patch_vary_headers(answer, ["HX-Request", "HX-History-Restore-Request"])
    return answer


def is_fragment(request: HttpRequest) -> bool:
    """Whether only the results are asked for; the Back button asks for the whole page, with a header of its own."""
    return bool(request.headers.get("HX-Request")) and not request.headers.get("HX-History-Restore-Request")
