"""What of a company may leave the application in a file."""

from __future__ import annotations

from datetime import date

from signaux_faibles.sources.families import Family
from signaux_faibles.web.rights.agent import Agent, CompanyTies
from signaux_faibles.web.rights.decide import ReadingVerdict, Reason, decide
from signaux_faibles.web.rights.verdict import Verdict

NEVER_EXPORTED = frozenset({Family.BDF})
"""Read on a page, and never in a file."""


def decide_export(agent: Agent, company: CompanyTies, family: Family, today: date) -> ReadingVerdict:
    """Whether a file may hold what the agent reads of a family of a company, and why."""
    if family in NEVER_EXPORTED:
        return Verdict(False, Reason.NEVER_EXPORTED)
    return decide(agent, company, family, today)


def may_export(agent: Agent, company: CompanyTies, family: Family, today: date) -> bool:
    """Whether a file may hold what the agent reads of a family of a company."""
    return decide_export(agent, company, family, today).allowed
