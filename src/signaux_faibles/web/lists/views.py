"""Pages of the published lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from signaux_faibles.snapshot.archived.promises import aftermath, promise_sentences
from signaux_faibles.snapshot.served.lists import PublishedList, published_lists
from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.accompagnements.pages.views import actor_of
from signaux_faibles.web.alert_work.done import SaidOn, announced
from signaux_faibles.web.alert_work.forms import WorkForm, assignable
from signaux_faibles.web.alert_work.models import Filtered
from signaux_faibles.web.alert_work.saved import filters_of
from signaux_faibles.web.components.facets import Facet, facet
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.lists.alert_list import AlertList
from signaux_faibles.web.lists.asking import Asking, numbered
from signaux_faibles.web.lists.filters import ListFilters
from signaux_faibles.web.lists.journalling import record_list
from signaux_faibles.web.lists.neighbours import company_query
from signaux_faibles.web.lists.tabs import ListTabs
from signaux_faibles.web.lists.withdrawal import unless_withdrawn, withdrawn_since
from signaux_faibles.web.request import AgentRequest
from signaux_faibles.web.rights.networks import secretariat_departements
from signaux_faibles.web.seances.preparing import open_to_companies

FACETS = ("work", "level", "procedure", "departements", "section", "legal_form")
"""The filters that show how many companies each choice would keep."""


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
@unless_withdrawn
def alert_list(request: AgentRequest, number: int) -> HttpResponse:
    """A published list, by its number."""
    lists = published_lists(settings.SF_HOME)
    return _page(request, lists, numbered(lists, number))


def _page(request: AgentRequest, lists: list[PublishedList], chosen: PublishedList) -> HttpResponse:
    reader = Reader.of(request)
    asking = Asking.of(request.GET, chosen, lists, reader=reader, snapshot=request.snapshot)
    page = AlertList.read(asking.asked, page=request.GET.get("page"), reader=reader, snapshot=request.snapshot)
    fragment = is_fragment(request)
    if fragment and page.decision.allowed and asking.filters.errors:  # beside the fields, which a fragment leaves out
        return HttpResponse(headers={"HX-Redirect": request.get_full_path()})
    if page.rows:
        record_list(page, reader, request)
    template = "lists/_results.html" if fragment else "lists/list.html"
    content: dict[str, Any] = vars(asking) | {"lists": lists, "chosen": chosen, "page": page, "fragment": fragment}
    content["withdrawn"] = withdrawn_since(lists, chosen)
    content["done"] = announced(request, SaidOn.LIST)
    content["tabs"] = ListTabs.of(lists, chosen)
    content["facets"] = facets(asking.filters, page.selected.counts)
    if page.decision.allowed:
        content["work_form"] = WorkForm(None, people=assignable(request.agent, reader.today))
        content["kept_filters"] = filters_of(request.user, Filtered.LISTS)
        content["company_query"] = company_query(chosen, request.GET)
        content["promise"] = promise_sentences(chosen, lists[0], aftermath(request.snapshot, chosen))
        content["seances"] = open_to_companies(actor_of(request))
        content["runs_campagnes"] = bool(secretariat_departements(request.agent))
    answer = render(request, template, content, status=200 if page.decision.allowed else 403)
    patch_vary_headers(answer, ["HX-Request", "HX-History-Restore-Request"])
    return answer


def facets(form: ListFilters, counts: Mapping[str, Counter[str]]) -> tuple[Facet, ...]:
    """The filters that offer choices; each department of the zone is one, whatever it would keep."""
    return tuple(facet(form, name, counts.get(name, Counter()), always=name == "departements") for name in FACETS)


def is_fragment(request: HttpRequest) -> bool:
    """Whether only the results are asked for; the Back button asks for the whole page, with a header of its own."""
    return bool(request.headers.get("HX-Request")) and not request.headers.get("HX-History-Restore-Request")
