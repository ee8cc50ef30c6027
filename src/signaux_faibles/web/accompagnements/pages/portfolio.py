"""« Mon portefeuille »: what an agent carries, hands over or leaves to a colleague for a time; what nobody carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from signaux_faibles.snapshot.served.establishments import sites_of
from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.covers import CoverRefused, cover, covers_on, end_cover, planned_covers
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.pages.views import actor_of
from signaux_faibles.web.accompagnements.people import offered_accounts
from signaux_faibles.web.accompagnements.portfolio import (
    Handover,
    hand_over,
    portfolio_of,
    receivers,
    without_active_referent,
)
from signaux_faibles.web.accompagnements.reading import ties_to
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.request import AgentRequest, today
from signaux_faibles.web.rights.covers import may_cover
from signaux_faibles.web.rights.follow_ups import Act, Role

ACT = require_http_methods(["GET", "HEAD", "POST"])
NOBODY = "Choisissez au moins un accompagnement, et un collègue pour chacun."


class CoverForm(forms.Form):
    """Who covers the agent, from a day to another."""

    by = forms.TypedChoiceField(
        label="Remplacé par", coerce=int, error_messages={"required": "Choisissez un collègue de votre zone."}
    )
    first = forms.DateField(
        label="Du",
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        error_messages={"required": "Donnez le premier jour.", "invalid": "Ce n’est pas une date."},
    )
    last = forms.DateField(
        label="Au (inclus)",
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        error_messages={"required": "Donnez le dernier jour.", "invalid": "Ce n’est pas une date."},
    )

    def __init__(self, data: Any, *, colleagues: Iterable[Account]) -> None:
        """`colleagues`: those who may cover the agent."""
        super().__init__(data, auto_id="absence-%s")
        self.accounts = {one.pk: one for one in colleagues}
        choices = [("", "—"), *((pk, one.signature) for pk, one in self.accounts.items())]
        self.fields["by"].choices = choices  # type: ignore[attr-defined]


@dataclass(frozen=True)
class PortfolioRow:
    """A follow-up of a table: its company, who carries it, and to whom it may be given.

    `last`: the last day on which one of its referents acted; None for never, or where their accounts are closed.
    """

    follow_up: FollowUp
    name: str | None
    town: str | None
    role: str
    referents: tuple[str, ...]
    to: Sequence[Account]
    last: date | None
    may_take: bool
    may_name: bool


@require_safe
@open_to_agents
def portfolio(request: AgentRequest) -> HttpResponse:
    """What the agent carries, the form that hands it over, and their absences."""
    return _page(request)


@ACT
@open_to_agents
def transfer(request: AgentRequest) -> HttpResponse:
    """Hand over what is ticked, each follow-up to the colleague chosen for it, or for all."""
    if request.method != "POST":
        return redirect("portfolio")
    actor = actor_of(request)
    own, _ = portfolio_of(actor)
    receiver_of = _wanted(request.POST, own, receivers(own, actor))
    if not receiver_of:
        return _page(request, notice=NOBODY, status=422)
    return _page(request, handovers=hand_over(actor, receiver_of))


@ACT
@open_to_agents
def orphans(request: AgentRequest) -> HttpResponse:
    """The follow-ups of the zone that no referent acts on; those that are ticked are entrusted to a colleague."""
    actor, notice = actor_of(request), ""
    handovers: list[Handover] = []
    if request.method == "POST":
        follow_ups = [one for one in without_active_referent(actor) if actor.may(one, Act.NAME)]
        receiver_of = _wanted(request.POST, follow_ups, receivers(follow_ups, actor))
        handovers, notice = hand_over(actor, receiver_of), "" if receiver_of else NOBODY
    rows = _rows(request, list(without_active_referent(actor)), actor)
    context = {
        "rows": rows,
        "done": handovers,
        "notice": notice,
        "everybody": _everybody(row for row in rows if row.may_name),
    }
    return render(request, "accompagnements/orphans.html", context, status=422 if notice else 200)


@ACT
@open_to_agents
def plan_cover(request: AgentRequest) -> HttpResponse:
    """Say who covers the agent, from a day to another."""
    if request.method != "POST":
        return redirect("portfolio")
    form = CoverForm(request.POST, colleagues=_colleagues(actor_of(request)))
    if form.is_valid():
        values = form.cleaned_data
        try:
            cover(request.user, form.accounts[values["by"]], values["first"], values["last"], today())
        except CoverRefused as refused:
            form.add_error("last", str(refused))
    return _page(request, form=form, status=422) if form.errors else redirect("portfolio")


@ACT
@open_to_agents
def stop_cover(request: AgentRequest, number: int) -> HttpResponse:
    """End a cover of one's own."""
    if request.method == "POST":
        end_cover(request.user, number)
    return redirect("portfolio")


