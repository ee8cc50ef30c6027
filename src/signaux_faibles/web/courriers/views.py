"""Pages of the letter to one director: what is sent, the file, what was noted; and the neutral sheet of dispositifs."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_safe

from signaux_faibles.snapshot.served.establishments import Site, site_of
from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.accompagnements.contacts import courtesy, touches_of
from signaux_faibles.web.accompagnements.naming import name_of
from signaux_faibles.web.accompagnements.pages.acting import ACT
from signaux_faibles.web.accompagnements.pages.views import UNKNOWN_PLACE, actor_of, place_of
from signaux_faibles.web.courriers.answers import Sequel
from signaux_faibles.web.courriers.dispositifs import DispositifSheet, sheet_docx
from signaux_faibles.web.courriers.forms import StepForm
from signaux_faibles.web.courriers.merging import DrawnLetter, letter_to, letters_docx
from signaux_faibles.web.courriers.models import TemplateKind
from signaux_faibles.web.courriers.noting import (
    OutOfTurn,
    exchanges,
    exchanges_of_others,
    note_step,
    steps_for,
    verdict_of,
)
from signaux_faibles.web.courriers.templates import TemplateRefused, template_of
from signaux_faibles.web.documents.pdf import CannotDraw, draw_pdf
from signaux_faibles.web.documents.word import TYPE
from signaux_faibles.web.request import AgentRequest, today

MEANWHILE = "Cette étape vient d’être notée, ou ne suit pas la précédente : rien n’a été écrit."


@ACT
@open_to_agents
def letter(request: AgentRequest, siret: str) -> HttpResponse:
    """The letter to a director as it would be sent, what was noted before, and the form that notes what comes next."""
    site, actor = _site(request, siret), actor_of(request)
    verdict = verdict_of(actor, site)
    if not verdict.allowed:
        return render(request, "courriers/refused.html", {"site": site, "why": verdict.why}, status=403)
    noted = exchanges(actor, [siret])[siret]
    form = StepForm(
        request.POST if request.method == "POST" else None, steps=steps_for(noted, actor.today), today=actor.today
    )
    notice = ""
    if request.method == "POST" and form.is_valid():
        try:
            note_step(actor, site, *form.chosen())
        except OutOfTurn:
            notice = MEANWHILE
        else:
            return redirect(f"{resolve_url('letter', siret)}#echange")
    kind = kind_of(request.GET.get("modele", ""))
    drawn, refused = _drawn(request, site, kind)
    touches = touches_of(siret, actor, site.departement)
    context = {
        "site": site,
        "name": name_of(site),
        "kinds": [(one, one is kind) for one in TemplateKind],
        "kind": kind,
        "letter": drawn,
        "refused": refused,
        "noted": noted,
        "others": exchanges_of_others(actor, site),
        "form": form,
        "notice": notice,
        "colleague": courtesy(touches, actor.today),
        "sequel": Sequel.of(actor, place_of(request, siret)),
    }
    status = 409 if notice else 422 if form.errors else 200
    return render(request, "courriers/letter.html", context, status=status)


@require_safe
@open_to_agents
def letter_file(request: AgentRequest, siret: str) -> HttpResponse:
    """The letter to a director as DOCX."""
    site = _site(request, siret)
    verdict = verdict_of(actor_of(request), site)
    if not verdict.allowed:
        return render(request, "courriers/refused.html", {"site": site, "why": verdict.why}, status=403)
    drawn, _ = _drawn(request, site, kind_of(request.GET.get("modele", "")))
    if drawn is None:
        return redirect("letter", siret)
    return word_file(letters_docx((drawn,)), f"courrier-{siret}.docx")


@require_safe
@open_to_agents
def dispositifs_file(request: AgentRequest, extension: str) -> HttpResponse:
    """The neutral sheet of the dispositifs in force today, in PDF or DOCX."""
    sheet = DispositifSheet.of(today())
    name = f"dispositifs-{sheet.day.isoformat()}.{extension}"
    if extension == "docx":
        return word_file(sheet_docx(sheet), name)
    if extension != "pdf":
        raise Http404
    try:
        answer = HttpResponse(draw_pdf("courriers/dispositifs.html", {"sheet": sheet}), content_type="application/pdf")
    except CannotDraw:
        return render(request, "errors/no_pdf.html", status=503)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def kind_of(name: str) -> TemplateKind:
    """The kind of template that an address names; the first letter where it names none."""
    return TemplateKind.__members__.get(name, TemplateKind.FIRST)


def word_file(document: bytes, name: str) -> HttpResponse:
    """A DOCX to save."""
    answer = HttpResponse(document, content_type=TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _site(request: AgentRequest, siret: str) -> Site:
    site = site_of(request.snapshot, siret)
    if site is None:
        raise Http404(UNKNOWN_PLACE)
    return site


def _drawn(request: AgentRequest, site: Site, kind: TemplateKind) -> tuple[DrawnLetter | None, tuple[str, ...]]:
    """The letter, or why its template may not be sent."""
    template, fictitious = template_of(request.agent.administration, kind), request.snapshot.manifest.fictitious
    try:
        return letter_to(site, template, request.user, today(), fictitious=fictitious), ()
    except TemplateRefused as refused:
        return None, refused.sentences
