"""What an agent may do with a campagne de contact, and why. Nothing else in the project decides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from signaux_faibles.web.rights.agent import Agent
from signaux_faibles.web.rights.networks import CodefiTie, codefi_tie, secretariat_departements
from signaux_faibles.web.rights.verdict import Verdict


class CampagneRight(Enum):
    """What may be done with a campagne."""

    READ = "lire la campagne"
    RUN = "l’ouvrir, y ajouter des entreprises, la clore"
    TAKE = "prendre une entreprise"
    ANSWER = "noter ce qu’a donné une prise de contact"


class CampagneWhy(Enum):
    """Why a right is given or refused, in the words that the agent reads."""

    IN_ZONE = "Le département de la campagne est dans votre zone."
    SECRETARIAT = "Vous êtes du secrétariat permanent du CODEFI de ce département."
    TAKEN_BY_YOU = "Vous avez pris cette entreprise."
    PRODUCT_ADMINISTRATOR = "Un administrateur du produit ne lit aucune donnée d’entreprise."
    OTHER_NETWORK = "Les campagnes de contact sont réservées au réseau CODEFI."
    OUT_OF_ZONE = "Le département de la campagne n’est pas dans votre zone."
    NOT_SECRETARIAT = "Seul le secrétariat permanent du CODEFI du département le peut."
    CLOSED = "La campagne est close : elle ne change plus."
    NOT_TAKEN_BY_YOU = "Seul l’agent qui a pris l’entreprise note ce qu’a donné la prise de contact."


CampagneVerdict = Verdict[CampagneWhy]


@dataclass(frozen=True)
class CampagneTies:
    """A campagne as rights know it: its department, whether it is closed, whether the agent holds the company."""

    departement: str
    closed: bool = False
    taken_by_agent: bool = False


def decide_campagne(agent: Agent, ties: CampagneTies, right: CampagneRight) -> CampagneVerdict:
    """Whether `agent` has `right` on a campagne."""
    seen = _may_read(agent, ties)
    if not seen.allowed or right is CampagneRight.READ:
        return seen
    if right is CampagneRight.RUN and ties.departement not in secretariat_departements(agent):
        return Verdict(False, CampagneWhy.NOT_SECRETARIAT)
    if ties.closed:
        return Verdict(False, CampagneWhy.CLOSED)
    if right is CampagneRight.RUN:
        return Verdict(True, CampagneWhy.SECRETARIAT)
    if right is CampagneRight.ANSWER:
        is_theirs = ties.taken_by_agent
        return Verdict(is_theirs, CampagneWhy.TAKEN_BY_YOU if is_theirs else CampagneWhy.NOT_TAKEN_BY_YOU)
    return seen


def _may_read(agent: Agent, ties: CampagneTies) -> CampagneVerdict:
    tie = codefi_tie(agent, ties.departement)
    return Verdict(tie is CodefiTie.IN_ZONE, CampagneWhy[tie.name])
