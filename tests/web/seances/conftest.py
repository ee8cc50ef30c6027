"""Séances of the department of the Ateliers, prepared by its secretariat."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from harness.agents import CODEFI, SIRET
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.request import today
from signaux_faibles.web.seances.models import Seance
from signaux_faibles.web.seances.preparing import Terms, add_companies, create


@pytest.fixture
def seance(actor: Callable[[str], Actor]) -> Seance:
    """The séance of today, which reviews the Ateliers; its secretariat alone is a member."""
    secretariat = actor(CODEFI)
    held = create(secretariat, "87", Terms(today(), "CODEFI restreint", (secretariat.account.pk,)))
    add_companies(secretariat, held.pk, [SIRET])
    return held


@pytest.fixture
def coming(actor: Callable[[str], Actor]) -> Seance:
    """The séance of next week, whose agenda is empty."""
    secretariat = actor(CODEFI)
    return create(secretariat, "87", Terms(today() + timedelta(days=7), "Cellule de veille", ()))