def _page(
    request: AgentRequest,
    *,
    form: CoverForm | None = None,
    handovers: Sequence[Handover] = (),
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    own, others = portfolio_of(actor)
    rows = _rows(request, own, actor)
    context = {
        "rows": rows,
        "others": _rows(request, others, actor),
        "everybody": _everybody(rows),
        "form": form or CoverForm(None, colleagues=_colleagues(actor)),
        "planned": planned_covers(request.user, actor.today),
        "covering": covers_on(actor.today).filter(by=request.user).select_related("account"),
        "done": handovers,
        "notice": notice,
    }
    return render(request, "accompagnements/portfolio.html", context, status=status)


def _rows(request: AgentRequest, follow_ups: Sequence[FollowUp], actor: Actor) -> list[PortfolioRow]:
    sites = sites_of(request.snapshot, [one.siret for one in follow_ups])
    to = receivers(follow_ups, actor)
    rows = []
    for one in follow_ups:
        ties, site = ties_to(one, actor.account, with_silence=True), sites.get(one.siret)
        carriers = [member for member in one.members.all() if member.role == Role.REFERENT.name]
        closed = " (compte fermé)"
        rows.append(
            PortfolioRow(
                follow_up=one,
                name=site.name if site else one.name or None,
                town=site.town if site else None,
                role=ties.role.value if ties.role else "",
                referents=tuple(f"{m.account.signature}{'' if m.account.is_active else closed}" for m in carriers),
                to=to.get(one.departement or "", ()),
                last=ties.last_act_of_referents,
                may_take=actor.may(one, Act.TAKE) and ties.role is not Role.REFERENT,
                may_name=actor.may(one, Act.NAME),
            )
        )
    return rows


def _wanted(sent: QueryDict, follow_ups: Iterable[FollowUp], to: Mapping[str, Sequence[Account]]) -> dict[int, Account]:
    """By follow-up that is ticked, the colleague chosen for it, or for all where it has none of its own."""
    ticked = set(sent.getlist("follow_up"))
    receiver_of = {}
    for one in follow_ups:
        offered = {str(account.pk): account for account in to.get(one.departement or "", ())}
        chosen = offered.get(sent.get(f"to-{one.pk}") or sent.get("to", ""))
        if str(one.pk) in ticked and chosen is not None:
            receiver_of[one.pk] = chosen
    return receiver_of


def _everybody(rows: Iterable[PortfolioRow]) -> list[Account]:
    """The colleagues to whom one at least may be given, by name."""
    colleagues = {one.pk: one for row in rows for one in row.to}
    return sorted(colleagues.values(), key=lambda one: (one.name, one.pk))


def _colleagues(actor: Actor) -> list[Account]:
    """Those who may cover an agent, by name."""
    near = {one.pk: one for place in sorted(actor.agent.zone) for one in offered_accounts(place, ())}
    colleagues = [one for one in near.values() if one.pk != actor.account.pk and may_cover(one.agent(), actor.agent)]
    return sorted(colleagues, key=lambda one: (one.name, one.pk))
