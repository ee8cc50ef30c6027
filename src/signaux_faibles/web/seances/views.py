"""Pages of séances: 404 for agents outside the CODEFI network, as if there were none."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from signaux_faibles.web.access import UNKNOWN, open_to_codefi, or_404
from signaux_faibles.web.accompagnements.pages.views import actor_of
from signaux_faibles.web.accompagnements.people import offered_accounts
from signaux_faibles.web.accompagnements.references import ReferenceKind, offered
from signaux_faibles.web.documents.pdf import CannotDraw, draw_pdf
from signaux_faibles.web.documents.word import TYPE
from signaux_faibles.web.request import AgentRequest, today
from signaux_faibles.web.rights.networks import secretariat_departements
from signaux_faibles.web.rights.seances import SeanceAct
from signaux_faibles.web.seances.forms import CompaniesForm, DecisionForm
from signaux_faibles.web.seances.papers import TITLES, PaperKind, paper_of
from signaux_faibles.web.seances.reading import Item, SeanceSheet, readable_seances
from signaux_faibles.web.seances.word import paper_docx

PAGE_SIZE = 20


def sheet_of(request: AgentRequest, number: int) -> SeanceSheet:
    """A séance as the agent of a request reads it; 404 where they may not."""
    return or_404(SeanceSheet.read(number, actor_of(request), request.snapshot))


@require_safe
@open_to_codefi
def index(request: AgentRequest) -> HttpResponse:
    """The séances to come, and those that are past, the latest first."""
    return index_page(request)


def index_page(request: AgentRequest, *, notice: str = "", status: int = 200) -> HttpResponse:
    """The list of séances; with `notice`, why something was refused."""
    seances = readable_seances(actor_of(request))
    context = {
        "coming": seances.filter(on__gte=today()).order_by("on", "pk"),
        "held": Paginator(seances.filter(on__lt=today()).order_by("-on", "-pk"), PAGE_SIZE).get_page(
            request.GET.get("page")
        ),
        "prepares": bool(secretariat_departements(request.agent)),
        "notice": notice,
    }
    return render(request, "seances/index.html", context, status=status)


@require_safe
@open_to_codefi
def seance(request: AgentRequest, number: int) -> HttpResponse:
    """A séance: its agenda, what is decided."""
    return seance_page(request, sheet_of(request, number))


@require_safe
@open_to_codefi
def paper(request: AgentRequest, number: int, kind: str, extension: str) -> HttpResponse:
    """The agenda or the relevé in PDF or DOCX, by the rights of whoever asks for it."""
    kinds = {one.value: one for one in PaperKind}
    if kind not in kinds or extension not in ("pdf", "docx"):
        raise Http404(UNKNOWN)
    sheet = sheet_of(request, number)
    drawn = paper_of(kinds[kind], sheet, request.user.name, today(), request.snapshot.manifest)
    try:
        document = paper_docx(drawn) if extension == "docx" else draw_pdf("seances/paper.html", {"paper": drawn})
    except CannotDraw:
        return render(request, "errors/no_pdf.html", status=503)
    answer = HttpResponse(document, content_type=TYPE if extension == "docx" else "application/pdf")
    name = f"{kind}-{sheet.seance.departement}-{sheet.seance.on.isoformat()}.{extension}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def seance_page(
    request: AgentRequest,
    sheet: SeanceSheet,
    *,
    companies: CompaniesForm | None = None,
    decision: tuple[int, DecisionForm] | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of a séance; with the forms that were refused, or why an act was."""
    decides = sheet.may[SeanceAct.DECIDE.name].allowed
    offers = offers_of(sheet) if decides else {}
    forms = [
        (one, decision[1] if decision and decision[0] == one.company.pk else decision_form(one, None, offers))
        if decides
        else (one, None)
        for one in sheet.items
    ]
    context = {
        "sheet": sheet,
        "items": forms,
        "notice": notice,
        "papers": [(one.value, TITLES[one]) for one in PaperKind],
    }
    context["companies_form"] = companies or CompaniesForm()
    return render(request, "seances/seance.html", context, status=status)


def decision_form(item: Item, data: Any, offers: dict[str, Any]) -> DecisionForm:
    """The form that writes a decision about a company."""
    read = {"after": item.last_decision, "version": item.version}
    return DecisionForm(data, initial=read, auto_id=f"decision-{item.company.pk}-%s", today=today(), **offers)


def offers_of(sheet: SeanceSheet) -> dict[str, Any]:
    """What a decision may choose: the agents of the department, the redirections of today."""
    return {
        "accounts": offered_accounts(sheet.seance.departement, ()),
        "redirections": offered(ReferenceKind.REDIRECTION, today()),
    }
