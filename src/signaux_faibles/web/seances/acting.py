"""What agents do to a séance: an act that is refused, or comes too late, changes nothing, and the page says why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_http_methods

from signaux_faibles.web.access import open_to_codefi, or_404
from signaux_faibles.web.accompagnements.acts import ActRefused
from signaux_faibles.web.accompagnements.pages.acting import too_late
from signaux_faibles.web.accompagnements.pages.views import actor_of
from signaux_faibles.web.accompagnements.recording import AlreadyOpen, Stale
from signaux_faibles.web.request import AgentRequest, today
from signaux_faibles.web.rights.networks import secretariat_departements
from signaux_faibles.web.rights.seances import SeanceAct, SeanceWhy
from signaux_faibles.web.seances import preparing
from signaux_faibles.web.seances.deciding import DecidedMeanwhile, NoFollowUp, TakenOff, decide_on
from signaux_faibles.web.seances.forms import CompaniesForm, SeanceForm, TermsForm
from signaux_faibles.web.seances.identifiers import found_in
from signaux_faibles.web.seances.preparing import MOST_COMPANIES, AgendaTooLong, AlreadyDecided, Terms
from signaux_faibles.web.seances.reading import Item, SeanceRefused, SeanceSheet, must
from signaux_faibles.web.seances.sending import NoRecipient, send_link
from signaux_faibles.web.seances.views import (
    decision_form,
    index_page,
    offers_of,
    seance_page,
    sheet_of,
)
from signaux_faibles.web.territory import department_choices
from signaux_faibles.wording.french import local_moment_label

ACT = require_http_methods(["GET", "HEAD", "POST"])
DECIDED = "Une décision a été notée : ni la date de la séance ni la présence de l’entreprise ne changent plus."
NO_FOLLOW_UP = "Aucun accompagnement n’est ouvert sur cet établissement : notez d’abord « Ouvrir un accompagnement »."
TAKEN_OFF = "L’entreprise vient d’être retirée de l’ordre du jour."
OPENED_MEANWHILE = "Un accompagnement vient d’être ouvert sur cet établissement."
TOO_MANY = f"Une séance examine au plus {MOST_COMPANIES} entreprises."
NO_MAIL = "Aucun serveur de courriel n’est réglé sur cette installation : copiez l’adresse de cette page."
SAID: Mapping[type[Exception], str] = {
    AlreadyOpen: OPENED_MEANWHILE,
    NoFollowUp: NO_FOLLOW_UP,
    AlreadyDecided: DECIDED,
    TakenOff: TAKEN_OFF,
    AgendaTooLong: TOO_MANY,
}
TOO_LATE: tuple[type[Exception], ...] = (Stale, DecidedMeanwhile, *SAID)
P = ParamSpec("P")
View = Callable[Concatenate[AgentRequest, P], HttpResponse]


def act_on_seance(view: View[P]) -> View[P]:
    """Wrap an act on a séance, whose number is in its address."""

    @wraps(view)
    def guarded(request: AgentRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        number = cast("int", kwargs["number"])  # as the URL conf names it
        sheet = sheet_of(request, number)
        if request.method != "POST" and view.__name__ != "prepare":
            return redirect("seance", number)
        try:
            return view(request, *args, **kwargs)
        except (SeanceRefused, ActRefused) as refused:
            return seance_page(request, sheet, notice=str(refused), status=403)
        except TOO_LATE as refused:
            return seance_page(request, sheet_of(request, number), notice=_why(refused), status=409)

    return ACT(open_to_codefi(guarded))


@ACT
@open_to_codefi
def new(request: AgentRequest) -> HttpResponse:
    """Open the preparation of a séance; its author is its first member."""
    departements = secretariat_departements(request.agent)
    if not departements:
        return index_page(request, notice=SeanceWhy.NOT_SECRETARIAT.value, status=403)
    offered = department_choices(departements)
    form = SeanceForm(request.POST if request.method == "POST" else None, departements=offered, today=today())
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        terms = Terms(values["on"], values["title"], (request.user.pk,))
        seance = preparing.create(actor_of(request), values["departement"], terms)
        return redirect("prepare_seance", seance.pk)
    return render(request, "seances/new.html", {"form": form}, status=422 if form.errors else 200)


@act_on_seance
def prepare(request: AgentRequest, number: int) -> HttpResponse:
    """Change the day, the title and the members."""
    sheet, actor = sheet_of(request, number), actor_of(request)
    must(sheet.seance, actor, SeanceAct.PREPARE)
    members = [one.pk for one in sheet.members]
    initial = {"on": sheet.seance.on, "title": sheet.seance.title, "members": members}
    accounts = preparing.offered_members(sheet.seance.departement, members)
    data = request.POST if request.method == "POST" else None
    form = TermsForm(data, accounts=accounts, today=today(), initial=initial)
    if request.method == "POST" and form.is_valid():
        preparing.change(actor, number, form.terms())
        return redirect("seance", number)
    return render(request, "seances/prepare.html", {"sheet": sheet, "form": form}, status=422 if form.errors else 200)


@act_on_seance
def add(request: AgentRequest, number: int) -> HttpResponse:
    """Add companies by their sirens or sirets: all of them, or none where one is refused."""
    sheet, form = sheet_of(request, number), CompaniesForm(request.POST)
    must(sheet.seance, actor_of(request), SeanceAct.PREPARE)
    if form.is_valid():
        companies = found_in(request.snapshot, form.cleaned_data["identifiers"], sheet.seance.departement)
        if not companies.elsewhere:
            return _added(request, number, companies.sirets)
        elsewhere = ", ".join(companies.elsewhere)
        refused = f"Sans établissement dans le département {sheet.seance.departement} : {elsewhere}."
        form.add_error("identifiers", refused)
    return seance_page(request, sheet, companies=form, status=422)


@act_on_seance
def add_followed(request: AgentRequest, number: int) -> HttpResponse:
    """Add the establishments of the department whose follow-up is open."""
    return _added(request, number, preparing.followed_in(sheet_of(request, number).seance.departement))


@act_on_seance
def add_to_review(request: AgentRequest, number: int) -> HttpResponse:
    """Add the companies that earlier séances put off to this one."""
    return _added(request, number, preparing.to_review(sheet_of(request, number).seance))


@act_on_seance
def remove(request: AgentRequest, number: int, company: int) -> HttpResponse:
    """Take a company off the agenda."""
    preparing.remove_company(actor_of(request), number, company)
    return redirect("seance", number)


@act_on_seance
def move(request: AgentRequest, number: int, company: int) -> HttpResponse:
    """Move a company up or down the agenda."""
    preparing.move_company(actor_of(request), number, company, up="up" in request.POST)
    return redirect(f"{resolve_url('seance', number)}#entreprise-{company}")


@act_on_seance
def decide(request: AgentRequest, number: int, company: int) -> HttpResponse:
    """Write a decision."""
    sheet, actor = sheet_of(request, number), actor_of(request)
    item = _item(sheet, company)
    must(sheet.seance, actor, SeanceAct.DECIDE)
    form = decision_form(item, request.POST, offers_of(sheet))
    if not form.is_valid():
        return seance_page(request, sheet, decision=(company, form), status=422)
    seen = {"snapshot": request.snapshot.manifest.id, "seance": number}
    decide_on(actor, item.company, item.place, form.choice(), seen)
    return redirect(f"{resolve_url('seance', number)}#entreprise-{company}")


@act_on_seance
def send(request: AgentRequest, number: int) -> HttpResponse:
    """Send the link to the members."""
    sheet, actor = sheet_of(request, number), actor_of(request)
    must(sheet.seance, actor, SeanceAct.SEND)
    if not settings.EMAIL_HOST:
        return seance_page(request, sheet, notice=NO_MAIL, status=503)
    try:
        send_link(actor, sheet.seance, settings.SF_ADDRESS, settings.DEFAULT_FROM_EMAIL)
    except NoRecipient:
        return seance_page(request, sheet, notice="La séance n’a aucun membre à qui écrire.", status=409)
    except OSError:
        why = "Le serveur de courriel a refusé ou n’a pas répondu : le lien n’est pas parti à tous."
        return seance_page(request, sheet, notice=why, status=503)
    return redirect("seance", number)


def _added(request: AgentRequest, number: int, sirets: Iterable[str]) -> HttpResponse:
    preparing.add_companies(actor_of(request), number, sirets)
    return redirect(f"{resolve_url('seance', number)}#ordre-du-jour")


def _item(sheet: SeanceSheet, company: int) -> Item:
    return or_404(sheet.item(company))


def _why(refused: Exception) -> str:
    """Why an act came too late, or cannot be done here."""
    if isinstance(refused, Stale):
        return too_late(refused)
    if isinstance(refused, DecidedMeanwhile):
        last = refused.last
        return (
            f"{last.author.signature} a noté « {last.words} » le {local_moment_label(last.at)}, pendant que vous "
            "lisiez : votre décision n’est pas écrite. Voici l’état d’aujourd’hui."
        )
    return SAID[type(refused)]
