"""When an account has been idle too long, when it is due for review, and who reviews it."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

from signaux_faibles.web.rights.agent import Administration, Agent

HALF_YEAR = timedelta(days=183)
"""The time without a sign-in after which an account is idle, and the longest between two reviews."""


class ReviewWhy(Enum):
    """Why an account may be reviewed or not, in the words that its reviewer reads."""

    CORRESPONDENT = "Vous êtes le correspondant de cette administration."
    PRODUCT = "Vous administrez le produit."
    NOT_CORRESPONDENT = "Réservé au correspondant d’une administration."
    OTHER_ADMINISTRATION = "Ce compte est d’une autre administration."
    OWN = "Votre propre compte est revu par quelqu’un d’autre."


def is_idle(last_sign_in: date | None, opened: date, today: date) -> bool:
    """Whether an account has not been used for six months, counted from its opening when that is later."""
    return today - max(last_sign_in or opened, opened) > HALF_YEAR


def is_due(reviewed: date | None, opened: date, today: date) -> bool:
    """Whether the rights of an account have not been reviewed for six months."""
    return today - max(reviewed or opened, opened) > HALF_YEAR


def may_review_accounts(agent: Agent) -> bool:
    """Whether an agent may know that accounts are reviewed."""
    return agent.product_administrator or agent.correspondent


def decide_review(agent: Agent, administration: Administration, *, own: bool) -> ReviewWhy:
    """Whether an agent reviews an account of an administration: `CORRESPONDENT` or `PRODUCT` if so, else why not."""
    if agent.product_administrator:
        return ReviewWhy.OWN if own else ReviewWhy.PRODUCT
    if not agent.correspondent:
        return ReviewWhy.NOT_CORRESPONDENT
    if agent.administration is not administration:
        return ReviewWhy.OTHER_ADMINISTRATION
    return ReviewWhy.OWN if own else ReviewWhy.CORRESPONDENT
