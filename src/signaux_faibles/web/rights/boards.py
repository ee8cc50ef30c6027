"""Who sets the limits of the columns of a board. Nothing else in the project decides."""

from __future__ import annotations

from signaux_faibles.web.rights.agent import Agent, Network, Segment


def may_set_limits(agent: Agent, departements: frozenset[str]) -> bool:
    """Whether an agent sets the limits of the board of some departments: a CRP who follows one of them."""
    crp = agent.segment is Segment.CRP and Network.CRP in agent.networks and not agent.product_administrator
    return crp and bool(agent.zone & departements)
