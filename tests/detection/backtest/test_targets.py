"""The targets of detection, one case per sentence: a figure on the bound, below it, unknown, judged by its interval."""

from __future__ import annotations

from typing import Any

import pytest

from signaux_faibles.detection.backtest.ceiling import HAZARD
from signaux_faibles.detection.backtest.forecasts import LAST_LIST, OURS, UNSEEN
from signaux_faibles.detection.backtest.measures import too_good
from signaux_faibles.detection.backtest.targets import (
    Bounds,
    Target,
    alarm_targets,
    call_targets,
    crisis_targets,
    deprived_targets,
    level_targets,
    loss_targets,
    order_targets,
    share_within,
)

NAN = float("nan")


def order(auc: float, average_precision: float, **others: Any) -> dict[str, Any]:
    """The order of one forecast, its intervals .02 wide."""
    return {
        "auc": auc,
        "auc_interval": [auc - 0.01, auc + 0.01],
        "average_precision": average_precision,
        "average_precision_interval": [average_precision - 0.01, average_precision + 0.01],
        **others,
    }


def verdicts(targets: list[Target]) -> dict[str, bool | None]:
    return {one.name: one.reached for one in targets}


@pytest.mark.parametrize(
    ("case", "bounds", "figure", "holds"),
    [
        ("at the least", Bounds(0.9, 1.1), 0.9, True),
        ("at the most", Bounds(0.9, 1.1), 1.1, True),
        ("below", Bounds(0.9, 1.1), 0.899, False),
        ("above", Bounds(0.9, 1.1), 1.101, False),
        ("no most", Bounds(0.5), 9.0, True),
        ("no least", Bounds(most=0.3), 0.0, True),
        ("zero is not above zero", Bounds(0.0, strict=True), 0.0, False),
        ("what is above zero", Bounds(0.0, strict=True), 1e-9, True),
    ],
)
def test_bounds_hold(case: str, bounds: Bounds, figure: float, holds: bool) -> None:
    assert bounds.hold(figure) is holds, case


@pytest.mark.parametrize(
    ("case", "value", "interval", "on_lower_bound", "reached"),
    [
        ("the value is judged, whatever its interval", 1.0, [0.5, 1.5], False, True),
        ("the lower bound is judged, whatever the value", 1.5, [0.99, 2.0], True, False),
        ("a lower bound on the goal", 1.5, [1.0, 2.0], True, True),
        ("without an interval, a lower bound is not measured", 1.5, [], True, None),
        ("nothing was measured", None, [], False, None),
        ("not a number", NAN, [], False, None),
    ],
)
def test_a_target_is_reached_missed_or_not_measured(
    case: str, value: float | None, interval: list[float], on_lower_bound: bool, reached: bool | None
) -> None:
    target = Target("calls", Bounds(1.0), value, interval, on_lower_bound)
    assert target.reached is reached, case
    assert target.as_json()["reached"] is reached, case


@pytest.mark.parametrize(
    ("auc", "average_precision", "more_at_least", "reached"),
    [
        (0.815, 0.20, 0.001, [True, True, True]),
        (0.8149, 0.1999, 0.0, [False, False, False]),
        (0.82, 0.25, -0.001, [True, True, False]),
    ],
)
def test_order_before_the_crisis(
    auc: float, average_precision: float, more_at_least: float, reached: list[bool]
) -> None:
    """What ours has more than the strongest baseline counts by the lower bound of the paired interval."""
    beside = order(0.0, more_at_least + 0.01)
    before = {"recipes": {OURS: order(auc, average_precision)}, "beside_strongest": beside, "strongest": "hazard"}
    targets = order_targets(before)
    assert [one.reached for one in targets] == reached
    assert targets[2].of == "hazard"


@pytest.mark.parametrize(
    ("ratio", "interval", "way", "reached"),
    [
        (1.08, [1.0, 1.2], 0.35, [True, True, True]),
        (1.0799, [0.999, 1.2], 0.349, [False, False, False]),
        (1.03, [1.01, 1.05], 0.12, [False, True, False]),
        (None, [], None, [None, None, None]),
    ],
)
def test_calls(ratio: float | None, interval: list[float], way: float | None, reached: list[bool | None]) -> None:
    pooled = {"ratio": ratio, "ratio_interval": interval, "way": way, "way_interval": []}
    assert [one.reached for one in call_targets(pooled)] == reached


def origin(slope: float | None, level: float, certain: bool = True) -> dict[str, Any]:
    return {"level_certain": certain, "recipes": {OURS: {"slope": slope, "observed_expected": level}}}


