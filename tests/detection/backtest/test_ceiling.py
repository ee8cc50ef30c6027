"""The true risk of an invented country, read beside the rows of past lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from signaux_faibles.detection.backtest.ceiling import latent_hazard
from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.relations.months import index_of

MARCH, JUNE = date(2018, 3, 1), date(2018, 6, 1)


def rows_of(*pairs: tuple[str, date]) -> PanelRows:
    sirens, days = zip(*pairs, strict=True)
    return PanelRows({"siren": np.array(sirens, dtype=object), "month": np.array([index_of(day) for day in days])})


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    written = {"siren": ["1", "1", "2"], "periode": [MARCH, JUNE, MARCH], "risque_mensuel": [0.1, 0.0, 1.0]}
    pq.write_table(pa.table(written), tmp_path / "hazard.parquet")
    return tmp_path


@pytest.mark.parametrize(
    ("siren", "day", "expected"),
    [
        ("1", MARCH, 1 - 0.9**18),
        ("1", JUNE, 0.0),
        ("2", MARCH, 1.0),
        ("2", JUNE, 0.0),  # not written: no risk
    ],
)
def test_a_risk_that_lasts_eighteen_months(truth: Path, siren: str, day: date, expected: float) -> None:
    of_row = latent_hazard(truth, rows_of((siren, day), ("1", MARCH)))[0]
    assert of_row == pytest.approx(expected)


def test_the_truth_of_another_country_is_refused(truth: Path) -> None:
    with pytest.raises(DetectionRefused, match="n'est pas la vérité de ce pays"):
        latent_hazard(truth, rows_of(("9", MARCH)))


@pytest.mark.parametrize("held", [None, b"not parquet"])
def test_a_folder_without_the_truth_is_refused(tmp_path: Path, held: bytes | None) -> None:
    if held is not None:
        (tmp_path / "hazard.parquet").write_bytes(held)
    with pytest.raises(DetectionRefused, match="« truth »"):
        latent_hazard(tmp_path, rows_of(("1", MARCH)))
