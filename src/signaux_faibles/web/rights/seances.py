"""What an agent may do with a séance of the CODEFI, and why. Nothing else in the project decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from signaux_faibles.web.rights.agent import Agent, Network, Segment


class SeanceAct(Enum):
    """What may be done with a séance."""

    READ = "lire la séance"
    PREPARE = "la préparer"
    DECIDE = "y noter une décision"
    SEND = "en envoyer le lien"


class SeanceWhy(Enum):
    """Why an act is allowed or refused, in the words that the agent reads."""

    IN_ZONE = "Le département de la séance est dans votre zone."
    MEMBER = "Vous êtes membre de la séance."
    SECRETARIAT = "Vous êtes du secrétariat permanent du CODEFI de ce département."
    PRODUCT_ADMINISTRATOR = "Un administrateur du produit ne lit aucune donnée d’entreprise."
    OTHER_NETWORK = "Les séances sont réservées au réseau CODEFI."
    OUT_OF_ZONE = "Le département n’est pas dans votre zone et vous n’êtes pas membre de la séance."
    NOT_SECRETARIAT = "Seul le secrétariat permanent du CODEFI du département le peut."
    HELD = "La séance est passée : son ordre du jour et ses membres ne changent plus."
    NOT_YET = "Les décisions se notent à partir du jour de la séance."


@dataclass(frozen=True)
class SeanceVerdict:
    """The answer, with its reason."""

    allowed: bool
    why: SeanceWhy


@dataclass(frozen=True)
class SeanceTies:
    """What ties an agent to a séance: its department, its day, whether the agent is named among its members."""

    departement: str
    on: date
    member: bool = False


def decide_seance(agent: Agent, ties: SeanceTies, act: SeanceAct, today: date) -> SeanceVerdict:
    """Whether `agent` may do `act` with a séance on the day `today`.

    The day of the séance is the last one to prepare it and the first one to decide; decisions may be noted later.
    """
    seen = _may_read(agent, ties)
    if not seen.allowed or act is SeanceAct.READ:
        return seen
    if ties.departement not in prepared_departements(agent):
        return SeanceVerdict(False, SeanceWhy.NOT_SECRETARIAT)
    if act is SeanceAct.PREPARE and today > ties.on:
        return SeanceVerdict(False, SeanceWhy.HELD)
    if act is SeanceAct.DECIDE and today < ties.on:
        return SeanceVerdict(False, SeanceWhy.NOT_YET)
    return SeanceVerdict(True, SeanceWhy.SECRETARIAT)


def may_read_seances(agent: Agent) -> bool:
    """Whether an agent is of those to whom séances exist."""
    return Network.CODEFI in agent.networks and not agent.product_administrator


def prepared_departements(agent: Agent) -> frozenset[str]:
    """The departments whose séances an agent prepares: those of their zone, for a secretariat of the CODEFI."""
    if agent.segment is Segment.SP_CODEFI and may_read_seances(agent):
        return agent.zone
    return frozenset()


def _may_read(agent: Agent, ties: SeanceTies) -> SeanceVerdict:
    if agent.product_administrator:
        return SeanceVerdict(False, SeanceWhy.PRODUCT_ADMINISTRATOR)
    if not may_read_seances(agent):
        return SeanceVerdict(False, SeanceWhy.OTHER_NETWORK)
    if ties.departement in agent.zone:
        return SeanceVerdict(True, SeanceWhy.IN_ZONE)
    return SeanceVerdict(ties.member, SeanceWhy.MEMBER if ties.member else SeanceWhy.OUT_OF_ZONE)
