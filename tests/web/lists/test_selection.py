"""Which companies the filters of a list keep, and what is counted beside each choice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.detection.levels import Level
from signaux_faibles.snapshot.served.company_facts import DebtFacts
from signaux_faibles.snapshot.served.comparables import LastAccounts
from signaux_faibles.snapshot.served.lists import Alert, Scope
from signaux_faibles.snapshot.served.procedures import ProcedureStanding
from signaux_faibles.web.accompagnements.states import Statut
from signaux_faibles.web.alert_work.state import AlertState, WorkState
from signaux_faibles.web.lists.candidate import Candidate, PastAlert
from signaux_faibles.web.lists.columns import COLUMNS, chosen_columns, fact_line, order_of
from signaux_faibles.web.lists.held.candidates import Candidates, sorted_by
from signaux_faibles.web.lists.held.procedures import ProcedureState
from signaux_faibles.web.lists.selection import CHOICES, Criteria, WorkFilter, select
from signaux_faibles.web.rights.agent import Administration

MONTH = date(2026, 10, 1)
ZONE = frozenset({"87", "30"})
SAS, SARL = "SAS", "SARL"


def candidate(
    rank: int, name: str = "", *, place: str = "87", owes: int | None = 0, level: Level = Level.HIGH, **other: object
) -> Candidate:
    """A company of the list; `owes` is None where the agent may not read it."""
    alert = Alert(
        siren=f"{800_000_000 + rank}", rank=rank, name=name or None, departement=place, town="LIMOGES",
        section_code="C", section="Industrie", legal_form=SAS, created=date(2004, 3, 12), headcount=20,
        headcount_month=MONTH, standing=None, active=True, active_departments=frozenset({place}), level=level,
        first_alert=False,
    )  # fmt: skip
    debts = None if owes is None else DebtFacts(MONTH, total=owes, employee=owes // 4, grown=owes // 10)
    return Candidate(replace(alert, **other), debts, PastAlert(MONTH))  # type: ignore[arg-type]


FORGES = candidate(1, "FORGES DE L'ÉTANG", owes=5_000, headcount=None)
LINEN = replace(
    candidate(2, "LINGE BLANC", place="30", active_departments=frozenset({"30", "87"}), owes=None),
    accounts=LastAccounts(MONTH, Decimal(900_000)),
    statut=Statut.TERMINE,
)
BAKERY = replace(
    candidate(3, "BOULANGERIE ÉLÉONORE", level=Level.MODERATE, first_alert=True, legal_form=SARL, section_code="G"),
    accounts=LastAccounts(MONTH, Decimal(1_000_000)),
    statut=Statut.EN_COURS,
)
YOUNG = candidate(4, "JEUNE POUSSE", created=date(2023, 10, 2), owes=90)
PLANNED = replace(
    candidate(5, "ÉTALÉE"),
    debts=DebtFacts(MONTH, 800, plan_until=date(2027, 3, 2)),
    accounts=LastAccounts(MONTH, None),
    statut=Statut.SOUS_SURVEILLANCE,
)
STANDING = ProcedureStanding("en_cours", "Redressement judiciaire", None, 0, None)
JUDGED = candidate(6, "CHAUDRONNERIE", standing=STANDING)
GONE = candidate(7, "FILATURE", active=False)
DONE = replace(candidate(8, "USINE"), work=WorkState(AlertState.DONE, assignee_id=5))
UNCODED = candidate(9, "SANS CODE", section_code=None, section=None)
ALL = Candidates.of((FORGES, LINEN, BAKERY, YOUNG, PLANNED, JUDGED, GONE, DONE))
KEPT = {
    "nothing asked hides what closed": (Criteria(), [1, 2, 3, 4, 5, 6]),
    "closed ones too": (Criteria(closed=True), [1, 2, 3, 4, 5, 6, 7]),
    "whatever was done": (Criteria(work=WorkFilter.ALL), [1, 2, 3, 4, 5, 6, 8]),
    "what is done": (Criteria(work=WorkFilter.DONE), [8]),
    "what an agent works": (Criteria(work=WorkFilter.ALL, assigned_to=5), [8]),
    "what a text finds": (Criteria(named=frozenset({BAKERY.alert.siren, GONE.alert.siren})), [3]),
    "a text that finds nothing": (Criteria(named=frozenset()), []),
    "a department by the head office": (Criteria(zone=ZONE, departements=frozenset({"30"})), [2]),
    "two departments": (Criteria(zone=ZONE, departements=ZONE), [1, 2, 3, 4, 5, 6]),
    "a department by an establishment": (
        Criteria(zone=ZONE, scope=Scope.ESTABLISHMENT, departements=frozenset({"30"})),
        [2],
    ),
    "a level": (Criteria(level=Level.MODERATE), [3]),
    "first alerts": (Criteria(first_alert=True), [3]),
    "a headcount, unknown left out": (Criteria(headcount_min=1), [2, 3, 4, 5, 6]),
    "several sections": (Criteria(sections=frozenset({"G", "H"})), [3]),
    "a legal form": (Criteria(legal_forms=frozenset({SARL})), [3]),
    "no procedure known": (Criteria(procedures=frozenset({ProcedureState.NONE.value})), [1, 2, 3, 4, 5]),
    "a procedure": (Criteria(procedures=frozenset({ProcedureState.OPEN.value})), [6]),
    "a kind of procedure": (Criteria(procedures=frozenset({"Redressement judiciaire"})), [6]),
    "another kind": (Criteria(procedures=frozenset({"Sauvegarde"})), []),
    "either of two": (
        Criteria(procedures=frozenset({ProcedureState.NONE.value, "Redressement judiciaire"})),
        [1, 2, 3, 4, 5, 6],
    ),
    "a headcount at most": (Criteria(headcount_max=20), [2, 3, 4, 5, 6]),
    "a headcount under all": (Criteria(headcount_max=19), []),
    "a turnover, unknown left out": (Criteria(turnover_min=1_000_000), [3]),
    "a turnover at most": (Criteria(turnover_max=900_000), [2]),
    "a turnover of zero still leaves out the unknown": (Criteria(turnover_min=0), [2, 3]),
    "not followed, finished ones kept": (Criteria(not_followed=True), [1, 2, 4, 6]),
    "created three years before, to the day": (Criteria(created_until=date(2023, 10, 2)), [1, 2, 3, 4, 5, 6]),
    "created the day after": (Criteria(created_until=date(2023, 10, 1)), [1, 2, 3, 5, 6]),
    "a debt, confidential left out": (Criteria(debt_min=90), [1, 4, 5]),
    "a debt of zero still leaves out the confidential": (Criteria(debt_min=0), [1, 3, 4, 5, 6]),
    "no plan, confidential left out": (Criteria(no_plan=True), [1, 3, 4, 6]),
}


def ranks(candidates: object) -> list[int]:
    return [one.alert.rank for one in candidates]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("criteria", "kept"), KEPT.values(), ids=KEPT)
def test_a_selection_keeps(criteria: Criteria, kept: list[int]) -> None:
    assert ranks(select(ALL, criteria).candidates) == kept


def test_a_choice_counts_what_the_other_filters_keep() -> None:
    selected = select(ALL, Criteria(level=Level.MODERATE))
    assert selected.counts["level"] == {"elevee": 5, "moderee": 1}
    assert selected.counts["section"] == {"G": 1}


def test_only_a_default_hides() -> None:
    assert select(ALL, Criteria()).hidden == {"closed": 1, "work": 1}
    assert select(ALL, Criteria(named=frozenset({BAKERY.alert.siren}))).hidden == {}
    assert select(ALL, Criteria(closed=True)).hidden == {"work": 1}
    assert select(ALL, Criteria(work=WorkFilter.SEEN)).hidden == {}, "somebody asked"


@given(st.sampled_from([criteria for criteria, _ in KEPT.values()]), st.sampled_from(sorted(CHOICES)))
def test_the_count_beside_a_choice_is_what_choosing_it_keeps(criteria: Criteria, name: str) -> None:
    choose = {
        "departements": lambda value: replace(criteria, departements=frozenset({value})),
        "level": lambda value: replace(criteria, level=Level(value)),
        "section": lambda value: replace(criteria, sections=frozenset({value})),
        "legal_form": lambda value: replace(criteria, legal_forms=frozenset({value})),
        "procedure": lambda value: replace(criteria, procedures=frozenset({value})),
        "work": lambda value: replace(criteria, work=WorkFilter(value)),
        "first_alert": lambda _: replace(criteria, first_alert=True),
    }[name]
    for value, companies in select(ALL, criteria).counts[name].items():
        assert len(select(ALL, choose(value)).candidates) == companies


ORDERS = {
    "": [1, 2, 3, 4, 5, 6, 7, 8],
    "-debt": [1, 5, 4, 3, 6, 7, 8, 2],
    "debt": [3, 6, 7, 8, 4, 5, 1, 2],
    "headcount": [2, 3, 4, 5, 6, 7, 8, 1],
    "-headcount": [2, 3, 4, 5, 6, 7, 8, 1],
    "procedure": [6, 1, 2, 3, 4, 5, 7, 8],
    "plan": [5, 1, 2, 3, 4, 6, 7, 8],
    "-turnover": [3, 2, 1, 4, 5, 6, 7, 8],
    "follow_up": [3, 5, 2, 1, 4, 6, 7, 8],
}


@pytest.mark.parametrize(("asked", "expected"), ORDERS.items(), ids=ORDERS)
def test_unknown_and_confidential_come_last_and_equals_by_rank(asked: str, expected: list[int]) -> None:
    assert ranks(sorted_by(ALL, order_of(asked, lambda _: True))) == expected


@pytest.mark.parametrize("name", COLUMNS)
def test_a_sort_needs_the_right_to_read(name: str) -> None:
    order = order_of(f"-{name}", lambda family: family is not COLUMNS[name].family)
    assert (order.column, COLUMNS[name].label in order.refusal) == (None, True)
    assert order_of(f"-{name}", lambda _: True).name == f"-{name}"


@pytest.mark.parametrize("name", COLUMNS)
@given(debts=st.builds(DebtFacts, st.just(MONTH), st.integers(0, 9**6), st.integers(0, 9**6), st.integers(0, 9**6)))
def test_a_confidential_debt_changes_no_cell_nor_order(name: str, debts: DebtFacts) -> None:
    """Without the right, a company is read as `debts=None`: whatever it owes, every column reads the same."""
    column = COLUMNS[name]
    readable = column.text(replace(LINEN, debts=debts))
    assert column.readable(LINEN) or (column.text(LINEN) == "Confidentiel" != readable and column.value(LINEN) is None)


def test_columns_keep_one_order_whatever_the_address() -> None:
    asked = ["plan", "debt", "debt", "no-such-column"]
    assert [one.name for one in chosen_columns(asked, Administration.URSSAF)] == ["debt", "plan"]


@pytest.mark.parametrize("administration", Administration)
def test_a_list_opens_on_what_an_administration_works_with(administration: Administration) -> None:
    names = [one.name for one in chosen_columns([], administration)]
    assert len(names) == 5
    assert ("debt" in names) is (administration not in (Administration.DDETS, Administration.DGEFP, Administration.BDF))
    assert ("plan" in names) is (administration is Administration.URSSAF)


WORSE = {
    (Level.HIGH, Level.MODERATE): True,
    (Level.HIGH, Level.HIGH): False,
    (Level.HIGH, None): False,
    (Level.MODERATE, Level.HIGH): False,
    (Level.MODERATE, Level.MODERATE): False,
}


@pytest.mark.parametrize(("levels", "worse"), WORSE.items())
def test_an_alert_worsens_from_moderate_to_high(levels: tuple[Level, Level | None], worse: bool) -> None:
    now, before = levels
    assert replace(candidate(1, level=now), past=PastAlert(MONTH, before)).worsened is worse


def test_every_choice_of_work_counts_what_it_keeps() -> None:
    """« Toutes » too, which hides nothing."""
    back = replace(candidate(10, "REVENUE"), work=WorkState(AlertState.TO_DO, returned="De retour"))
    counts = select(Candidates.of((*ALL, back)), Criteria()).counts["work"]
    assert counts == {"toutes": 8, "a_traiter": 7, "traitee": 1, "de_retour": 1}


LINES = {
    "everything": (DebtFacts(MONTH, 34_210, 900, 17_300, date(2026, 7, 1)),
                   "34\u00a0k€, part salariale depuis juillet, +17\u00a0k€ en 3 mois"),
    "for more than a year": (DebtFacts(MONTH, 800, 9, -50, date(2025, 10, 1)),
                             "800\u00a0€, part salariale depuis octobre 2025, −50\u00a0€ en 3 mois"),
    "without trend": (DebtFacts(MONTH, 1_240_000, 0, None), "1,2\u00a0M€"),
    "no longer owed": (DebtFacts(MONTH, 0, 0, -500), "plus de dette, −500\u00a0€ en 3 mois"),
    "nothing owed": (DebtFacts(MONTH, 0, 0, 0), ""),
    "nothing owed, without trend": (DebtFacts(MONTH, 0, 0, None), ""),
    "no débit": (DebtFacts(), ""),
    "confidential": (None, ""),
}  # fmt: skip


@pytest.mark.parametrize(("debts", "line"), LINES.values(), ids=LINES)
def test_the_facts_fit_one_line(debts: DebtFacts | None, line: str) -> None:
    assert fact_line(debts) == line


def test_an_activity_that_is_not_known_is_said_and_comes_last():
    """A blank would look like an omission; the value stays unknown, which sorts after all others."""
    cells = [(COLUMNS["section"].text(one), COLUMNS["section"].value(one)) for one in (FORGES, UNCODED)]
    assert cells == [("Industrie", "Industrie"), ("Activité non connue", None)]
