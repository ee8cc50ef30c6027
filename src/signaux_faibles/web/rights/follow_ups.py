"""What an agent may do with the follow-up of an establishment, and why. Nothing else in the project decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from signaux_faibles.web.rights.agent import Agent, Network, Segment
from signaux_faibles.web.rights.verdict import Verdict

SILENCE = timedelta(days=60)
"""Referents who have done nothing for that long may be replaced by an agent of the zone."""
COURTESY = timedelta(days=14)
"""Who has just been in touch with a company is left alone with it for that long."""


class Role(Enum):
    """What an agent is in a follow-up."""

    REFERENT = "Référent"
    PARTICIPANT = "Participant"


class Act(Enum):
    """What may be done with a follow-up."""

    SEE = "voir l’accompagnement"
    EDIT = "modifier l’accompagnement"
    MOVE = "le déplacer entre À définir et Suivi en cours"
    CHANGE_STATUT = "changer son statut"
    WATCH = "le mettre sous surveillance"
    NAME = "nommer ses référents et ses participants"
    TAKE = "en devenir référent"
    DUPLICATE = "le dupliquer"
    READ_BOARD = "voir le tableau Kanban, ses étiquettes et son ordre"
    READ_CONTACTS = "voir les contacts de l’entreprise"
    READ_AMICABLE = "voir la procédure amiable"


class Why(Enum):
    """Why an act is allowed or refused, in the words that the agent reads."""

    IN_ZONE = "L’établissement est dans votre zone."
    CONTRIBUTOR = "Vous êtes référent ou participant."
    REFERENT = "Vous êtes référent."
    IN_CHARGE = "Votre fonction vous en donne le droit dans ce département."
    NO_REFERENT = "Aucun référent n’a agi depuis 60 jours."
    NETWORK = "Votre réseau y a accès."
    PRODUCT_ADMINISTRATOR = "Un administrateur du produit ne lit aucune donnée d’entreprise."
    OUT_OF_ZONE = "L’établissement n’est pas dans votre zone et vous n’êtes pas contributeur."
    CLOSED = "L’accompagnement est terminé : il ne se modifie plus."
    STILL_OPEN = "L’accompagnement n’est pas terminé."
    NOT_CONTRIBUTOR = "Seuls les référents et les participants le peuvent."
    NOT_REFERENT = "Seul un référent le peut."
    NOT_CRP = "« Sous surveillance » est réservé aux CRP."
    NOT_IN_CHARGE = "Un référent, le SP CODEFI du département ou le CRP de la région le peuvent."
    REFERENTS_ACT = "Ses référents ont agi depuis moins de 60 jours : demandez-leur."
    OTHER_NETWORK = "Réservé au réseau CRP."
    INACTIVE = "L’établissement est fermé : on n’y ouvre pas d’accompagnement."
    COLLEAGUE_OUT_OF_ZONE = "L’établissement n’est pas dans la zone de ce collègue, ou son compte est fermé."
    ALREADY_OPEN = "Un accompagnement est déjà ouvert sur cet établissement."


ActVerdict = Verdict[Why]


@dataclass(frozen=True)
class FollowUpTies:
    """What ties an agent to a follow-up.

    Attributes:
        departement: that of the followed establishment; None where the register does not know it.
        role: what the agent is in it; None for nothing.
        open: whether it is not closed.
        last_act_of_referents: the last day on which a referent whose account is open did something; None for never, or
            when all their accounts are closed.
    """

    departement: str | None
    role: Role | None = None
    open: bool = True
    last_act_of_referents: date | None = None


def decide_act(agent: Agent, ties: FollowUpTies, act: Act, today: date) -> ActVerdict:
    """Whether `agent` may do `act` with a follow-up on the day `today`."""
    ties = _counted(agent, ties)
    seen = _may_see(agent, ties)
    if not seen.allowed or act is Act.SEE:
        return seen
    if act in _RULES_OF_READING:
        return _RULES_OF_READING[act](agent, ties)
    if act is Act.DUPLICATE:
        return Verdict(not ties.open, Why.STILL_OPEN if ties.open else seen.why)
    if not ties.open:
        return Verdict(False, Why.CLOSED)
    if act is Act.TAKE:
        return _may_take(agent, ties, today)
    return _RULES_OF_WRITING[act](agent, ties)


def first_day_that_counts(today: date) -> date:
    """The first of the sixty days in which an act makes a referent active; the rule of « sans référent actif »."""
    return today - SILENCE + timedelta(days=1)


def decide_opening(agent: Agent, departement: str | None, *, active: bool, already_open: bool) -> ActVerdict:
    """Whether an agent may open a follow-up on an establishment."""
    seen = _may_see(agent, FollowUpTies(departement))
    if not seen.allowed:
        return seen
    if already_open:
        return Verdict(False, Why.ALREADY_OPEN)
    return Verdict(active, Why.IN_ZONE if active else Why.INACTIVE)


def readable_networks(agent: Agent, ties: FollowUpTies) -> frozenset[Network]:
    """The networks whose texts an agent reads about a follow-up: theirs in their zone, CODEFI's elsewhere.

    Who was added from another zone reads what the CODEFI writes about this follow-up, and nothing else.
    """
    if not _may_see(agent, _counted(agent, ties)).allowed:
        return frozenset()
    if _in_zone(agent, ties):
        return agent.networks
    return frozenset({Network.CODEFI})


def may_read_text(agent: Agent, ties: FollowUpTies, network: Network, *, amicable: bool) -> bool:
    """Whether an agent reads a text of a network; one on an amicable procedure is kept to those who carry it."""
    return network in readable_networks(agent, ties) and (ties.role is not None or not amicable)


def writable_networks(agent: Agent, ties: FollowUpTies) -> frozenset[Network]:
    """The networks in which an agent writes: those that they read, while the follow-up is open and theirs."""
    return readable_networks(agent, ties) if ties.open and _counted(agent, ties).role else frozenset()


def commentable_networks(agent: Agent, ties: FollowUpTies) -> frozenset[Network]:
    """The networks in which an agent comments: those in which they write, and CRP for the supports of CRPs."""
    support = ties.open and agent.segment is Segment.CRP_SUPPORT and _board(agent, ties).allowed
    return writable_networks(agent, ties) | ({Network.CRP} if support else frozenset())


def _counted(agent: Agent, ties: FollowUpTies) -> FollowUpTies:
    """The ties that count: none of their own for whoever sees with the rights of a colleague."""
    return ties if agent.personal_ties else replace(ties, role=None)


def _in_zone(agent: Agent, ties: FollowUpTies) -> bool:
    return ties.departement is not None and ties.departement in agent.zone


def _may_see(agent: Agent, ties: FollowUpTies) -> ActVerdict:
    if agent.product_administrator:
        return Verdict(False, Why.PRODUCT_ADMINISTRATOR)
    if _in_zone(agent, ties):
        return Verdict(True, Why.IN_ZONE)
    return Verdict(ties.role is not None, Why.CONTRIBUTOR if ties.role else Why.OUT_OF_ZONE)


def _contributor(ties: FollowUpTies) -> ActVerdict:
    return Verdict(True, Why.CONTRIBUTOR) if ties.role else Verdict(False, Why.NOT_CONTRIBUTOR)


def _referent(ties: FollowUpTies) -> ActVerdict:
    is_referent = ties.role is Role.REFERENT
    return Verdict(is_referent, Why.REFERENT if is_referent else Why.NOT_REFERENT)


def _watch(agent: Agent, ties: FollowUpTies) -> ActVerdict:
    if Network.CRP not in agent.networks:
        return Verdict(False, Why.NOT_CRP)
    return _referent(ties)


def _move(agent: Agent, ties: FollowUpTies) -> ActVerdict:
    if ties.role is None and agent.segment is Segment.CRP:
        return _board(agent, ties)
    return _contributor(ties)


def _name(agent: Agent, ties: FollowUpTies) -> ActVerdict:
    if ties.role is Role.REFERENT:
        return Verdict(True, Why.REFERENT)
    in_charge = _in_zone(agent, ties) and agent.segment in (Segment.SP_CODEFI, Segment.CRP)
    return Verdict(in_charge, Why.IN_CHARGE if in_charge else Why.NOT_IN_CHARGE)


def _may_take(agent: Agent, ties: FollowUpTies, today: date) -> ActVerdict:
    if not _in_zone(agent, ties):
        return Verdict(False, Why.OUT_OF_ZONE)
    last = ties.last_act_of_referents
    silent = last is None or last < first_day_that_counts(today)
    return Verdict(silent, Why.NO_REFERENT if silent else Why.REFERENTS_ACT)


def _board(agent: Agent, ties: FollowUpTies) -> ActVerdict:
    member = Network.CRP in agent.networks and _in_zone(agent, ties)
    return Verdict(member, Why.NETWORK if member else Why.OTHER_NETWORK)


def _contacts(agent: Agent, ties: FollowUpTies) -> ActVerdict:
    return Verdict(True, Why.CONTRIBUTOR) if ties.role else _board(agent, ties)


_Rule = Callable[[Agent, FollowUpTies], ActVerdict]
_RULES_OF_READING: dict[Act, _Rule] = {
    Act.READ_BOARD: _board,
    Act.READ_CONTACTS: _contacts,
    Act.READ_AMICABLE: lambda _agent, ties: _contributor(ties),
}
_RULES_OF_WRITING: dict[Act, _Rule] = {
    Act.EDIT: lambda _agent, ties: _contributor(ties),
    Act.MOVE: _move,
    Act.CHANGE_STATUT: lambda _agent, ties: _referent(ties),
    Act.WATCH: _watch,
    Act.NAME: _name,
}
