"""What each company owes, in one row: the same amounts as the months of its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from harness.tiny_home import ATELIERS, BRETONNE, HEALTHY, MONTHS, TinyHome
from signaux_faibles.snapshot.served.company_facts import NO_DEBT, DebtFacts, debt_facts_of
from signaux_faibles.snapshot.shelf import Shelf, Snapshot

LAST = MONTHS[-1]
PLAN = date(2027, 3, 2)


def test_the_facts_are_those_of_the_last_month_and_of_three_months_before(snapshot: Snapshot) -> None:
    """The debt of the Ateliers grew by a twentieth of 52 340 € each month; a quarter of it is the part salariale."""
    facts = debt_facts_of(snapshot, [ATELIERS.siren, HEALTHY.siren])
    assert facts == {ATELIERS.siren: DebtFacts(LAST, 52_340, 13_085, 3 * 2_617, MONTHS[6], PLAN)}


Owed = list[tuple[int, int]]
CASES: dict[str, tuple[Owed, DebtFacts]] = {
    "owed since the last month without it": (
        [(100, 0), (0, 50), (100, 0), (200, 10)],
        DebtFacts(LAST, 210, 200, 110, MONTHS[-2]),
    ),
    "owed at the last month alone": ([(0, 10), (0, 10), (0, 10), (7, 0)], DebtFacts(LAST, 7, 7, -3, LAST)),
    "repaid": ([(100, 10), (100, 10), (100, 10), (0, 0)], DebtFacts(LAST, 0, 0, -110, None)),
    "begun two months ago": ([(100, 0), (100, 0)], DebtFacts(LAST, 100, 100, 100, MONTHS[-2])),
    "a credit": ([(-5, 0)] * 4, DebtFacts(LAST, -5, -5, 0, None)),
}


@pytest.mark.parametrize(("owed", "expected"), CASES.values(), ids=CASES)
def test_the_part_salariale_counts_from_the_month_after_the_last_one_without_it(
    tmp_path: Path, owed: Owed, expected: DebtFacts
) -> None:
    home = TinyHome(tmp_path)
    home.publish("2610-a", altered=owing(owed))
    with Shelf(home.home).pinned() as snapshot:
        assert debt_facts_of(snapshot, [HEALTHY.siren]).get(HEALTHY.siren, NO_DEBT) == expected


def owing(owed: Owed) -> Callable[[Path], None]:
    """Give these shares to the last months of a company, over two establishments that share them."""

    def alter(tables: Path) -> None:
        file = tables / "debt_by_month.parquet"
        rows = pq.read_table(file)
        zero = Decimal("0.00")
        added = [
            {"siret": f"{HEALTHY.siren}000{n}0", "siren": HEALTHY.siren, "periode": month, "impaye_depuis": None,
             "part_ouvriere": Decimal(worker if n == 1 else 0), "part_patronale": Decimal(employer if n == 2 else 0),
             "dette_nouvelle": zero, "rembourse": zero}
            for month, (worker, employer) in zip(MONTHS[-len(owed):], owed, strict=True)
            for n in (1, 2)
        ]  # fmt: skip
        pq.write_table(pa.concat_tables([rows, pa.Table.from_pylist(added, schema=rows.schema)]), file)

    return alter


def test_only_the_companies_asked_for_are_read(snapshot: Snapshot) -> None:
    assert set(debt_facts_of(snapshot, [BRETONNE.siren])) == {BRETONNE.siren}
    assert debt_facts_of(snapshot, []) == {}
