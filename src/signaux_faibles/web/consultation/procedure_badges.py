"""What a badge says of the procedures of a company: never in bonis where something was not read or understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from signaux_faibles.snapshot.served.procedures import Standing
from signaux_faibles.wording.french import agreed

NOTICE = "https://www.bodacc.fr/pages/annonces-commerciales-detail/?q.id=id:{}"
"""The public page of a notice of BODACC."""


@dataclass(frozen=True)
class Badge:
    """Words, the kind of badge that shows them, and where they lead; an empty link leads nowhere."""

    text: str
    kind: str
    link: str = ""


def notice_link(notice: str | None) -> str:
    """The address of a notice of BODACC; empty for what has none."""
    return NOTICE.format(notice) if notice else ""


def procedure_badges(
    standing: Standing | None, *, followed: bool, unread: Sequence[str], otherwise: Badge | None = None
) -> tuple[Badge, ...]:
    """The badges of a company.

    Args:
        standing: what keeps it from being in bonis.
        followed: whether its procedures are followed: it is of the perimeter, and active.
        unread: the sources that could say more and were not read.
        otherwise: what is said of a company that nothing keeps from being in bonis, all being read.
    """
    if standing is None:
        if followed and unread:
            return (Badge(f"Procédures : {' et '.join(unread)} {agreed(len(unread), 'non lu', 'non lus')}", "unknown"),)
        return (otherwise,) if otherwise else ()
    found = []
    if standing.procedure:
        found.append(Badge(standing.procedure, "unknown" if standing.outcome_is_unknown else "procedure"))
    if standing.to_read:
        found.append(Badge("Jugement à lire", "unknown", notice_link(standing.notice)))
    return tuple(found)
