"""What an agent reads of the families that are closed: once, with the day and whom to ask."""

from __future__ import annotations

from datetime import date

import pytest

from signaux_faibles.sources.families import Family
from signaux_faibles.web.rights.agent import Administration, Agent, CompanyTies
from signaux_faibles.web.rights.decide import ReadingVerdict, Reason, decide
from signaux_faibles.web.rights.refusals import HOLDS, NAMES, PROTECTED, refusal_in_words, refusals

TODAY, LIVE, ENDED = date(2026, 11, 23), date(2027, 3, 1), date(2026, 10, 31)
HERE, ELSEWHERE = CompanyTies(frozenset({"87"})), CompanyTies(frozenset({"35"}))
ZONE = frozenset({"87"})


def reported(agent: Agent, company: CompanyTies) -> list[tuple[Reason, tuple[Family, ...], str]]:
    def ask(family: Family) -> ReadingVerdict:
        return decide(agent, company, family, TODAY)

    return [(one.reason, one.families, one.text) for one in refusals(agent, ask)]


ASK = "le correspondant de votre administration (DREETS)."
CASES: dict[str, tuple[dict[Family, date], CompanyTies, list[tuple[Reason, tuple[Family, ...], str]]]] = {
    "an ended habilitation has its day, and is said once for both families": (
        {Family.URSSAF: ENDED, Family.DETECTION: ENDED, Family.DGEFP: LIVE, Family.BDF: LIVE},
        HERE,
        [
            (
                Reason.EXPIRED,
                (Family.URSSAF, Family.DETECTION),
                f"Vos habilitations sont arrivées à échéance le 31 octobre 2026. Pour les renouveler : {ASK}",
            ),
            (Reason.DGFIP_ONLY, (Family.FISCAL,), Reason.DGFIP_ONLY.value),
        ],
    ),
    "one that is missing says which, and whom to ask": (
        {Family.URSSAF: LIVE, Family.DETECTION: LIVE, Family.DGEFP: LIVE},
        HERE,
        [
            (
                Reason.NOT_HABILITATED,
                (Family.BDF,),
                f"Il y faut l’habilitation Banque de France, que votre compte n’a pas. Pour la demander : {ASK}",
            ),
            (Reason.DGFIP_ONLY, (Family.FISCAL,), Reason.DGFIP_ONLY.value),
        ],
    ),
    "two that are missing are asked for together": (
        {Family.URSSAF: LIVE, Family.DETECTION: LIVE},
        HERE,
        [
            (
                Reason.NOT_HABILITATED,
                (Family.DGEFP, Family.BDF),
                "Il y faut les habilitations DGEFP et Banque de France, que votre compte n’a pas. "
                f"Pour les demander : {ASK}",
            ),
            (Reason.DGFIP_ONLY, (Family.FISCAL,), Reason.DGFIP_ONLY.value),
        ],
    ),
    "one that ended, alone": (
        {Family.URSSAF: ENDED, Family.DETECTION: LIVE, Family.DGEFP: LIVE, Family.BDF: LIVE},
        HERE,
        [
            (
                Reason.EXPIRED,
                (Family.URSSAF,),
                f"Votre habilitation est arrivée à échéance le 31 octobre 2026. Pour la renouveler : {ASK}",
            ),
            (Reason.DGFIP_ONLY, (Family.FISCAL,), Reason.DGFIP_ONLY.value),
        ],
    ),
    "two that ended on two days": (
        {Family.URSSAF: ENDED, Family.DETECTION: date(2026, 9, 30), Family.DGEFP: LIVE, Family.BDF: LIVE},
        HERE,
        [
            (
                Reason.EXPIRED,
                (Family.URSSAF, Family.DETECTION),
                "Vos habilitations sont arrivées à échéance le 31 octobre 2026 et le 30 septembre 2026. "
                f"Pour les renouveler : {ASK}",
            ),
            (Reason.DGFIP_ONLY, (Family.FISCAL,), Reason.DGFIP_ONLY.value),
        ],
    ),
    "out of zone": (
        dict.fromkeys(PROTECTED, LIVE),
        ELSEWHERE,
        [
            (
                Reason.OUT_OF_ZONE,
                (Family.URSSAF, Family.DGEFP, Family.DETECTION, Family.BDF),
                Reason.OUT_OF_ZONE.value,
            ),
            (Reason.DGFIP_ONLY, (Family.FISCAL,), Reason.DGFIP_ONLY.value),
        ],
    ),
}


@pytest.mark.parametrize(("held", "company", "expected"), CASES.values(), ids=CASES)
def test_each_reason_is_said_once(
    held: dict[Family, date], company: CompanyTies, expected: list[tuple[Reason, tuple[Family, ...], str]]
) -> None:
    assert reported(Agent(Administration.DREETS, ZONE, held), company) == expected


def test_the_title_names_what_is_closed_together() -> None:
    agent = Agent(Administration.DREETS, ZONE, {Family.URSSAF: LIVE, Family.DETECTION: LIVE})
    closed = refusals(agent, lambda family: decide(agent, HERE, family, TODAY))
    assert [one.title for one in closed] == [
        "Fermé : activité partielle ; ratios de la Banque de France",
        "Fermé : TVA et restes à recouvrer fiscaux",
    ]


def test_every_protected_family_says_what_it_holds_and_its_name() -> None:
    assert set(HOLDS) == set(NAMES) == set(PROTECTED) == set(Family) - {Family.OPEN}


@pytest.mark.parametrize(
    ("held", "text"),
    [
        (
            {Family.DETECTION: ENDED},
            "Votre habilitation est arrivée à échéance le 31 octobre 2026. Pour la renouveler : ",
        ),
        ({}, "l’habilitation"),
    ],
    ids=["ended", "missing"],
)
def test_a_page_of_one_family_says_why_it_is_closed_and_whom_to_ask(held: dict[Family, date], text: str) -> None:
    agent = Agent(Administration.DREETS, ZONE, held)
    said = refusal_in_words(agent, decide(agent, HERE, Family.DETECTION, TODAY), Family.DETECTION)
    assert text in said
    assert said.endswith(ASK)
