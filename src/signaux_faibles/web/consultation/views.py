"""Pages of consultation."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from signaux_faibles.snapshot.search_words import LONGEST_TEXT, SearchRefused
from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.consultation.company_sheet import CompanySheet
from signaux_faibles.web.consultation.search_results import SearchResults, identified, searched
from signaux_faibles.web.request import AgentRequest, today


@require_safe
def home(request: AgentRequest) -> HttpResponse:
    """The first page: a search, and a link to the latest list."""
    return render(request, "consultation/home.html")


@require_safe
@open_to_agents
def search(request: AgentRequest) -> HttpResponse:
    """The companies that match; a whole siren or siret opens the page of its company."""
    text = request.GET.get("q", "").strip()
    siren = identified(text, request.snapshot)
    if siren:
        return redirect("company", siren)
    try:
        results = SearchResults.read(
            searched(text),
            page=request.GET.get("page"),
            agent=request.agent,
            snapshot=request.snapshot,
            home=settings.SF_HOME,
            today=today(),
        )
    except SearchRefused as refused:
        return render(request, "consultation/search.html", {"text": text[:LONGEST_TEXT], "refusal": str(refused)})
    return render(request, "consultation/search.html", {"text": text, "results": results})


@require_safe
@open_to_agents
def company(request: AgentRequest, siren: str) -> HttpResponse:
    """The sheet of a company: identity, alert and why, debts, procedures."""
    sheet = CompanySheet.read(
        siren, agent=request.agent, snapshot=request.snapshot, home=settings.SF_HOME, today=today()
    )
    if sheet is None:
        raise Http404("Cette entreprise n'est pas dans le répertoire.")
    return render(request, "consultation/company.html", {"sheet": sheet})
