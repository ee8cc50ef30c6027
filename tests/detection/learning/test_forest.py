"""Rows that come several times weigh more: the trees are those that scikit-learn fits to their copies."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sklearn.ensemble import RandomForestClassifier

from harness.examples import tried
from signaux_faibles.detection.learning.forest import DEPTH, SEED, fit_forest

TREES = 5


@tried(8)
@given(st.integers(0, 5_000), st.booleans())
def test_it_is_the_forest_of_scikit_learn_to_the_last_digit(seed: int, repeated: bool) -> None:
    chance = np.random.default_rng(seed)
    values = np.round(chance.normal(0, 1, (400, 7)), 1)
    values[:, 3] = 0.0
    outcome = chance.random(400) < np.where(values[:, 0] + values[:, 1] > 1, 0.4, 0.05)
    events = np.flatnonzero(outcome)
    rows = np.concatenate([np.tile(events, 12), np.flatnonzero(~outcome)]) if repeated else np.arange(400)
    theirs = RandomForestClassifier(TREES, max_depth=DEPTH, max_features="sqrt", random_state=SEED)
    theirs.fit(values[rows].astype(np.float32), outcome[rows])
    asked = chance.normal(0, 1, (200, 7))
    expected = theirs.predict_proba(asked.astype(np.float32))[:, 1]
    assert fit_forest(values, outcome, rows, TREES).probability(asked).tolist() == expected.tolist()
