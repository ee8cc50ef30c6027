"""Where a company of a campagne stands: what the acts of agents on it amount to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum


class ActKind(Enum):
    """What an agent does with a company of a campagne."""

    TAKE = "a pris l’entreprise"
    RELEASE = "l’a rendue"
    OUTCOME = "a noté un résultat"
    POSTPONE = "l’a reportée"


class ContactOutcome(Enum):
    """What a call gave, as the agent says it."""

    BESOIN = "a besoin d’être accompagnée"
    REFUS = "ne souhaite pas poursuivre"
    INDEMNE = "n’a pas besoin de prise en charge"
    INJOIGNABLE = "injoignable"


class Status(Enum):
    """Where a company stands."""

    A_CONTACTER = "À contacter"
    PRISE = "Prise"
    FAITE = "Faite"
    REPORTEE = "Reportée"
    ECARTEE = "Écartée"


@dataclass(frozen=True)
class ContactAct:
    """An act on a company.

    Attributes:
        author: the number of the account.
        outcome: of an `OUTCOME` alone.
        until: the day on which a postponed company comes back; None for one that is left out until further notice.
    """

    kind: ActKind
    author: int
    who: str
    at: datetime
    outcome: ContactOutcome | None = None
    until: date | None = None
    note: str = ""


@dataclass(frozen=True)
class CallStanding:
    """Where a company stands, and the act that put it there; None while it is to be called."""

    status: Status
    act: ContactAct | None = None

    @property
    def free(self) -> bool:
        """Whether an agent may take the company: one that is put off may be called before its day."""
        return self.status not in (Status.PRISE, Status.FAITE)

    def held_by(self, account: int) -> bool:
        """Whether the company is taken by an account."""
        return self.status is Status.PRISE and self.act is not None and self.act.author == account


FREE = CallStanding(Status.A_CONTACTER)


def fold(acts: Iterable[ContactAct], today: date) -> CallStanding:
    """Where a company stands on the day `today`.

    An act that the standing does not allow changes nothing: a company is held by one agent at a time whatever was
    written. A postponed company is to be called again from its day.

    Args:
        acts: in the order in which they were written.
    """
    standing = FREE
    for act in acts:
        if allows(standing, act.kind, act.author):
            standing = _after(act)
    if standing.status is Status.REPORTEE and standing.act and standing.act.until and standing.act.until <= today:
        return FREE
    return standing


def allows(standing: CallStanding, kind: ActKind, author: int) -> bool:
    """Whether an act may follow: nobody takes what is taken or done, only its holder answers for what is taken."""
    if kind is ActKind.TAKE:
        return standing.free
    if kind is ActKind.POSTPONE and standing.status is Status.A_CONTACTER:
        return True
    return standing.held_by(author)


def _after(act: ContactAct) -> CallStanding:
    if act.kind is ActKind.RELEASE:
        return FREE
    if act.kind is ActKind.POSTPONE:
        return CallStanding(Status.REPORTEE if act.until else Status.ECARTEE, act)
    return CallStanding(Status.PRISE if act.kind is ActKind.TAKE else Status.FAITE, act)
