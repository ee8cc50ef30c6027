"""The filing of the last exercices, as pages read it."""

from __future__ import annotations

from datetime import date

from harness.tiny_home import BRETONNE, ELEONORE, IN_PROCEDURE
from signaux_faibles.snapshot.served.filing import SERVED_EXERCICES, ExerciceFiling, filings
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.tables.filing.delays import LATE, MISSING, UNSEEN


def test_a_filing_a_delay_that_runs_and_one_of_which_nothing_is_known(snapshot: Snapshot) -> None:
    assert filings(snapshot, BRETONNE.siren) == [
        ExerciceFiling(date(2025, 12, 31), date(2026, 8, 31), UNSEEN, None, None),
        ExerciceFiling(date(2024, 12, 31), date(2025, 8, 31), MISSING, None, 426),
        ExerciceFiling(date(2023, 12, 31), date(2024, 8, 31), LATE, date(2024, 12, 4), 95),
    ]


def test_the_last_exercices_only(snapshot: Snapshot) -> None:
    closings = [filing.closing for filing in filings(snapshot, IN_PROCEDURE.siren)]
    assert closings == [date(year, 6, 30) for year in (2026, 2025, 2024, 2023, 2022)]
    assert len(closings) == SERVED_EXERCICES, "the older one is served neither"


def test_a_company_of_which_nothing_is_expected_has_none(snapshot: Snapshot) -> None:
    assert filings(snapshot, ELEONORE.siren) == []
    assert filings(snapshot, "000000000") == []


def test_the_exercices_of_a_company_lie_together(snapshot: Snapshot) -> None:
    served = snapshot.rows("SELECT siren, date_cloture FROM filing_delay ORDER BY rowid")
    assert served == sorted(served, key=lambda row: (row[0], -row[1].toordinal()))
