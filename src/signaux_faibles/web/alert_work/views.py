"""What agents do on the alerts of a list, and the filters that they keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_http_methods

from signaux_faibles.snapshot.served.lists import PublishedList, published_lists
from signaux_faibles.sources.families import Family
from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.alert_work.bulk import BulkOutcome, act_on
from signaux_faibles.web.alert_work.done import SaidOn, WrittenActs, announce
from signaux_faibles.web.alert_work.events import UNDOING
from signaux_faibles.web.alert_work.forms import MOST_ALERTS, SavedFilterForm, WorkForm, assignable, words_of
from signaux_faibles.web.alert_work.models import Filtered
from signaux_faibles.web.alert_work.saved import delete_filter, save_filter
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.lists.asking import numbered
from signaux_faibles.web.lists.neighbours import Neighbours, company_query
from signaux_faibles.web.request import AgentRequest, sent_number, today
from signaux_faibles.web.rights.decide import decide_family
from signaux_faibles.wording.french import counted

ACT = require_http_methods(["GET", "HEAD", "POST"])
"""Where the address of an act leads when it is merely followed, as after signing in again."""
NEXT = "suivante"
"""What the button sends that marks an alert and goes on."""
COMPANY = "entreprise"
"""What the form of the page of a company says of where it stands."""
NOBODY = "Cochez une entreprise au moins."
TOO_MANY = f"Au plus {MOST_ALERTS} alertes à la fois : rien n’est enregistré, cochez-en moins."


@ACT
@open_to_agents
def work_on_list(request: AgentRequest, number: int) -> HttpResponse:
    """Do an act on the alerts that are ticked; refusals are listed company by company."""
    published = numbered(published_lists(settings.SF_HOME), number)
    decision = decide_family(request.agent, Family.DETECTION, today())
    if not decision.allowed:
        return render(request, "errors/refused.html", {"decision": decision}, status=403)
    if request.method != "POST":
        return redirect("alert_list", number)
    form = WorkForm(request.POST, people=assignable(request.agent, today()))
    versions = _versions(request.POST)
    errors = [
        *(str(error) for texts in form.errors.values() for error in texts),
        *([NOBODY] if not versions else []),
        *([TOO_MANY] if len(versions) > MOST_ALERTS else []),
    ]
    if errors:
        again = [*versions.items()] if len(versions) <= MOST_ALERTS else []
        return _outcome(request, number, None, errors, 422, {"work_form": form, "again": again})
    reader = Reader.of(request)
    sent = form.sent
    outcome = act_on(published, versions, sent, reader=reader, snapshot=request.snapshot)
    if not outcome.refused:
        one = next(iter(versions)) if len(versions) == 1 else ""
        if request.POST.get("page") == COMPANY:
            sentence = f"« {words_of(sent)} », enregistré."
            announce(request, SaidOn.COMPANY, WrittenActs(sentence, number, outcome.acts, one))
            return redirect(_next(request, one, reader) or _back(request.POST, number, one))
        _announce_on_list(request, number, outcome, words_of(sent))
        return redirect(_row(request, published, one, reader) or _back(request.POST, number, one))
    if outcome.written:
        _announce_on_list(request, number, outcome, words_of(sent))
    again = [one.again for one in outcome.refused if one.again]
    status = 409 if outcome.overtaken else 422
    return _outcome(request, number, outcome, [], status, {"work_form": form, "again": again})


@ACT
@open_to_agents
def undo_on_list(request: AgentRequest, number: int) -> HttpResponse:
    """Undo the last act of the agent on alerts; whatever somebody else did since stays, and is said."""
    published = numbered(published_lists(settings.SF_HOME), number)
    decision = decide_family(request.agent, Family.DETECTION, today())
    if not decision.allowed:
        return render(request, "errors/refused.html", {"decision": decision}, status=403)
    versions = _versions(request.POST)
    if request.method != "POST" or len(versions) > MOST_ALERTS:
        return redirect("alert_list", number)
    outcome = act_on(published, versions, UNDOING, reader=Reader.of(request), snapshot=request.snapshot)
    if outcome.refused:
        return _outcome(request, number, outcome, [], 409 if outcome.overtaken else 422, {"undo": True})
    one = next(iter(versions)) if len(versions) == 1 else ""
    if one and request.POST.get("page") == COMPANY:
        announce(request, SaidOn.COMPANY, WrittenActs("Acte annulé.", number, siren=one))
    elif versions:
        sentence = f"Acte annulé sur {counted(outcome.written, 'alerte', 'alertes')}."
        announce(request, SaidOn.LIST, WrittenActs(sentence, number))
    return redirect(_back(request.POST, number, one))


@ACT
@open_to_agents
def keep_filter(request: AgentRequest, number: int) -> HttpResponse:
    """Keep the filters of a list under a name, in place of those that had it."""
    form = SavedFilterForm(request.POST)
    if request.method != "POST":
        return redirect("alert_list", number)
    if not form.is_valid():
        errors = [str(error) for texts in form.errors.values() for error in texts]
        return _outcome(request, number, None, errors, 422)
    refusal = save_filter(
        request.user, Filtered.LISTS, form.cleaned_data["name"], QueryDict(form.cleaned_data["query"])
    )
    if refusal:
        return _outcome(request, number, None, [refusal], 422)
    return redirect(_back(request.POST, number, ""))


@ACT
@open_to_agents
def forget_filter(request: AgentRequest, number: int) -> HttpResponse:
    """Delete a filter of the agent; somebody else's is left as it is, and not revealed to exist."""
    if request.method == "POST":
        delete_filter(request.user, request.POST.get("filtre", ""))
    return redirect(_back(request.POST, number, ""))


