"""What an agent may do with a séance of the CODEFI, and why. Nothing else in the project decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from signaux_faibles.web.rights.agent import Agent
from signaux_faibles.web.rights.networks import CodefiTie, codefi_tie, secretariat_departements
from signaux_faibles.web.rights.verdict import Verdict


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


SeanceVerdict = Verdict[SeanceWhy]


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
    if ties.departement not in secretariat_departements(agent):
        return Verdict(False, SeanceWhy.NOT_SECRETARIAT)
    if act is SeanceAct.PREPARE and today > ties.on:
        return Verdict(False, SeanceWhy.HELD)
    if act is SeanceAct.DECIDE and today < ties.on:
        return Verdict(False, SeanceWhy.NOT_YET)
    return Verdict(True, SeanceWhy.SECRETARIAT)


def _may_read(agent: Agent, ties: SeanceTies) -> SeanceVerdict:
    tie = codefi_tie(agent, ties.departement)
    if tie is CodefiTie.OUT_OF_ZONE and ties.member and agent.personal_ties:
        return Verdict(True, SeanceWhy.MEMBER)
    return Verdict(tie is CodefiTie.IN_ZONE, SeanceWhy[tie.name])
