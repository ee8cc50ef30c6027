"""What a recipe is worth to agents: how many of the companies that it would have them call go on to fail.

Each quarter agents call the k best eligible companies that the recipe has not designated in the 18 months before. We
count the failures within 18 months of the call, over all quarters. Precision on first alerts cannot compare recipes:
each is judged on companies that it had not yet put in alert, so a recipe that detects early empties its own pool.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from signaux_faibles.detection.backtest.forecasts import OURS, Forecasts
from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import Flags, Reals
from signaux_faibles.detection.learning.resampling import draws_of, interval
from signaux_faibles.detection.learning.split import STRIDE
from signaux_faibles.panel.schema import LONGEST

CALLS = (20, 50, 100, 200)
"""Calls per department and list, in a country of the size below."""
COMPANIES, DEPARTMENTS = 350_000, 101
"""The companies of ten employees or more, and the departments, that scale the calls of a smaller country."""
USUAL = 50
APART = 18
"""Months during which a designated company is not designated again."""
YOUNG = 36
"""Months since the creation up to which a company is not called for a list."""
CHANCE, MORE = "chance", "ours_10_more"
DRAWS_OF_CHANCE = 20
EXTRA = 1.1
DRAWS = 200


@dataclass(frozen=True)
class Reached:
    """What the calls of one recipe reach.

    Attributes:
        calls: companies designated; failures: those of them that fail within 18 months.
        late: those of the failures that come within 6 months.
        jobs: employees of the companies that fail, at their last known headcount.
    """

    calls: float
    failures: float
    late: float
    jobs: float


def share_of(calls: int) -> float:
    """The share of the companies that a number of calls per department amounts to."""
    return calls * DEPARTMENTS / COMPANIES


def eligible(rows: PanelRows) -> Flags:
    """In bonis, older than three years, without a payment plan in progress, by what was known."""
    columns = rows.columns
    return np.asarray(
        (columns["in_bonis"] == 1.0) & (columns["age_entreprise"] > YOUNG) & ~(columns["delai_en_cours"] == 1.0)
    )


def designated(rows: PanelRows, probability: Reals, share: float, seed: int = 0) -> Flags:
    """The companies called at each list: the best eligible ones that were not in the 18 months before.

    Args:
        rows: of one month per quarter; probability: shape (rows,); equal ones are drawn at random.
        share: how many of the companies of each list are called.
    """
    months, may_be = rows.columns["month"], eligible(rows)
    _, company = np.unique(rows.sirens.astype(str), return_inverse=True)
    called_at = np.full(company.max() + 1 if len(company) else 0, -APART - 1, dtype=np.int64)
    chosen = np.zeros(len(rows), dtype=np.bool_)
    tie = np.random.default_rng(seed).random(len(rows))
    for month in np.unique(months):
        of_list = np.flatnonzero(months == month)
        free = of_list[may_be[of_list] & (called_at[company[of_list]] < month - APART)]
        best = free[np.lexsort((tie[free], -probability[free]))][: round(share * len(of_list))]
        chosen[best] = True
        called_at[company[best]] = month
    return chosen


def reached(rows: PanelRows, chosen: Flags) -> Reached:
    """What some calls reach."""
    called = rows.where(chosen)
    failing = called.target(LONGEST)
    soon = failing & called.target(6)
    jobs = np.nan_to_num(called.columns["effectif"][failing])
    return Reached(float(len(called)), float(failing.sum()), float(soon.sum()), float(jobs.sum()))


def policies(forecasts: Forecasts, share: float, reference: str, seed: int) -> dict[str, dict[str, Any]]:
    """By recipe, what its calls reach, and how that compares with a recipe of reference, with 95 % intervals.

    Beside the recipes: our list with a tenth more calls, and random calls (the mean of several draws).
    """
    rows = forecasts.rows
    calls = {name: designated(rows, one, share) for name, one in forecasts.by_recipe.items()}
    calls[MORE] = designated(rows, forecasts.by_recipe[OURS], share * EXTRA)
    draws, failing = draws_of(rows.sirens, DRAWS, seed), rows.target(LONGEST)
    drawn = {name: draws.totals(chosen & failing).tolist() for name, chosen in calls.items()}
    results: dict[str, dict[str, Any]] = {}
    for name, chosen in calls.items():
        pairs = zip(drawn[name], drawn[reference], strict=True)
        ratios = [one / other if other else float("nan") for one, other in pairs]
        results[name] = {**vars(reached(rows, chosen)), "ratio_interval": interval(ratios)}
    results[CHANCE] = {**_by_chance(rows, share), "ratio_interval": []}
    least = float(results[reference]["failures"])
    return {name: {**one, "ratio": one["failures"] / least if least else None} for name, one in results.items()}


def failures_of(rows: PanelRows) -> dict[str, float]:
    """The companies that fail within 18 months of at least one list, with their employees on the first of these."""
    failing = np.flatnonzero(rows.target(LONGEST))
    in_time = failing[np.argsort(rows.columns["month"][failing], kind="stable")]
    _, first = np.unique(rows.sirens[in_time].astype(str), return_index=True)
    jobs = np.nan_to_num(rows.columns["effectif"][in_time[first]])
    return {"failures": float(len(first)), "jobs": float(jobs.sum())}


def kept_between_lists(rows: PanelRows, probability: Reals, share: float) -> float:
    """The share of the first companies of a list that were also among the first in the list of the quarter before."""
    months = rows.columns["month"]
    first: dict[int, set[str]] = {}
    for month in np.unique(months):
        of_list = np.flatnonzero(months == month)
        best = of_list[np.argsort(-probability[of_list], kind="stable")][: round(share * len(of_list))]
        first[int(month)] = set(rows.sirens[best].tolist())
    pairs = [(now, first[month - STRIDE]) for month, now in first.items() if month - STRIDE in first and now]
    return float(np.mean([len(now & before) / len(now) for now, before in pairs])) if pairs else float("nan")


def _by_chance(rows: PanelRows, share: float) -> dict[str, float]:
    equal = np.zeros(len(rows))
    draws = [vars(reached(rows, designated(rows, equal, share, seed))) for seed in range(DRAWS_OF_CHANCE)]
    return {name: float(np.mean([one[name] for one in draws])) for name in draws[0]}
