"""Which rows teach: all events, and a draw of the others whose weight makes up for those left out.

The rows of one company, a quarter apart, say nearly the same, and two in a hundred are events: some tens of thousands
of rows teach as much as all of them. A row drawn with a probability counts for its inverse, so that every sum over the
rows is that of all rows, on average: probabilities keep the natural prior, and no intercept needs correcting.
"""

from __future__ import annotations

import numpy as np

from signaux_faibles.detection.features.variables import Flags, Reals

ENOUGH = 40_000
"""Rows up to which all teach."""
OTHERS = 6
"""Rows without an event beside each event: with that many, an effect is as sure as with all rows, to within a tenth."""
MOST = 120_000
"""Rows beyond which nothing more is learned: events too are then drawn, down to a third of these."""


def weights_of_a_draw(outcome: Flags, seed: int = 0) -> Reals:
    """How much each row counts, 0 for one that is not drawn; shape (rows,)."""
    events = int(outcome.sum())
    others = len(outcome) - events
    taught = min(events, MOST // 3)
    beside = min(others, max(ENOUGH - taught, OTHERS * taught), MOST - taught)
    share = np.where(outcome, taught / max(1, events), beside / max(1, others))
    drawn = np.random.default_rng(seed).random(len(outcome)) < share
    return np.where(drawn, 1 / np.where(drawn, share, 1.0), 0.0)
