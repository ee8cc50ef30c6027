"""What may leave in a file: what is read, and never the Banque de France."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from signaux_faibles.sources.families import Family
from signaux_faibles.web.rights.agent import Administration, Agent, CompanyTies
from signaux_faibles.web.rights.decide import Reason, decide
from signaux_faibles.web.rights.exports import decide_export, may_export

TODAY = date(2026, 11, 23)
LIVE = dict.fromkeys(set(Family) - {Family.OPEN}, TODAY)
CODEFI = Agent(Administration.DGFIP, frozenset({"87"}), LIVE)
AGENTS = {
    "SP CODEFI, toutes habilitations": CODEFI,
    "CRP": replace(CODEFI, administration=Administration.DREETS),
    "sans habilitation": replace(CODEFI, habilitations={}),
    "habilitations échues": replace(CODEFI, habilitations=dict.fromkeys(LIVE, TODAY - timedelta(days=1))),
    "administrateur du produit": replace(CODEFI, product_administrator=True),
}
HERE, ELSEWHERE = CompanyTies(frozenset({"87"})), CompanyTies(frozenset({"35"}))
TIES = {
    "dans ma zone": HERE,
    "ailleurs": ELSEWHERE,
    "que je suis": replace(ELSEWHERE, follow_up=True),
    "déverrouillée": replace(ELSEWHERE, unlocked_until=TODAY),
}


@pytest.mark.parametrize(("agent", "company", "family"), list(product(AGENTS, TIES, Family)))
def test_a_file_holds_what_its_reader_reads_but_never_the_banque_de_france(
    agent: str, company: str, family: Family
) -> None:
    reads = decide(AGENTS[agent], TIES[company], family, TODAY).allowed
    assert may_export(AGENTS[agent], TIES[company], family, TODAY) is (reads and family is not Family.BDF)
    if family is Family.BDF:
        assert decide_export(AGENTS[agent], TIES[company], family, TODAY).why is Reason.NEVER_EXPORTED


def test_the_banque_de_france_is_read_and_stays() -> None:
    assert decide(CODEFI, HERE, Family.BDF, TODAY).allowed
    assert not may_export(CODEFI, HERE, Family.BDF, TODAY)
