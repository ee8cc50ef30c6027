"""Pages of the Kanban: 404 for agents outside the CRP network, as if there were none."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_http_methods, require_safe

from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.accompagnements.acts import ActRefused, CardPlace, archive, move
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.pages.acting import too_late
from signaux_faibles.web.accompagnements.pages.views import actor_of, sheet_of
from signaux_faibles.web.accompagnements.recording import Stale
from signaux_faibles.web.accompagnements.states import BoardColumn
from signaux_faibles.web.kanban.board import (
    Region,
    archived_cards,
    boards_of,
    etag_of,
    may_read_board,
    read_board,
)
from signaux_faibles.web.kanban.forms import BoardFilters, CardMove, LimitsForm
from signaux_faibles.web.kanban.limits import limits_of, set_limits
from signaux_faibles.web.request import AgentRequest, today
from signaux_faibles.web.rights.boards import may_set_limits
from signaux_faibles.web.seances.identifiers import found_in, pasted

ACT = require_http_methods(["GET", "HEAD", "POST"])
NOT_HERE = "{} n’a pas d’établissement dans la région {} : ouvrez l’accompagnement depuis la page de l’entreprise."
NOT_A_CRP = "Seul un CRP de la région fixe les limites des colonnes."


@require_safe
@open_to_agents
def boards(request: AgentRequest) -> HttpResponse:
    """The boards of the agent, or the board itself when there is only one."""
    regions = boards_of(request.agent)
    if not regions:
        raise Http404
    if len(regions) == 1:
        return redirect("board", regions[0].slug)
    return render(request, "kanban/boards.html", {"boards": regions})


@require_safe
@open_to_agents
def board(request: AgentRequest, region: str) -> HttpResponse:
    """The board of a region."""
    return board_page(request, _region(request, region))


@require_safe
@open_to_agents
def cards(request: AgentRequest, region: str) -> HttpResponse:
    """The cards of a board alone, which its page asks for every few seconds; 304 while nothing has changed."""
    board_region = _region(request, region)
    etag = etag_of(board_region, request.snapshot, request.GET.urlencode(), today())
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    return board_page(request, board_region, template="kanban/_cards.html")


@require_safe
@open_to_agents
def open_from_board(request: AgentRequest, region: str) -> HttpResponse:
    """Lead to the opening of the follow-up of an establishment of the region; a name is searched for."""
    board_region, typed = _region(request, region), request.GET.get("entreprise", "").strip()
    identifiers = pasted(typed).identifiers
    if not identifiers:
        return redirect(f"{resolve_url('search')}?{urlencode({'q': typed})}") if typed else redirect("board", region)
    companies = found_in(request.snapshot, identifiers[:1], *board_region.departements)
    if not companies.sirets:
        return board_page(request, board_region, notice=NOT_HERE.format(identifiers[0], board_region.label), status=404)
    return redirect("open_follow_up", companies.sirets[0])


@ACT
@open_to_agents
def move_card(request: AgentRequest, region: str, number: int) -> HttpResponse:
    """Move a card; the answer to a script is JSON, to a form the board again."""
    board_region = _region(request, region)
    follow_up = _card(board_region, number)
    if request.method != "POST":
        return redirect("board", region)
    form = CardMove(request.POST)
    if not form.is_valid():
        return _answer(request, board_region, number, "Ce déplacement n’est pas possible.", 422)
    column = BoardColumn[form.cleaned_data["column"]]
    if column is BoardColumn.SUIVI_TERMINE and follow_up.column != column.name:
        return _answer(request, board_region, number, to=resolve_url("close_follow_up", number))
    try:
        place = CardPlace(column, form.cleaned_data["after"], form.cleaned_data["version"])
        move(actor_of(request), follow_up, place)
    except ActRefused as refused:
        return _answer(request, board_region, number, str(refused), 403)
    except Stale as stale:
        return _answer(request, board_region, number, too_late(stale), 409)
    return _answer(request, board_region, number)


@ACT
@open_to_agents
def archive_card(request: AgentRequest, region: str, number: int) -> HttpResponse:
    """Take the card of a closed follow-up off the board, or put it back."""
    board_region = _region(request, region)
    follow_up = _card(board_region, number)
    if request.method == "POST":
        try:
            archive(actor_of(request), follow_up, archived="restore" not in request.POST)
        except ActRefused as refused:
            return board_page(request, board_region, notice=str(refused), status=403)
    return redirect("archived_cards" if "restore" in request.POST else "board", region)


@require_safe
@open_to_agents
def archives(request: AgentRequest, region: str) -> HttpResponse:
    """The cards that were taken off the board."""
    board_region = _region(request, region)
    cards = archived_cards(board_region, actor_of(request), request.snapshot)
    return render(request, "kanban/archives.html", {"region": board_region, "cards": cards})


@require_safe
@open_to_agents
def preview(request: AgentRequest, region: str, number: int) -> HttpResponse:
    """What a card says when it is opened without leaving the board."""
    _card(_region(request, region), number)
    return render(request, "kanban/preview.html", {"sheet": sheet_of(request, number)})


@ACT
@open_to_agents
def limit_columns(request: AgentRequest, region: str) -> HttpResponse:
    """Set the limits of the columns, by a CRP of the region."""
    board_region = _region(request, region)
    if request.method != "POST":
        return redirect("board", region)
    if not may_set_limits(request.agent, frozenset(board_region.departements)):
        return board_page(request, board_region, notice=NOT_A_CRP, status=403)
    form = LimitsForm(request.POST, limits=limits_of(region))
    if not form.is_valid():
        return board_page(request, board_region, limits=form, status=422)
    set_limits(request.user, region, form.limits())
    return redirect("board", region)


def board_page(
    request: AgentRequest,
    region: Region,
    *,
    template: str = "kanban/board.html",
    notice: str = "",
    limits: LimitsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The board with the cards that the filters of the address keep."""
    filters = BoardFilters(request.GET, region=region, today=today())
    etag = etag_of(region, request.snapshot, request.GET.urlencode(), today())
    chosen = filters.cleaned_data if filters.is_valid() else {}
    page_board = read_board(region, chosen, actor_of(request), request.snapshot, etag)
    context = {"board": page_board, "filters": filters, "notice": notice, "boards": boards_of(request.agent)}
    if may_set_limits(request.agent, frozenset(region.departements)):
        context["limits_form"] = limits or LimitsForm(None, limits=limits_of(region.slug))
    answer = render(request, template, context, status=status)
    answer.headers["ETag"] = etag
    return answer


def _region(request: AgentRequest, slug: str) -> Region:
    region = may_read_board(request.agent, slug)
    if region is None:
        raise Http404
    return region


def _card(region: Region, number: int) -> FollowUp:
    follow_ups = FollowUp.objects.filter(pk=number, departement__in=region.departements)
    follow_up = follow_ups.prefetch_related("members__account").first()
    if follow_up is None:
        raise Http404
    return follow_up


def _answer(
    request: AgentRequest, region: Region, number: int, notice: str = "", status: int = 200, *, to: str = ""
) -> HttpResponse:
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"notice": notice, "to": to}, status=status)
    if notice:
        return board_page(request, region, notice=notice, status=status)
    return redirect(to or f"{resolve_url('board', region.slug)}#carte-{number}")
