"""Which rows teach: all events, and a draw of the others whose weight makes up for those left out.

The rows of one company, a quarter apart, are nearly alike, and two in a hundred are events: some tens of thousands of
rows teach as much as all of them. A row drawn with probability p counts 1/p times, so that on average every sum over
the rows drawn is that of all rows: probabilities keep the natural prior, and no intercept needs correcting.
"""

from __future__ import annotations

import numpy as np

from signaux_faibles.detection.features.variables import Flags, Reals

ENOUGH = 40_000
"""Rows up to which all teach."""
OTHERS = 6
"""Rows without an event kept for each event: effects are then as precise as with all rows, to within a tenth."""
MOST = 120_000
"""More rows teach nothing more: events are then drawn too, and make up a third of these."""


def weights_of_a_draw(outcome: Flags, seed: int = 0) -> Reals:
    """How much each row counts, 0 for one that is not drawn; shape (rows,)."""
    events = int(outcome.sum())
    others = len(outcome) - events
    taught = min(events, MOST // 3)
    beside = min(others, max(ENOUGH - taught, OTHERS * taught), MOST - taught)
    share = np.where(outcome, taught / max(1, events), beside / max(1, others))
    drawn = np.random.default_rng(seed).random(len(outcome)) < share
    return np.where(drawn, 1 / np.where(drawn, share, 1.0), 0.0)
