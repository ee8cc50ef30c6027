"""Who may confirm or dismiss a dispositif that the data show: whoever reads its family and edits the follow-up."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from signaux_faibles.sources.families import Family
from signaux_faibles.web.rights.agent import Administration, Agent, CompanyTies
from signaux_faibles.web.rights.aids import may_answer_aid
from signaux_faibles.web.rights.follow_ups import FollowUpTies, Role

TODAY = date(2026, 11, 2)
HABILITATIONS = {"habilité": date(2026, 12, 31), "échu": date(2026, 10, 31), "sans habilitation": None}
ZONES = {"de la zone": frozenset({"87"}), "d'ailleurs": frozenset({"35"})}
CASES = list(product(HABILITATIONS, ZONES, (*Role, None), (True, False), (True, False)))


@pytest.mark.parametrize(("habilitation", "zone", "role", "is_open", "unlocked"), CASES)
@pytest.mark.parametrize("family", [Family.URSSAF, Family.DGEFP])
def test_truth_table(
    habilitation: str, zone: str, role: Role | None, is_open: bool, unlocked: bool, family: Family
) -> None:
    until = HABILITATIONS[habilitation]
    agent = Agent(Administration.DDETS, ZONES[zone], {family: until} if until else {})
    company = CompanyTies(frozenset({"87"}), unlocked_until=TODAY if unlocked else None)
    reads = habilitation == "habilité" and (zone == "de la zone" or unlocked)
    expected = reads and role is not None and is_open
    assert may_answer_aid(agent, FollowUpTies("87", role, is_open), company, family, TODAY) is expected


def test_another_family_opens_nothing() -> None:
    agent = Agent(Administration.DDETS, ZONES["de la zone"], {Family.DGEFP: date(2026, 12, 31)})
    held = FollowUpTies("87", Role.REFERENT)
    assert not may_answer_aid(agent, held, CompanyTies(frozenset({"87"})), Family.URSSAF, TODAY)
