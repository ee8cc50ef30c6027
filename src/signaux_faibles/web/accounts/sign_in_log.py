"""The log of sign-ins: one line per event, for the operator and for whoever watches attacks (docs/deployment.md)."""

from __future__ import annotations

import json
import logging

from django.http import HttpRequest

from signaux_faibles.web.accounts.client_address import client_address

SIGN_INS = "signaux_faibles.sign_ins"
SUCCESS, FAILURE, SLOWED = "sign-in-success", "sign-in-failure", "sign-in-slowed"
DEMO_REFUSED, IDLE = "sign-in-demo-refused", "sign-in-idle-account"
SIGN_OUT, SESSION_ENDED = "sign-out", "session-ended"
CODE_SUCCESS, CODE_FAILURE, CODE_SLOWED = "second-factor-success", "second-factor-failure", "second-factor-slowed"
RECOVERY_USED = "recovery-code-used"
PROVIDER_REFUSED = "proconnect-refused"
_LOGGER = logging.getLogger(SIGN_INS)


def record(event: str, request: HttpRequest, *, email: str, why: str = "") -> None:
    """Log an event: `event=sign-in-failure email="nom@domaine.fr" address=192.0.2.1`.

    The e-mail is what was typed, at most 254 characters, written as JSON in ASCII so that it can forge no line;
    `why`, a reason of ours or of a library, is written in the same way.
    """
    reason = f" why={json.dumps(why[:254])}" if why else ""
    _LOGGER.info("event=%s email=%s address=%s%s", event, json.dumps(email[:254]), client_address(request), reason)
