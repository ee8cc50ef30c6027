"""The rows of a back-test are those of the list that was made: one population."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detection.invented_home import AS_OF, write, write_home
from signaux_faibles.detection.features.rows import PanelRows, learning_rows, scoring_rows
from signaux_faibles.home.home import Home
from signaux_faibles.relations.months import index_of
from signaux_faibles.tables.procedures.procol import KNOWN_PROCOL

MONTH = date(2022, 3, 1)
KNOWN_THEN, KNOWN_LATER, NEXT_YEAR = "000000001", "000000002", "000000003"


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> tuple[PanelRows, PanelRows]:
    """The rows of a month: with labels, as today, and as the list read them."""
    tables = write_home(Home(tmp_path_factory.mktemp("home")), companies=20)
    events = [
        _opening(KNOWN_THEN, date(2022, 3, 4), date(2022, 3, 28)),
        _opening(KNOWN_LATER, date(2022, 3, 4), date(2022, 4, 12)),
        _opening(NEXT_YEAR, date(2023, 3, 4), date(2023, 4, 12)),
    ]
    write(tables / "known_procol.parquet", KNOWN_PROCOL.arrow, events)
    panel = _with_every_company_in_bonis(tables)
    return learning_rows(panel, AS_OF, [index_of(MONTH)]), scoring_rows(panel, MONTH)


def _opening(siren: str, effect: date, known: date) -> dict[str, object]:
    return {
        "siren": siren, "date_effet": effect, "action_procol": "liquidation", "stade_procol": "ouverture",
        "known_at": known, "known_at_assumed": False,
    }  # fmt: skip


def _with_every_company_in_bonis(tables: Path) -> Path:
    """The panel as the run makes it: not in bonis from the month in which an opening is known."""
    panel = pq.read_table(tables / "panel.parquet")
    reported = [siren != KNOWN_THEN for siren in panel["siren"].to_pylist()]
    place = panel.schema.get_field_index("in_bonis")
    pq.write_table(panel.set_column(place, "in_bonis", pa.array(reported)), tables / "panel.parquet")
    return tables


def test_a_back_test_judges_the_companies_of_the_list(rows: tuple[PanelRows, PanelRows]) -> None:
    judged, scored = rows
    assert set(judged.sirens) == set(scored.sirens)
    assert len(judged) == len(scored)
    assert KNOWN_THEN not in judged.sirens


def test_one_already_open_is_apart_and_teaches_nothing(rows: tuple[PanelRows, PanelRows]) -> None:
    judged, _ = rows
    apart = judged.where(judged.columns["already_open"] == 1.0)
    assert list(apart.sirens) == [KNOWN_LATER]
    assert not apart.target(18).any()
    assert KNOWN_LATER not in judged.learnable.sirens
    assert len(judged.learnable) == len(judged) - 1


def test_only_a_procedure_to_come_is_a_target(rows: tuple[PanelRows, PanelRows]) -> None:
    judged, _ = rows
    assert list(judged.sirens[judged.target(18)]) == [NEXT_YEAR]
