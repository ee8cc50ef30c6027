"""How well past forecasts did: order, level, and what a team of a given size would have found (model §6.8)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.special import expit, gammainc, gammaincc, logit

from signaux_faibles.detection.backtest.forecasts import LAST_LIST, OURS, UNSEEN, Forecasts
from signaux_faibles.detection.backtest.policy import CALLS, share_of
from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import SECTION, Flags, Reals
from signaux_faibles.detection.learning.joint.measures import found_among
from signaux_faibles.detection.learning.joint.views import ON_AMOUNTS, ON_RANKS, ON_VALUES, RIDGE
from signaux_faibles.detection.learning.metrics import (
    LEAST,
    bounded,
    level_interval,
    measure,
    observed_over_expected,
    ranking,
    slope,
)
from signaux_faibles.detection.learning.regime import level_is_certain
from signaux_faibles.detection.learning.resampling import Draws, draws_of
from signaux_faibles.detection.learning.split import STRIDE
from signaux_faibles.panel.schema import LONGEST
from signaux_faibles.relations.months import month_at

DRAWS = 200
TOO_GOOD = {"auc": 0.88, "average_precision": 0.30}
"""Measures above which a forecast is deemed to have read the future, until audits say otherwise."""
RARE = 0.05
"""Share of positive rows above which a high average precision proves nothing: chance alone reaches that share."""
ALONE = (RIDGE, ON_AMOUNTS, ON_VALUES, ON_RANKS)
STAKES = (0.05, 0.1)
"""Probabilities from which a call is deemed worth its cost, to compute the net benefit."""
SIZES = ((0, 20, "moins de 20"), (20, 50, "20 à 49"), (50, 250, "50 à 249"), (250, np.inf, "250 et plus"))


def measures_of(forecasts: Forecasts, rows: Flags, seed: int, ceilings: Collection[str] = ()) -> dict[str, Any]:
    """All measures of some rows: by recipe, with ours less it (`ours_less`), then ours less the strongest baseline.

    That baseline, the one with the best average precision, is chosen on the very rows judged, which favours it.

    Args:
        ceilings: the forecasts that rest on what nobody can know; they are measured, but are no baselines.
    """
    outcome, of_rows = forecasts.outcome[rows], forecasts.rows.where(rows)
    draws = draws_of(of_rows.sirens, DRAWS, seed)
    by_recipe = {name: one[rows] for name, one in forecasts.by_recipe.items()}
    orders = {name: ranking(outcome, one, draws) for name, one in by_recipe.items()}
    less = {name: bounded(orders[OURS] - one) for name, one in orders.items()}
    recipes = {
        name: {**_measured(of_rows, outcome, one, draws, orders[name]), "ours_less": less[name]}
        for name, one in by_recipe.items()
    }
    strongest = max(baselines_among(recipes, ceilings), key=lambda name: recipes[name]["average_precision"])
    return {
        "rows": len(of_rows),
        "companies": len(np.unique(of_rows.sirens.astype(str))),
        "events": int(outcome.sum()),
        "failing": len(np.unique(of_rows.sirens[outcome].astype(str))),
        "recipes": recipes,
        "strongest": strongest,
        "beside_strongest": less[strongest],
    }


def baselines_among(recipes: Collection[str], ceilings: Collection[str]) -> list[str]:
    """The recipes that ours must beat: neither a part of ours, nor a ceiling."""
    return [name for name in recipes if name not in (OURS, UNSEEN, LAST_LIST, *ceilings, *ALONE)]


def too_good(views: Mapping[str, dict[str, Any]], ceilings: Collection[str] = ()) -> list[str]:
    """The recipes that are above `TOO_GOOD` in some view, ceilings left out: their inputs probably read the future."""
    names = set()
    for view in views.values():
        bounds = alarms_of(view)
        for name, measures in view["recipes"].items():
            if name not in ceilings and any(measures[one] > most for one, most in bounds.items()):
                names.add(name)
    return sorted(names)


def alarms_of(view: Mapping[str, Any]) -> dict[str, float]:
    """The bounds of `TOO_GOOD` that mean something in a view."""
    rare = view["events"] <= RARE * view["rows"]
    return {name: most for name, most in TOO_GOOD.items() if rare or name == "auc"}


def _measured(rows: PanelRows, outcome: Flags, probability: Reals, draws: Draws, order: Reals) -> dict[str, Any]:
    net = {f"{stake:g}": net_benefit(outcome, probability, stake) for stake in STAKES}
    capacity = {str(calls): at_capacity(rows, outcome, probability, share_of(calls)) for calls in CALLS}
    return {**measure(outcome, probability, draws, order), "net_benefit": net, "at_capacity": capacity}


def compared(outcome: Flags, ours: Reals, other: Reals, draws: Draws) -> dict[str, Any]:
    """The differences between two forecasts of the same rows, with paired intervals."""
    return bounded(ranking(outcome, ours, draws) - ranking(outcome, other, draws))


def at_capacity(rows: PanelRows, outcome: Flags, probability: Reals, share: float) -> dict[str, float]:
    """Precision and recall among the first companies of each list, equal ones drawn at random; lift over chance."""
    hits = called = 0.0
    months = rows.columns["month"]
    for month in np.unique(months):
        of_list = months == month
        first = round(share * of_list.sum())
        hits += found_among(outcome[of_list], probability[of_list], first)
        called += first
    precision = hits / called if called else float("nan")
    rate = float(outcome.mean())
    return {"precision": precision, "recall": hits / max(1, int(outcome.sum())), "lift": precision / max(rate, LEAST)}


def net_benefit(outcome: Flags, probability: Reals, stake: float) -> float:
    """Failures found less the cost of the useless calls, per company, when one failure is worth 1/stake − 1 calls."""
    called = probability >= stake
    useless = int((called & ~outcome).sum())
    return float((int((called & outcome).sum()) - useless * stake / (1 - stake)) / len(outcome))


def by_quarter(forecasts: Forecasts, recipes: Sequence[str]) -> list[dict[str, Any]]:
    """For each list, the order and the level of some recipes, and how far the yearly rate had moved by then.

    `updated` is what observed over expected would be if our log-odds followed the rate: measured, never applied.
    """
    months, quarters = forecasts.rows.columns["month"], []
    for month in np.unique(months):
        rows = months == month
        outcome, moved = forecasts.outcome[rows], float(np.mean(forecasts.moved[rows]))
        odds = logit(np.clip(forecasts.by_recipe[OURS][rows], LEAST, 1 - LEAST))
        quarters.append(
            {
                "month": month_at(int(month)).isoformat(),
                "rows": int(rows.sum()),
                "events": int(outcome.sum()),
                "moved": moved,
                "level_certain": level_is_certain(moved),
                "updated": observed_over_expected(outcome, expit(odds + np.log(max(moved, LEAST)))),
                "recipes": {name: _of_quarter(outcome, forecasts.by_recipe[name][rows]) for name in recipes},
            }
        )
    return quarters


def _of_quarter(outcome: Flags, probability: Reals) -> dict[str, float | None]:
    ((auc, average_precision),) = ranking(outcome, probability).tolist()
    return {
        "auc": auc,
        "average_precision": average_precision,
        "observed_expected": observed_over_expected(outcome, probability),
        "slope": slope(outcome, probability),
    }


def slices(forecasts: Forecasts, rows: Flags) -> list[dict[str, Any]]:
    """Observed over expected in each sector and size, its interval, and the probability (Holm) of such a gap by chance.

    One failure makes several rows of a company positive, so counts of rows are Poisson up to that many. It is measured
    over all slices: a small one without any failure says nothing of its own spread, and would always seem certain.
    """
    of_rows, outcome = forecasts.rows.where(rows), forecasts.outcome[rows]
    expected = forecasts.by_recipe[OURS][rows]
    together = rows_of_one_failure(of_rows, outcome)
    draws = draws_of(of_rows.sirens, DRAWS, seed=0)
    gaps = []
    for name, inside in _parts(of_rows).items():
        observed, foreseen = int(outcome[inside].sum()), float(expected[inside].sum())
        gaps.append(
            {
                "slice": name,
                "rows": int(inside.sum()),
                "observed": observed,
                "expected": foreseen,
                "interval": level_interval(outcome & inside, np.where(inside, expected, 0.0), draws),
                "chance": chance_of(observed / together, foreseen / together),
            }
        )
    return corrected(gaps)


def rows_of_one_failure(rows: PanelRows, outcome: Flags) -> float:
    """How many rows one failure makes positive, as it weighs in the spread of a count: Σ n² / Σ n over companies.

    Without failures, the most that it can be on quarterly lists.
    """
    _, company = np.unique(rows.sirens.astype(str), return_inverse=True)
    positive = np.bincount(company, weights=outcome)
    return float(np.sum(positive**2) / positive.sum()) if outcome.any() else LONGEST / STRIDE


def chance_of(observed: float, expected: float) -> float:
    """The probability of a count at least as far from what was expected, on either side, if it is Poisson."""
    if expected <= 0:
        return float(observed == 0)
    fewer = float(gammaincc(observed + 1, expected))
    more = float(gammainc(observed, expected)) if observed > 0 else 1.0
    return min(1.0, 2 * min(fewer, more))


def corrected(tests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same tests with `holm`, their probability corrected for the number of tests (Holm)."""
    order = sorted(range(len(tests)), key=lambda rank: tests[rank]["chance"])
    least, holm = 0.0, {}
    for judged, rank in enumerate(order):
        least = max(least, min(1.0, (len(tests) - judged) * tests[rank]["chance"]))
        holm[rank] = least
    return [{**one, "holm": holm[rank]} for rank, one in enumerate(tests)]


def _parts(rows: PanelRows) -> Mapping[str, Flags]:
    sections = sorted({section for section in rows.columns[SECTION] if section is not None})
    effectif = rows.columns["effectif"]
    sectors = {f"section {one}": np.asarray(rows.columns[SECTION] == one) for one in sections}
    return {**sectors, **{name: (effectif >= low) & (effectif < high) for low, high, name in SIZES}}
