"""The professional families of agents, their networks (application §3.2), and what ties an agent to a CODEFI."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from signaux_faibles.web.rights.agent import Administration, Agent, Network, Segment

NETWORKS: Mapping[Segment, frozenset[Network]] = {
    Segment.SP_CODEFI: frozenset({Network.DGFIP, Network.CODEFI}),
    Segment.CDED: frozenset({Network.DGFIP, Network.CODEFI}),
    Segment.DGFIP: frozenset({Network.DGFIP, Network.CODEFI}),
    Segment.CRP: frozenset({Network.CRP, Network.CODEFI}),
    Segment.CRP_SUPPORT: frozenset({Network.CRP}),
    Segment.BDF: frozenset({Network.BDF, Network.CODEFI}),
    Segment.DARP: frozenset({Network.DGEFP, Network.CODEFI}),
    Segment.URSSAF: frozenset({Network.URSSAF, Network.CODEFI}),
    Segment.OTHER: frozenset(),
}
"""An agent without network reads no text of any; an agent who supports a CRP does not sit on the CODEFI."""

_BY_ADMINISTRATION = {
    Administration.DGFIP: Segment.DGFIP,
    Administration.DDETS: Segment.DARP,
    Administration.DGE: Segment.CRP_SUPPORT,
    Administration.DGEFP: Segment.DARP,
    Administration.URSSAF: Segment.URSSAF,
    Administration.BDF: Segment.BDF,
}
_BY_FONCTION = (
    ("SP CODEFI", Administration.DGFIP, Segment.SP_CODEFI),
    ("CDED", Administration.DGFIP, Segment.CDED),
    ("CRP", Administration.DREETS, Segment.CRP),
    ("MIRE", Administration.DREETS, Segment.CRP),
    ("RÉSEAU CRP", Administration.DREETS, Segment.CRP_SUPPORT),
    ("DARP", Administration.DREETS, Segment.DARP),
    ("DARP", Administration.DGEFP, Segment.DARP),
)
"""The beginning of a fonction, where it says more than the administration."""


def usual_segment(administration: Administration, fonction: str) -> Segment:
    """The segment that an administration and the first words of a fonction usually mean: « CRP Bretagne » is `CRP`."""
    written = fonction.strip().upper()
    for beginning, where, segment in _BY_FONCTION:
        if administration is where and (written + " ").startswith(beginning + " "):
            return segment
    return _BY_ADMINISTRATION.get(administration, Segment.OTHER)


def networks_of(segment: Segment) -> frozenset[Network]:
    """The networks of a segment, in whose circle texts are written and read."""
    return NETWORKS[segment]


class CodefiTie(Enum):
    """What an agent is to the CODEFI of a department; the rights on what it does name their reasons alike."""

    IN_ZONE = "de son réseau, le département dans sa zone"
    OUT_OF_ZONE = "de son réseau, dans une autre zone"
    OTHER_NETWORK = "d’un autre réseau"
    PRODUCT_ADMINISTRATOR = "administrateur du produit"


def codefi_tie(agent: Agent, departement: str) -> CodefiTie:
    """What an agent is to the CODEFI of a department."""
    if agent.product_administrator:
        return CodefiTie.PRODUCT_ADMINISTRATOR
    if not sits_on_codefi(agent):
        return CodefiTie.OTHER_NETWORK
    return CodefiTie.IN_ZONE if departement in agent.zone else CodefiTie.OUT_OF_ZONE


def sits_on_codefi(agent: Agent) -> bool:
    """Whether an agent may know that there are séances and campagnes."""
    return Network.CODEFI in agent.networks and not agent.product_administrator


def secretariat_departements(agent: Agent) -> frozenset[str]:
    """The departments whose CODEFI an agent is the secretariat of: those of their zone; none for anybody else."""
    if agent.segment is Segment.SP_CODEFI and sits_on_codefi(agent):
        return agent.zone
    return frozenset()
