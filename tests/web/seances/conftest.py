"""Séances of the department of the Ateliers, prepared by its secretariat."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.seances import seance_of_next_week, seance_of_today
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.seances.models import Seance


@pytest.fixture
def seance(actor: Callable[[str], Actor]) -> Seance:
    return seance_of_today(actor)


@pytest.fixture
def coming(actor: Callable[[str], Actor]) -> Seance:
    return seance_of_next_week(actor)
