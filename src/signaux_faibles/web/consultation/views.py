"""Pages of consultation."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from signaux_faibles.snapshot.served.company import known_companies
from signaux_faibles.snapshot.served.lists import published_lists
from signaux_faibles.sources.families import Family
from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.accounts.session_terms import last_visit
from signaux_faibles.web.alert_work.done import done_on_company
from signaux_faibles.web.alert_work.panel import WorkPanel
from signaux_faibles.web.circulation.models import Announcement
from signaux_faibles.web.consultation.accounts.comparables import ComparablesPage
from signaux_faibles.web.consultation.company_sheet import SHOWN_FAMILIES, CompanySheet
from signaux_faibles.web.consultation.establishment_sheet import EstablishmentSheet
from signaux_faibles.web.consultation.page import CompanyPage, EstablishmentPage, Refused
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.consultation.zone_news import ZoneNews
from signaux_faibles.web.documents.pdf import CannotDraw, company_pdf
from signaux_faibles.web.journal.kinds import EntryKind
from signaux_faibles.web.journal.reading import record_page, record_reading
from signaux_faibles.web.lists.neighbours import Neighbours
from signaux_faibles.web.request import AgentRequest, today
from signaux_faibles.web.rights.decide import decide_family

UNKNOWN_COMPANY = "Cette entreprise n’est pas dans le répertoire."
UNKNOWN_ESTABLISHMENT = "Cet établissement n’est pas dans le répertoire."


@require_safe
def home(request: AgentRequest) -> HttpResponse:
    """The first page: a search, and what changed in the zone of the agent since they last came."""
    announcements = Announcement.objects.filter(until__gte=today()).order_by("-pk")
    if not decide_family(request.agent, Family.OPEN, today()).allowed:
        return render(request, "consultation/home.html", {"announcements": announcements})
    reader = Reader.of(request)
    news = ZoneNews.of(reader, request.snapshot, settings.SF_HOME, last_visit(request), request.GET.get("tout", ""))
    detail = {"snapshot": request.snapshot.manifest.id, "sirens": news.named}
    record_reading(reader, "accueil", news.read, detail=detail)
    return render(request, "consultation/home.html", {"news": news, "announcements": announcements})


@require_safe
@open_to_agents
def company(request: AgentRequest, siren: str) -> HttpResponse:
    """The page of a company: what is wrong, since when, how much."""
    return company_page(request, siren)


@require_safe
@open_to_agents
def comparables(request: AgentRequest, siren: str) -> HttpResponse:
    """The companies nearest to one of the perimeter, with their last accounts and what may be read of their level."""
    names, reader = known_companies(request.snapshot, [siren]), Reader.of(request)
    if not names:
        raise Http404(UNKNOWN_COMPANY)
    lists = published_lists(settings.SF_HOME)
    page = ComparablesPage.read(siren, reader=reader, snapshot=request.snapshot, lists=lists)
    if page and page.shown:
        detail = {"snapshot": request.snapshot.manifest.id, "sirens": page.shown}
        record_reading(reader, f"comparables de {siren}", [Family.DETECTION], detail=detail)
    content = {"page": page, "siren": siren, "name": names[siren]}
    return render(request, "consultation/comparables.html", content)


@require_safe
@open_to_agents
def establishment(request: AgentRequest, siret: str) -> HttpResponse:
    """The page of an establishment."""
    return establishment_page(request, siret)


@require_safe
@open_to_agents
def company_sheet_pdf(request: AgentRequest, siren: str) -> HttpResponse:
    """The page of a company in PDF, by the rights of whoever asks for it."""
    reader = Reader.of(request, in_a_file=True)
    sheet, manifest = company_sheet(request, siren, reader), request.snapshot.manifest
    snapshot_facts = {"as_of": manifest.as_of, "fictitious": manifest.fictitious}
    try:
        document = company_pdf({"sheet": sheet, "reader": reader.account.name, "day": reader.today, **snapshot_facts})
    except CannotDraw:
        return render(request, "errors/no_pdf.html", status=503)
    record_page(reader, siren, sheet.ask, SHOWN_FAMILIES, snapshot=manifest.id, kind=EntryKind.EXPORT)
    answer = HttpResponse(document, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="fiche-{sheet.company.siren}.pdf"'
    return answer


def company_page(request: AgentRequest, siren: str, refused: Refused = Refused()) -> HttpResponse:  # noqa: B008 (frozen)
    """The page of a company, with the form that was refused if one was, then as 422."""
    reader = Reader.of(request)
    sheet = company_sheet(request, siren, reader)
    page = CompanyPage.of(sheet, reader, refused)
    record_page(reader, siren, sheet.ask, SHOWN_FAMILIES, snapshot=request.snapshot.manifest.id)
    content = vars(page) | {"page": page} | listed(request, siren, sheet, reader)
    return render(request, "consultation/company.html", content, status=_status(refused))


def listed(request: AgentRequest, siren: str, sheet: CompanySheet, reader: Reader) -> dict[str, object]:
    """The place of a company in the list that led to its page, and the work on its alert."""
    snapshot = request.snapshot
    return {
        "neighbours": Neighbours.read(request.GET, siren, reader=reader, snapshot=snapshot),
        "work": WorkPanel.read(sheet, reader),
        "done": done_on_company(request, reader),
    }


def company_sheet(request: AgentRequest, siren: str, reader: Reader) -> CompanySheet:
    """The sheet of a company.

    Raises:
        Http404: the register does not hold it.
    """
    page, home = request.GET.get("etablissements"), settings.SF_HOME
    sheet = CompanySheet.read(siren, reader=reader, snapshot=request.snapshot, home=home, page=page)
    if sheet is None:
        raise Http404(UNKNOWN_COMPANY)
    return sheet


def establishment_page(request: AgentRequest, siret: str, refused: Refused = Refused()) -> HttpResponse:  # noqa: B008
    """The page of an establishment, with the form that was refused if one was, then as 422."""
    reader = Reader.of(request)
    sheet = EstablishmentSheet.read(siret, reader=reader, snapshot=request.snapshot, home=settings.SF_HOME)
    if sheet is None:
        raise Http404(UNKNOWN_ESTABLISHMENT)
    page = EstablishmentPage.of(sheet, reader, refused)
    ask = reader.asking(sheet.company.siren, sheet.company.active_departments)
    record_page(reader, siret, ask, SHOWN_FAMILIES, snapshot=request.snapshot.manifest.id)
    return render(request, "consultation/establishment.html", vars(page) | {"page": page}, status=_status(refused))


def _status(refused: Refused) -> int:
    return 422 if refused.section else 200
