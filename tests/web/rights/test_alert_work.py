"""Who may work an alert, and how: the truth table, every row as an agent would say it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from signaux_faibles.sources.families import Family
from signaux_faibles.web.rights.agent import Administration, Agent, CompanyTies
from signaux_faibles.web.rights.alert_work import (
    LONGEST_ASIDE,
    SETTING_ASIDE,
    AsideReason,
    AskedAct,
    WorkAct,
    WorkRefusal,
    may_work,
    work_refusal,
)
from signaux_faibles.web.rights.decide import decide

TODAY = date(2026, 11, 23)
LIVE, EXPIRED = TODAY + timedelta(days=90), TODAY - timedelta(days=1)
CRP = Agent(Administration.DREETS, frozenset({"87"}), {Family.URSSAF: LIVE, Family.DETECTION: LIVE})
URSSAF_AGENT = replace(CRP, habilitations={Family.URSSAF: LIVE})
ENDED = replace(CRP, habilitations={Family.DETECTION: EXPIRED})
PRODUCT = replace(CRP, product_administrator=True)
NO_ZONE = replace(CRP, zone=frozenset())
HERE, ELSEWHERE = CompanyTies(frozenset({"87"})), CompanyTies(frozenset({"35"}))
FOLLOWED, UNLOCKED = replace(ELSEWHERE, follow_up=True), replace(ELSEWHERE, unlocked_until=LIVE)
SEEN, ASIDE = AskedAct(WorkAct.SEEN), AskedAct(WorkAct.ASIDE, AsideReason.GROUP)
UNTIL = AskedAct(WorkAct.ASIDE_UNTIL, AsideReason.SEASONAL, TODAY + timedelta(days=30))
ASSIGN = AskedAct(WorkAct.ASSIGN, assignee=CRP, assignee_ties=HERE)
NOT_IN_LIST, OUT_OF_ZONE = WorkRefusal.NOT_IN_LIST, WorkRefusal.OUT_OF_ZONE

TABLE = {
    "je marque vue une alerte de ma zone": (CRP, HERE, SEEN, None),
    "j'écarte une alerte de ma zone, avec un motif": (CRP, HERE, ASIDE, None),
    "j'écarte sans motif": (CRP, HERE, AskedAct(WorkAct.ASIDE), WorkRefusal.NO_REASON),
    "j'écarte jusqu'à aggravation sans motif": (CRP, HERE, AskedAct(WorkAct.ASIDE_UNLESS_WORSE), WorkRefusal.NO_REASON),
    "j'écarte jusqu'à un jour": (CRP, HERE, UNTIL, None),
    "jusqu'à un jour que je ne dis pas": (CRP, HERE, replace(UNTIL, until=None), WorkRefusal.NO_DAY),
    "jusqu'à aujourd'hui": (CRP, HERE, replace(UNTIL, until=TODAY), WorkRefusal.DAY_OUT_OF_RANGE),
    "jusqu'à demain": (CRP, HERE, replace(UNTIL, until=TODAY + timedelta(days=1)), None),
    "jusqu'au dernier jour permis": (CRP, HERE, replace(UNTIL, until=TODAY + LONGEST_ASIDE), None),
    "un jour de trop": (
        CRP,
        HERE,
        replace(UNTIL, until=TODAY + LONGEST_ASIDE + timedelta(days=1)),
        WorkRefusal.DAY_OUT_OF_RANGE,
    ),
    "j'affecte à un collègue de la zone": (CRP, HERE, ASSIGN, None),
    "j'affecte à personne": (CRP, HERE, AskedAct(WorkAct.ASSIGN), WorkRefusal.NO_ASSIGNEE),
    "j'affecte à qui ne lit pas la détection": (
        CRP,
        HERE,
        replace(ASSIGN, assignee=URSSAF_AGENT),
        WorkRefusal.ASSIGNEE_CANNOT,
    ),
    "j'affecte à qui n'a pas la zone": (CRP, HERE, replace(ASSIGN, assignee=NO_ZONE), WorkRefusal.ASSIGNEE_CANNOT),
    "j'affecte à qui n'a que déverrouillé": (
        CRP,
        HERE,
        replace(ASSIGN, assignee=NO_ZONE, assignee_ties=UNLOCKED),
        WorkRefusal.ASSIGNEE_CANNOT,
    ),
    "hors de ma zone : elle n'est pas dans ma liste": (CRP, ELSEWHERE, SEEN, NOT_IN_LIST),
    "hors de ma zone, mais je la suis": (CRP, FOLLOWED, SEEN, None),
    "hors de ma zone, déverrouillée : je lis, je ne marque pas": (CRP, UNLOCKED, SEEN, OUT_OF_ZONE),
    "déverrouillée, même avec un motif": (CRP, UNLOCKED, ASIDE, OUT_OF_ZONE),
    "déverrouillée et mal remplie : d'abord la zone": (CRP, UNLOCKED, AskedAct(WorkAct.ASIDE), OUT_OF_ZONE),
    "j'annule ce que j'ai fait": (CRP, HERE, AskedAct(WorkAct.UNDO, own=True), None),
    "j'annule ce qu'un autre a fait": (CRP, HERE, AskedAct(WorkAct.UNDO), WorkRefusal.NOTHING_TO_UNDO),
    "j'annule ce que j'ai fait, mais ma zone a changé": (
        CRP,
        UNLOCKED,
        AskedAct(WorkAct.UNDO, own=True),
        OUT_OF_ZONE,
    ),
    "j'annule, habilitation échue": (ENDED, HERE, AskedAct(WorkAct.UNDO, own=True), NOT_IN_LIST),
    "je ne lis pas la détection": (URSSAF_AGENT, HERE, SEEN, NOT_IN_LIST),
    "mon habilitation est échue": (ENDED, HERE, SEEN, NOT_IN_LIST),
    "sans habilitation et mal rempli : rien n'est dit": (ENDED, HERE, AskedAct(WorkAct.ASIDE), NOT_IN_LIST),
    "administrateur du produit": (PRODUCT, HERE, SEEN, NOT_IN_LIST),
}


@pytest.mark.parametrize(("agent", "company", "asked", "refusal"), TABLE.values(), ids=TABLE)
def test_the_truth_table(agent: Agent, company: CompanyTies, asked: AskedAct, refusal: WorkRefusal | None) -> None:
    assert work_refusal(agent, company, asked, TODAY) is refusal


AGENTS = (CRP, URSSAF_AGENT, ENDED, PRODUCT, NO_ZONE)
TIES = (HERE, ELSEWHERE, FOLLOWED, UNLOCKED, replace(HERE, unlocked_until=LIVE), replace(FOLLOWED, unlocked_until=LIVE))
REASONS, DAYS = (None, AsideReason.OTHER), (None, EXPIRED, TODAY, LIVE)
GIVEN = ((None, None), (CRP, HERE), (CRP, ELSEWHERE), (CRP, UNLOCKED), (URSSAF_AGENT, HERE))
OWN = (False, True)


def test_every_act_of_every_agent_on_every_company() -> None:
    """What a refusal must obey, whatever is asked."""
    met = set()
    every = product(AGENTS, TIES, WorkAct, REASONS, DAYS, GIVEN, OWN)
    for agent, ties, act, reason, day, (person, theirs), own in every:
        refusal = work_refusal(agent, ties, AskedAct(act, reason, day, person, theirs, own), TODAY)
        reads = decide(agent, ties, Family.DETECTION, TODAY).allowed
        met.add(refusal)
        assert (refusal is NOT_IN_LIST) == (not reads), "whoever reads no alert learns nothing else"
        assert (refusal is OUT_OF_ZONE) == (reads and not may_work(agent, ties, TODAY))
        if refusal is None:
            assert may_work(agent, ties, TODAY)
            assert act not in SETTING_ASIDE or reason
            assert act is not WorkAct.ASIDE_UNTIL or (day and TODAY < day <= TODAY + LONGEST_ASIDE)
            assert act is not WorkAct.UNDO or own
            assert act is not WorkAct.ASSIGN or (person and theirs and may_work(person, theirs, TODAY))
    assert met == {None, *WorkRefusal}
