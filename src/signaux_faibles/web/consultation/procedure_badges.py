"""The badges on the procedures of a company, never « In bonis » where something was not read or not understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from signaux_faibles.snapshot.served.procedures import ProcedureStanding
from signaux_faibles.wording.french import agreed

NOTICE = "https://www.bodacc.fr/pages/annonces-commerciales-detail/?q.id=id:{}"
"""The public page of a BODACC notice."""


@dataclass(frozen=True)
class Badge:
    """A text, the kind of badge that shows it, and the address it links to; without a link, an empty one."""

    text: str
    kind: str
    link: str = ""


def notice_link(notice: str | None) -> str:
    """The address of a BODACC notice; empty without a notice."""
    return NOTICE.format(notice) if notice else ""


def procedure_badges(
    standing: ProcedureStanding | None, *, followed: bool, unread: Sequence[str], otherwise: Badge | None = None
) -> tuple[Badge, ...]:
    """The badges of a company.

    Args:
        standing: what keeps it from being in bonis.
        followed: whether its procedures are followed, as they are for active companies of the perimeter.
        unread: the sources that could say more and were not read.
        otherwise: the badge when all sources were read and nothing keeps the company from being in bonis.
    """
    if standing is None:
        if followed and unread:
            not_read = agreed(len(unread), "non lu", "non lus")
            return (Badge(f"Procédures : {' et '.join(unread)} {not_read}", "unknown"),)
        return (otherwise,) if otherwise else ()
    badges = []
    if standing.procedure:
        badges.append(Badge(standing.procedure, "unknown" if standing.outcome_is_unknown else "procedure"))
    if standing.to_read:
        badges.append(Badge("Jugement à lire", "unknown", notice_link(standing.notice)))
    return tuple(badges)
