"""Confirming or dismissing, in one act, a dispositif that the data show."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url

from signaux_faibles.web.accompagnements.aids import confirm, dismiss
from signaux_faibles.web.accompagnements.pages.acting import act_on_follow_up
from signaux_faibles.web.accompagnements.pages.aids import AidsSection
from signaux_faibles.web.accompagnements.pages.views import actor_of, follow_up_page, sheet_of
from signaux_faibles.web.request import AgentRequest, sent_number

NO_LONGER = "Cette proposition n’a plus cours : quelqu’un y a répondu, ou elle ne vous est pas faite."


@act_on_follow_up
def answer_aid(request: AgentRequest, number: int) -> HttpResponse:
    """Confirm a dispositif seen in the data, which all readers of the follow-up then see, or dismiss it."""
    sheet, actor = sheet_of(request, number), actor_of(request)
    if request.method != "POST":
        return redirect("follow_up", number)
    proposed = AidsSection.read(sheet.follow_up, actor, request.snapshot).proposed
    aid = next((one for one, _ in proposed if one.dispositif == request.POST.get("dispositif")), None)
    version = sent_number(request.POST.get("version", ""))
    if aid is None or version is None:
        return follow_up_page(request, number, status=409, notice=NO_LONGER)
    snapshot = request.snapshot.manifest.id
    if "dismiss" in request.POST:
        dismiss(actor, sheet.follow_up, aid, snapshot)
    else:
        confirm(actor, sheet.follow_up, aid, version, snapshot)
    return redirect(f"{resolve_url('follow_up', number)}#dispositifs")
