"""Pages of the review of accounts: the list, a sheet, what is done to an account, and seeing with its rights."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from signaux_faibles.web.account_review.reading import (
    ReviewedAccount,
    account_in_review,
    changes_of,
    reviewed_accounts,
)
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.accounts.opening import confirm_rights, set_active
from signaux_faibles.web.accounts.watching import forget_watched, keep_watched, may_watch
from signaux_faibles.web.journal.author import Author
from signaux_faibles.web.journal.kinds import EntryKind
from signaux_faibles.web.journal.writing import record
from signaux_faibles.web.request import AgentRequest, today
from signaux_faibles.web.rights.accounts import ReviewWhy, may_review_accounts
from signaux_faibles.web.rights.impersonation import LONGEST, Watching

LONGEST_MOTIVE = 500
SAY_WHY = f"Dites pourquoi, en {LONGEST_MOTIVE} signes au plus."
ACT = require_http_methods(["GET", "HEAD", "POST"])
"""Where the address of an act leads when it is merely followed, as after signing in again."""


def reviewed(
    view: Callable[[AgentRequest, Account, ReviewWhy], HttpResponse],
) -> Callable[[AgentRequest, int], HttpResponse]:
    """Wrap a view of an account: 404 for whoever does not review it, whether or not it exists."""

    @wraps(view)
    def guarded(request: AgentRequest, number: int) -> HttpResponse:
        account, why = account_in_review(number, request.user, request.agent)
        if account is None:
            raise Http404
        return view(request, account, why)

    return guarded


@require_safe
def accounts_to_review(request: AgentRequest) -> HttpResponse:
    """The accounts that the agent reviews; 404 for others."""
    if not may_review_accounts(request.agent):
        raise Http404
    return render(request, "account_review/accounts.html", {"rows": reviewed_accounts(request.agent, today())})


@require_safe
@reviewed
def account_sheet(request: AgentRequest, account: Account, why: ReviewWhy) -> HttpResponse:
    """An account, its rights, what was done to them, and what may be done."""
    return _sheet(request, account, why)


@ACT
@reviewed
def confirm_account(request: AgentRequest, account: Account, why: ReviewWhy) -> HttpResponse:
    """Write that the rights of an account were reviewed and stay."""
    if request.method == "POST" and why is not ReviewWhy.OWN:
        confirm_rights(account, by=Author.of(request.user, request))
    return redirect("account_sheet", account.pk)


@ACT
@reviewed
def close_account(request: AgentRequest, account: Account, why: ReviewWhy) -> HttpResponse:
    """Close an account, for a reason; its sessions end at the next page."""
    if request.method != "POST" or why is ReviewWhy.OWN or not account.is_active:
        return redirect("account_sheet", account.pk)
    reason = request.POST.get("why", "").strip()
    if not 0 < len(reason) <= LONGEST_MOTIVE:
        return _sheet(request, account, why, refused={"close": SAY_WHY, "typed": reason})
    set_active(account, active=False, by=Author.of(request.user, request), why=reason)
    return redirect("account_sheet", account.pk)


@ACT
@reviewed
def watch_account(request: AgentRequest, account: Account, why: ReviewWhy) -> HttpResponse:
    """See with the rights of an account for half an hour, for a motive, without being able to act."""
    if request.method != "POST" or may_watch(request.user, request.agent, account) is not Watching.ALLOWED:
        return redirect("account_sheet", account.pk)
    motive = request.POST.get("motive", "").strip()
    if not 0 < len(motive) <= LONGEST_MOTIVE:
        return _sheet(request, account, why, refused={"watch": SAY_WHY, "typed": motive})
    with transaction.atomic():
        until = keep_watched(request, account)
        detail = {"motive": motive, "until": until.isoformat()}
        record(EntryKind.WATCHING, account.email, by=Author.of(request.user, request), detail=detail)
    return redirect("home")


@ACT
def stop_watching(request: AgentRequest) -> HttpResponse:
    """See with one's own rights again."""
    watched_account = getattr(request, "watched", None)
    if request.method != "POST" or watched_account is None:
        return redirect("home")
    record(
        EntryKind.WATCHING, watched_account.account.email, by=Author.of(request.user, request), detail={"ended": True}
    )
    forget_watched(request)
    return redirect("account_sheet", watched_account.account.pk)


def _sheet(
    request: AgentRequest, account: Account, why: ReviewWhy, refused: dict[str, str] | None = None
) -> HttpResponse:
    content: dict[str, Any] = {
        "row": ReviewedAccount.of(account, today()),
        "changes": changes_of(account),
        "own": why is ReviewWhy.OWN,
        "why": why.value,
        "watchable": may_watch(request.user, request.agent, account) is Watching.ALLOWED,
        "minutes": round(LONGEST.total_seconds() / 60),
        "refused": refused or {},
    }
    return render(request, "account_review/account.html", content, status=422 if refused else 200)
