"""Agents of a professional family, with the networks of that family and no habilitation."""

from __future__ import annotations

from signaux_faibles.web.rights.agent import Administration, Agent, Segment
from signaux_faibles.web.rights.networks import networks_of


def agent(segment: Segment, zone: str, *, product: bool = False) -> Agent:
    """An agent of the DGFiP in one department; `product`: one who runs the application."""
    return Agent(Administration.DGFIP, frozenset({zone}), {}, product, segment, networks_of(segment))
