"""What news is about, in the words of badges and of the digest, and what a new snapshot may say about a company."""

from __future__ import annotations

from enum import Enum

from signaux_faibles.sources.families import Family


class NewsKind(Enum):
    """What a piece of news is about."""

    ADDED = "vous concernent"
    MENTIONS = "vous citent"
    TEXTS = "commentaires et synthèses"
    ANSWERS = "réponses de dirigeants"
    CLOSED = "clôtures"
    CALLS = "prises de contact"
    CHANGES = "autres changements"
    PROCEDURES = "procédures ouvertes"
    PLANS = "échéanciers dépassés ou retirés"
    MOVES = "changements de liste"
    DISPUTES = "chiffres contestés ou répondus"
    SEANCES = "séances du CODEFI"


class AlertKind(Enum):
    """What a new snapshot or a new list may say of a followed company."""

    PROCEDURE = "procédure ouverte"
    PLAN_BEHIND = "échéancier dépassé"
    PLAN_GONE = "délai retiré"
    MOVE = "changement de liste"


FAMILIES = {
    AlertKind.PROCEDURE: Family.OPEN,
    AlertKind.PLAN_BEHIND: Family.URSSAF,
    AlertKind.PLAN_GONE: Family.URSSAF,
    AlertKind.MOVE: Family.DETECTION,
}
"""The family that opens each kind of alert."""
NEWS = {
    AlertKind.PROCEDURE: NewsKind.PROCEDURES,
    AlertKind.PLAN_BEHIND: NewsKind.PLANS,
    AlertKind.PLAN_GONE: NewsKind.PLANS,
    AlertKind.MOVE: NewsKind.MOVES,
}
"""The badge that counts each kind of alert."""
