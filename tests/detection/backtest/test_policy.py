"""Who is called at each list, and what the calls reach, on cases counted by hand."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest

from signaux_faibles.detection.backtest.forecasts import OURS, Forecasts
from signaux_faibles.detection.backtest.policy import (
    CHANCE,
    MORE,
    designated,
    eligible,
    failures_of,
    kept_between_lists,
    policies,
    reached,
    share_of,
)
from signaux_faibles.detection.features.rows import PanelRows

START = 2018 * 12


def rows_of(lines: str) -> tuple[PanelRows, np.ndarray]:
    """Rows written « company quarter probability fails months-to-failure », and their probabilities."""
    read = [line.split() for line in lines.strip().splitlines()]
    count = len(read)
    left = np.array([float(line[3]) for line in read])
    columns = {
        "siren": np.array([line[0] for line in read], dtype=object),
        "month": np.array([START + 3 * int(line[1]) for line in read]),
        "in_bonis": np.ones(count),
        "age_entreprise": np.full(count, 100.0),
        "delai_en_cours": np.zeros(count),
        "effectif": np.full(count, 10.0),
        **{f"target_{horizon}": (left <= horizon).astype(float) for horizon in (6, 12, 18)},
    }
    return PanelRows(columns), np.array([float(line[2]) for line in read])


FOUR = """
A 0 .9 3
B 0 .8 99
C 0 .1 12
D 0 .2 99
A 1 .9 99
B 1 .8 15
C 1 .1 9
D 1 .2 99
"""


def called(rows: PanelRows, chosen: np.ndarray) -> list[tuple[str, int]]:
    quarters = (rows.columns["month"] - START) // 3
    return [(siren, int(quarter)) for siren, quarter in zip(rows.sirens[chosen], quarters[chosen], strict=True)]


def test_who_was_called_leaves_room_for_the_next_one() -> None:
    rows, probability = rows_of(FOUR)
    assert called(rows, designated(rows, probability, 0.25)) == [("A", 0), ("B", 1)]
    assert called(rows, designated(rows, probability, 0.5)) == [("A", 0), ("B", 0), ("C", 1), ("D", 1)]


def test_a_company_is_called_again_after_eighteen_months_and_not_before() -> None:
    rows, probability = rows_of("\n".join(f"A {quarter} .9 99" for quarter in range(9)))
    assert called(rows, designated(rows, probability, 1.0)) == [("A", 0), ("A", 7)]


@pytest.mark.parametrize(
    ("column", "value"),
    [("in_bonis", 0.0), ("age_entreprise", 36.0), ("age_entreprise", np.nan), ("delai_en_cours", 1.0)],
)
def test_who_is_not_eligible_is_not_called(column: str, value: float) -> None:
    rows, probability = rows_of(FOUR)
    changed = rows.columns[column].copy()
    changed[rows.sirens == "A"] = value
    rows = PanelRows({**rows.columns, column: changed})
    assert not eligible(rows)[rows.sirens == "A"].any()
    assert "A" not in {siren for siren, _ in called(rows, designated(rows, probability, 0.5))}


def test_calls_reach_failures_late_ones_and_jobs() -> None:
    rows, probability = rows_of(FOUR)
    found = reached(rows, designated(rows, probability, 0.5))
    assert asdict(found) == {"calls": 4, "failures": 2, "late": 1, "jobs": 20}
    assert failures_of(rows) == {"failures": 3, "jobs": 30}


def test_equal_probabilities_are_drawn_at_random() -> None:
    rows, _ = rows_of("\n".join(f"{company:03d} 0 .5 99" for company in range(100)))
    draws = [set(called(rows, designated(rows, np.zeros(100), 0.1, seed))) for seed in (0, 1)]
    assert len(draws[0]) == len(draws[1]) == 10
    assert draws[0] != draws[1]


def test_a_policy_is_compared_with_a_recipe_with_more_calls_and_with_chance() -> None:
    chance = np.random.default_rng(0)
    lines = [f"{company:03d} {quarter} {chance.random():.3f} {chance.integers(1, 60)}"
             for quarter in range(4) for company in range(200)]  # fmt: skip
    rows, probability = rows_of("\n".join(lines))
    knows = np.where(rows.target(18), 0.5, 0.1)
    given = {OURS: knows, "recipe_2024": probability}
    found = policies(Forecasts(rows, given, np.ones(len(rows)), []), 0.1, "recipe_2024", seed=0)
    assert found[OURS]["failures"] == found[OURS]["calls"] == 80
    assert found[MORE]["calls"] == 88
    assert found["recipe_2024"]["ratio"] == 1
    assert found[OURS]["ratio_interval"][0] > 1.5
    assert found[CHANCE]["failures"] == pytest.approx(80 * rows.target(18).mean(), rel=0.25)


def test_calls_are_scaled_to_the_country() -> None:
    assert share_of(50) == pytest.approx(0.0144, abs=1e-4)


def test_a_list_that_does_not_move_is_kept_whole() -> None:
    rows, probability = rows_of(FOUR)
    assert kept_between_lists(rows, probability, 0.5) == 1
    assert kept_between_lists(rows, np.where(rows.columns["month"] > START, 1 - probability, probability), 0.5) == 0
