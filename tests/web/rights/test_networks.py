"""What ties an agent to the CODEFI of a department, each row as an agent would say it."""

from __future__ import annotations

import pytest

from harness.network_agents import agent
from signaux_faibles.web.rights.agent import Administration, Agent, Network, Segment
from signaux_faibles.web.rights.campagnes import CampagneWhy
from signaux_faibles.web.rights.networks import (
    CodefiTie,
    codefi_tie,
    networks_of,
    secretariat_departements,
    sits_on_codefi,
)
from signaux_faibles.web.rights.seances import SeanceWhy

HERE, ELSEWHERE = "87", "35"
OUTSIDERS = {Segment.CRP_SUPPORT, Segment.OTHER}


@pytest.mark.parametrize("segment", Segment)
@pytest.mark.parametrize("zone", [HERE, ELSEWHERE])
@pytest.mark.parametrize("product", [False, True])
def test_truth_table(segment: Segment, zone: str, product: bool) -> None:
    here = CodefiTie.IN_ZONE if zone == HERE else CodefiTie.OUT_OF_ZONE
    of_its_network = CodefiTie.OTHER_NETWORK if segment in OUTSIDERS else here
    who = agent(segment, zone, product=product)
    assert codefi_tie(who, HERE) is (CodefiTie.PRODUCT_ADMINISTRATOR if product else of_its_network)
    assert sits_on_codefi(who) is (segment not in OUTSIDERS and not product)
    prepares = segment is Segment.SP_CODEFI and not product
    assert secretariat_departements(who) == (frozenset({zone}) if prepares else frozenset())


def test_an_agent_of_no_network_sits_on_none() -> None:
    nobody = Agent(Administration.DGFIP, frozenset({HERE}), {}, segment=Segment.SP_CODEFI, networks=frozenset())
    assert not sits_on_codefi(nobody)
    assert secretariat_departements(nobody) == frozenset()
    assert Network.CODEFI in networks_of(Segment.SP_CODEFI)


@pytest.mark.parametrize("tie", CodefiTie)
def test_each_tie_has_its_sentence(tie: CodefiTie) -> None:
    assert SeanceWhy[tie.name].value
    assert CampagneWhy[tie.name].value
