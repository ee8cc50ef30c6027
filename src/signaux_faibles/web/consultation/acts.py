"""What agents do on the page of a company: unlock it, say whether its detection is of use, dispute a figure."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_http_methods

from signaux_faibles.snapshot.served.establishments import establishment_of
from signaux_faibles.sources.families import Family
from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.consultation.page import SECTIONS, Refused
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.consultation.views import (
    UNKNOWN_ESTABLISHMENT,
    company_page,
    company_sheet,
    establishment_page,
)
from signaux_faibles.web.feedback.forms import USEFUL, DisputeForm, VoteForm
from signaux_faibles.web.feedback.opinions import dispute, vote
from signaux_faibles.web.feedback.reasons import UselessReason
from signaux_faibles.web.feedback.subjects import Subject
from signaux_faibles.web.request import AgentRequest
from signaux_faibles.web.rights.unlocks import Motive
from signaux_faibles.web.unlocking.form import UnlockForm
from signaux_faibles.web.unlocking.unlock import unlock

ACT = require_http_methods(["GET", "HEAD", "POST"])
"""Where the address of an act leads when it is merely followed, as after signing in again."""


@ACT
@open_to_agents
def unlock_company(request: AgentRequest, siren: str) -> HttpResponse:
    """Open for ninety days, for a motive, what only the zone closes; where it closes nothing, change nothing."""
    reader = Reader.of(request)
    sheet = company_sheet(request, siren, reader)
    if request.method != "POST" or not sheet.unlockable:
        return _to_section(siren, "droits")
    form = UnlockForm(request.POST)
    if not form.is_valid():
        return company_page(request, siren, Refused("deverrouillage", form))
    unlock(request.user, siren, Motive[form.cleaned_data["motive"]], form.cleaned_data["text"], reader.author)
    return _to_section(siren, "faits")


@ACT
@open_to_agents
def vote_on_detection(request: AgentRequest, siren: str) -> HttpResponse:
    """Say whether the detection of a company in alert is of use; the last vote counts."""
    sheet = company_sheet(request, siren, Reader.of(request))
    decision, published = sheet.ask(Family.DETECTION), sheet.alert.published
    if not decision.allowed:
        return render(request, "errors/refused.html", {"decision": decision}, status=403)
    if request.method != "POST" or published is None or sheet.alert.entry is None or sheet.alert.entry.level is None:
        return _to_section(siren, "detection")
    form = VoteForm(request.POST)
    if not form.is_valid():
        return company_page(request, siren, Refused("avis", form))
    answer = form.cleaned_data
    reasons = [UselessReason[name] for name in answer["reasons"]]
    useful = answer["opinion"] == USEFUL
    vote(request.user, siren, published.number, useful=useful, reasons=reasons, text=answer["text"])
    return _to_section(siren, "detection")


@ACT
@open_to_agents
def dispute_company(request: AgentRequest, siren: str, section: str) -> HttpResponse:
    """Say that a figure of a section is wrong."""
    sheet = company_sheet(request, siren, Reader.of(request))
    if section not in SECTIONS:
        raise Http404
    subjects = tuple(one for one in SECTIONS[section] if sheet.ask(one.value.family).allowed)
    if request.method != "POST" or not subjects:
        return _to_section(siren, section)
    form = DisputeForm(request.POST, subjects=subjects, prefix=section)
    if not form.is_valid():
        return company_page(request, siren, Refused(section, form))
    subject = Subject[form.cleaned_data["subject"]]
    dispute(request.user, siren, "", subject, form.cleaned_data["text"], request.snapshot.manifest.id)
    return _to_section(siren, section)


@ACT
@open_to_agents
def dispute_establishment(request: AgentRequest, siret: str, section: str) -> HttpResponse:
    """Say that a figure of an establishment is wrong."""
    siren, reader = siret[:9], Reader.of(request)
    if section not in SECTIONS or establishment_of(request.snapshot, siret) is None:
        raise Http404(UNKNOWN_ESTABLISHMENT)
    sheet = company_sheet(request, siren, reader)
    subjects = tuple(one for one in SECTIONS[section] if sheet.ask(one.value.family).allowed)
    if request.method != "POST" or not subjects:
        return redirect("establishment", siret)
    form = DisputeForm(request.POST, subjects=subjects, prefix=section)
    if not form.is_valid():
        return establishment_page(request, siret, Refused(section, form))
    subject = Subject[form.cleaned_data["subject"]]
    dispute(request.user, siren, siret, subject, form.cleaned_data["text"], request.snapshot.manifest.id)
    return redirect(f"{resolve_url('establishment', siret)}#{section}")


def _to_section(siren: str, section: str) -> HttpResponse:
    return redirect(f"{resolve_url('company', siren)}#{section}")
