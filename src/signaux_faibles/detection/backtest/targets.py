"""The targets set for ways to learn, each beside what a run measured: reached, missed, or not measured.

They are set for two invented countries of 20,000 companies (docs/detection.md); a smaller run settles nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from signaux_faibles.detection.backtest.forecasts import OURS
from signaux_faibles.detection.backtest.measures import alarms_of, baselines_among

Measures = Mapping[str, Any]
"""What `measures_of` gives for the lists of a period, `by_quarter` for one list, `measure` for some forecasts."""


@dataclass(frozen=True)
class Bounds:
    """Where a figure must be; `strict` when a figure equal to a bound misses."""

    least: float | None = None
    most: float | None = None
    strict: bool = False

    def hold(self, figure: float) -> bool:
        """Whether a figure is within the bounds."""
        if self.strict and figure in (self.least, self.most):
            return False
        return (self.least is None or figure >= self.least) and (self.most is None or figure <= self.most)


@dataclass(frozen=True)
class Target:
    """One target.

    Attributes:
        name: as the JSON has it.
        value: what was measured, None when it could not be; interval: at 95 %, empty where none exists.
        on_lower_bound: whether the lower bound of the interval is judged, and not the value.
        of: the recipe that the figure is about, or compared with, where that is no constant.
    """

    name: str
    bounds: Bounds
    value: float | None
    interval: Sequence[float] = field(default=())
    on_lower_bound: bool = False
    of: str | None = None

    @property
    def judged(self) -> float | None:
        """The figure that the bounds apply to."""
        if not self.on_lower_bound:
            return self.value
        return self.interval[0] if self.interval else None

    @property
    def reached(self) -> bool | None:
        """None when it could not be measured: a figure that is not a number reaches nothing."""
        judged = self.judged
        return None if judged is None or judged != judged else self.bounds.hold(judged)

    def as_json(self) -> dict[str, Any]:
        """All of it as an object."""
        return {**vars(self), "bounds": vars(self.bounds), "interval": list(self.interval), "reached": self.reached}


SLOPE, LEVEL = Bounds(0.9, 1.1), Bounds(0.9, 1.1)
"""Slopes, and observed over expected, that are right."""
ORIGINS_OF_RIGHT_SLOPE = 0.75
LOSS = 0.01
"""AUC that ours may not be shown to lose to any baseline where no recipe stands out."""


def order_targets(before: Measures) -> list[Target]:
    """Order before the crisis, and what ours has more than the strongest baseline, paired."""
    ours, beside = before["recipes"][OURS], before["beside_strongest"]
    more, more_interval = beside["average_precision"], beside["average_precision_interval"]
    positive = Bounds(0.0, strict=True)
    return [
        Target("auc_2018", Bounds(0.815), ours["auc"], ours["auc_interval"]),
        Target("average_precision_2018", Bounds(0.20), ours["average_precision"], ours["average_precision_interval"]),
        Target("more_than_strongest_2018", positive, more, more_interval, on_lower_bound=True, of=before["strongest"]),
    ]


def call_targets(pooled: Mapping[str, Any]) -> list[Target]:
    """Failures reached by calls over both quiet periods together, as `pooled_calls` counts them."""
    ratio, ratio_interval = pooled["ratio"], pooled["ratio_interval"]
    return [
        Target("calls", Bounds(1.08), ratio, ratio_interval),
        Target("calls_lower_bound", Bounds(1.0), ratio, ratio_interval, on_lower_bound=True),
        Target("way_to_hazard", Bounds(0.35), pooled["way"], pooled["way_interval"]),
    ]


def level_targets(origins: Sequence[Measures]) -> list[Target]:
    """The share of lists whose slope is right, and of those with a level that may be shown, whose level is.

    Args:
        origins: the lists of all periods, as `by_quarter` measures them.
    """
    slopes = [one["recipes"][OURS]["slope"] for one in origins]
    levels = [one["recipes"][OURS]["observed_expected"] for one in origins if one["level_certain"]]
    return [
        Target("slope_of_lists", Bounds(ORIGINS_OF_RIGHT_SLOPE), share_within(SLOPE, slopes)),
        Target("level_of_quiet_lists", Bounds(1.0), share_within(LEVEL, levels)),
    ]


def share_within(bounds: Bounds, figures: Sequence[float | None]) -> float | None:
    """The share of some figures that is within bounds; one that is unknown is not. None without any figure."""
    within = [one is not None and bounds.hold(one) for one in figures]
    return sum(within) / len(within) if within else None


def crisis_targets(june_2020: Measures) -> list[Target]:
    """One list of the crisis, by a model that learned nothing later than 2018, its level not updated.

    Args:
        june_2020: what `measure` gives for that list.
    """
    level, level_interval = june_2020["observed_expected"], june_2020["observed_expected_interval"]
    return [
        Target("auc_june_2020", Bounds(0.77), june_2020["auc"], june_2020["auc_interval"]),
        Target("slope_june_2020", SLOPE, june_2020["slope"]),
        Target("level_june_2020", Bounds(0.5), level, level_interval),
    ]


def deprived_targets(without_debts: Measures) -> list[Target]:
    """One list without any debt, as `measure` gives it."""
    return [Target("auc_without_debts", Bounds(0.79), without_debts["auc"], without_debts["auc_interval"])]


def alarm_targets(views: Mapping[str, Measures], ceilings: Collection[str]) -> list[Target]:
    """The highest order of any recipe in any period: above a bound, it probably read the future."""
    targets = []
    for measure in ("auc", "average_precision"):
        highest = [
            (one[measure], name, one[f"{measure}_interval"], alarms_of(view)[measure])
            for view in views.values()
            if measure in alarms_of(view)
            for name, one in view["recipes"].items()
            if name not in ceilings
        ]
        if highest:
            value, name, interval, most = max(highest)
            targets.append(Target(f"highest_{measure}", Bounds(most=most), value, interval, of=name))
    return targets


def loss_targets(views: Mapping[str, Measures], ceilings: Collection[str]) -> list[Target]:
    """The baseline to which ours may have lost most AUC, in any period, for a world where no recipe stands out."""
    pairs = [
        (name, view["recipes"][name]["ours_less"])
        for view in views.values()
        for name in baselines_among(view["recipes"], ceilings)
    ]
    name, less = min(pairs, key=lambda pair: pair[1]["auc_interval"][0])
    bounds = Bounds(-LOSS, strict=True)
    return [Target("loss_of_auc", bounds, less["auc"], less["auc_interval"], on_lower_bound=True, of=name)]
