"""Who sets the limits of the columns of a board."""

from __future__ import annotations

import pytest

from signaux_faibles.web.rights.agent import Administration, Agent, Segment
from signaux_faibles.web.rights.boards import may_set_limits
from signaux_faibles.web.rights.networks import networks_of


@pytest.mark.parametrize("segment", Segment)
@pytest.mark.parametrize("zone", ["87", "35", ""])
@pytest.mark.parametrize("product", [True, False])
def test_truth_table(segment: Segment, zone: str, product: bool) -> None:
    places = frozenset({zone} - {""})
    agent = Agent(Administration.DREETS, places, {}, product, segment, networks_of(segment))
    expected = segment is Segment.CRP and zone == "87" and not product
    assert may_set_limits(agent, frozenset({"87", "19"})) is expected
