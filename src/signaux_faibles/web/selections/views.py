"""Acts on the companies that were ticked: open their follow-ups, put them on the agenda of a séance."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url

from signaux_faibles.snapshot.served.lists import published_lists
from signaux_faibles.sources.families import Family
from signaux_faibles.web.access import open_to_agents, open_to_codefi
from signaux_faibles.web.accompagnements.pages.acting import ACT
from signaux_faibles.web.accompagnements.pages.forms import ChoicesForm
from signaux_faibles.web.accompagnements.pages.opening import choices_of_opening, seen_by
from signaux_faibles.web.accompagnements.pages.views import actor_of
from signaux_faibles.web.lists.asking import numbered
from signaux_faibles.web.request import AgentRequest, sent_number, today
from signaux_faibles.web.rights.decide import decide_family
from signaux_faibles.web.seances.acting import TOO_MANY
from signaux_faibles.web.seances.identifiers import found_in
from signaux_faibles.web.seances.preparing import AgendaTooLong, add_companies
from signaux_faibles.web.seances.reading import SeanceRefused
from signaux_faibles.web.seances.views import sheet_of
from signaux_faibles.web.selections.chosen import NOBODY, Chosen, origin_of, page_of
from signaux_faibles.web.selections.opening import PlannedOpening, open_all, openings_of
from signaux_faibles.wording.french import counted

NO_SEANCE = "Choisissez la séance."


@ACT
@open_to_agents
def open_selected(request: AgentRequest, number: int) -> HttpResponse:
    """Say which follow-ups would be opened on the companies ticked in a list; once confirmed, open them."""
    numbered(published_lists(settings.SF_HOME), number)
    decision = decide_family(request.agent, Family.DETECTION, today())
    if not decision.allowed:
        return render(request, "errors/refused.html", {"decision": decision}, status=403)
    if request.method != "POST":
        return redirect("alert_list", number)
    chosen, confirmed = Chosen.of(request.POST), "confirmer" in request.POST
    sirens = [one for one in chosen.identifiers if len(one) == 9]
    if not sirens:
        return _refused(request, [chosen.refusal or NOBODY], chosen.back, 422)
    openings = openings_of(sirens, actor_of(request), request.snapshot)
    first = openings[0].site
    if len(openings) == 1 and first is not None and not confirmed:
        return redirect(f"{resolve_url('open_follow_up', first.siret)}?liste={number}")
    form = choices_of_opening(request.POST if confirmed else None)
    if confirmed and form.is_valid():
        opened = open_all(openings, actor_of(request), form.choices(), lambda place: seen_by(request, place))
        content = {"opened": opened, "back": chosen.back}
        return render(request, "selections/opened.html", content, status=200 if opened.written else 409)
    return _asked(request, number, openings, form)


@ACT
@open_to_codefi
def add_selected_to_seance(request: AgentRequest) -> HttpResponse:
    """Add ticked companies to the agenda of a séance; those that it cannot hold are listed, each with the reason."""
    if request.method != "POST":
        return redirect("seances")
    chosen, number = Chosen.of(request.POST), sent_number(request.POST.get("seance", ""))
    if number is None or chosen.refusal:
        missing = [*([chosen.refusal] if chosen.refusal else []), *([NO_SEANCE] if number is None else [])]
        return _refused(request, missing, chosen.back, 422)
    sheet = sheet_of(request, number)
    companies = found_in(request.snapshot, chosen.identifiers, sheet.seance.departement)
    try:
        added = add_companies(actor_of(request), sheet.seance.pk, companies.sirets)
    except SeanceRefused as refused:
        return _refused(request, [str(refused)], chosen.back, 403)
    except AgendaTooLong:
        return _refused(request, [TOO_MANY], chosen.back, 409)
    if not companies.elsewhere:
        return redirect(f"{resolve_url('seance', sheet.seance.pk)}#ordre-du-jour")
    notice = f"{counted(added, 'entreprise ajoutée', 'entreprises ajoutées')} à l’ordre du jour."
    elsewhere = [f"{one} n’a pas d’établissement dans le département de la séance." for one in companies.elsewhere]
    return _refused(request, [notice, *elsewhere], chosen.back, 422)


def _asked(request: AgentRequest, number: int, openings: tuple[PlannedOpening, ...], form: ChoicesForm) -> HttpResponse:
    content = {
        "openings": openings,
        "allowed": sum(one.verdict.allowed for one in openings),
        "form": form,
        "number": number,
        "origin": origin_of(request.POST),
        "back": page_of(request.POST),
    }
    return render(request, "selections/open.html", content, status=422 if form.errors else 200)


def _refused(request: AgentRequest, sentences: list[str], back: str, status: int) -> HttpResponse:
    return render(request, "selections/outcome.html", {"sentences": sentences, "back": back}, status=status)
