"""What agents do to a follow-up: each answer to a form is the page again, with what was refused and why."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.forms import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_http_methods

from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.accompagnements import acts
from signaux_faibles.web.accompagnements.acts import ActRefused, CardPlace, NoReferent
from signaux_faibles.web.accompagnements.contacts import keep_contact, note_touch
from signaux_faibles.web.accompagnements.pages.forms import AmicableForm, ContactForm, TouchForm
from signaux_faibles.web.accompagnements.pages.views import (
    actor_of,
    choices_form,
    close_form,
    follow_up_page,
    move_form,
    people_form,
    place_of,
    sheet_of,
    task_form,
)
from signaux_faibles.web.accompagnements.recording import AlreadyOpen, Stale
from signaux_faibles.web.accompagnements.states import BoardColumn, Channel, EventKind, Outcome
from signaux_faibles.web.accompagnements.tasks import end_task, give_task
from signaux_faibles.web.request import AgentRequest, today
from signaux_faibles.web.rights.follow_ups import Act
from signaux_faibles.wording.french import local_moment_label

ACT = require_http_methods(["GET", "HEAD", "POST"])
"""An address of an act that is only followed, as after signing in again, leads to the page or to its form."""
P = ParamSpec("P")
View = Callable[Concatenate[AgentRequest, P], HttpResponse]


def act_on_follow_up(view: View[P]) -> View[P]:
    """Wrap an act on a follow-up: one that is refused, or comes too late, changes nothing, and the page says why."""

    @wraps(view)
    def guarded(request: AgentRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        number = cast("int", kwargs["number"])  # as the URL conf names it
        try:
            return view(request, *args, **kwargs)
        except ActRefused as refused:
            return follow_up_page(request, number, status=403, notice=str(refused))
        except Stale as stale:
            return follow_up_page(request, number, status=409, notice=too_late(stale))
        except AlreadyOpen:
            return follow_up_page(request, number, status=409, notice="Un accompagnement vient d’être ouvert ici.")

    return ACT(open_to_agents(guarded))


@act_on_follow_up
def edit(request: AgentRequest, number: int) -> HttpResponse:
    """Edit the criticité, the reference lists and the dispositifs."""
    sheet, actor = sheet_of(request, number), actor_of(request)
    actor.must(sheet.follow_up, Act.EDIT)
    form = choices_form(sheet, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        acts.edit(actor, sheet.follow_up, form.choices(), form.cleaned_data["version"])
        return redirect("follow_up", number)
    return render(request, "accompagnements/edit.html", {"sheet": sheet, "form": form}, status=_status(form))


@act_on_follow_up
def amicable(request: AgentRequest, number: int) -> HttpResponse:
    """Write or remove the confidential procedure."""
    sheet = sheet_of(request, number)
    if request.method != "POST":
        return redirect("follow_up", number)
    form = AmicableForm(request.POST, auto_id="amiable-%s")
    if not form.is_valid():
        return follow_up_page(request, number, {"amicable_form": form})
    acts.edit(actor_of(request), sheet.follow_up, form.choices(), form.cleaned_data["version"])
    return redirect("follow_up", number)


@act_on_follow_up
def move(request: AgentRequest, number: int) -> HttpResponse:
    """Move a follow-up to another column."""
    sheet = sheet_of(request, number)
    if request.method != "POST":
        return redirect("follow_up", number)
    form = move_form(sheet, request.POST)
    if not form.is_valid():
        return follow_up_page(request, number, {"move_form": form})
    place = CardPlace(
        BoardColumn[form.cleaned_data["column"]], form.cleaned_data["after"], form.cleaned_data["version"]
    )
    acts.move(actor_of(request), sheet.follow_up, place)
    return redirect("follow_up", number)


@act_on_follow_up
def close(request: AgentRequest, number: int) -> HttpResponse:
    """Close a follow-up with its outcome; it is read-only afterwards."""
    sheet, actor = sheet_of(request, number), actor_of(request)
    actor.must(sheet.follow_up, Act.CHANGE_STATUT)
    form = close_form(sheet, request.POST if request.method == "POST" else None, request.GET.get("issue", ""))
    if request.method == "POST" and form.is_valid():
        place = CardPlace(BoardColumn.SUIVI_TERMINE, None, form.cleaned_data["version"])
        acts.move(actor, sheet.follow_up, place, Outcome[form.cleaned_data["outcome"]])
        return redirect("follow_up", number)
    return render(request, "accompagnements/close.html", {"sheet": sheet, "form": form}, status=_status(form))


@act_on_follow_up
def people(request: AgentRequest, number: int) -> HttpResponse:
    """Say who carries a follow-up."""
    sheet, actor = sheet_of(request, number), actor_of(request)
    actor.must(sheet.follow_up, Act.NAME)
    form = people_form(sheet, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.name_people(actor, sheet.follow_up, form.people(), form.cleaned_data["version"])
            return redirect("follow_up", number)
        except NoReferent:
            form.add_error("referents", "Un accompagnement a au moins un référent.")
    return render(request, "accompagnements/people.html", {"sheet": sheet, "form": form}, status=_status(form))


@act_on_follow_up
def take(request: AgentRequest, number: int) -> HttpResponse:
    """Become a referent where the referents are silent or gone."""
    sheet = sheet_of(request, number)
    if request.method == "POST":
        acts.take(actor_of(request), sheet.follow_up)
    return redirect("follow_up", number)


@act_on_follow_up
def duplicate(request: AgentRequest, number: int) -> HttpResponse:
    """Open a new follow-up with the choices and the people of a closed one."""
    sheet = sheet_of(request, number)
    if request.method != "POST":
        return redirect("follow_up", number)
    copy = acts.duplicate(actor_of(request), sheet.follow_up, place_of(request, sheet.follow_up.siret))
    return redirect("follow_up", copy.pk)


@act_on_follow_up
def touch(request: AgentRequest, number: int) -> HttpResponse:
    """Write that the agent was in touch with the company."""
    sheet = sheet_of(request, number)
    if request.method != "POST":
        return redirect("follow_up", number)
    form = TouchForm(request.POST, today=today())
    if not form.is_valid():
        return follow_up_page(request, number, {"touch_form": form})
    values = form.cleaned_data
    place = place_of(request, sheet.follow_up.siret)
    note_touch(actor_of(request), place, on=values["on"], channel=Channel[values["channel"]], subject=values["subject"])
    return redirect("follow_up", number)


@act_on_follow_up
def contact(request: AgentRequest, number: int, person: int | None = None) -> HttpResponse:
    """Write a contact of the company, or change one."""
    sheet, actor = sheet_of(request, number), actor_of(request)
    actor.must(sheet.follow_up, Act.EDIT)
    one_contact = next((one for one in sheet.contacts or () if one.pk == person), None)
    if person is not None and one_contact is None:
        raise Http404
    form = ContactForm(
        request.POST if request.method == "POST" else None, initial=model_to_dict(one_contact) if one_contact else {}
    )
    if request.method == "POST" and form.is_valid():
        keep_contact(actor, sheet.follow_up, form.cleaned_data | {"archived": "archive" in request.POST}, one_contact)
        return redirect("follow_up", number)
    context = {"sheet": sheet, "form": form, "kept": one_contact}
    return render(request, "accompagnements/contact.html", context, status=_status(form))


@act_on_follow_up
def add_task(request: AgentRequest, number: int) -> HttpResponse:
    """Give a task to somebody who carries the follow-up."""
    sheet, actor = sheet_of(request, number), actor_of(request)
    actor.must(sheet.follow_up, Act.EDIT)
    if request.method != "POST":
        return redirect("follow_up", number)
    form = task_form(sheet, request.POST)
    if not form.is_valid():
        return follow_up_page(request, number, {"task_form": form})
    values, carriers = form.cleaned_data, [one for accounts in sheet.people.values() for one in accounts]
    assignee = next(one for one in carriers if one.pk == values["assignee"])
    give_task(actor, sheet.follow_up, values["text"], assignee, values["due"])
    return redirect(f"{resolve_url('follow_up', number)}#taches")


@act_on_follow_up
def change_task(request: AgentRequest, number: int, task: int) -> HttpResponse:
    """Say that a task is done, or that it is not after all."""
    sheet, actor = sheet_of(request, number), actor_of(request)
    actor.must(sheet.follow_up, Act.EDIT)
    task_row = next((one for one in sheet.tasks or () if one.pk == task), None)
    if task_row is None:
        raise Http404
    if request.method == "POST":
        end_task(actor, task_row, done="undo" not in request.POST)
    return redirect(f"{resolve_url('follow_up', number)}#taches")


def _status(form: object) -> int:
    return 422 if getattr(form, "errors", None) else 200


def too_late(stale: Stale) -> str:
    """Who changed a follow-up meanwhile, and that nothing was written."""
    last = stale.last
    what = EventKind[last.kind].value
    return (
        f"{last.author.signature} {what} le {local_moment_label(last.at)}, pendant que vous le lisiez : "
        "rien n’a été changé. Voici l’état d’aujourd’hui ; refaites votre changement s’il le faut."
    )
