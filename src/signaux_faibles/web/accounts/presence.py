"""How long a session still lasts: pages warn before it ends, and whoever types for half an hour keeps it open."""

from __future__ import annotations

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from signaux_faibles.web.accounts.session_terms import seconds_left
from signaux_faibles.web.request import AgentRequest


@require_safe
def presence(request: AgentRequest) -> JsonResponse:
    """The seconds that the session still has; asking says that somebody is there, unless `WATCHING` is a header."""
    return JsonResponse({"left": seconds_left(request)})
