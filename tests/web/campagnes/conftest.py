"""A campagne of the department of the Ateliers, opened by its secretariat."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.agents import CODEFI, SIRET
from harness.tiny_home import HEALTHY
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.campagnes.models import Campagne
from signaux_faibles.web.campagnes.running import open_campagne


@pytest.fixture
def campagne(actor: Callable[[str], Actor]) -> Campagne:
    """Open, on the Ateliers and a company that is well; nobody took either."""
    return open_campagne(actor(CODEFI), "87", "Métallurgie, novembre", [SIRET, f"{HEALTHY.siren}00010"])
