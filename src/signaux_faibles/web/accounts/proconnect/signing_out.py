"""The address that ends the session at ProConnect too."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.crypto import get_random_string
from django.utils.http import urlencode

ID_TOKEN = "oidc_id_token"  # noqa: S105 (name of a value of the session)


def end_session_address(request: HttpRequest) -> str:
    """Where a session that ProConnect opened is ended at ProConnect; empty for a local one.

    It is followed as a link: the content policy lets no form lead out of the application.
    """
    token = request.session.get(ID_TOKEN)
    if not token or not settings.SF_PROCONNECT_ISSUER:
        return ""
    back = request.build_absolute_uri(resolve_url("sign_in"))
    asked = {"id_token_hint": token, "state": get_random_string(32), "post_logout_redirect_uri": back}
    return f"{settings.SF_PROCONNECT_ISSUER}/session/end?{urlencode(asked)}"
