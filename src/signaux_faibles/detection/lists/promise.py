"""A promise that a list makes: at least one high alert in N enters a procedure within 18 months (decision 0038).

N is found by Learn-then-Test, on the companies that the thresholds would have put at that level at the last back-test.
The hypotheses « fewer than one in N » are tested from the weakest on, by the exact binomial tail; the last one rejected
is promised. Because the order is fixed in advance, testing several costs no confidence.

Once the list is published, the failures observed are compared with what the promise asks at 6, 12 and 18 months; a
count too low to be due to chance breaks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pyarrow as pa

from signaux_faibles.detection.levels import Level

CONFIDENCE, RISK = 0.90, 0.10
WEAKEST = 20
"""The weakest promise worth making: one in twenty."""
LOOKS = (6, 12, 18)
"""Months after the list at which the promise is judged; they share its risk of being broken by chance."""


class Withheld(StrEnum):
    """Why a list promises nothing."""

    REGIME = "regime"
    UNOBSERVED = "sans_controle"
    WEAK = "trop_faible"


@dataclass(frozen=True)
class PromiseVerdict:
    """What became of a promise at a look.

    Attributes:
        months: the look; asked: the fewest failures that it allows; observed: how many there were.
    """

    months: int
    asked: int
    observed: int

    @property
    def broken(self) -> bool:
        """Whether there were too few."""
        return self.observed < self.asked


def promised(companies: int, events: int) -> int | None:
    """The N of « at least one in N », None when not even the weakest promise holds.

    Args:
        companies: how many were at the level; events: how many of them failed within 18 months.
    """
    from scipy.stats import binom  # here, so that no other command takes half a second to load it

    best = None
    for one_in in range(WEAKEST, 0, -1):
        if binom.sf(events - 1, companies, 1 / one_in) > RISK:
            break
        best = one_in
    return best


def promise(observed: Mapping[str, Any], *, certain: bool, scores: pa.Table) -> dict[str, Any]:
    """What the card says of the promise.

    Args:
        observed: companies and events by level at the last back-test; empty without one.
        certain: whether levels still hold (decision 0031).
        scores: the columns of `SCORES` for the month, which say how fast failures are expected.
    """
    basis = observed.get(Level.HIGH, {})
    companies, events = int(basis.get("companies") or 0), int(basis.get("events") or 0)
    one_in = promised(companies, events) if companies else None
    withheld = None
    if not companies:
        withheld = Withheld.UNOBSERVED
    elif not certain:
        withheld = Withheld.REGIME
    elif one_in is None:
        withheld = Withheld.WEAK
    return {
        "one_in": None if withheld else one_in,
        "withheld": withheld,
        "confidence": CONFIDENCE,
        "companies": companies,
        "events": events,
        "pace": pace(scores),
    }


def pace(scores: pa.Table) -> dict[str, float]:
    """The share of the failures of 18 months that is expected by each look, among the high alerts of the month."""
    levels = np.array(scores["level"].to_pylist(), dtype=object)
    expected = {look: float(np.sum(scores[f"probability_{look}"].to_numpy()[levels == Level.HIGH])) for look in LOOKS}
    whole = expected[LOOKS[-1]]
    return {str(look): expected[look] / whole if whole else look / LOOKS[-1] for look in LOOKS}


def verdict(card: Mapping[str, Any], companies: int, failed: Mapping[int, int], months: int) -> PromiseVerdict | None:
    """The first look that broke a promise, else the last one done; None before the first look, or without promise.

    Args:
        card: what `promise` wrote; companies: the high alerts of the list.
        failed: how many of them had failed by each number of months; months: how many are known whole.
    """
    looks = [look for look in LOOKS if look <= months]
    if not card.get("one_in") or not looks or not companies:
        return None
    verdicts = [PromiseVerdict(look, _asked(card, companies, look), failed.get(look, 0)) for look in looks]
    return next((one for one in verdicts if one.broken), verdicts[-1])


def _asked(card: Mapping[str, Any], companies: int, look: int) -> int:
    """The fewest failures that a kept promise may have by a look, with a risk of error of `RISK` / number of looks."""
    from scipy.stats import binom

    share = card["pace"][str(look)] / card["one_in"]
    return int(binom.ppf(RISK / len(LOOKS), companies, share))
