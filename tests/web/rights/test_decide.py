"""Who may read what: the truth table, every row as an agent would say it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from signaux_faibles.sources.families import Family
from signaux_faibles.web.rights.agent import Administration, Agent, CompanyTies
from signaux_faibles.web.rights.decide import Reason, decide, decide_family, unlock_would_open
from signaux_faibles.web.rights.verdict import Verdict

TODAY = date(2026, 11, 23)
LIVE, LAST_DAY, EXPIRED = TODAY + timedelta(days=90), TODAY, TODAY - timedelta(days=1)
CRP = Agent(
    Administration.DREETS, frozenset({"87", "19"}), {Family.URSSAF: LIVE, Family.DETECTION: LIVE, Family.FISCAL: LIVE}
)
URSSAF_AGENT = Agent(Administration.URSSAF, frozenset({"87"}), {Family.URSSAF: LIVE})
DARP = Agent(Administration.DGEFP, frozenset({"87"}), {Family.DETECTION: LIVE})
CODEFI = replace(CRP, administration=Administration.DGFIP)
NEWCOMER = Agent(Administration.DREETS, frozenset({"87"}), {})
NO_ZONE = replace(CRP, zone=frozenset())
ENDED = replace(CRP, habilitations={Family.URSSAF: EXPIRED, Family.DETECTION: EXPIRED})
ENDING = replace(CRP, habilitations={Family.URSSAF: LAST_DAY, Family.DETECTION: LAST_DAY})
PRODUCT = replace(CRP, administration=Administration.PRODUCT, product_administrator=True)

HERE = CompanyTies(frozenset({"87"}))
PLANT_HERE = CompanyTies(frozenset({"75", "19"}))
ELSEWHERE = CompanyTies(frozenset({"35"}))
CLOSED = CompanyTies(frozenset())
FOLLOWED = CompanyTies(frozenset(), follow_up=True)
UNLOCKED, UNLOCK_ENDS = replace(ELSEWHERE, unlocked_until=LIVE), replace(ELSEWHERE, unlocked_until=LAST_DAY)
UNLOCK_ENDED = replace(ELSEWHERE, unlocked_until=EXPIRED)
BANKER = replace(CRP, administration=Administration.BDF, habilitations={Family.BDF: LIVE, Family.URSSAF: LIVE})

TABLE = {
    "CRP, je lis les dettes d'une entreprise de ma zone": (CRP, HERE, Family.URSSAF, True, Reason.IN_ZONE),
    "CRP, je lis l'alerte d'une entreprise de ma zone": (CRP, HERE, Family.DETECTION, True, Reason.IN_ZONE),
    "siège à Paris, usine chez moi : dettes": (
        CRP,
        PLANT_HERE,
        Family.URSSAF,
        True,
        Reason.IN_ZONE,
    ),
    "siège à Paris, usine chez moi : alerte": (
        CRP,
        PLANT_HERE,
        Family.DETECTION,
        True,
        Reason.IN_ZONE,
    ),
    "elle n'a rien dans ma zone : pas ses dettes": (CRP, ELSEWHERE, Family.URSSAF, False, Reason.OUT_OF_ZONE),
    "elle n'a rien dans ma zone : pas son alerte": (CRP, ELSEWHERE, Family.DETECTION, False, Reason.OUT_OF_ZONE),
    "elle n'a rien dans ma zone : son identité, oui": (CRP, ELSEWHERE, Family.OPEN, True, Reason.OPEN),
    "tous ses établissements sont fermés : pas ses dettes": (CRP, CLOSED, Family.URSSAF, False, Reason.OUT_OF_ZONE),
    "tous ses établissements sont fermés : pas son alerte": (CRP, CLOSED, Family.DETECTION, False, Reason.OUT_OF_ZONE),
    "tous ses établissements sont fermés : son identité, oui": (CRP, CLOSED, Family.OPEN, True, Reason.OPEN),
    "agent de l'Urssaf, je lis les dettes": (URSSAF_AGENT, HERE, Family.URSSAF, True, Reason.IN_ZONE),
    "agent de l'Urssaf, je ne lis pas l'alerte": (
        URSSAF_AGENT,
        HERE,
        Family.DETECTION,
        False,
        Reason.NOT_HABILITATED,
    ),
    "DARP, je lis l'alerte": (DARP, HERE, Family.DETECTION, True, Reason.IN_ZONE),
    "DARP, je ne lis pas les dettes": (DARP, HERE, Family.URSSAF, False, Reason.NOT_HABILITATED),
    "j'arrive, sans habilitation : pas les dettes": (NEWCOMER, HERE, Family.URSSAF, False, Reason.NOT_HABILITATED),
    "j'arrive, sans habilitation : pas l'alerte": (NEWCOMER, HERE, Family.DETECTION, False, Reason.NOT_HABILITATED),
    "j'arrive, sans habilitation : l'identité, oui": (NEWCOMER, HERE, Family.OPEN, True, Reason.OPEN),
    "je n'ai pas encore de zone : pas les dettes": (NO_ZONE, HERE, Family.URSSAF, False, Reason.OUT_OF_ZONE),
    "je n'ai pas encore de zone : pas l'alerte": (NO_ZONE, HERE, Family.DETECTION, False, Reason.OUT_OF_ZONE),
    "mon habilitation a pris fin hier : pas les dettes": (ENDED, HERE, Family.URSSAF, False, Reason.EXPIRED),
    "mon habilitation a pris fin hier : pas l'alerte": (ENDED, HERE, Family.DETECTION, False, Reason.EXPIRED),
    "mon habilitation finit ce soir : encore les dettes": (ENDING, HERE, Family.URSSAF, True, Reason.IN_ZONE),
    "mon habilitation finit ce soir : encore l'alerte": (ENDING, HERE, Family.DETECTION, True, Reason.IN_ZONE),
    "administrateur du produit, je ne lis pas les dettes": (
        PRODUCT,
        HERE,
        Family.URSSAF,
        False,
        Reason.PRODUCT_ADMINISTRATOR,
    ),
    "administrateur du produit, je ne lis pas l'alerte": (
        PRODUCT,
        HERE,
        Family.DETECTION,
        False,
        Reason.PRODUCT_ADMINISTRATOR,
    ),
    "administrateur du produit, pas même l'identité": (
        PRODUCT,
        HERE,
        Family.OPEN,
        False,
        Reason.PRODUCT_ADMINISTRATOR,
    ),
    "SP CODEFI, à la DGFiP : le fiscal": (CODEFI, HERE, Family.FISCAL, True, Reason.IN_ZONE),
    "hors DGFiP, même habilité : pas le fiscal": (CRP, HERE, Family.FISCAL, False, Reason.DGFIP_ONLY),
    "j'ai déverrouillé l'entreprise : ses dettes": (CRP, UNLOCKED, Family.URSSAF, True, Reason.UNLOCKED),
    "j'ai déverrouillé l'entreprise : son alerte": (CRP, UNLOCKED, Family.DETECTION, True, Reason.UNLOCKED),
    "mon déverrouillage finit ce soir : encore": (CRP, UNLOCK_ENDS, Family.URSSAF, True, Reason.UNLOCKED),
    "mon déverrouillage a pris fin hier": (CRP, UNLOCK_ENDED, Family.URSSAF, False, Reason.OUT_OF_ZONE),
    "un déverrouillage n'ouvre jamais la Banque de France": (
        BANKER,
        UNLOCKED,
        Family.BDF,
        False,
        Reason.OUT_OF_ZONE,
    ),
    "dans ma zone, habilité : la Banque de France": (BANKER, HERE, Family.BDF, True, Reason.IN_ZONE),
    "un déverrouillage ne vaut pas habilitation": (NEWCOMER, UNLOCKED, Family.URSSAF, False, Reason.NOT_HABILITATED),
    "hors DGFiP, même déverrouillé : pas le fiscal": (CRP, UNLOCKED, Family.FISCAL, False, Reason.DGFIP_ONLY),
    "à la DGFiP, déverrouillé : le fiscal": (CODEFI, UNLOCKED, Family.FISCAL, True, Reason.UNLOCKED),
    "je suis l'un de ses établissements : ses dettes": (CRP, FOLLOWED, Family.URSSAF, True, Reason.FOLLOW_UP),
    "je la suis, sans habilitation : pas ses dettes": (
        NEWCOMER,
        FOLLOWED,
        Family.URSSAF,
        False,
        Reason.NOT_HABILITATED,
    ),
    "je la suis, habilitation échue : pas ses dettes": (ENDED, FOLLOWED, Family.URSSAF, False, Reason.EXPIRED),
    "administrateur du produit, même déverrouillé : rien": (
        PRODUCT,
        UNLOCKED,
        Family.URSSAF,
        False,
        Reason.PRODUCT_ADMINISTRATOR,
    ),
}


@pytest.mark.parametrize(("agent", "company", "family", "allowed", "reason"), TABLE.values(), ids=TABLE.keys())
def test_the_truth_table(agent: Agent, company: CompanyTies, family: Family, allowed: bool, reason: Reason) -> None:
    assert decide(agent, company, family, TODAY) == Verdict(allowed, reason)


def test_every_combination_opens_only_by_its_rule() -> None:
    """Every administration, family, end of habilitation, place, follow-up, end of unlock and role."""
    ends = (None, EXPIRED, LAST_DAY, LIVE)
    places = (frozenset({"87"}), frozenset({"75", "19"}), frozenset({"35"}), frozenset[str]())
    agents = product(Administration, ends, (False, True))
    for (where, end, runs_product), family, place, followed, unlock in product(
        agents, Family, places, (False, True), ends
    ):
        others = {other: LIVE for other in Family if other is not family}
        agent = Agent(where, frozenset({"87", "19"}), others | ({family: end} if end else {}), runs_product)
        live = (LAST_DAY, LIVE)
        tied = place & agent.zone or followed or (unlock in live and family is not Family.BDF)
        habilitated = end in live and (family is not Family.FISCAL or where is Administration.DGFIP)
        expected = not runs_product and (family is Family.OPEN or bool(habilitated and tied))
        assert decide(agent, CompanyTies(place, followed, unlock), family, TODAY).allowed is expected


UNLOCKING = {
    "out of zone, habilitated": (CRP, ELSEWHERE, (Family.URSSAF, Family.DETECTION)),
    "in zone: nothing is left to open": (CRP, HERE, ()),
    "without habilitation": (NEWCOMER, ELSEWHERE, ()),
    "at the DGFiP, the fiscal too": (CODEFI, ELSEWHERE, (Family.URSSAF, Family.DETECTION, Family.FISCAL)),
    "never the Banque de France": (BANKER, ELSEWHERE, (Family.URSSAF,)),
    "already unlocked": (CRP, UNLOCKED, ()),
    "once the unlock has ended": (CRP, UNLOCK_ENDED, (Family.URSSAF, Family.DETECTION)),
    "who runs the product": (PRODUCT, ELSEWHERE, ()),
}


@pytest.mark.parametrize(("agent", "company", "families"), UNLOCKING.values(), ids=UNLOCKING)
def test_what_an_unlock_would_open(agent: Agent, company: CompanyTies, families: tuple[Family, ...]) -> None:
    assert unlock_would_open(agent, company, TODAY) == families


@pytest.mark.parametrize("family", Family)
def test_what_is_closed_before_any_company_is_closed_for_each(family: Family) -> None:
    for agent in (CRP, URSSAF_AGENT, NEWCOMER, ENDED, PRODUCT, CODEFI):
        before = decide_family(agent, family, TODAY)
        if not before.allowed:
            assert {decide(agent, company, family, TODAY) for company in (HERE, ELSEWHERE, CLOSED)} == {before}


def test_every_reason_is_a_sentence() -> None:
    assert all(reason.value.endswith(".") for reason in Reason)
