"""What our calls reach over several periods taken together, against a recipe of reference and up to a ceiling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from signaux_faibles.detection.backtest.forecasts import OURS, Forecasts
from signaux_faibles.detection.backtest.policy import DRAWS, designated
from signaux_faibles.detection.features.variables import Flags
from signaux_faibles.detection.learning.resampling import draws_of, interval
from signaux_faibles.panel.schema import LONGEST


def pooled_calls(
    periods: Sequence[Forecasts], share: float, reference: str, ceiling: str, seed: int = 0
) -> dict[str, Any]:
    """The failures that calls reach over all periods, as in `policies`, with 95 % intervals.

    A company is drawn with its rows of all periods. Calls are made once, period by period, so the periods must be more
    than 18 months apart.

    Args:
        share: how many of the companies of each list are called.
        reference, ceiling: the recipes that are 0 and 1 on the way that ours goes.
    Returns:
        `failures`, by recipe; `ratio`, ours over the reference, and `way`, the part of the way from the reference to
        the ceiling, each None where it means nothing, with its interval.
    """
    sirens = np.concatenate([one.rows.sirens for one in periods])
    draws = draws_of(sirens, DRAWS, seed)
    reached = {name: _reached(periods, name, share) for name in (OURS, reference, ceiling)}
    failures = {name: float(flags.sum()) for name, flags in reached.items()}
    ours, least, most = ([failures[name], *draws.totals(reached[name]).tolist()] for name in reached)
    ratio, *ratios = [_over(one, base) for one, base in zip(ours, least, strict=True)]
    way, *ways = [_over(one - base, top - base) for one, base, top in zip(ours, least, most, strict=True)]
    return {
        "failures": failures,
        "ratio": ratio,
        "ratio_interval": interval([one for one in ratios if one is not None]),
        "way": way,
        "way_interval": interval([one for one in ways if one is not None]),
    }


def _reached(periods: Sequence[Forecasts], recipe: str, share: float) -> Flags:
    """The rows of all periods at which a company that fails is called."""
    calls = [designated(one.rows, one.by_recipe[recipe], share) & one.rows.target(LONGEST) for one in periods]
    return np.concatenate(calls)


def _over(above: float, below: float) -> float | None:
    return above / below if below > 0 else None
