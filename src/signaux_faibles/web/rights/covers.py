"""What covering a colleague gives, and who may cover whom. Nothing else in the project decides."""

from __future__ import annotations

from signaux_faibles.web.rights.agent import Agent
from signaux_faibles.web.rights.follow_ups import Role


def role_with_cover(own: Role | None, *, covers: bool, in_zone: bool) -> Role | None:
    """What an agent is in a follow-up, once covers count.

    Whoever covers somebody who carries it is a participant, in their zone: never a referent, never elsewhere.
    """
    return Role.PARTICIPANT if own is None and covers and in_zone else own


def may_cover(agent: Agent, away: Agent) -> bool:
    """Whether an agent may cover another: they share a department, and neither runs the product."""
    return bool(agent.zone & away.zone) and not agent.product_administrator and not away.product_administrator
