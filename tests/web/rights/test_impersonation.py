"""Seeing with the rights of a colleague: who may, and that nothing is seen that one of the two may not read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from signaux_faibles.sources.families import Family
from signaux_faibles.web.rights.agent import Administration, Agent, CompanyTies, Segment
from signaux_faibles.web.rights.decide import decide, decide_family
from signaux_faibles.web.rights.follow_ups import (
    Act,
    FollowUpTies,
    Role,
    commentable_networks,
    decide_act,
    readable_networks,
    writable_networks,
)
from signaux_faibles.web.rights.impersonation import LONGEST, Watching, common, decide_watching
from signaux_faibles.web.rights.networks import networks_of
from signaux_faibles.web.rights.seances import SeanceAct, SeanceTies, decide_seance

TODAY = date(2026, 11, 29)
LIVE, LAST_DAY, EXPIRED = TODAY + timedelta(days=9), TODAY, TODAY - timedelta(days=1)
AGENT = Agent(Administration.DREETS, frozenset(), {})
CORRESPONDENT, PRODUCT = replace(AGENT, correspondent=True), replace(AGENT, product_administrator=True)
DREETS, DGFIP, REFUSED = Administration.DREETS, Administration.DGFIP, Watching.NOT_REVIEWER
REVIEWERS = {
    "correspondant": (CORRESPONDENT, DREETS, False, True, Watching.ALLOWED),
    "correspondant, compte fermé": (CORRESPONDENT, DREETS, False, False, Watching.CLOSED),
    "correspondant, lui-même": (CORRESPONDENT, DREETS, True, True, REFUSED),
    "correspondant d'ailleurs": (CORRESPONDENT, DGFIP, False, True, REFUSED),
    "administrateur du produit": (PRODUCT, DGFIP, False, True, Watching.ALLOWED),
    "administrateur du produit, lui-même": (PRODUCT, DREETS, True, True, REFUSED),
    "agent": (AGENT, DREETS, False, True, REFUSED),
    "agent, compte fermé": (AGENT, DREETS, False, False, REFUSED),
}


@pytest.mark.parametrize(("agent", "administration", "own", "active", "expected"), REVIEWERS.values(), ids=REVIEWERS)
def test_who_reviews_an_open_account_sees_with_its_rights(
    agent: Agent, administration: Administration, own: bool, active: bool, expected: Watching
) -> None:
    assert decide_watching(agent, administration, own=own, active=active) is expected
    assert timedelta(minutes=30) == LONGEST


def agents() -> list[Agent]:
    """Agents of every kind that changes what is read."""
    held = [
        dict.fromkeys((Family.URSSAF, Family.DETECTION, Family.FISCAL, Family.BDF), LIVE),
        {Family.URSSAF: LAST_DAY, Family.FISCAL: LIVE},
        {Family.DETECTION: EXPIRED, Family.URSSAF: LIVE},
        {},
    ]
    segments = {Administration.DREETS: Segment.CRP, Administration.DGFIP: Segment.SP_CODEFI}
    zones = (frozenset({"87", "19"}), frozenset({"87"}), frozenset({"35"}))
    return [
        Agent(where, zone, rights, runs, segment, networks_of(segment))
        for (where, segment), zone, rights, runs in product(segments.items(), zones, held, (False, True))
    ]


PLACES = (frozenset({"87"}), frozenset({"19", "35"}), frozenset({"35"}), frozenset[str]())
PAIRS = list(product(agents(), agents()))


def test_no_family_of_any_company_is_read_that_one_of_the_two_may_not_read() -> None:
    for own, other in PAIRS:
        both = common(own, other)
        for family in Family:
            here = decide_family(both, family, TODAY).allowed
            expected = all(decide_family(one, family, TODAY).allowed for one in (own, other))
            assert here is expected, "before any company, exactly what both may read"
            for place, followed, unlock in product(PLACES, (False, True), (None, LIVE)):
                read = decide(both, CompanyTies(place, followed, unlock), family, TODAY).allowed
                alone = [decide(one, CompanyTies(place), family, TODAY).allowed for one in (own, other)]
                assert not read or all(alone)
                shared = family is Family.OPEN or bool(place & own.zone & other.zone)
                assert read is (all(alone) and shared)


def test_an_act_on_a_follow_up_or_a_seance_is_seen_only_by_what_both_are() -> None:
    for own, other in PAIRS:
        both = common(own, other)
        for departement, role, is_open in product(("87", "19", "35", None), (None, *Role), (False, True)):
            ties, bare = FollowUpTies(departement, role, is_open), FollowUpTies(departement, None, is_open)
            for act in (Act.SEE, Act.READ_BOARD, Act.READ_CONTACTS, Act.READ_AMICABLE):
                alone = [decide_act(one, bare, act, TODAY).allowed for one in (own, other)]
                assert decide_act(both, ties, act, TODAY).allowed is all(alone)
            texts = readable_networks(own, bare) & readable_networks(other, bare)
            assert readable_networks(both, ties) == texts
            assert writable_networks(both, ties) == frozenset()
            assert commentable_networks(both, ties) == frozenset()
        for departement, member in product(("87", "35"), (False, True)):
            seance, alone_at = SeanceTies(departement, TODAY, member), SeanceTies(departement, TODAY)
            read = [decide_seance(one, alone_at, SeanceAct.READ, TODAY).allowed for one in (own, other)]
            assert decide_seance(both, seance, SeanceAct.READ, TODAY).allowed is all(read)


def test_the_first_to_end_ends_and_the_fiscal_needs_both_at_the_dgfip() -> None:
    crp = Agent(
        Administration.DREETS,
        frozenset({"87"}),
        {Family.URSSAF: LIVE, Family.FISCAL: LIVE},
    )
    codefi = replace(
        crp, administration=Administration.DGFIP, habilitations={Family.URSSAF: LAST_DAY, Family.FISCAL: LIVE}
    )
    assert common(crp, codefi).habilitations == {Family.URSSAF: LAST_DAY}
    assert common(codefi, codefi).habilitations == codefi.habilitations
    assert common(crp, codefi).administration is Administration.DGFIP
    assert not common(replace(crp, correspondent=True), codefi).correspondent
    assert common(codefi, codefi).personal_ties is False
    assert common(crp, replace(codefi, segment=Segment.SP_CODEFI)).segment is Segment.SP_CODEFI
