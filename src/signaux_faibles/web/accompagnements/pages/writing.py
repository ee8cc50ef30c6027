"""What agents write of a follow-up: the synthesis of a network, under its lock, and comments."""

from __future__ import annotations

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_safe

from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.accompagnements.mentions import TextReaders, citations, refusal, suggested
from signaux_faibles.web.accompagnements.models import Comment
from signaux_faibles.web.accompagnements.pages.acting import act_on_follow_up
from signaux_faibles.web.accompagnements.pages.forms import SynthesisForm, TextForm
from signaux_faibles.web.accompagnements.pages.sheet import Circle, FollowUpSheet
from signaux_faibles.web.accompagnements.pages.views import actor_of, comment_form, follow_up_page, sheet_of
from signaux_faibles.web.accompagnements.texts import (
    TEMPLATE,
    Locked,
    Overwritten,
    comment,
    holds_lock,
    latest_synthesis,
    lock_synthesis,
    release_synthesis,
    write_synthesis,
)
from signaux_faibles.web.readable import legible
from signaux_faibles.web.request import AgentRequest
from signaux_faibles.web.rights.agent import Network
from signaux_faibles.wording.french import local_moment_label

LONGEST_NAME = 100


@act_on_follow_up
def write_comment(request: AgentRequest, number: int, network: str) -> HttpResponse:
    """Write a comment, or the correction of one's own."""
    sheet = sheet_of(request, number)
    circle = _circle(sheet, network)
    if request.method != "POST":
        return redirect("follow_up", number)
    form = comment_form(circle.network, request.POST)
    if not form.is_valid():
        return follow_up_page(request, number, {circle.network.name: form})
    values = form.cleaned_data
    cited = citations(values["text"], TextReaders(sheet.follow_up, circle.network, values["amicable"]), request.user)
    if cited.others:
        form.add_error("text", refusal(cited.others, circle.network))
        return follow_up_page(request, number, {circle.network.name: form})
    replaces = next((one for one in circle.comments if str(one.pk) == request.POST.get("replaces")), None)
    comment(
        actor_of(request),
        sheet.follow_up,
        circle.network,
        values["text"],
        amicable=values["amicable"],
        mentions=[one.pk for one in cited.readers],
        replaces=replaces,
    )
    return _to_circle(number, circle.network)


@require_safe
@open_to_agents
def readers_of_text(request: AgentRequest, number: int, network: str) -> HttpResponse:
    """The people who may read a comment of a network, as the field that cites them suggests.

    Raises:
        Http404: the agent does not comment in it.
    """
    sheet = sheet_of(request, number)
    circle = _circle(sheet, network)
    if not circle.commentable:
        raise Http404
    read = TextReaders(sheet.follow_up, circle.network, "amicable" in request.GET)
    colleagues = suggested(request.GET.get("q", "")[:LONGEST_NAME], read, request.user)
    return JsonResponse({"readers": [legible(one.signature) for one in colleagues]})


@act_on_follow_up
def edit_comment(request: AgentRequest, number: int, identifier: int) -> HttpResponse:
    """The form that corrects a comment of one's own."""
    sheet = sheet_of(request, number)
    comments: list[Comment] = [one for circle in sheet.circles if circle.commentable for one in circle.comments]
    own_comment = next((one for one in comments if one.pk == identifier and one.author_id == request.user.pk), None)
    if own_comment is None:
        raise Http404
    form = TextForm(initial={"text": own_comment.text, "amicable": own_comment.amicable})
    context = {"sheet": sheet, "form": form, "mine": own_comment, "network": Network[own_comment.network]}
    return render(request, "accompagnements/comment.html", context)


@act_on_follow_up
def synthesis(request: AgentRequest, number: int, network: str) -> HttpResponse:
    """Write the synthesis of a network: `take` takes its lock, saving or `leave` lets it go."""
    sheet, actor = sheet_of(request, number), actor_of(request)
    circle = _circle(sheet, network)
    if request.method == "POST" and "leave" in request.POST:
        release_synthesis(actor, sheet.follow_up, circle.network)
        return _to_circle(number, circle.network)
    try:
        if request.method == "POST" and "take" in request.POST:
            lock_synthesis(actor, sheet.follow_up, circle.network)
            return redirect("synthesis", number, network)
        if request.method != "POST":
            return _synthesis_form(request, sheet, circle)
        return _save(request, sheet, circle)
    except Locked as locked:
        until = local_moment_label(locked.until)
        notice = f"{locked.holder.signature} écrit cette synthèse. Elle sera libre au plus tard le {until}."
        return follow_up_page(request, number, status=409, notice=notice)


def _synthesis_form(request: AgentRequest, sheet: FollowUpSheet, circle: Circle) -> HttpResponse:
    """The form, for whoever holds the lock; others are led back to the page, where they may take it."""
    if not holds_lock(actor_of(request), sheet.follow_up, circle.network):
        return _to_circle(sheet.follow_up.pk, circle.network)
    latest = latest_synthesis(sheet.follow_up, circle.network)
    initial = {"text": latest.text if latest else TEMPLATE, "amicable": latest.amicable if latest else False}
    form = SynthesisForm(initial=initial | {"start": latest.pk if latest else None})
    return render(request, "accompagnements/synthesis.html", {"sheet": sheet, "circle": circle, "form": form})


def _save(request: AgentRequest, sheet: FollowUpSheet, circle: Circle) -> HttpResponse:
    """Write what was typed; where a version was written meanwhile, show both and lose neither.

    Raises:
        Locked: somebody else is writing.
    """
    form = SynthesisForm(request.POST)
    if not form.is_valid():
        context = {"sheet": sheet, "circle": circle, "form": form}
        return render(request, "accompagnements/synthesis.html", context, status=422)
    text, amicable, start = (form.cleaned_data[name] for name in ("text", "amicable", "start"))
    try:
        write_synthesis(actor_of(request), sheet.follow_up, circle.network, text, amicable=amicable, start=start)
    except Overwritten as newer:
        return _overwritten(request, sheet, circle, newer)
    return _to_circle(sheet.follow_up.pk, circle.network)


def _overwritten(request: AgentRequest, sheet: FollowUpSheet, circle: Circle, newer: Overwritten) -> HttpResponse:
    """What the agent typed, kept in the form, beside the version that somebody else wrote meanwhile."""
    latest = latest_synthesis(sheet.follow_up, circle.network)
    typed = {name: request.POST.get(name, "") for name in ("text", "amicable")}
    form = SynthesisForm(initial=typed | {"start": latest.pk if latest else None})
    context = {"sheet": sheet, "circle": circle, "form": form, "newer": newer.latest}
    return render(request, "accompagnements/synthesis.html", context, status=409)


def _circle(sheet: FollowUpSheet, network: str) -> Circle:
    circle = next((one for one in sheet.circles if one.network.name == network), None)
    if circle is None:
        raise Http404
    return circle


def _to_circle(number: int, network: Network) -> HttpResponse:
    return redirect(f"{resolve_url('follow_up', number)}#reseau-{network.name}")
