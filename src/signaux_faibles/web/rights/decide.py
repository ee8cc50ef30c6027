"""Whether an agent may read a family of data of a company, and why. Nothing else in the project decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import Enum

from signaux_faibles.sources.families import Family
from signaux_faibles.web.rights.agent import Administration, Agent, CompanyTies
from signaux_faibles.web.rights.verdict import Verdict


class Reason(Enum):
    """Why reading is allowed or refused, in the words that the agent reads."""

    OPEN = "Donnée ouverte à tous les agents."
    HABILITATED = "Votre habilitation est en cours."
    IN_ZONE = "L’entreprise a un établissement actif dans votre zone."
    FOLLOW_UP = "Vous suivez un établissement de l’entreprise, dans votre zone."
    UNLOCKED = "Vous avez déverrouillé les données de l’entreprise."
    PRODUCT_ADMINISTRATOR = "Un administrateur du produit ne lit aucune donnée d’entreprise."
    NOT_HABILITATED = "Vous n’avez pas l’habilitation que cette donnée demande."
    EXPIRED = "Votre habilitation pour cette donnée est arrivée à échéance."
    DGFIP_ONLY = "Cette donnée n’est ouverte qu’aux agents de la DGFiP."
    NEVER_EXPORTED = "Cette donnée se lit à l’écran et ne sort jamais de l’application."
    OUT_OF_ZONE = "L’entreprise n’a pas d’établissement actif dans votre zone."


ReadingVerdict = Verdict[Reason]


def decide(agent: Agent, company: CompanyTies, family: Family, today: date) -> ReadingVerdict:
    """Whether `agent` may read the data of `family` of `company` on the day `today`."""
    habilitation = decide_family(agent, family, today)
    if not habilitation.allowed or family is Family.OPEN:
        return habilitation
    if company.active_departments & agent.zone:
        return Verdict(True, Reason.IN_ZONE)
    if not agent.personal_ties:
        return Verdict(False, Reason.OUT_OF_ZONE)
    if company.follow_up:
        return Verdict(True, Reason.FOLLOW_UP)
    if family is not Family.BDF and company.unlocked_until is not None and today <= company.unlocked_until:
        return Verdict(True, Reason.UNLOCKED)
    return Verdict(False, Reason.OUT_OF_ZONE)


def decide_family(agent: Agent, family: Family, today: date) -> ReadingVerdict:
    """Whether `agent` may read a family at all, whatever the company, as pages, filters and sorts need to know."""
    if agent.product_administrator:
        return Verdict(False, Reason.PRODUCT_ADMINISTRATOR)
    if family is Family.OPEN:
        return Verdict(True, Reason.OPEN)
    if family is Family.FISCAL and agent.administration is not Administration.DGFIP:
        return Verdict(False, Reason.DGFIP_ONLY)
    if family not in agent.habilitations:
        return Verdict(False, Reason.NOT_HABILITATED)
    if today > agent.habilitations[family]:
        return Verdict(False, Reason.EXPIRED)
    return Verdict(True, Reason.HABILITATED)


def unlock_would_open(agent: Agent, company: CompanyTies, today: date) -> tuple[Family, ...]:
    """The families that an unlock asked for today would open: closed by the zone alone, and never `bdf`."""
    unlocked = replace(company, unlocked_until=today)
    return tuple(
        family
        for family in Family
        if decide(agent, unlocked, family, today).allowed and not decide(agent, company, family, today).allowed
    )