def _announce_on_list(request: AgentRequest, number: int, outcome: BulkOutcome, words: str) -> None:
    sentence = f"{counted(outcome.written, 'alerte enregistrée', 'alertes enregistrées')} : « {words} »."
    announce(request, SaidOn.LIST, WrittenActs(sentence, number, outcome.acts))


def _versions(sent: QueryDict) -> dict[str, int]:
    """By siren, the version that the form was made from; one that is missing was never read."""
    sirens = sent.getlist("siren")
    read = {siren: sent_number(sent.get(f"version-{siren}", "")) for siren in sirens}
    return {siren: -1 if version is None else version for siren, version in read.items()}


def _next(request: AgentRequest, siren: str, reader: Reader) -> str:
    """The page of the company after this one in the list, if that is asked for; empty at its end."""
    if request.POST.get("then") != NEXT or not siren:
        return ""
    neighbours = Neighbours.read(
        QueryDict(request.POST.get("query", "")), siren, reader=reader, snapshot=request.snapshot
    )
    return neighbours.after if neighbours else ""


def _row(request: AgentRequest, published: PublishedList, siren: str, reader: Reader) -> str:
    """The row of the alert in the list, or of the next one if it left it; empty where there is none to go back to."""
    query = QueryDict(company_query(published, QueryDict(request.POST.get("query", ""))))
    neighbours = Neighbours.read(query, siren, reader=reader, snapshot=request.snapshot) if siren else None
    return neighbours.back if neighbours else ""


def _back(sent: QueryDict, number: int, siren: str) -> str:
    """Where the act was done: the page of the company, or the list with its filters, at the row.

    No address holds a text that is no siren, and a form may send any.
    """
    siren = siren if siren.isascii() and siren.isdecimal() else ""
    query = QueryDict(sent.get("query", "")).urlencode()
    suffix = f"?{query}" if query else ""
    if sent.get("page") == COMPANY and siren:
        return f"{resolve_url('company', siren)}{suffix}#travail"
    return f"{resolve_url('alert_list', number)}{suffix}{f'#e-{siren}' if siren else ''}"


def _outcome(
    request: AgentRequest,
    number: int,
    outcome: BulkOutcome | None,
    errors: list[str],
    status: int,
    again: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page of a refusal; `again` holds the form as it was typed, and the alerts on which it may be sent again."""
    sirens = request.POST.getlist("siren")
    back = _back(request.POST, number, sirens[0] if len(sirens) == 1 else "")
    content = {"outcome": outcome, "errors": errors, "back": back, "number": number, "sent": request.POST}
    return render(request, "alert_work/outcome.html", content | dict(again or {}), status=status)
