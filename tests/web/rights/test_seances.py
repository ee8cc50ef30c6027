"""What an agent may do with a séance of the CODEFI: the truth table, each row as an agent would say it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from harness.network_agents import agent
from signaux_faibles.web.rights.agent import Segment
from signaux_faibles.web.rights.seances import (
    SeanceAct,
    SeanceTies,
    SeanceWhy,
    decide_seance,
)

TODAY = date(2026, 11, 2)
HERE, ELSEWHERE = "87", "35"
DAYS = {"passée": TODAY - timedelta(days=1), "du jour": TODAY, "à venir": TODAY + timedelta(days=1)}
R, P, D, S = SeanceAct.READ, SeanceAct.PREPARE, SeanceAct.DECIDE, SeanceAct.SEND
Allowed = dict[str, set[SeanceAct]]
SECRETARIAT: Allowed = {"passée": {R, D, S}, "du jour": {R, P, D, S}, "à venir": {R, P, S}}
READER: Allowed = {day: {R} for day in DAYS}
NOBODY: Allowed = {day: set() for day in DAYS}


ALLOWED = [
    # segment, its zone, named among the members, what it may do on each day
    (Segment.SP_CODEFI, HERE, False, SECRETARIAT),
    (Segment.SP_CODEFI, HERE, True, SECRETARIAT),
    (Segment.SP_CODEFI, ELSEWHERE, False, NOBODY),
    (Segment.SP_CODEFI, ELSEWHERE, True, READER),
    *((segment, HERE, False, READER) for segment in (Segment.CRP, Segment.CDED, Segment.DGFIP, Segment.BDF)),
    *((segment, HERE, False, READER) for segment in (Segment.DARP, Segment.URSSAF)),
    (Segment.CRP, ELSEWHERE, False, NOBODY),
    (Segment.CRP, ELSEWHERE, True, READER),
    (Segment.URSSAF, ELSEWHERE, True, READER),
    *((segment, HERE, named, NOBODY) for segment in (Segment.CRP_SUPPORT, Segment.OTHER) for named in (False, True)),
]


@pytest.mark.parametrize(("segment", "zone", "member", "allowed"), ALLOWED)
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("act", SeanceAct)
@pytest.mark.parametrize("product", [False, True])
def test_truth_table(
    segment: Segment,
    zone: str,
    member: bool,
    allowed: Allowed,
    day: str,
    act: SeanceAct,
    product: bool,
) -> None:
    who = agent(segment, zone, product=product)
    verdict = decide_seance(who, SeanceTies(HERE, DAYS[day], member), act, TODAY)
    assert verdict.allowed is (not product and act in allowed[day]), verdict.why.value


def test_the_table_speaks_of_every_segment() -> None:
    assert {segment for segment, *_ in ALLOWED} == set(Segment)


@pytest.mark.parametrize(
    ("segment", "zone", "act", "day", "why"),
    [
        (Segment.SP_CODEFI, HERE, P, "passée", SeanceWhy.HELD),
        (Segment.SP_CODEFI, HERE, D, "à venir", SeanceWhy.NOT_YET),
        (Segment.URSSAF, HERE, P, "à venir", SeanceWhy.NOT_SECRETARIAT),
        (Segment.URSSAF, ELSEWHERE, R, "à venir", SeanceWhy.OUT_OF_ZONE),
        (Segment.OTHER, HERE, R, "à venir", SeanceWhy.OTHER_NETWORK),
        (Segment.URSSAF, HERE, R, "à venir", SeanceWhy.IN_ZONE),
        (Segment.SP_CODEFI, HERE, P, "à venir", SeanceWhy.SECRETARIAT),
    ],
)
def test_an_answer_says_why(segment: Segment, zone: str, act: SeanceAct, day: str, why: SeanceWhy) -> None:
    assert decide_seance(agent(segment, zone), SeanceTies(HERE, DAYS[day]), act, TODAY).why is why


def test_a_member_from_elsewhere_and_who_runs_the_product_read_why() -> None:
    ties = SeanceTies(HERE, TODAY, member=True)
    assert decide_seance(agent(Segment.URSSAF, ELSEWHERE), ties, R, TODAY).why is SeanceWhy.MEMBER
    product = decide_seance(agent(Segment.URSSAF, HERE, product=True), ties, R, TODAY)
    assert product.why is SeanceWhy.PRODUCT_ADMINISTRATOR
