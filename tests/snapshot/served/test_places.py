"""What only the State holds, for a whole company and for one of its establishments, against the rows written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from harness.tiny_home import ATELIERS, BRETONNE, CEVENOL, CLOSED, FORGOTTEN, HEALTHY, IN_PROCEDURE, MASKED
from signaux_faibles.snapshot.served.contributions import contributions_of
from signaux_faibles.snapshot.served.directors import directors_of
from signaux_faibles.snapshot.served.establishments import (
    establishment_headcounts_of,
    establishment_of,
    establishments_of,
    last_closing_of,
    successions_of,
)
from signaux_faibles.snapshot.served.place import CompanyOrSite
from signaux_faibles.snapshot.served.plans import plan_months_of, plans_of
from signaux_faibles.snapshot.served.procedures import procedures_of
from signaux_faibles.snapshot.served.short_time import short_time_of
from signaux_faibles.snapshot.served.taxes import declared_turnover_of, tax_arrears_of
from signaux_faibles.snapshot.shelf import Snapshot

START, END = date(2023, 11, 1), date(2026, 10, 1)
AUGUST, OCTOBER = date(2026, 8, 1), date(2026, 10, 1)
COMPANY, SEAT = CompanyOrSite(ATELIERS.siren), CompanyOrSite(ATELIERS.siren, f"{ATELIERS.siren}00010")
OTHER = CompanyOrSite(ATELIERS.siren, f"{ATELIERS.siren}00020")


@pytest.mark.parametrize("place", [COMPANY, SEAT])
def test_a_company_and_its_only_establishment_have_the_same_months(snapshot: Snapshot, place: CompanyOrSite) -> None:
    due = contributions_of(snapshot, place, START, END)
    assert due == {date(2026, month, 1): Decimal(9150) for month in (6, 7, 8)}
    short_time = short_time_of(snapshot, place, START, END)
    assert (short_time[AUGUST].authorised, short_time[AUGUST].consumed) == (7.25, 4.75)
    assert short_time[AUGUST].motives == ("Conjoncture économique",)
    plan = plan_months_of(snapshot, place, START, END)[OCTOBER]
    assert (plan.plans, plan.amount, plan.left, plan.debt) == (1, 24_310, 12_155, 52_340)
    assert plan.behind == 52_340 - 12_155


def test_another_establishment_has_none(snapshot: Snapshot) -> None:
    assert contributions_of(snapshot, OTHER, START, END) == {}
    assert short_time_of(snapshot, OTHER, START, END) == {}
    assert plan_months_of(snapshot, OTHER, START, END) == {}
    assert plans_of(snapshot, OTHER) == []


def test_a_proposed_plan_is_not_a_plan(snapshot: Snapshot) -> None:
    assert [plan.amount for plan in plans_of(snapshot, COMPANY)] == [24_310]


def test_only_the_window_is_read(snapshot: Snapshot) -> None:
    assert contributions_of(snapshot, COMPANY, AUGUST, AUGUST) == {AUGUST: Decimal(9150)}


def test_taxes_are_those_of_the_company(snapshot: Snapshot) -> None:
    assert [(one.tax, one.left) for one in tax_arrears_of(snapshot, BRETONNE.siren)] == [("TVA", 8230)]
    assert declared_turnover_of(snapshot, ATELIERS.siren, START, END) == {AUGUST: Decimal(381_770)}


def test_directors_are_those_in_office(snapshot: Snapshot) -> None:
    assert [(one.name, one.company) for one in directors_of(snapshot, ATELIERS.siren)] == [
        ("BRUVAGE", None),
        (None, "AUDIT DU PARC"),
    ]


def test_establishments_come_by_page_the_head_office_first(snapshot: Snapshot) -> None:
    both = establishments_of(snapshot, CEVENOL.siren, 0, 10)
    assert [(one.head_office, one.departement) for one in both] == [(True, "30"), (False, "87")]
    assert [one.headcount for one in both] == [CEVENOL.headcount, None]
    assert [establishments_of(snapshot, CEVENOL.siren, n, 1) for n in (0, 1, 2)] == [[both[0]], [both[1]], []]
    assert both[0].debt == Decimal(7000)


def test_an_establishment_is_found_by_its_siret(snapshot: Snapshot) -> None:
    closed = establishment_of(snapshot, f"{CLOSED.siren}00010")
    assert closed is not None
    assert (closed.active, closed.closed_on, closed.siren) == (False, date(2025, 3, 31), CLOSED.siren)
    assert establishment_of(snapshot, f"{CLOSED.siren}99999") is None
    masked = establishment_of(snapshot, f"{MASKED.siren}00010")
    assert masked is not None
    assert masked.address == "LIMOGES"


@pytest.mark.parametrize(
    ("siren", "on"), [(CLOSED.siren, date(2025, 3, 31)), (CEVENOL.siren, None), (FORGOTTEN.siren, None)]
)
def test_the_last_closing_is_known_of_a_company_that_was_followed(
    snapshot: Snapshot, siren: str, on: date | None
) -> None:
    """One that is active has none; of one that was never followed, the history of the register is not kept."""
    assert last_closing_of(snapshot, siren) == on


def test_a_move_is_read_from_both_ends(snapshot: Snapshot) -> None:
    old, new = f"{HEALTHY.siren}00030", f"{HEALTHY.siren}00010"
    assert successions_of(snapshot, old) == successions_of(snapshot, new)
    assert [(one.closed, one.opened, one.by_debt) for one in successions_of(snapshot, new)] == [(old, new, False)]


def test_the_headcount_of_an_establishment_by_month(snapshot: Snapshot) -> None:
    known = establishment_headcounts_of(snapshot, f"{ATELIERS.siren}00010")
    assert set(known.values()) == {ATELIERS.headcount}
    assert max(known) == AUGUST


def test_an_event_has_the_text_of_its_notice(snapshot: Snapshot) -> None:
    texts = {event.notice: event.text for event in procedures_of(snapshot, IN_PROCEDURE.siren)}
    assert "27 mars 2026" in (texts["A202601234567"] or "")
    assert texts["A202600000042"] is None
