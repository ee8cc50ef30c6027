"""Séances of the department of the Ateliers, prepared by its secretariat."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from harness.agents import CODEFI, SIRET
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.request import today
from signaux_faibles.web.seances.models import Seance
from signaux_faibles.web.seances.preparing import Terms, add_companies, create


def seance_of_today(actor: Callable[[str], Actor]) -> Seance:
    """It reviews the Ateliers; its secretariat alone is a member."""
    secretariat = actor(CODEFI)
    seance = create(secretariat, "87", Terms(today(), "CODEFI restreint", (secretariat.account.pk,)))
    add_companies(secretariat, seance.pk, [SIRET])
    return seance


def seance_of_next_week(actor: Callable[[str], Actor]) -> Seance:
    """Its agenda is empty."""
    return create(actor(CODEFI), "87", Terms(today() + timedelta(days=7), "Cellule de veille", ()))


def agenda(seance: Seance) -> list[str]:
    """The sirets of its companies, in their order."""
    return list(seance.companies.values_list("siret", flat=True))
