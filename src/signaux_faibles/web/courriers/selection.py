"""Letters to the directors of several companies: each is judged alone, and a refusal does not stop the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render

from signaux_faibles.snapshot.served.establishments import Site, seats_in, sites_of
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.contacts import called_lately
from signaux_faibles.web.accompagnements.models import Approach
from signaux_faibles.web.accompagnements.naming import name_of
from signaux_faibles.web.accompagnements.pages.acting import ACT
from signaux_faibles.web.accompagnements.pages.views import actor_of
from signaux_faibles.web.courriers.forms import DayForm
from signaux_faibles.web.courriers.merging import letter_to, letters_docx
from signaux_faibles.web.courriers.models import TemplateKind
from signaux_faibles.web.courriers.noting import (
    TEMPLATES,
    LetterRefused,
    Noted,
    OutOfTurn,
    exchanges,
    note_step,
    steps_for,
    verdict_of,
)
from signaux_faibles.web.courriers.steps import LetterStepKind
from signaux_faibles.web.courriers.templates import TemplateRefused, template_of
from signaux_faibles.web.courriers.views import MEANWHILE, kind_of, word_file
from signaux_faibles.web.request import AgentRequest
from signaux_faibles.web.selections.chosen import Chosen, origin_of
from signaux_faibles.wording.french import day_label

NOT_HERE = "Aucun établissement dans votre zone."
SENDS = {template: step for step, template in TEMPLATES.items()}
ALREADY = {
    TemplateKind.FIRST: "Votre administration lui a déjà écrit : relancez, ou notez sa réponse.",
    TemplateKind.REMINDER: "Votre administration ne lui a pas écrit, ou il ne souhaite pas d’échange.",
}


@dataclass(frozen=True)
class Recipient:
    """A company that an agent would write to; `why` says why not, empty where they may.

    Attributes:
        called: the last contact of a colleague in the last fourteen days.
    """

    identifier: str
    site: Site | None
    why: str
    last: Noted | None
    called: Approach | None

    @property
    def name(self) -> str:
        """The name of the company, or why it has none."""
        return name_of(self.site)


def addressees(
    identifiers: Sequence[str], kind: TemplateKind, actor: Actor, snapshot: Snapshot
) -> tuple[Recipient, ...]:
    """Whom an agent would write to: the establishment of each siret, or that of each siren in their zone."""
    seats = seats_in(snapshot, [one for one in identifiers if len(one) == 9], actor.agent.zone)
    sites = {**seats, **sites_of(snapshot, [one for one in identifiers if len(one) == 14])}
    sirets = [one.siret for one in sites.values()]
    noted, called = exchanges(actor, sirets), called_lately(sirets, actor)
    return tuple(
        _addressee(one, sites.get(one), kind, actor, noted.get(sites[one].siret, ()) if one in sites else (), called)
        for one in identifiers
    )


@ACT
@open_to_agents
def letters(request: AgentRequest) -> HttpResponse:
    """The letters that would be sent to the companies ticked; then their file, or the note that they left."""
    if request.method != "POST":
        return redirect("follow_ups")
    chosen, kind, actor = Chosen.of(request.POST), kind_of(request.POST.get("modele", "")), actor_of(request)
    people = addressees(chosen.identifiers, kind, actor, request.snapshot)
    ready = [one.site for one in people if one.site is not None and not one.why]
    form, notice = DayForm(request.POST if "noter" in request.POST else None, today=actor.today), ""
    if "telecharger" in request.POST and ready:
        template, fictitious = template_of(request.agent.administration, kind), request.snapshot.manifest.fictitious
        try:
            drawn = tuple(letter_to(one, template, request.user, actor.today, fictitious=fictitious) for one in ready)
        except TemplateRefused as refused:
            notice = str(refused)
        else:
            return word_file(letters_docx(drawn), f"courriers-{actor.today.isoformat()}.docx")
    if "noter" in request.POST and form.is_valid() and not chosen.refusal:
        return _noted(request, ready, SENDS[kind], form, chosen)
    context = {
        "people": people,
        "ready": len(ready),
        "kind": kind,
        "kinds": [(one, one is kind) for one in TemplateKind],
        "form": form,
        "notice": notice or chosen.refusal,
        "origin": origin_of(request.POST),
        "back": chosen.back,
    }
    return render(request, "courriers/letters.html", context, status=422 if form.errors or context["notice"] else 200)


def _noted(
    request: AgentRequest, sites: Sequence[Site], step: LetterStepKind, form: DayForm, chosen: Chosen
) -> HttpResponse:
    on, refused, written = form.cleaned_data["on"], [], 0
    for site in sites:
        try:
            note_step(actor_of(request), site, step, on)
        except (LetterRefused, OutOfTurn) as why:
            refused.append((name_of(site), MEANWHILE if isinstance(why, OutOfTurn) else str(why)))
        else:
            written += 1
    content = {"written": written, "refused": refused, "step": step, "on": on, "back": chosen.back}
    return render(request, "courriers/noted.html", content, status=200 if written else 409)


def _addressee(
    identifier: str,
    site: Site | None,
    kind: TemplateKind,
    actor: Actor,
    noted: Sequence[Noted],
    called: dict[str, Approach],
) -> Recipient:
    if site is None:
        return Recipient(identifier, None, NOT_HERE, None, None)
    verdict = verdict_of(actor, site)
    if not verdict.allowed:
        return Recipient(identifier, site, verdict.why.value, None, None)
    last = noted[-1] if noted else None
    in_turn = SENDS[kind] in steps_for(noted, actor.today)
    why = "" if in_turn else f"{ALREADY[kind]}" + (f" ({last.step.value}, {day_label(last.on)})" if last else "")
    return Recipient(identifier, site, why, last, called.get(site.siret))
