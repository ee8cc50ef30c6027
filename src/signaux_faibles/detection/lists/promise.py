"""A promise that a list makes: at least one of its high alerts in N enters a procedure within 18 months (0038).

N is found by Learn-then-Test, on the companies that a list of the last back-test put at that level. The hypotheses « of
the alerts of this list, fewer than one in N will fail » are tested from the weakest on; the last one rejected is
promised. Because the order is fixed in advance, testing several costs no confidence. The list is a draw of companies as
the past one was: each test is exact for both (hypergeometric tail), where a bound on the rate that both share would
leave out the chance of the list to come.

Once the list is published, the failures observed are compared with what the promise asks: at 6 and 12 months, a count
too low to be due to chance breaks it; at 18 months, fewer than one in N.
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
"""Months after the list at which the promise is judged; the early ones share the risk of a false « broken »."""


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


def promised(companies: int, events: int, alerts: int) -> int | None:
    """The N of « at least one in N », None when not even the weakest promise holds.

    Args:
        companies: how many were at the level in a past list; events: how many of them failed within 18 months.
        alerts: how many are at the level in the list that promises.
    """
    from scipy.stats import hypergeom  # here, so that no other command takes half a second to load it

    best = None
    for one_in in range(WEAKEST, 0, -1):
        too_few = fewest(alerts, one_in) - 1
        if too_few < 0 or hypergeom.sf(events - 1, companies + alerts, events + too_few, companies) > RISK:
            break
        best = one_in
    return best


def fewest(alerts: int, one_in: int) -> int:
    """The fewest failures within 18 months by which « at least one in N » is kept."""
    return -(-alerts // one_in)


def promise(observed: Mapping[str, Any], *, certain: bool, scores: pa.Table) -> dict[str, Any]:
    """What the card says of the promise.

    Args:
        observed: companies and events by level in a list of the last back-test; empty without one.
        certain: whether levels still hold (decision 0031).
        scores: the columns of `SCORES` for the month, which say how fast failures are expected.
    """
    basis = observed.get(Level.HIGH, {})
    companies, events = int(basis.get("companies") or 0), int(basis.get("events") or 0)
    one_in = promised(companies, events, scores["level"].to_pylist().count(Level.HIGH)) if companies else None
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
    """The fewest failures that a kept promise may have by a look.

    At the last one it is what was promised. Before, failures may come late: the looks share the risk of being wrong.
    """
    from scipy.stats import binom

    fewest_kept = fewest(companies, card["one_in"])
    early = LOOKS[:-1]
    return int(binom.ppf(RISK / len(early), fewest_kept, card["pace"][str(look)])) if look in early else fewest_kept
