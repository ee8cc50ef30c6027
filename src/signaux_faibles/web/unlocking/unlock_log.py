"""The log of unlocks: one line per event, like that of sign-ins (docs/deployment.md)."""

from __future__ import annotations

import json
import logging

UNLOCKS = "signaux_faibles.unlocks"
_LOGGER = logging.getLogger(UNLOCKS)


def record_unlock(email: str, administration: str, motive: str) -> None:
    """Log an unlock: `event=unlock email="nom@domaine.fr" administration="DREETS" motive=LOCAL`; no company name."""
    _LOGGER.info("event=unlock email=%s administration=%s motive=%s", *_named(email, administration), motive)


def alert_correspondent(email: str, administration: str, unlocks: int) -> None:
    """Log that an account unlocks more than the correspondant of its administration should leave unseen."""
    _LOGGER.warning("event=mass-unlock email=%s administration=%s unlocks=%d", *_named(email, administration), unlocks)


def _named(email: str, administration: str) -> tuple[str, str]:
    return json.dumps(email), json.dumps(administration)
