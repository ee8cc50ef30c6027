"""The page that asks what a session is for."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from signaux_faibles.web.accounts.destination import destination
from signaux_faibles.web.accounts.session_purpose import keep_purpose, purpose_of
from signaux_faibles.web.journal.author import Author
from signaux_faibles.web.journal.kinds import EntryKind
from signaux_faibles.web.journal.writing import record
from signaux_faibles.web.request import AgentRequest
from signaux_faibles.web.rights.purposes import EXAMPLES, Purpose

CHOOSE = "Choisissez l’un de ces objets."


@require_http_methods(["GET", "HEAD", "POST"])
def state_purpose(request: AgentRequest) -> HttpResponse:
    """Ask what the session is for, then open the page asked for; a change is an act, written like the first one."""
    if request.method == "POST":
        chosen = request.POST.get("purpose", "")
        if chosen in Purpose.__members__:
            write_purpose(request, Purpose[chosen])
            return redirect(destination(request))
    content = {
        "purposes": [(one.name, one.value, EXAMPLES[one]) for one in Purpose],
        "stated": purpose_of(request),
        "next": destination(request),
        "refusal": CHOOSE if request.method == "POST" else "",
    }
    return render(request, "accounts/purpose.html", content, status=422 if content["refusal"] else 200)


@transaction.atomic
def write_purpose(request: AgentRequest, purpose: Purpose) -> None:
    """Write the purpose in the journal, with the former one, then keep it; the same one again changes nothing."""
    former = purpose_of(request)
    if former is not purpose:
        detail = {"former": former.name} if former else {}
        author = Author(request.user.email, request.user.administration, purpose)
        record(EntryKind.PURPOSE, request.user.email, by=author, detail=detail)
        keep_purpose(request, purpose)
