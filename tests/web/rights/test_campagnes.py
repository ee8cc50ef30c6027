"""What an agent may do with a campagne de contact: the truth table, each row as an agent would say it."""

from __future__ import annotations

import pytest

from harness.network_agents import agent
from signaux_faibles.web.rights.agent import Segment
from signaux_faibles.web.rights.campagnes import (
    CampagneRight,
    CampagneTies,
    CampagneWhy,
    decide_campagne,
)

HERE, ELSEWHERE = "87", "35"
READ, RUN, TAKE, ANSWER = CampagneRight
Allowed = dict[str, set[CampagneRight]]
SECRETARIAT: Allowed = {"ouverte": {READ, RUN, TAKE}, "ouverte, prise": {READ, RUN, TAKE, ANSWER}, "close": {READ}}
MEMBER: Allowed = {"ouverte": {READ, TAKE}, "ouverte, prise": {READ, TAKE, ANSWER}, "close": {READ}}
NOBODY: Allowed = {"ouverte": set(), "ouverte, prise": set(), "close": set()}
TIES = {
    "ouverte": CampagneTies(HERE),
    "ouverte, prise": CampagneTies(HERE, taken_by_agent=True),
    "close": CampagneTies(HERE, closed=True, taken_by_agent=True),
}


ALLOWED = [
    # segment, its zone, what it may do while the campagne is open, while it holds the company, once it is closed
    (Segment.SP_CODEFI, HERE, SECRETARIAT),
    *((one, HERE, MEMBER) for one in (Segment.CRP, Segment.CDED, Segment.DGFIP, Segment.BDF)),
    *((one, HERE, MEMBER) for one in (Segment.DARP, Segment.URSSAF)),
    *((one, HERE, NOBODY) for one in (Segment.CRP_SUPPORT, Segment.OTHER)),
    *((one, ELSEWHERE, NOBODY) for one in Segment),
]


@pytest.mark.parametrize(("segment", "zone", "allowed"), ALLOWED)
@pytest.mark.parametrize("state", TIES)
@pytest.mark.parametrize("right", CampagneRight)
@pytest.mark.parametrize("product", [False, True])
def test_truth_table(
    segment: Segment, zone: str, allowed: Allowed, state: str, right: CampagneRight, product: bool
) -> None:
    verdict = decide_campagne(agent(segment, zone, product=product), TIES[state], right)
    assert verdict.allowed is (not product and right in allowed[state]), verdict.why.value


def test_the_table_speaks_of_every_segment() -> None:
    assert {segment for segment, zone, _ in ALLOWED if zone == HERE} == set(Segment)


@pytest.mark.parametrize(
    ("segment", "zone", "right", "state", "why"),
    [
        (Segment.SP_CODEFI, HERE, RUN, "close", CampagneWhy.CLOSED),
        (Segment.URSSAF, HERE, RUN, "ouverte", CampagneWhy.NOT_SECRETARIAT),
        (Segment.URSSAF, HERE, ANSWER, "ouverte", CampagneWhy.NOT_TAKEN_BY_YOU),
        (Segment.URSSAF, ELSEWHERE, TAKE, "ouverte", CampagneWhy.OUT_OF_ZONE),
        (Segment.OTHER, HERE, READ, "ouverte", CampagneWhy.OTHER_NETWORK),
        (Segment.URSSAF, HERE, READ, "close", CampagneWhy.IN_ZONE),
        (Segment.URSSAF, HERE, TAKE, "ouverte", CampagneWhy.IN_ZONE),
        (Segment.SP_CODEFI, HERE, RUN, "ouverte", CampagneWhy.SECRETARIAT),
        (Segment.URSSAF, HERE, ANSWER, "ouverte, prise", CampagneWhy.TAKEN_BY_YOU),
    ],
)
def test_an_answer_says_why(segment: Segment, zone: str, right: CampagneRight, state: str, why: CampagneWhy) -> None:
    assert decide_campagne(agent(segment, zone), TIES[state], right).why is why


def test_who_runs_the_product_reads_why_not() -> None:
    verdict = decide_campagne(agent(Segment.SP_CODEFI, HERE, product=True), TIES["ouverte"], READ)
    assert verdict.why is CampagneWhy.PRODUCT_ADMINISTRATOR
