"""What the report of a run says of the sources of the model."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detection.invented_home import write_home
from signaux_faibles.chain.report import model_sources
from signaux_faibles.chain.report.model_sources import moved_sources, sources_section
from signaux_faibles.home.home import Home


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home whose model, which nobody reads here, learned until December 2024."""
    made = Home(tmp_path)
    write_home(made, companies=60)
    card = {"calibration": {"last": "2024-12-01"}}
    monkeypatch.setattr(model_sources, "read_model", lambda *_: (None, card))
    return made


def test_a_source_that_was_lost_since_is_named(home: Home) -> None:
    file = home.snapshots / "2610-a" / "tables" / "panel.parquet"
    panel = pq.read_table(file)
    known = panel["mois_impayes_12"].to_pylist()
    months = [day.year for day in panel["periode"].to_pylist()]
    lost = [None if year == 2026 else value for year, value in zip(months, known, strict=True)]
    place = panel.schema.get_field_index("mois_impayes_12")
    pq.write_table(
        panel.set_column(place, panel.schema.field(place), pa.array(lost, panel.schema.field(place).type)), file
    )
    said = moved_sources(home, "2609-x")
    assert any(one.startswith("Urssaf (débits) : toujours connue dans les mois appris") for one in said)
    assert sources_section(said).sentences[-1].startswith("La fiche de la liste")


def test_without_a_model_there_is_nothing_to_say(home: Home) -> None:
    assert moved_sources(home, None) == ()
    assert sources_section(()).empty
