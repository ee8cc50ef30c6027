"""What a decision needs to know of an agent and of a company."""

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
    DGE = "DGE"
    DGEFP = "DGEFP"
    URSSAF = "Urssaf"
    BDF = "Banque de France"
    PRODUCT = "Signaux Faibles"


@dataclass(frozen=True)
class Agent:
    """An agent, as his rights see him.

    Attributes:
        administration: where he works.
        zone: codes of the departments that he follows.
        habilitations: last day, included, of each habilitation.
        product_administrator: runs the product; reads no company data.
    """

    administration: Administration
    zone: frozenset[str]
    habilitations: Mapping[Family, date]
    product_administrator: bool = False


@dataclass(frozen=True)
class CompanyTies:
    """What ties a company to a zone: the departments of its active establishments."""

    active_departments: frozenset[str]
