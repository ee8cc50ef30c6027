"""The invented country is as hard as the real one (DESIGN §9).

The published figures (evaluation of September 2021, strong signals removed): a logistic regression at the natural
prior, on companies in bonis at the months of June to November 2018, AUC 0.80, average precision 0.15 at 1.8 %.
"""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from signaux_faibles.fictitious.contribution_files import charges
from signaux_faibles.fictitious.courts import Stage
from signaux_faibles.fictitious.months import LAST, month, month_of
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.sectors import SECTORS

HORIZON = 18
LAG = 4
LEARNT = [month(year, number) for year in (2014, 2015, 2016) for number in (3, 9)]
"""The last origin ends its 18 months in March 2018, before the first month of the test."""
TESTED = [month(2018, number) for number in range(6, 12)]


def test_a_logistic_regression_scores_what_it_scored_on_real_data(lives: list[Part]) -> None:
    known = [_Known(part) for part in lives]
    features, outcome = _rows(known, LEARNT)
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1_000)).fit(features, outcome)
    features, outcome = _rows(known, TESTED)
    score = model.predict_proba(features)[:, 1]
    assert 0.014 < outcome.mean() < 0.022
    assert 0.77 < roc_auc_score(outcome, score) < 0.83
    assert 0.11 < average_precision_score(outcome, score) < 0.19


def test_most_companies_with_a_debt_do_not_fail(lives: list[Part]) -> None:
    rows = [_Known(part).rows(month(2018, 6)) for part in lives]
    owing = np.concatenate([features[:, :2].sum(axis=1) > 0 for features, _ in rows])
    outcome = np.concatenate([outcome for _, outcome in rows])
    assert 0.03 < outcome[owing].mean() < 0.25
    assert outcome[owing].mean() > 3 * outcome[~owing].mean()


class _Known:
    """What is known of a part at each month, with its lag, and what followed."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.employee = _stock(part, "employee") / charges(part)[:, None]
        self.employer = _stock(part, "employer") / charges(part)[:, None]
        self.in_bonis = _in_bonis(part)
        events = part.lives.events
        self.failed, self.when = events.company[events.failures], month_of(events.day[events.failures])

    def rows(self, origin: int) -> tuple[np.ndarray, np.ndarray]:
        """Features and outcome of the companies of the perimeter, in bonis, at a month."""
        size = self.part.lives.headcount
        last = origin - LAG
        perimeter = (size[:, last - 35 : last + 1] >= 10).any(axis=1) & (size[:, origin] > 0)
        rank = np.flatnonzero(perimeter & self.in_bonis[:, origin])
        people = np.maximum(size[rank, last], 1)
        mean = np.maximum(size[rank, last - 11 : last + 1], 1).mean(axis=1)
        owed = (self.employee + self.employer)[rank]
        shares = (self.employee, self.employer)
        columns = [share[rank, origin - ago] / mean for ago in (0, 1, 3, 6, 12) for share in shares]
        columns += [np.log(people), np.log1p(np.maximum(origin - self.part.employers.birth[rank], 0) / 12)]
        columns += [np.log(people / np.maximum(size[rank, last - ago], 1)) for ago in (6, 12, 24)]
        columns += [np.log1p(20 * owed[:, origin] / mean), np.log1p(20 * self.employee[rank, origin] / mean)]
        columns += [(owed[:, origin - months + 1 : origin + 1] > 0).sum(axis=1) for months in (12, 24)]
        columns += [self.part.employers.sector[rank] == sector for sector in range(len(SECTORS))]
        fails = np.zeros(len(size), dtype=bool)
        fails[self.failed[(self.when > origin) & (self.when <= origin + HORIZON)]] = True
        return np.clip(np.column_stack(columns).astype(float), -5, 30), fails[rank]


def _rows(known: list[_Known], origins: list[int]) -> tuple[np.ndarray, np.ndarray]:
    rows = [part.rows(origin) for part in known for origin in origins]
    return np.concatenate([features for features, _ in rows]), np.concatenate([outcome for _, outcome in rows])


def _stock(part: Part, share: str) -> np.ndarray:
    """Debt of each company on the 20th of each month, in centimes."""
    versions, gaps = part.versions, part.gaps
    amount = getattr(versions, share).astype(float)
    first = np.r_[True, versions.gap[1:] != versions.gap[:-1]]
    change = amount - np.where(first, 0.0, np.r_[0.0, amount[:-1]])
    day = (versions.day - versions.day.astype("datetime64[M]")).astype(int)
    at = month_of(versions.day) + (day >= 20)
    stock = np.zeros((part.employers.count, LAST))
    np.add.at(stock, (gaps.company[versions.gap][at < LAST], at[at < LAST]), change[at < LAST])
    return np.cumsum(stock, axis=1)


def _in_bonis(part: Part) -> np.ndarray:
    """Whether each company is in no procedure, [company, month], from its events."""
    events, state = part.lives.events, np.ones((part.employers.count, LAST), dtype=bool)
    for rank in np.argsort(events.day, kind="stable"):
        state[events.company[rank], month_of(events.day[rank]) + 1 :] = events.stage[rank] == Stage.FIN_PROCEDURE
    return state


def test_a_fifth_of_the_failures_give_no_sign(lives: list[Part]) -> None:
    """Companies of ten or more, before the health crisis: no debt, short-time work nor fall of 5 % in 18 months."""
    silent, failures = 0, 0
    for part in lives:
        events, size = part.lives.events, part.lives.headcount
        when = month_of(events.day)
        mine = np.flatnonzero(events.failures & (when >= month(2012, 1)) & (when < month(2020, 3)))
        company, when = events.company[mine], when[mine]
        owed = _had(part.gaps.company, month_of(part.gaps.created), company, when)
        asked = part.sites.company[part.short_time.site]
        used = _had(asked, month_of(part.short_time.start), company, when)
        fell = size[company, when - 1] < 0.95 * size[company, when - HORIZON]
        large = size[company, when - 1] >= 10
        silent += (large & ~owed & ~used & ~fell).sum()
        failures += large.sum()
    assert 0.16 < silent / failures < 0.28


def _had(who: np.ndarray, at: np.ndarray, company: np.ndarray, when: np.ndarray) -> np.ndarray:
    """Whether something happened to each company in the 18 months before a month."""
    key = np.sort(who * 1_000 + np.maximum(at, 0))
    before, after = (np.searchsorted(key, company * 1_000 + at) for at in (when - HORIZON, when))
    return np.asarray(after > before)
