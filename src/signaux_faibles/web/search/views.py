"""Pages of the search."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from signaux_faibles.snapshot.search.identifiers import Identifier, IdentifierKind, identifiers, miscounted
from signaux_faibles.snapshot.search.reading import LONGEST_TEXT, SearchRefused
from signaux_faibles.snapshot.served.activity import naf_sections
from signaux_faibles.snapshot.served.company import company_of, has_establishment
from signaux_faibles.snapshot.served.procedures import sources_not_read
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.accounts.session_purpose import purpose_of
from signaux_faibles.web.components.facets import facet
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.journal.reading import record_reading
from signaux_faibles.web.journal.usage import Asker
from signaux_faibles.web.request import AgentRequest, today
from signaux_faibles.web.rights.decide import decide_family
from signaux_faibles.web.rights.refusals import refusals
from signaux_faibles.web.search.form import LevelFilter, SearchForm
from signaux_faibles.web.search.identifier_list import MOST_IDENTIFIERS, IdentifierList, ListRefused, cells_of
from signaux_faibles.web.search.pace import PACE
from signaux_faibles.web.search.results import Hit, Searching, SearchResults
from signaux_faibles.web.search.suggestions import place_suggestions, suggestions

LEVEL_HINT = "Parmi les entreprises actives dans votre zone, d’après la dernière liste publiée."
MISCOUNTED = "Il a {} chiffres : un siren en a 9, un siret 14."
UNREAD = "Non lu : {}. Des procédures peuvent manquer."


@require_safe
@open_to_agents
def search(request: AgentRequest) -> HttpResponse:
    """The companies that match; a whole siren, siret or VAT number opens the page of its company or establishment."""
    text = request.GET.get("q", "").strip()
    asked = identifiers(text)
    if len(asked) == 1:
        page = _page_of(asked[0], request.snapshot)
        if page is not None:
            return page
    searching = _searching(request)
    form = _form(request, searching)
    content = {"text": text[:LONGEST_TEXT], "form": form, "has_zone": bool(request.agent.zone)}
    content["sections"] = facet(form, "section", None)
    if not form.is_valid():
        return render(request, "search/search.html", content | {"refusal": form.refusal})
    if len(asked) > 1:
        listed = IdentifierList.read([(one.digits, one) for one in asked], searching)
        _record_levels(request, (row.hit for row in listed.rows))
        return render(request, "search/search.html", content | {"listed": listed})
    unknown = IdentifierList.read([(text, one) for one in asked], searching).rows
    if unknown:
        content["unknown"], text = unknown[0], asked[0].siren
    try:
        near, page_number = request.GET.get("near") == "on", request.GET.get("page")
        results = SearchResults.read(text, form, page=page_number, near=near, searching=searching)
    except SearchRefused as refused:
        return render(request, "search/search.html", content | {"refusal": str(refused)})
    if digits := miscounted(text):
        content |= {"miscounted": digits, "miscounted_said": MISCOUNTED.format(digits)}
    _record_levels(request, [*results.hits, *results.near, *(row.hit for row in unknown)])
    content["sections"] = facet(form, "section", results.sections)
    return render(request, "search/search.html", content | {"results": results})


@require_safe
@open_to_agents
def search_suggestions(request: AgentRequest) -> JsonResponse:
    """What the text of the field may become; nothing, with 429, for whoever asks faster than people type."""
    if not PACE.admits(request.user.pk):
        return JsonResponse({"suggestions": []}, status=429)
    purpose = purpose_of(request)
    PACE.count(Asker(f"{today():%Y-%m}", request.user.administration, purpose.name if purpose else ""))
    offered = suggestions(request.GET.get("q", ""), request.agent, request.snapshot)
    return JsonResponse({"suggestions": offered})


@require_safe
@open_to_agents
def search_places(request: AgentRequest) -> JsonResponse:
    """The places that the text of a filter may become; nothing, with 429, for whoever asks faster than people type."""
    if not PACE.admits(request.user.pk):
        return JsonResponse({"suggestions": []}, status=429)
    return JsonResponse({"suggestions": place_suggestions(request.GET.get("q", ""))})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_agents
def search_identifiers(request: AgentRequest) -> HttpResponse:
    """The companies and establishments of a pasted list."""
    text = request.POST.get("identifiers", "")
    content: dict[str, object] = {"pasted": text, "most": MOST_IDENTIFIERS}
    if request.method != "POST":
        return render(request, "search/identifiers.html", content)
    try:
        listed = IdentifierList.read(cells_of(text), _searching(request))
    except ListRefused as refused:
        return render(request, "search/identifiers.html", content | {"refusal": str(refused)}, status=422)
    _record_levels(request, (row.hit for row in listed.rows))
    return render(request, "search/identifiers.html", content | {"listed": listed})


def _record_levels(request: AgentRequest, hits: Iterable[Hit | None]) -> None:
    """Record the companies whose level is about to be shown."""
    alerted = [hit.card.registered.siren for hit in hits if hit and hit.level]
    if alerted:
        detail = {"snapshot": request.snapshot.manifest.id, "sirens": alerted}
        record_reading(Reader.of(request), "recherche", [Family.DETECTION], detail=detail)


def _page_of(asked: Identifier, snapshot: Snapshot) -> HttpResponse | None:
    """The page of an identifier; None if the register does not hold it."""
    if asked.kind is IdentifierKind.SIRET:
        return redirect("establishment", asked.digits) if has_establishment(snapshot, asked.digits) else None
    return redirect("company", asked.siren) if company_of(snapshot, asked.siren) else None


def _searching(request: AgentRequest) -> Searching:
    return Searching(request.agent, request.user, request.snapshot, settings.SF_HOME, today())


def _form(request: AgentRequest, searching: Searching) -> SearchForm:
    decision = decide_family(request.agent, Family.DETECTION, searching.today)
    closed = refusals(request.agent, lambda _: decision, (Family.DETECTION,))
    unread = " et ".join(sources_not_read(request.snapshot.manifest))
    return SearchForm(
        request.GET,
        sections=naf_sections(request.snapshot),
        level=LevelFilter(decision, closed[0].text if closed else LEVEL_HINT),
        procedures_unread=UNREAD.format(unread) if unread else "",
    )
