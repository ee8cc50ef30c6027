"""What an agent may do on the alerts of a list: mark them, set them aside, assign them to somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from signaux_faibles.sources.families import Family
from signaux_faibles.web.rights.agent import Agent, CompanyTies
from signaux_faibles.web.rights.decide import Reason, decide

LONGEST_ASIDE = timedelta(days=730)
"""An alert is set aside for two years at most; then somebody must look again."""


class WorkAct(Enum):
    """What is done on an alert, in the words of an agent."""

    TO_DO = "À traiter"
    SEEN = "Vue"
    DONE = "Traitée"
    ASIDE = "Écartée"
    ASIDE_UNTIL = "Écartée jusqu’à un jour"
    ASIDE_UNLESS_WORSE = "Écartée jusqu’à aggravation"
    ASSIGN = "Affecter à"
    UNDO = "Acte annulé"


OFFERED = tuple(act for act in WorkAct if act is not WorkAct.UNDO)
"""What an agent chooses in a form; an act is undone by a button of its own."""
SETTING_ASIDE = frozenset({WorkAct.ASIDE, WorkAct.ASIDE_UNTIL, WorkAct.ASIDE_UNLESS_WORSE})


class AsideReason(Enum):
    """Why an alert is set aside."""

    KNOWN = "Difficulté déjà connue"
    FOLLOWED = "Déjà accompagnée"
    DATA = "Donnée erronée ou ancienne"
    SETTLED = "Dette soldée ou échéancier respecté"
    SEASONAL = "Activité saisonnière"
    GROUP = "Soutien du groupe"
    PROCEDURE = "Déjà en procédure"
    OTHER = "Autre"


class WorkRefusal(Enum):
    """Why an act is refused, in a sentence."""

    NOT_IN_LIST = "Cette entreprise n’est pas en alerte dans la liste que vous lisez."
    OUT_OF_ZONE = "Elle n’a pas d’établissement actif dans votre zone : les agents de sa zone travaillent cette alerte."
    NO_REASON = "Dites pourquoi l’alerte est écartée."
    NO_DAY = "Dites jusqu’à quel jour l’alerte est écartée."
    DAY_OUT_OF_RANGE = "Le jour doit être à venir, et dans les deux ans."
    NO_ASSIGNEE = "Choisissez à qui l’alerte est affectée."
    NOTHING_TO_UNDO = "Rien n’est annulé : le dernier acte n’est pas de vous, ou date d’une autre liste."
    ASSIGNEE_CANNOT = "Cette personne ne peut pas travailler cette alerte : il y faut la détection et la zone."


OF_THE_FORM = frozenset(
    {
        WorkRefusal.NO_REASON,
        WorkRefusal.NO_DAY,
        WorkRefusal.DAY_OUT_OF_RANGE,
        WorkRefusal.NO_ASSIGNEE,
        WorkRefusal.ASSIGNEE_CANNOT,
    }
)
"""Refusals of an act that the same agent may do with another form."""


@dataclass(frozen=True)
class AskedAct:
    """An act with what it needs.

    Attributes:
        assignee: the agent who would work the alert; assignee_ties: theirs to the company.
        own: of an undo, whether what it would undo was done by the agent, in the list that they read.
    """

    act: WorkAct
    reason: AsideReason | None = None
    until: date | None = None
    assignee: Agent | None = None
    assignee_ties: CompanyTies | None = None
    own: bool = False


def may_work(agent: Agent, company: CompanyTies, today: date) -> bool:
    """Whether an agent may work the alert of a company: they read it, and not by an unlock alone."""
    decision = decide(agent, company, Family.DETECTION, today)
    return decision.allowed and decision.why is not Reason.UNLOCKED


def work_refusal(agent: Agent, company: CompanyTies, asked: AskedAct, today: date) -> WorkRefusal | None:
    """Why an act is refused, None when it is not; the company is in alert in a list that is published.

    The first reason depends on the agent alone, so that a refusal says nothing of an alert that they may not read.
    """
    if not decide(agent, company, Family.DETECTION, today).allowed:
        return WorkRefusal.NOT_IN_LIST
    if not may_work(agent, company, today):
        return WorkRefusal.OUT_OF_ZONE
    if asked.act is WorkAct.UNDO:
        return None if asked.own else WorkRefusal.NOTHING_TO_UNDO
    if asked.act in SETTING_ASIDE and asked.reason is None:
        return WorkRefusal.NO_REASON
    if asked.act is WorkAct.ASIDE_UNTIL:
        return _refused_day(asked.until, today)
    return _refused_assignee(asked, today) if asked.act is WorkAct.ASSIGN else None


def _refused_day(until: date | None, today: date) -> WorkRefusal | None:
    if until is None:
        return WorkRefusal.NO_DAY
    return None if today < until <= today + LONGEST_ASIDE else WorkRefusal.DAY_OUT_OF_RANGE


def _refused_assignee(asked: AskedAct, today: date) -> WorkRefusal | None:
    if asked.assignee is None or asked.assignee_ties is None:
        return WorkRefusal.NO_ASSIGNEE
    return None if may_work(asked.assignee, asked.assignee_ties, today) else WorkRefusal.ASSIGNEE_CANNOT
