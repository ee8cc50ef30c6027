"""Pages of campagnes de contact: 404 for agents outside the CODEFI network, as if there were none."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from signaux_faibles.web.access import open_to_codefi, or_404
from signaux_faibles.web.accompagnements.pages.views import actor_of
from signaux_faibles.web.campagnes.forms import AnswerForm
from signaux_faibles.web.campagnes.reading import CampagneSheet, readable_campagnes
from signaux_faibles.web.request import AgentRequest, today
from signaux_faibles.web.rights.campagnes import CampagneRight
from signaux_faibles.web.rights.networks import secretariat_departements
from signaux_faibles.web.seances.forms import CompaniesForm

PAGE_SIZE = 20


def sheet_of(request: AgentRequest, number: int) -> CampagneSheet:
    """A campagne as the agent of a request reads it; 404 where they may not."""
    return or_404(CampagneSheet.read(number, actor_of(request), request.snapshot))


@require_safe
@open_to_codefi
def index(request: AgentRequest) -> HttpResponse:
    """The campagnes that are open, and those that are closed, the latest first."""
    return index_page(request)


def index_page(request: AgentRequest, *, notice: str = "", status: int = 200) -> HttpResponse:
    """The list of campagnes; with `notice`, why something was refused."""
    campagnes = readable_campagnes(actor_of(request))
    closed = campagnes.exclude(closed_on=None).order_by("-closed_on", "-pk")
    context = {
        "running": campagnes.filter(closed_on=None).order_by("-opened_on", "-pk"),
        "closed": Paginator(closed, PAGE_SIZE).get_page(request.GET.get("page")),
        "runs": bool(secretariat_departements(request.agent)),
        "notice": notice,
    }
    return render(request, "campagnes/index.html", context, status=status)


@require_safe
@open_to_codefi
def campagne(request: AgentRequest, number: int) -> HttpResponse:
    """A campagne: what is to be called, who took what, what came of it."""
    return campagne_page(request, sheet_of(request, number))


def campagne_page(
    request: AgentRequest,
    sheet: CampagneSheet,
    *,
    companies: CompaniesForm | None = None,
    answer: tuple[int, AnswerForm] | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of a campagne; with the forms that were refused, or why an act was."""
    answers = sheet.campagne.closed_on is None
    context = {
        "sheet": sheet,
        "mine": [
            (one, answer[1] if answer and answer[0] == one.company.pk else answer_form(one.company.pk, None))
            if answers
            else (one, None)
            for one in sheet.mine
        ],
        "takes": sheet.may[CampagneRight.TAKE.name].allowed,
        "runs": sheet.may[CampagneRight.RUN.name].allowed,
        "companies_form": companies or CompaniesForm(),
        "notice": notice,
    }
    return render(request, "campagnes/campagne.html", context, status=status)


def answer_form(company: int, data: object) -> AnswerForm:
    """The form that says what came of a company."""
    return AnswerForm(data, today=today(), auto_id=f"resultat-{company}-%s")
