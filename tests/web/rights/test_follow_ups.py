"""What an agent may do with a follow-up: the truth table, each row as an agent would say it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from signaux_faibles.web.rights.agent import Administration, Agent, Network, Segment
from signaux_faibles.web.rights.follow_ups import (
    SILENCE,
    Act,
    FollowUpTies,
    Role,
    Why,
    commentable_networks,
    decide_act,
    decide_opening,
    may_read_text,
    readable_networks,
    writable_networks,
)
from signaux_faibles.web.rights.networks import NETWORKS, networks_of, usual_segment

TODAY = date(2026, 11, 2)
HERE, ELSEWHERE = "87", "35"


def agent(segment: Segment, *zone: str, product: bool = False) -> Agent:
    return Agent(Administration.DREETS, frozenset(zone), {}, product, segment, networks_of(segment))


AGENTS = {
    "CRP de la région": agent(Segment.CRP, HERE),
    "CRP d'une autre région": agent(Segment.CRP, ELSEWHERE),
    "appui au CRP de la région": agent(Segment.CRP_SUPPORT, HERE),
    "SP CODEFI du département": agent(Segment.SP_CODEFI, HERE),
    "Urssaf du département": agent(Segment.URSSAF, HERE),
    "DREETS du département, sans réseau": agent(Segment.OTHER, HERE),
    "administrateur du produit": agent(Segment.OTHER, HERE, product=True),
}
ROLES = {"référent": Role.REFERENT, "participant": Role.PARTICIPANT, "rien": None}
S, E, M, C, W, N = Act.SEE, Act.EDIT, Act.MOVE, Act.CHANGE_STATUT, Act.WATCH, Act.NAME
B, P, A = Act.READ_BOARD, Act.READ_CONTACTS, Act.READ_AMICABLE
ALLOWED: dict[tuple[str, str], set[Act]] = {
    ("CRP de la région", "référent"): {S, E, M, C, W, N, B, P, A},
    ("CRP de la région", "participant"): {S, E, M, N, B, P, A},
    ("CRP de la région", "rien"): {S, M, N, B, P},
    ("CRP d'une autre région", "référent"): {S, E, M, C, W, N, P, A},
    ("CRP d'une autre région", "participant"): {S, E, M, P, A},
    ("CRP d'une autre région", "rien"): set(),
    ("appui au CRP de la région", "référent"): {S, E, M, C, W, N, B, P, A},
    ("appui au CRP de la région", "participant"): {S, E, M, B, P, A},
    ("appui au CRP de la région", "rien"): {S, B, P},
    ("SP CODEFI du département", "référent"): {S, E, M, C, N, P, A},
    ("SP CODEFI du département", "participant"): {S, E, M, N, P, A},
    ("SP CODEFI du département", "rien"): {S, N},
    ("Urssaf du département", "référent"): {S, E, M, C, N, P, A},
    ("Urssaf du département", "participant"): {S, E, M, P, A},
    ("Urssaf du département", "rien"): {S},
    ("DREETS du département, sans réseau", "référent"): {S, E, M, C, N, P, A},
    ("DREETS du département, sans réseau", "participant"): {S, E, M, P, A},
    ("DREETS du département, sans réseau", "rien"): {S},
    ("administrateur du produit", "référent"): set(),
    ("administrateur du produit", "participant"): set(),
    ("administrateur du produit", "rien"): set(),
}
"""On an open follow-up; taking and duplicating have their own tests."""
WRITING = {E, M, C, W, N}


@pytest.mark.parametrize("who", AGENTS)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", [act for act in Act if act not in (Act.TAKE, Act.DUPLICATE)])
@pytest.mark.parametrize("is_open", [True, False])
def test_truth_table(who: str, role: str, act: Act, is_open: bool) -> None:
    verdict = decide_act(AGENTS[who], FollowUpTies(HERE, ROLES[role], is_open), act, TODAY)
    expected = act in ALLOWED[who, role] and (is_open or act not in WRITING)
    assert verdict.allowed is expected, verdict.why.value


@pytest.mark.parametrize("who", AGENTS)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("is_open", [True, False])
def test_only_a_closed_follow_up_is_duplicated_by_whoever_sees_it(who: str, role: str, is_open: bool) -> None:
    verdict = decide_act(AGENTS[who], FollowUpTies(HERE, ROLES[role], is_open), Act.DUPLICATE, TODAY)
    assert verdict.allowed is (not is_open and S in ALLOWED[who, role])


@pytest.mark.parametrize(
    ("who", "days", "allowed"),
    [
        ("Urssaf du département", 59, False),
        ("Urssaf du département", 60, True),
        ("Urssaf du département", None, True),
        ("CRP d'une autre région", None, False),
        ("administrateur du produit", None, False),
    ],
)
def test_silent_referents_may_be_replaced_from_the_zone(who: str, days: int | None, allowed: bool) -> None:
    last = None if days is None else TODAY - timedelta(days=days)
    assert timedelta(days=60) == SILENCE
    for role in (Role.PARTICIPANT, None) if who != "CRP d'une autre région" else (Role.PARTICIPANT,):
        ties = FollowUpTies(HERE, role, True, last)
        assert decide_act(AGENTS[who], ties, Act.TAKE, TODAY).allowed is allowed
        assert not decide_act(AGENTS[who], FollowUpTies(HERE, role, False, last), Act.TAKE, TODAY).allowed


CLOSED = False
WHY = [
    # who, their role, in an open follow-up or not, the act, what they read
    ("Urssaf du département", None, True, S, Why.IN_ZONE),
    ("CRP d'une autre région", Role.PARTICIPANT, True, S, Why.CONTRIBUTOR),
    ("CRP d'une autre région", None, True, S, Why.OUT_OF_ZONE),
    ("administrateur du produit", Role.REFERENT, True, S, Why.PRODUCT_ADMINISTRATOR),
    ("Urssaf du département", Role.PARTICIPANT, True, E, Why.CONTRIBUTOR),
    ("Urssaf du département", None, True, E, Why.NOT_CONTRIBUTOR),
    ("Urssaf du département", Role.PARTICIPANT, CLOSED, E, Why.CLOSED),
    ("CRP de la région", None, True, M, Why.NETWORK),
    ("Urssaf du département", None, True, M, Why.NOT_CONTRIBUTOR),
    ("Urssaf du département", Role.REFERENT, True, C, Why.REFERENT),
    ("Urssaf du département", Role.PARTICIPANT, True, C, Why.NOT_REFERENT),
    ("Urssaf du département", Role.REFERENT, True, W, Why.NOT_CRP),
    ("CRP de la région", Role.REFERENT, True, W, Why.REFERENT),
    ("CRP de la région", Role.PARTICIPANT, True, W, Why.NOT_REFERENT),
    ("Urssaf du département", Role.REFERENT, True, N, Why.REFERENT),
    ("SP CODEFI du département", None, True, N, Why.IN_CHARGE),
    ("Urssaf du département", None, True, N, Why.NOT_IN_CHARGE),
    ("CRP de la région", None, True, B, Why.NETWORK),
    ("Urssaf du département", Role.REFERENT, True, B, Why.OTHER_NETWORK),
    ("Urssaf du département", Role.PARTICIPANT, True, P, Why.CONTRIBUTOR),
    ("Urssaf du département", None, True, P, Why.OTHER_NETWORK),
    ("Urssaf du département", None, True, A, Why.NOT_CONTRIBUTOR),
    ("Urssaf du département", None, True, Act.DUPLICATE, Why.STILL_OPEN),
    ("Urssaf du département", None, CLOSED, Act.DUPLICATE, Why.IN_ZONE),
    ("Urssaf du département", None, True, Act.TAKE, Why.NO_REFERENT),
    ("CRP d'une autre région", Role.PARTICIPANT, True, Act.TAKE, Why.OUT_OF_ZONE),
]


@pytest.mark.parametrize(("who", "role", "is_open", "act", "why"), WHY)
def test_an_answer_says_why(who: str, role: Role | None, is_open: bool, act: Act, why: Why) -> None:
    assert decide_act(AGENTS[who], FollowUpTies(HERE, role, is_open), act, TODAY).why is why


def test_referents_who_acted_lately_are_to_be_asked() -> None:
    ties = FollowUpTies(HERE, last_act_of_referents=TODAY)
    assert decide_act(AGENTS["Urssaf du département"], ties, Act.TAKE, TODAY).why is Why.REFERENTS_ACT


@pytest.mark.parametrize(
    ("who", "departement", "active", "already_open", "why"),
    [
        ("Urssaf du département", HERE, True, False, Why.IN_ZONE),
        ("Urssaf du département", HERE, False, False, Why.INACTIVE),
        ("Urssaf du département", HERE, True, True, Why.ALREADY_OPEN),
        ("Urssaf du département", ELSEWHERE, True, False, Why.OUT_OF_ZONE),
        ("Urssaf du département", ELSEWHERE, True, True, Why.OUT_OF_ZONE),
        ("Urssaf du département", None, True, False, Why.OUT_OF_ZONE),
        ("administrateur du produit", HERE, True, False, Why.PRODUCT_ADMINISTRATOR),
    ],
)
def test_opening(who: str, departement: str | None, active: bool, already_open: bool, why: Why) -> None:
    verdict = decide_opening(AGENTS[who], departement, active=active, already_open=already_open)
    assert verdict.why is why, "out of the zone, the answer does not say whether one is open"
    assert verdict.allowed is (why is Why.IN_ZONE)


@pytest.mark.parametrize(
    ("who", "role", "reads"),
    [
        ("CRP de la région", "rien", {Network.CRP, Network.CODEFI}),
        ("CRP d'une autre région", "participant", {Network.CODEFI}),
        ("CRP d'une autre région", "rien", set()),
        ("Urssaf du département", "rien", {Network.URSSAF, Network.CODEFI}),
        ("DREETS du département, sans réseau", "référent", set()),
        ("administrateur du produit", "référent", set()),
    ],
)
def test_texts_stay_in_their_network(who: str, role: str, reads: set[Network]) -> None:
    for is_open in (True, False):
        ties = FollowUpTies(HERE, ROLES[role], is_open)
        assert readable_networks(AGENTS[who], ties) == reads
        assert writable_networks(AGENTS[who], ties) == (reads if is_open and ROLES[role] else set())


def test_the_support_of_a_crp_comments_and_writes_nothing_else() -> None:
    support = AGENTS["appui au CRP de la région"]
    assert commentable_networks(support, FollowUpTies(HERE)) == {Network.CRP}
    assert writable_networks(support, FollowUpTies(HERE)) == set()
    assert commentable_networks(support, FollowUpTies(HERE, None, False)) == set()
    assert commentable_networks(support, FollowUpTies(ELSEWHERE)) == set()
    assert commentable_networks(AGENTS["CRP de la région"], FollowUpTies(HERE)) == set()
    assert commentable_networks(AGENTS["Urssaf du département"], FollowUpTies(HERE, Role.REFERENT)) == {
        Network.URSSAF,
        Network.CODEFI,
    }


@pytest.mark.parametrize(
    ("administration", "fonction", "segment"),
    [
        (Administration.DREETS, "CRP Bretagne", Segment.CRP),
        (Administration.DREETS, "crp", Segment.CRP),
        (Administration.DREETS, "CRPE", Segment.OTHER),
        (Administration.DREETS, "Réseau CRP", Segment.CRP_SUPPORT),
        (Administration.DGFIP, "SP CODEFI de la Haute-Vienne", Segment.SP_CODEFI),
        (Administration.DGFIP, "CDED", Segment.CDED),
        (Administration.DGFIP, "Inspecteur", Segment.DGFIP),
        (Administration.URSSAF, "CRP", Segment.URSSAF),
        (Administration.DREETS, "DREETS", Segment.OTHER),
        (Administration.PRODUCT, "CRP", Segment.OTHER),
        (Administration.DGE, "Chargé de mission", Segment.CRP_SUPPORT),
    ],
)
def test_a_fonction_means_a_segment(administration: Administration, fonction: str, segment: Segment) -> None:
    assert usual_segment(administration, fonction) is segment


def test_each_segment_has_its_networks() -> None:
    assert set(NETWORKS) == set(Segment)
    crp = {segment for segment, networks in NETWORKS.items() if Network.CRP in networks}
    assert crp == {Segment.CRP, Segment.CRP_SUPPORT}, "the board is theirs alone"


@pytest.mark.parametrize("who", AGENTS)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("network", Network)
@pytest.mark.parametrize("amicable", [True, False])
def test_who_reads_a_text(who: str, role: str, network: Network, amicable: bool) -> None:
    ties = FollowUpTies(HERE, ROLES[role])
    expected = network in readable_networks(AGENTS[who], ties) and (role != "rien" or not amicable)
    assert may_read_text(AGENTS[who], ties, network, amicable=amicable) is expected
