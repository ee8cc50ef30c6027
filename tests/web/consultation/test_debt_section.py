"""The amounts of a debt, recomputed from its months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from harness.examples import tried
from harness.tiny_home import ATELIERS, TinyHome
from signaux_faibles.home.home import Home
from signaux_faibles.relations.months import month_at
from signaux_faibles.snapshot.served.debts import DebtMonth
from signaux_faibles.web.consultation.debt_section import DebtSection, month_total, owed_since
from signaux_faibles.web.rights.decide import Reason
from signaux_faibles.web.rights.verdict import Verdict

OPEN = Verdict(True, Reason.OPEN)
FIRST = 2024 * 12 + 10
DELIVERED = date(2026, 10, 20)


def section(*amounts: tuple[str, str, str, str] | None) -> DebtSection:
    """Months that follow each other: part salariale, part patronale, new debt, decrease; None for an unknown one."""
    months = (month_at(FIRST + rank) for rank in range(len(amounts)))
    debts = {
        month: DebtMonth(month, Decimal(one[0]), Decimal(one[1]), None, Decimal(one[2]), Decimal(one[3]))
        for month, one in zip(months, amounts, strict=True)
        if one
    }
    return DebtSection(OPEN, DELIVERED, debts)


def test_a_total_is_the_sum_of_the_amounts_as_shown() -> None:
    debts = section(("10.4", "20.4", "0", "0"))
    assert (debts.employee, debts.employer, debts.total) == (10, 20, 30)


def test_a_year_is_that_of_the_last_month_known() -> None:
    debts = section(*[("1", "1", "100", "10")] * 14)
    assert (debts.new_in_a_year, debts.repaid_in_a_year) == (1200, 120)


GROWTH = {
    "grown": ((("0", "10", "0", "0"), None, None, ("5", "25", "0", "0")), 20),
    "fallen": ((("0", "10", "0", "0"), None, None, ("0", "3", "0", "0")), -7),
    "the month before is not known": ((None, ("0", "1", "0", "0"), None, ("5", "25", "0", "0")), None),
    "no month at all": ((), None),
}


@pytest.mark.parametrize(("amounts", "grown"), GROWTH.values(), ids=GROWTH)
def test_growth_compares_two_known_months(amounts: tuple[tuple[str, str, str, str], ...], grown: int | None) -> None:
    assert section(*amounts).grown_in(3) == grown


SINCE: dict[str, tuple[str, int | None]] = {
    "never": ("....", None),
    "always": ("xxxx", 0),
    "paid last month": ("xxx.", None),
    "again since": ("x.xx", 2),
    "an unknown month interrupts": ("xx?x", 3),
    "no month": ("", None),
}


@pytest.mark.parametrize(("months", "rank"), SINCE.values(), ids=SINCE)
def test_owed_since_is_the_first_month_in_a_row(months: str, rank: int | None) -> None:
    owed = {month_at(FIRST + n): one == "x" for n, one in enumerate(months) if one != "?"}
    assert owed_since(owed) == (None if rank is None else month_at(FIRST + rank))


@tried(30)
@given(st.lists(st.decimals(0, 10**9, places=2), min_size=1, max_size=36))
def test_the_total_of_a_month_differs_from_the_exact_one_by_a_euro_at_most(amounts: list[Decimal]) -> None:
    for month, amount in zip(map(month_at, range(FIRST, FIRST + 36)), amounts, strict=False):
        debt = DebtMonth(month, amount / 4, amount - amount / 4, None, Decimal(0), Decimal(0))
        assert abs(month_total(debt) - amount) <= 1


def owed_since_2022(tables: Path) -> None:
    """Write months of debts of the Ateliers long before those that their page shows."""
    file = tables / "debt_by_month.parquet"
    rows = pq.read_table(file)
    first = min((row for row in rows.to_pylist() if row["siren"] == ATELIERS.siren), key=lambda row: row["periode"])
    months = map(month_at, range(2022 * 12, first["periode"].year * 12 + first["periode"].month - 1))
    before = pa.Table.from_pylist([first | {"periode": month} for month in months], schema=rows.schema)
    pq.write_table(pa.concat_tables([before, rows]).sort_by([("siren", "ascending"), ("periode", "ascending")]), file)


@pytest.mark.django_db
def test_a_company_and_its_list_date_the_part_salariale_alike(
    signed_in: Callable[[str], Client], settings: Settings, tmp_path: Path
) -> None:
    home = TinyHome(tmp_path)
    home.publish("2610-a", altered=owed_since_2022)
    home.write_list(1, "Octobre 2026", date(2026, 10, 1))
    settings.SF_HOME = Home(tmp_path)
    crp = signed_in("CRP de la zone")
    pages = [crp.get(path).content.decode() for path in ("/listes", f"/entreprises/{ATELIERS.siren}")]
    assert ["depuis janvier 2022" in page for page in pages] == [True, True]
    assert "depuis au moins" not in pages[1]
