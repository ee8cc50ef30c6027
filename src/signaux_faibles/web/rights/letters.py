"""Who may write to the director of a company, read what came of it, and change a letter template."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from signaux_faibles.web.rights.agent import Administration, Agent
from signaux_faibles.web.rights.verdict import Verdict


class LetterAct(Enum):
    """What may be done with letters to the director of an establishment."""

    WRITE = "écrire au dirigeant, noter l’envoi et la réponse"
    READ_OUTCOME = "lire ce que le dirigeant a répondu"


class LetterWhy(Enum):
    """Why an act is allowed or refused, in the words that the agent reads."""

    IN_ZONE = "L’établissement est dans votre zone."
    CONTRIBUTOR = "Vous êtes référent ou participant de son accompagnement."
    SAME_ADMINISTRATION = "C’est un modèle de votre administration."
    PRODUCT = "Vous tenez les listes de l’application."
    PRODUCT_ADMINISTRATOR = "Un administrateur du produit ne lit aucune donnée d’entreprise."
    WRITES_NOTHING = "L’équipe du produit n’écrit pas aux entreprises."
    OUT_OF_ZONE = "L’établissement n’est pas dans votre zone et vous n’êtes pas contributeur de son accompagnement."
    INACTIVE = "L’établissement est fermé : on n’y écrit pas."
    OTHER_ADMINISTRATION = "C’est l’affaire d’une autre administration que la vôtre."
    NO_NETWORK = "Votre compte n’est d’aucun réseau : demandez à un collègue de votre administration qui en a un."


LetterVerdict = Verdict[LetterWhy]


@dataclass(frozen=True)
class LetterTies:
    """What ties an agent to the letters of an establishment.

    Attributes:
        departement: that of the establishment; None where the register does not know it.
        contributor: whether the agent is a referent or a participant of its open follow-up.
        administration: the one whose letters are meant.
    """

    departement: str | None
    active: bool
    contributor: bool
    administration: Administration


def decide_letter(agent: Agent, ties: LetterTies, act: LetterAct) -> LetterVerdict:
    """Whether `agent` may do `act`.

    That a letter was sent is a contact, which every agent of the zone sees; what the director answered is read by the
    administration that wrote, in the zone, and by contributors.
    """
    if agent.product_administrator:
        return Verdict(False, LetterWhy.PRODUCT_ADMINISTRATOR)
    contributor = ties.contributor and agent.personal_ties
    if not contributor and ties.departement not in agent.zone:
        return Verdict(False, LetterWhy.OUT_OF_ZONE)
    tie = LetterWhy.CONTRIBUTOR if contributor else LetterWhy.IN_ZONE
    if act is LetterAct.WRITE and agent.administration is Administration.PRODUCT:
        return Verdict(False, LetterWhy.WRITES_NOTHING)
    if act is LetterAct.WRITE:
        return Verdict(ties.active, tie if ties.active else LetterWhy.INACTIVE)
    if contributor or ties.administration is agent.administration:
        return Verdict(True, tie)
    return Verdict(False, LetterWhy.OTHER_ADMINISTRATION)


def decide_template(agent: Agent, administration: Administration) -> LetterVerdict:
    """Whether `agent` may change a letter template of `administration`; a product administrator may change all."""
    if agent.product_administrator:
        return Verdict(True, LetterWhy.PRODUCT)
    if agent.administration is not administration:
        return Verdict(False, LetterWhy.OTHER_ADMINISTRATION)
    if not agent.networks:
        return Verdict(False, LetterWhy.NO_NETWORK)
    return Verdict(True, LetterWhy.SAME_ADMINISTRATION)
