"""The median of a sector never shows the debt or the tax return of one or two companies."""

from __future__ import annotations

import numpy as np
import pytest

from signaux_faibles.detection.scoring.explanation import FEWEST, sector_medians

UNKNOWN = float("nan")


@pytest.mark.parametrize(
    ("of_sector", "median"),
    [
        ([4_000.0], None),
        ([0.0, 4_000.0], None),
        ([0.0, 0.0, 0.0, 4_000.0], None),
        ([1.0, 2.0, 3.0, 4.0, 4_000.0], 3.0),
        ([1.0, 2.0, 3.0, 4.0, UNKNOWN, UNKNOWN], None),  # companies whose value is unknown hide nobody
    ],
)
def test_a_sector_of_few_known_values_has_no_median(of_sector: list[float], median: float | None) -> None:
    others = [float(rank) for rank in range(FEWEST)]
    values = np.array([*of_sector, *others, 7.0])
    sections = ["C"] * len(of_sector) + ["F"] * FEWEST + [None]
    found = sector_medians(values, {"naf_section": np.array(sections, dtype=object)})
    of_rows = [None if np.isnan(one) else float(one) for one in found]
    assert of_rows == [median] * len(of_sector) + [2.0] * FEWEST + [None]
