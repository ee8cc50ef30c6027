"""What covering a colleague gives, and who may cover whom."""

from __future__ import annotations

from itertools import product

import pytest

from signaux_faibles.web.rights.agent import Administration, Agent
from signaux_faibles.web.rights.covers import may_cover, role_with_cover
from signaux_faibles.web.rights.follow_ups import Role


@pytest.mark.parametrize(("own", "covers", "in_zone"), list(product((*Role, None), (True, False), (True, False))))
def test_a_cover_makes_a_participant_in_the_zone_and_takes_nothing_away(
    own: Role | None, covers: bool, in_zone: bool
) -> None:
    given = Role.PARTICIPANT if covers and in_zone else None
    assert role_with_cover(own, covers=covers, in_zone=in_zone) is (own or given)


def agent(*zone: str, product_administrator: bool = False) -> Agent:
    return Agent(Administration.DGFIP, frozenset(zone), {}, product_administrator)


@pytest.mark.parametrize(
    ("by", "away", "allowed"),
    [
        (agent("87"), agent("87"), True),
        (agent("87", "30"), agent("30"), True),
        (agent("35"), agent("87"), False),
        (agent(), agent("87"), False),
        (agent("87"), agent(), False),
        (agent("87", product_administrator=True), agent("87"), False),
        (agent("87"), agent("87", product_administrator=True), False),
    ],
)
def test_who_may_cover(by: Agent, away: Agent, allowed: bool) -> None:
    assert may_cover(by, away) is allowed
