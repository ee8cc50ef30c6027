"""Who may answer a dispositif that the data show, such as a délai of Urssaf. Nothing else in the project decides."""

from __future__ import annotations

from datetime import date

from signaux_faibles.sources.families import Family
from signaux_faibles.web.rights.agent import Agent, CompanyTies
from signaux_faibles.web.rights.decide import decide
from signaux_faibles.web.rights.follow_ups import Act, FollowUpTies, decide_act


def may_answer_aid(agent: Agent, follow_up: FollowUpTies, company: CompanyTies, family: Family, today: date) -> bool:
    """Whether an agent may confirm or dismiss it: they read the family that shows it, and edit the follow-up."""
    reads = decide(agent, company, family, today).allowed
    return reads and decide_act(agent, follow_up, Act.EDIT, today).allowed  # pragma: no mutate (no day edits)
