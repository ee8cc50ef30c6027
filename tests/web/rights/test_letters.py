"""Who may write to a director, read the answer, change a model: the truth table, each row as an agent would say it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from signaux_faibles.web.rights.agent import Administration, Agent, Network, Segment
from signaux_faibles.web.rights.letters import (
    LetterAct,
    LetterTies,
    LetterWhy,
    decide_letter,
    decide_template,
)

HERE, ELSEWHERE = "87", "35"
WRITE, READ = LetterAct.WRITE, LetterAct.READ_OUTCOME
URSSAF, DGFIP = Administration.URSSAF, Administration.DGFIP


def agent(zone: str = HERE, *, product: bool = False, networks: frozenset[Network] = frozenset()) -> Agent:
    return Agent(URSSAF, frozenset({zone}), {}, product, Segment.URSSAF, networks)


@pytest.mark.parametrize(
    ("zone", "contributor", "administration", "active", "write", "read"),
    [
        # in the zone, of the administration that writes
        (HERE, False, URSSAF, True, LetterWhy.IN_ZONE, LetterWhy.IN_ZONE),
        (HERE, False, URSSAF, False, LetterWhy.INACTIVE, LetterWhy.IN_ZONE),
        # in the zone, of another administration: writes its own letters, does not read what the others were answered
        (HERE, False, DGFIP, True, LetterWhy.IN_ZONE, LetterWhy.OTHER_ADMINISTRATION),
        (HERE, True, DGFIP, True, LetterWhy.CONTRIBUTOR, LetterWhy.CONTRIBUTOR),
        (HERE, True, URSSAF, True, LetterWhy.CONTRIBUTOR, LetterWhy.CONTRIBUTOR),
        (HERE, True, DGFIP, False, LetterWhy.INACTIVE, LetterWhy.CONTRIBUTOR),
        # elsewhere: contributors alone
        (ELSEWHERE, False, URSSAF, True, LetterWhy.OUT_OF_ZONE, LetterWhy.OUT_OF_ZONE),
        (ELSEWHERE, False, DGFIP, False, LetterWhy.OUT_OF_ZONE, LetterWhy.OUT_OF_ZONE),
        (ELSEWHERE, True, URSSAF, True, LetterWhy.CONTRIBUTOR, LetterWhy.CONTRIBUTOR),
        (ELSEWHERE, True, DGFIP, True, LetterWhy.CONTRIBUTOR, LetterWhy.CONTRIBUTOR),
        (ELSEWHERE, True, URSSAF, False, LetterWhy.INACTIVE, LetterWhy.CONTRIBUTOR),
    ],
)
@pytest.mark.parametrize("product", [False, True])
def test_truth_table_of_letters(
    zone: str,
    contributor: bool,
    administration: Administration,
    active: bool,
    write: LetterWhy,
    read: LetterWhy,
    product: bool,
) -> None:
    refusals = {LetterWhy.OUT_OF_ZONE, LetterWhy.INACTIVE, LetterWhy.OTHER_ADMINISTRATION}
    ties = LetterTies(HERE, active, contributor, administration)
    for act, why in ((WRITE, write), (READ, read)):
        verdict = decide_letter(agent(zone, product=product), ties, act)
        expected = LetterWhy.PRODUCT_ADMINISTRATOR if product else why
        assert (verdict.allowed, verdict.why) == (not product and why not in refusals, expected)


def test_an_establishment_of_no_department_is_out_of_every_zone() -> None:
    assert decide_letter(agent(), LetterTies(None, True, False, URSSAF), WRITE).why is LetterWhy.OUT_OF_ZONE


@pytest.mark.parametrize("administration", Administration)
def test_every_administration_writes_but_the_team_of_the_product(administration: Administration) -> None:
    who = Agent(administration, frozenset({HERE}), {})
    verdict = decide_letter(who, LetterTies(HERE, True, False, administration), WRITE)
    assert verdict.allowed is (administration is not Administration.PRODUCT)


@pytest.mark.parametrize("administration", Administration)
@pytest.mark.parametrize("networks", [frozenset[Network](), frozenset({Network.URSSAF})])
@pytest.mark.parametrize("product", [False, True])
def test_truth_table_of_models(administration: Administration, networks: frozenset[Network], product: bool) -> None:
    verdict = decide_template(agent(product=product, networks=networks), administration)
    assert verdict.allowed is (product or (administration is URSSAF and bool(networks)))
    assert verdict.why.value


def test_who_sees_with_the_rights_of_a_colleague_has_no_tie_of_their_own() -> None:
    watching = replace(agent(ELSEWHERE), personal_ties=False)
    assert decide_letter(watching, LetterTies(HERE, True, True, URSSAF), READ).why is LetterWhy.OUT_OF_ZONE
    in_zone = replace(agent(), personal_ties=False)
    assert decide_letter(in_zone, LetterTies(HERE, True, True, DGFIP), READ).why is LetterWhy.OTHER_ADMINISTRATION


def test_the_team_of_the_product_writes_to_no_company_and_says_so() -> None:
    team = replace(agent(), administration=Administration.PRODUCT)
    for contributor in (False, True):
        ties = LetterTies(HERE, active=True, contributor=contributor, administration=Administration.PRODUCT)
        verdict = decide_letter(team, ties, WRITE)
        assert (verdict.allowed, verdict.why) == (False, LetterWhy.WRITES_NOTHING)
        assert decide_letter(team, ties, READ).allowed
