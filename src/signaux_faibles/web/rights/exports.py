"""What of a company may leave the application in a file."""

from __future__ import annotations

from datetime import date

from signaux_faibles.sources.families import Family
from signaux_faibles.web.rights.agent import Agent, CompanyTies
from signaux_faibles.web.rights.decide import decide

NEVER_EXPORTED = frozenset({Family.BDF})
"""Read on a page, and never in a file."""


def may_export(agent: Agent, company: CompanyTies, family: Family, today: date) -> bool:
    """Whether a file may hold what the agent reads of a family of a company."""
    return family not in NEVER_EXPORTED and decide(agent, company, family, today).allowed
