"""Pages of what the answer of a director leads to: the answers that wait, and the act that follows one up."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_safe

from signaux_faibles.snapshot.served.establishments import Site, sites_of
from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.accompagnements.acts import ActRefused
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.naming import name_of
from signaux_faibles.web.accompagnements.pages.acting import ACT
from signaux_faibles.web.accompagnements.pages.opening import seen_by
from signaux_faibles.web.accompagnements.pages.views import actor_of, place_of, sheet_of
from signaux_faibles.web.accompagnements.recording import AlreadyOpen
from signaux_faibles.web.courriers.answers import ANSWERS, attach, give_sequel, last_step, open_from, waiting
from signaux_faibles.web.courriers.models import LetterStep
from signaux_faibles.web.courriers.steps import LetterStepKind
from signaux_faibles.web.request import AgentRequest, sent_number


@dataclass(frozen=True)
class WaitingAnswer:
    """An answer that waits, and the establishment whose director gave it."""

    letter: LetterStep
    site: Site | None

    @property
    def name(self) -> str:
        """The name of the company, or why it has none."""
        return name_of(self.site)


@require_safe
@open_to_agents
def answers(request: AgentRequest) -> HttpResponse:
    """The answers to the letters of the agent's administration that nobody has followed up."""
    waiting_answers = waiting(actor_of(request))
    sites = sites_of(request.snapshot, [one.siret for one in waiting_answers])
    rows = [WaitingAnswer(one, sites.get(one.siret)) for one in waiting_answers]
    return render(request, "courriers/answers.html", {"rows": rows})


@ACT
@open_to_agents
def follow_answer(request: AgentRequest, siret: str) -> HttpResponse:
    """Follow the last answer of a director up: open a follow-up, give a task in the one that is open, or attach it.

    What somebody did meanwhile, or may not be done, leads back to the letter, which shows the state of now.
    """
    place, actor = place_of(request, siret), actor_of(request)
    letter = last_step(actor, siret)
    if request.method != "POST" or letter is None or LetterStepKind[letter.step] not in ANSWERS:
        return redirect("letter", siret)
    try:
        if "ouvrir" in request.POST:
            return redirect("follow_up", open_from(actor, place, letter, seen_by(request, place)).pk)
        if "tache" in request.POST:
            return redirect(f"{resolve_url('follow_up', give_sequel(actor, siret, letter).pk)}#taches")
        if "rattacher" in request.POST:
            follow_up = _asked(request)
            attach(actor, follow_up, letter)
            return redirect("follow_up", follow_up.pk)
    except (ActRefused, AlreadyOpen):
        pass
    return redirect(f"{resolve_url('letter', siret)}#echange")


def _asked(request: AgentRequest) -> FollowUp:
    """The follow-up to which an answer is attached.

    Raises:
        Http404: there is none, or the agent may not see it.
    """
    number = sent_number(request.POST["rattacher"])
    if number is None:
        raise Http404
    return sheet_of(request, number).follow_up
