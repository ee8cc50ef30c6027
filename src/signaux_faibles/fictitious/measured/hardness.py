"""How hard the country is: the recipe of 2021 at the natural prior, and the two ceilings.

Companies in bonis at the months of June to November 2018, failure within 18 months; published on real data: AUC 0.80,
average precision 0.15, prevalence 1.8 % (evaluation of September 2021, strong signals removed; model §5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from signaux_faibles.fictitious.measured.known import Features, KnownStocks
from signaux_faibles.fictitious.measured.known_accounts import accounts
from signaux_faibles.fictitious.months import month
from signaux_faibles.fictitious.parameters.world import WORLDS, Size
from signaux_faibles.fictitious.part import invent_part
from signaux_faibles.fictitious.people import population
from signaux_faibles.fictitious.people.population import Bools, Ints, Reals

LEARNT = tuple(month(year, number) for year in (2014, 2015, 2016) for number in (3, 9))
"""The last origin ends its 18 months in March 2018, before the first month of the test."""
TESTED = tuple(month(2018, number) for number in range(6, 12))
PUBLISHED_PREVALENCE, PUBLISHED_AUC, PUBLISHED_PRECISION = 0.018, 0.80, 0.15
_STRONG = {"max_iter": 300, "learning_rate": 0.03, "max_leaf_nodes": 15, "min_samples_leaf": 100, "random_state": 0}
Reading = Callable[[KnownStocks, int, Ints], Features]


@dataclass(frozen=True)
class Score:
    """How good an order by risk is on the months of the test.

    Attributes:
        auc: area under the ROC curve.
        precision: average precision.
        prevalence: share of failures.
        rows: company-months.
    """

    auc: float
    precision: float
    prevalence: float
    rows: int


@dataclass(frozen=True)
class Hardness:
    """The recipe and the two ceilings of one country."""

    recipe: Score
    hazard: Score
    processes: Score


def known_of(companies: int, seed: int, world: str = "reference") -> list[KnownStocks]:
    """What is known about a country with a number of companies of ten employees or more, part by part."""
    size = Size(companies, 0.5, 0)
    ranks = population.parts(size, WORLDS[world].population)
    return [KnownStocks.of(invent_part(part, number, size, seed, world)) for number, part in enumerate(ranks)]


def hardness(stocks: Iterable[KnownStocks]) -> Hardness:
    """The recipe and the two ceilings."""
    parts = list(stocks)
    return Hardness(recipe(parts), latent_hazard(parts), processes(parts))


def recipe(stocks: list[KnownStocks]) -> Score:
    """A logistic regression on what administrations deliver, as in 2021."""
    from sklearn.linear_model import LogisticRegression  # here, so that no other command takes a second to load it
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1_000))
    features, outcome = _rows(stocks, LEARNT, delivered)
    model.fit(features, outcome)
    features, outcome = _rows(stocks, TESTED, delivered)
    return _score(outcome, model.predict_proba(features)[:, 1])


def latent_hazard(stocks: list[KnownStocks]) -> Score:
    """First ceiling: the order of the true risk of the month, which nobody sees."""
    hazard, outcome = _rows(stocks, TESTED, lambda one, origin, rank: one.part.lives.hazard[rank, origin])
    return _score(outcome, hazard)


def processes(stocks: list[KnownStocks]) -> Score:
    """Second ceiling: a strong model of the processes, free of noise, that produce all that is observed."""
    features, outcome = _rows(stocks, LEARNT, free_of_noise)
    asked, truth = _rows(stocks, TESTED, free_of_noise)
    return _score(truth, of_processes(features, outcome, asked))


def of_processes(features: Features, outcome: Bools, asked: Features) -> Reals:
    """What a strong model learns from processes (`free_of_noise`): the probability of other rows."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    with threadpool_limits(1):  # each of its steps is so short that threads mostly wait for one another
        model = HistGradientBoostingClassifier(**_STRONG).fit(features, outcome)
        return np.asarray(model.predict_proba(asked)[:, 1])


def delivered(stocks: KnownStocks, origin: int, rank: Ints) -> Features:
    """Debts, headcount, activité partielle and annual accounts, as known at a month."""
    return np.column_stack([stocks.features(origin, rank), accounts(stocks.part, origin, rank)])


def free_of_noise(stocks: KnownStocks, origin: int, rank: Ints) -> Features:
    """Strain and its course, months in crisis, frailty, headcount and its course, age and sector."""
    lives, employers = stocks.part.lives, stocks.part.employers
    crisis = lives.crisis[rank, origin - 35 : origin + 1]
    since = np.where(crisis.all(axis=1), crisis.shape[1], crisis[:, ::-1].argmin(axis=1))
    size = np.maximum(lives.headcount[rank][:, [origin, origin - 12]], 1)
    columns = [lives.strain[rank, origin - ago] for ago in (0, 6, 12)]
    columns += [since, employers.frailty[rank], np.log(size[:, 0]), np.log(size[:, 0] / size[:, 1])]
    columns += [origin - employers.birth[rank], employers.sector[rank]]
    return np.column_stack(columns).astype(np.float64)


def _rows(stocks: list[KnownStocks], origins: Iterable[int], read: Reading) -> tuple[Features, Bools]:
    """The features and outcomes of all parts at some months."""
    samples = [(one, origin, one.companies(origin)) for one in stocks for origin in origins]
    features = [read(one, origin, rank) for one, origin, rank in samples]
    outcome = [one.fails(origin, rank) for one, origin, rank in samples]
    return np.concatenate(features), np.concatenate(outcome)


def _score(outcome: Bools, order: Reals | npt.NDArray[np.float32]) -> Score:
    from sklearn.metrics import average_precision_score, roc_auc_score

    auc, precision = roc_auc_score(outcome, order), average_precision_score(outcome, order)
    return Score(float(auc), float(precision), float(outcome.mean()), len(outcome))
