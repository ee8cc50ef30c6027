"""Seeing with the rights of a colleague: who may, and what is then seen, which is what both may read."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

from signaux_faibles.sources.families import Family
from signaux_faibles.web.rights.accounts import ReviewWhy, decide_review
from signaux_faibles.web.rights.agent import Administration, Agent

LONGEST = timedelta(minutes=30)
"""How long one sees with the rights of a colleague, after saying why."""


class Watching(Enum):
    """Why seeing with the rights of somebody is allowed or refused, in the words that the agent reads."""

    ALLOWED = "Vous voyez ce que vous deux pouvez lire, sans pouvoir agir."
    NOT_REVIEWER = "Réservé à qui revoit ce compte."
    CLOSED = "Ce compte est fermé."


def decide_watching(agent: Agent, administration: Administration, *, own: bool, active: bool) -> Watching:
    """Whether an agent may see with the rights of an account: its reviewer may, while it is open."""
    if decide_review(agent, administration, own=own) not in (ReviewWhy.CORRESPONDENT, ReviewWhy.PRODUCT):
        return Watching.NOT_REVIEWER
    return Watching.ALLOWED if active else Watching.CLOSED


def common(own: Agent, other: Agent) -> Agent:
    """The agent who reads what both agents may read, and nothing that either reads by a tie of their own.

    Unlocks, follow-ups and séances to which one of them was added open nothing, because the other has no such tie.
    A department of one and a department of the other are no common zone, even where a company has a place in both.
    """
    families = own.habilitations.keys() & other.habilitations.keys()
    if own.administration is not other.administration:
        families -= {Family.FISCAL}
    return Agent(
        administration=other.administration,
        zone=own.zone & other.zone,
        habilitations={family: min(own.habilitations[family], other.habilitations[family]) for family in families},
        product_administrator=own.product_administrator or other.product_administrator,
        segment=other.segment,
        networks=own.networks & other.networks,
        personal_ties=False,
    )