@pytest.mark.parametrize(
    ("case", "origins", "shares", "reached"),
    [
        ("three slopes of four suffice", [origin(one, 1.0) for one in (0.9, 1.0, 1.1, 1.2)], [0.75, 1], [True, True]),
        ("two of four do not", [origin(one, 1.0) for one in (0.8, 1.0, 1.1, 1.2)], [0.5, 1], [False, True]),
        ("an unknown slope is not right", [origin(None, 1.0), origin(1.0, 1.0)], [0.5, 1], [False, True]),
        ("one level misses", [origin(1.0, 1.101), origin(1.0, 0.9)], [1, 0.5], [True, False]),
        ("a level that the regime broke does not count", [origin(1, 2, False), origin(1, 1)], [1, 1], [True, True]),
        ("no level may be shown", [origin(1.0, 2.0, False)], [1, None], [True, None]),
    ],
)
def test_slope_and_level_of_lists(
    case: str, origins: list[dict[str, Any]], shares: list[float | None], reached: list[bool | None]
) -> None:
    targets = level_targets(origins)
    assert [one.value for one in targets] == shares, case
    assert [one.reached for one in targets] == reached, case


def test_a_share_of_no_figure_is_unknown() -> None:
    assert share_within(Bounds(0.0), []) is None


@pytest.mark.parametrize(
    ("auc", "slope", "level", "reached"),
    [
        (0.77, 0.9, 0.5, [True, True, True]),
        (0.769, 1.101, 0.499, [False, False, False]),
        (0.80, None, 3.0, [True, None, True]),
    ],
)
def test_june_2020(auc: float, slope: float | None, level: float, reached: list[bool | None]) -> None:
    measured = order(auc, 0.1, slope=slope, observed_expected=level, observed_expected_interval=[])
    assert [one.reached for one in crisis_targets(measured)] == reached


@pytest.mark.parametrize(("auc", "reached"), [(0.79, True), (0.789, False)])
def test_june_2024_without_debts(auc: float, reached: bool) -> None:
    assert verdicts(deprived_targets(order(auc, 0.1))) == {"auc_without_debts": reached}


def view(recipes: dict[str, dict[str, Any]], events: int = 20) -> dict[str, Any]:
    return {"rows": 1000, "events": events, "recipes": recipes}


@pytest.mark.parametrize(
    ("case", "views", "reached", "of"),
    [
        (
            "the highest of all recipes and periods is judged",
            {"avant": view({OURS: order(0.8, 0.1)}), "crise": view({"hazard": order(0.881, 0.2)})},
            {"highest_auc": False, "highest_average_precision": True},
            ["hazard", "hazard"],
        ),
        (
            "a ceiling reads the future: that is what it is for",
            {"avant": view({OURS: order(0.88, 0.3), HAZARD: order(0.99, 0.9)})},
            {"highest_auc": True, "highest_average_precision": True},
            [OURS, OURS],
        ),
        (
            "where many fail, an average precision proves nothing",
            {"avant": view({OURS: order(0.8, 0.9)}, events=500)},
            {"highest_auc": True},
            [OURS],
        ),
    ],
)
def test_the_alarm_against_leaks(case: str, views: dict[str, Any], reached: dict[str, bool], of: list[str]) -> None:
    targets = alarm_targets(views, [HAZARD])
    assert verdicts(targets) == reached, case
    assert [one.of for one in targets] == of, case
    assert (too_good(views, [HAZARD]) == []) is all(reached.values()), "the page says the same"


def lead(auc: float) -> dict[str, Any]:
    return {"ours_less": order(auc, 0.0)}


@pytest.mark.parametrize(
    ("case", "recipes", "reached", "of"),
    [
        ("a loss of .01 may be", {"hazard": lead(0.0)}, False, "hazard"),
        ("no loss of .01 is likely", {"hazard": lead(0.001)}, True, "hazard"),
        ("the worst of all counts", {"hazard": lead(0.1), "logistic": lead(-0.05)}, False, "logistic"),
        (
            "ours, its parts and ceilings are no baselines",
            {"hazard": lead(0.1), OURS: lead(-1), UNSEEN: lead(-1), LAST_LIST: lead(-1), HAZARD: lead(-1)},
            True,
            "hazard",
        ),
    ],
)
def test_nothing_is_lost_to_any_baseline(case: str, recipes: dict[str, Any], reached: bool, of: str) -> None:
    (target,) = loss_targets({"avant": view(recipes)}, [HAZARD])
    assert target.reached is reached, case
    assert target.of == of, case
