"""What a row is given depends neither on how many rows come with it nor on how they are cut."""

from __future__ import annotations

import numpy as np
import pytest

from signaux_faibles.detection.learning import parts
from signaux_faibles.detection.learning.joint.encoding import Encoded
from signaux_faibles.detection.learning.panel_encoding import encoded


def of_rows(count: int) -> Encoded:
    values = np.random.default_rng(0).normal(size=(count, 3))
    return encoded(values, np.zeros(count, dtype=np.int64), np.zeros(3, dtype=np.bool_))


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 40])
def test_rows_come_back_in_their_order(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(parts, "ROWS", 8)
    columns = of_rows(count)
    given = parts.by_parts(lambda some: some.values[:, 0] + some.ranks[:, 1], columns)
    np.testing.assert_array_equal(given, columns.values[:, 0] + columns.ranks[:, 1])


def test_several_values_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "ROWS", 8)
    columns = of_rows(20)
    np.testing.assert_array_equal(parts.by_parts(lambda some: some.values * 2, columns), columns.values * 2)
