"""The axis of what only the State holds: each cell recomputed from its row, nothing unknown reported as zero."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest

from harness.tiny_home import ATELIERS
from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.served.company import headcounts_of
from signaux_faibles.snapshot.served.debts import DebtMonth
from signaux_faibles.snapshot.served.place import CompanyOrSite
from signaux_faibles.snapshot.shelf import Shelf, Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.consultation.debt_section import month_total
from signaux_faibles.web.consultation.state_timeline import (
    NOT_KNOWN,
    Drawn,
    Lane,
    LaneCurve,
    StateTimeline,
    _debts,
    events_by_month,
    last_months,
)
from signaux_faibles.web.rights.decide import ReadingVerdict, Reason
from signaux_faibles.web.rights.verdict import Verdict
from signaux_faibles.wording.french import euros

COMPANY, SEAT = CompanyOrSite(ATELIERS.siren), CompanyOrSite(ATELIERS.siren, f"{ATELIERS.siren}00010")
COLUMNS = {
    Family.URSSAF: (
        *("Cotisations appelées", "Dette, part salariale", "Dette, part patronale"),
        *("Dette, total", "Dette nouvelle", "Diminution", "Délais : reste prévu"),
    ),
    Family.DGEFP: ("Activité partielle consommée", "Activité partielle autorisée"),
    Family.FISCAL: ("Chiffre d’affaires (TVA)",),
}


@pytest.fixture
def snapshot(shared_home: Home) -> Iterator[Snapshot]:
    with Shelf(shared_home).pinned() as pinned:
        yield pinned


def axis(snapshot: Snapshot, *families: Family, place: CompanyOrSite = COMPANY) -> StateTimeline:
    def ask(family: Family) -> ReadingVerdict:
        return Verdict(family in families, Reason.OPEN)

    headcounts = headcounts_of(snapshot, place.siren)
    return StateTimeline.read(place, headcounts, snapshot=snapshot, ask=ask, events={})


def cells(read: StateTimeline, month: date) -> dict[str, str]:
    row = next(row for row in read.rows if row.month == month)
    return {name: cell.replace("\u202f", " ").replace("\u00a0", " ") for name, cell in
            zip(read.headings, row.cells, strict=True)}  # fmt: skip


def test_each_cell_is_the_value_of_its_month(snapshot: Snapshot) -> None:
    read = axis(snapshot, *COLUMNS)
    assert cells(read, date(2026, 8, 1)) == {
        "Effectif": "48 salariés",
        "Cotisations appelées": "9 150 €",
        "Dette, part salariale": "11 776 €",
        "Dette, part patronale": "35 330 €",
        "Dette, total": "47 106 €",
        "Dette nouvelle": "2 617 €",
        "Diminution": "0 €",
        "Délais : reste prévu": "—",
        "Activité partielle consommée": "4,75 ETP",
        "Activité partielle autorisée": "7,25 ETP",
        "Chiffre d’affaires (TVA)": "381 770 €",
    }


def test_a_month_that_no_file_describes_is_not_known(snapshot: Snapshot) -> None:
    october = cells(axis(snapshot, *COLUMNS), date(2026, 10, 1))
    assert {name for name, cell in october.items() if cell != NOT_KNOWN} == set(COLUMNS[Family.URSSAF][1:])


def test_before_the_first_debit_there_is_a_dash_and_no_zero(snapshot: Snapshot) -> None:
    assert cells(axis(snapshot, *COLUMNS), date(2024, 9, 1))["Dette, part salariale"] == "—"


@pytest.mark.parametrize("families", [some for n in range(4) for some in combinations(COLUMNS, n)])
def test_a_closed_family_has_no_column(snapshot: Snapshot, families: tuple[Family, ...]) -> None:
    expected = {"Effectif", *(name for family in families for name in COLUMNS[family])}
    assert set(axis(snapshot, *families).headings) == expected


def test_an_establishment_has_no_turnover_of_its_own(snapshot: Snapshot) -> None:
    assert "Chiffre d’affaires (TVA)" not in axis(snapshot, *COLUMNS, place=SEAT).headings


def test_the_axis_is_36_months_up_to_that_of_the_data(snapshot: Snapshot) -> None:
    read = axis(snapshot)
    assert (len(read.months), read.months[0], read.months[-1]) == (36, date(2023, 11, 1), date(2026, 10, 1))
    assert [row.month for row in read.rows] == list(reversed(read.months))


def test_the_top_of_the_scale_of_debts_is_a_total_of_the_page() -> None:
    """To the cent, this debt is of 42,581.80 €: its shares as they are shown add up to 42,581 €."""
    october = date(2026, 10, 1)
    debt = DebtMonth(october, Decimal("8079.40"), Decimal("34502.40"), None, Decimal(0), Decimal(0))
    lane = _debts({october: debt}, (october,), {}, None)
    assert lane.highest == euros(month_total(debt)) == euros(42_581)


MONTHS = last_months(date(2026, 3, 1), 3)
LANES = {
    "stacked: the total": (Drawn.STACKED, "300 €"),
    "one before the other: the whole": (Drawn.OVERLAID, "200 €"),
}


@pytest.mark.parametrize(("drawn", "highest"), LANES.values(), ids=LANES)
def test_the_top_of_the_scale_is_what_is_drawn(drawn: Drawn, highest: str) -> None:
    curves = (LaneCurve("a", (None, 100, 5), None), LaneCurve("b", (None, Decimal(200), 7), MONTHS[1]))
    lane = Lane("dette", "Urssaf", MONTHS, curves, euros, drawn)
    assert lane.highest.replace("\u00a0", " ") == highest
    assert lane.unknown == (False, False, True)
    assert [cell.replace("\u00a0", " ") for cell in lane.cells[1]] == ["—", "200 €", "7 €"]


def test_nothing_to_draw_is_said() -> None:
    assert Lane("dette", "Urssaf", MONTHS, (LaneCurve("a", (None, 0, 0), None),), euros).empty


def test_events_stand_in_their_month_by_day() -> None:
    found = events_by_month([(date(2026, 5, 9), "b"), (date(2026, 5, 4), "a"), (date(2026, 6, 1), "c")])
    assert found == {date(2026, 5, 1): ("a", "b"), date(2026, 6, 1): ("c",)}
