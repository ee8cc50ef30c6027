"""What agents do in a campagne: an act that is refused, or comes too late, changes nothing, and the page says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_http_methods

from signaux_faibles.web.access import UNKNOWN, open_to_codefi, or_404
from signaux_faibles.web.accompagnements.acts import Actor, ActRefused
from signaux_faibles.web.accompagnements.pages.views import actor_of
from signaux_faibles.web.campagnes import running, taking
from signaux_faibles.web.campagnes.forms import CampagneForm
from signaux_faibles.web.campagnes.models import Campagne, CampagneCompany
from signaux_faibles.web.campagnes.running import MOST_COMPANIES, CampagneRefused, CampagneTooLong
from signaux_faibles.web.campagnes.standing import ActKind, ContactAct
from signaux_faibles.web.campagnes.taking import AlreadyTaken
from signaux_faibles.web.campagnes.views import (
    answer_form,
    campagne_page,
    index_page,
    sheet_of,
)
from signaux_faibles.web.request import AgentRequest
from signaux_faibles.web.rights.campagnes import CampagneRight, CampagneWhy
from signaux_faibles.web.rights.networks import secretariat_departements
from signaux_faibles.web.seances.forms import CompaniesForm
from signaux_faibles.web.seances.identifiers import found_in
from signaux_faibles.web.territory import department_choices
from signaux_faibles.wording.french import local_moment_label

ACT = require_http_methods(["GET", "HEAD", "POST"])
TOO_MANY = f"Une campagne compte au plus {MOST_COMPANIES} entreprises."
P = ParamSpec("P")
View = Callable[Concatenate[AgentRequest, P], HttpResponse]


def act_on_campagne(view: View[P]) -> Callable[Concatenate[AgentRequest, P], HttpResponseBase]:
    """Wrap an act on a campagne, whose number is in its address; read, the address leads to its page."""

    @wraps(view)
    def guarded(request: AgentRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        number = cast("int", kwargs["number"])  # as the URL conf names it
        sheet = sheet_of(request, number)
        if request.method != "POST":
            return redirect("campagne", number)
        try:
            return view(request, *args, **kwargs)
        except CampagneCompany.DoesNotExist as unknown:
            raise Http404(UNKNOWN) from unknown
        except (CampagneRefused, ActRefused) as refused:
            return campagne_page(request, sheet, notice=str(refused), status=403)
        except AlreadyTaken as late:
            return campagne_page(request, sheet_of(request, number), notice=_taken(late.act), status=409)
        except CampagneTooLong:
            return campagne_page(request, sheet, notice=TOO_MANY, status=409)

    return ACT(open_to_codefi(guarded))


@ACT
@open_to_codefi
def new(request: AgentRequest) -> HttpResponse:
    """Open a campagne."""
    departements = secretariat_departements(request.agent)
    if not departements:
        return index_page(request, notice=CampagneWhy.NOT_SECRETARIAT.value, status=403)
    offered = department_choices(departements)
    form = CampagneForm(request.POST if request.method == "POST" else None, departements=offered)
    if request.method == "POST" and form.is_valid():
        try:
            opened = _opened(request, form)
        except CampagneTooLong:
            form.add_error("identifiers", TOO_MANY)
        else:
            if opened is not None:
                return redirect("campagne", opened)
    return render(request, "campagnes/new.html", {"form": form}, status=422 if form.errors else 200)


@act_on_campagne
def add(request: AgentRequest, number: int) -> HttpResponse:
    """Add companies by their sirens or sirets: all of them, or none where one is refused."""
    sheet, form = sheet_of(request, number), CompaniesForm(request.POST)
    running.must(sheet.campagne, actor_of(request), CampagneRight.RUN)
    sirets = _sirets(request, form, sheet.campagne.departement) if form.is_valid() else None
    if sirets is None:
        return campagne_page(request, sheet, companies=form, status=422)
    running.add_companies(actor_of(request), number, sirets)
    return redirect("campagne", number)


@act_on_campagne
def close(request: AgentRequest, number: int) -> HttpResponse:
    """Close a campagne."""
    running.close_campagne(actor_of(request), number)
    return redirect("campagne", number)


@act_on_campagne
def take(request: AgentRequest, number: int, company: int) -> HttpResponse:
    """Take a company."""
    taking.take(actor_of(request), number, company)
    return redirect(f"{resolve_url('campagne', number)}#entreprise-{company}")


@act_on_campagne
def answer(request: AgentRequest, number: int, company: int) -> HttpResponse:
    """Say what came of a company that one took."""
    sheet, form = sheet_of(request, number), answer_form(company, request.POST)
    row = or_404(sheet.row(company))
    running.must(sheet.campagne, actor_of(request), CampagneRight.ANSWER, holds=row.mine)
    if not form.is_valid():
        return campagne_page(request, sheet, answer=(company, form), status=422)
    taking.answer(actor_of(request), number, company, form.report())
    return redirect(f"{resolve_url('campagne', number)}#entreprise-{company}")


def _opened(request: AgentRequest, form: CampagneForm) -> int | None:
    """The number of the campagne that a form opens; None where an identifier is refused, as the form then says."""
    actor, values = actor_of(request), form.cleaned_data
    sirets = _sirets(request, form, values["departement"])
    if sirets is None:
        return None
    return open_asked(actor, form, sirets).pk


def open_asked(actor: Actor, form: CampagneForm, sirets: Sequence[str]) -> Campagne:
    """Open the campagne of a valid form, on the first of some establishments within its capacity.

    Raises:
        CampagneRefused, CampagneTooLong: nothing is written.
    """
    values = form.cleaned_data
    called = sirets[: values["capacity"] or len(sirets)]
    return running.open_campagne(actor, values["departement"], values["title"], (*called, *carried_over(actor, form)))


def carried_over(actor: Actor, form: CampagneForm) -> tuple[str, ...]:
    """The establishments that former campagnes postponed, where the form asks for them."""
    values = form.cleaned_data
    return tuple(running.standing_postponements(actor, values["departement"])) if values["carry"] else ()


def _sirets(request: AgentRequest, form: CompaniesForm, departement: str) -> tuple[str, ...] | None:
    """The establishments that a form names in a department; None where one is elsewhere, as the form then says."""
    sites = found_in(request.snapshot, form.cleaned_data["identifiers"], departement)
    if sites.elsewhere:
        elsewhere = ", ".join(sites.elsewhere)
        form.add_error("identifiers", f"Sans établissement dans le département {departement} : {elsewhere}.")
        return None
    return sites.sirets


def _taken(act: ContactAct) -> str:
    """Who took a company or called it, and when."""
    did = act.outcome.value if act.kind is ActKind.OUTCOME and act.outcome else ""
    act_words = f"a noté « {did} »" if did else "a pris cette entreprise"
    return f"{act.who} {act_words} le {local_moment_label(act.at)} : vous ne l’avez pas prise."
