"""Whether a world separates ways to learn, and whether activité partielle traps a model learned before 2020.

Both learn on what administrations deliver, from months of 2014 to 2016, and are judged on June to November 2018 and on
June 2020.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from signaux_faibles.fictitious.measured.hardness import LEARNT, TESTED, delivered
from signaux_faibles.fictitious.measured.known import SHORT_TIME, Features, KnownStocks
from signaux_faibles.fictitious.months import month
from signaux_faibles.fictitious.people.population import Bools, Ints, Reals

TRAPPED = month(2020, 6)
GAIN = 0.02
"""Smallest lower bound of the gain of average precision, and smallest loss of AUC, that admit a world."""
_DRAWS, _BOOSTERS = 200, 3
_TREES: dict[str, Any] = {
    **{"n_estimators": 300, "learning_rate": 0.04, "num_leaves": 8, "min_child_samples": 80},
    **{"subsample": 0.7, "subsample_freq": 1, "colsample_bytree": 0.5, "verbose": -1, "n_jobs": 1},
}


@dataclass(frozen=True)
class Admission:
    """What two ways to learn are worth in a world.

    Attributes:
        additive, boosting: AUC and average precision, June to November 2018.
        gain: average precision of boosting less that of the additive regression, with its 95 % interval.
        with_it, without_it: AUC in June 2020 of boosting learned to 2018, with activité partielle and without.
    """

    additive: tuple[float, float]
    boosting: tuple[float, float]
    gain: tuple[float, float, float]
    with_it: float
    without_it: float

    @property
    def separates(self) -> bool:
        """Whether boosting surely does better than a sum of one effect for each variable."""
        return self.gain[1] > GAIN

    @property
    def traps(self) -> bool:
        """Whether activité partielle makes a model of 2018 wrong in June 2020."""
        return self.without_it - self.with_it >= GAIN


@dataclass(frozen=True)
class _Rows:
    features: Features
    outcome: Bools
    company: Ints


def admission(stocks: list[KnownStocks]) -> Admission:
    """What both ways to learn are worth in a country, as an additive regression and as boosting."""
    learnt, tested, trapped = (_rows(stocks, origins) for origins in (LEARNT, TESTED, (TRAPPED,)))
    additive, boosting = _additive(learnt, tested), _boosting(learnt, tested)
    gains = [_precision(tested, boosting, one) - _precision(tested, additive, one) for one in _draws(tested.company)]
    low, high = np.quantile(gains, [0.025, 0.975])
    blind = [_without(rows) for rows in (learnt, trapped)]
    return Admission(
        additive=_score(tested, additive),
        boosting=_score(tested, boosting),
        gain=(_precision(tested, boosting) - _precision(tested, additive), float(low), float(high)),
        with_it=_score(trapped, _boosting(learnt, trapped))[0],
        without_it=_score(blind[1], _boosting(*blind))[0],
    )


def _additive(learnt: _Rows, judged: _Rows) -> Reals:
    """A logistic regression on a spline of each variable."""
    from sklearn.linear_model import LogisticRegression  # here, as in `hardness`
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import SplineTransformer, StandardScaler

    splines = SplineTransformer(n_knots=6, degree=2, knots="quantile", extrapolation="constant")
    model = make_pipeline(splines, StandardScaler(), LogisticRegression(C=0.1, max_iter=500))
    model.fit(learnt.features, learnt.outcome)
    return np.asarray(model.predict_proba(judged.features)[:, 1])


def _boosting(learnt: _Rows, judged: _Rows) -> Reals:
    """The mean of a few boosted forests of small trees, each on parts of the rows and of the variables."""
    from lightgbm import LGBMClassifier

    margins = []
    for seed in range(_BOOSTERS):
        model = LGBMClassifier(**_TREES, random_state=seed).fit(learnt.features, learnt.outcome)
        margins.append(np.asarray(model.predict(judged.features, raw_score=True)))
    return np.asarray(np.mean(margins, axis=0))


def _rows(stocks: list[KnownStocks], origins: tuple[int, ...]) -> _Rows:
    samples = [(part, one, origin, one.companies(origin)) for part, one in enumerate(stocks) for origin in origins]
    return _Rows(
        np.concatenate([delivered(one, origin, rank) for _, one, origin, rank in samples]),
        np.concatenate([one.fails(origin, rank) for _, one, origin, rank in samples]),
        np.concatenate([part * 10**7 + rank for part, _, _, rank in samples]),
    )


def _draws(company: Ints) -> Iterator[Reals]:
    """How many times each row counts when companies are drawn with replacement."""
    rng = np.random.default_rng(0)
    names, place = np.unique(company, return_inverse=True)
    for _ in range(_DRAWS):
        yield np.bincount(rng.integers(0, len(names), len(names)), minlength=len(names))[place].astype(np.float64)


def _without(rows: _Rows) -> _Rows:
    return _Rows(np.delete(rows.features, SHORT_TIME, axis=1), rows.outcome, rows.company)


def _score(rows: _Rows, order: Reals) -> tuple[float, float]:
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(rows.outcome, order)), _precision(rows, order)


def _precision(rows: _Rows, order: Reals, weights: Reals | None = None) -> float:
    from sklearn.metrics import average_precision_score

    return float(average_precision_score(rows.outcome, order, sample_weight=weights))
