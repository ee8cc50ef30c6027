"""What the tests of imports share: agents that exports name, and the plan of an export on the published register."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_django import Settings

from harness.agents import CODEFI, CRP, URSSAF
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.pinning import shelf
from signaux_faibles.web.takeover.parsed import Export, Plan
from signaux_faibles.web.takeover.planning import Ready, plan_of


@pytest.fixture
def planned(db: None, actor: Callable[[str], Actor], settings: Settings) -> Callable[[Export], Plan[Ready]]:
    for kind in (CODEFI, CRP, URSSAF):
        actor(kind)

    def plan(export: Export) -> Plan[Ready]:
        with shelf(settings.SF_HOME).pinned() as snapshot:
            return plan_of(export, snapshot, None)

    return plan
