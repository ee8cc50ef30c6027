"""What a decision needs to know about an agent and about a company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from signaux_faibles.sources.families import Family


class Administration(Enum):
    """Where an agent works."""

    DGFIP = "DGFiP"
    DREETS = "DREETS"
    DDETS = "DDETS"
    DGE = "DGE"
    DGEFP = "DGEFP"
    URSSAF = "Urssaf"
    BDF = "Banque de France"
    PRODUCT = "Signaux Faibles"


class Network(Enum):
    """A circle in which texts about a company are written and read (application §3.2)."""

    CODEFI = "CODEFI"
    CRP = "CRP"
    DGFIP = "DGFiP"
    URSSAF = "Urssaf"
    BDF = "Banque de France"
    DGEFP = "DGEFP"


class Segment(Enum):
    """A professional family of agents (application §3.2)."""

    CRP = "CRP ou MIRE"
    CRP_SUPPORT = "Appui aux CRP"
    SP_CODEFI = "Secrétariat permanent du CODEFI"
    CDED = "Conseiller départemental aux entreprises en difficulté"
    DGFIP = "DGFiP, autre"
    BDF = "Banque de France"
    DARP = "DARP, MUTECO ou DGEFP"
    URSSAF = "Urssaf"
    OTHER = "Autre"


@dataclass(frozen=True)
class Agent:
    """An agent, with what their rights depend on.

    Attributes:
        administration: where they work.
        zone: codes of the departments that they follow.
        habilitations: the last day of each habilitation, included.
        product_administrator: whether they run the product, and so may read no company data.
        correspondent: whether they review the accounts of their administration.
        personal_ties: whether their unlocks, follow-ups and séances open anything (`impersonation.common`).
        segment, networks: their professional family, and the circles whose texts they share.
    """

    administration: Administration
    zone: frozenset[str]
    habilitations: Mapping[Family, date]
    product_administrator: bool = False
    segment: Segment = Segment.OTHER
    networks: frozenset[Network] = frozenset()
    correspondent: bool = False
    personal_ties: bool = True


@dataclass(frozen=True)
class CompanyTies:
    """What ties a company to an agent.

    Attributes:
        active_departments: the departments of its active establishments.
        follow_up: whether the agent is a referent or a participant of an open follow-up of the company whose
            establishment is in their zone.
        unlocked_until: the last day, included, of the unlock that the agent asked for; None without one.
    """

    active_departments: frozenset[str]
    follow_up: bool = False
    unlocked_until: date | None = None
