"""« Au moins 1 sur N » : what may be promised, when it is not, and when it is broken."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, binom

from signaux_faibles.detection.lists.promise import RISK, WEAKEST, fewest, pace, promise, promised, verdict

ENDLESS = 1_000_000


@pytest.mark.parametrize(
    ("companies", "events", "alerts", "one_in"),
    [
        (312, 97, ENDLESS, 4),  # 31 %, of which 27.6 % is sure: 1 in 4
        (312, 97, 80, 5),  # among eighty companies chance may bring 20 %
        (100, 50, 80, 3),  # 50 %, of which 41 % is sure among eighty
        (100, 100, 80, 2),  # all of them, and yet 1 in 1 would allow none to be saved
        (30, 3, ENDLESS, None),  # 10 %, of which 3.7 % is sure: less than 1 in 20
        (30, 5, ENDLESS, 12),
        (30, 5, 80, 14),
        (5, 0, 80, None),
        (1, 1, ENDLESS, 10),  # a single company proves little
        (100, 50, 3, None),  # of three companies, none may well fail
        (100, 50, 0, None),
    ],
)
def test_what_may_be_promised(companies: int, events: int, alerts: int, one_in: int | None) -> None:
    assert promised(companies, events, alerts) == one_in


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_to_an_endless_list_a_promise_is_the_bound_on_the_rate_rounded_down(counted: tuple[int, int]) -> None:
    """Testing in a fixed order is worth the bound of Clopper and Pearson: no N costs the others their confidence."""
    companies, events = counted
    bound = beta.ppf(RISK, events, companies - events + 1) if events else 0.0
    sure = [one_in for one_in in range(1, WEAKEST + 1) if 1 / one_in <= bound + 1e-9]
    assert promised(companies, events, ENDLESS) in (min(sure, default=None), min(sure, default=0) + 1 or None)


@pytest.mark.parametrize("share", [0.05, 0.08, 0.11, 0.15, 0.25, 0.4])
@pytest.mark.parametrize(("companies", "alerts"), [(60, 60), (150, 90), (400, 200)])
def test_one_promise_in_ten_at_most_is_not_kept(share: float, companies: int, alerts: int) -> None:
    """Whatever the true share, the chance that a list has fewer failures than it promised is at most 10 %.

    A bound on the rate alone is not enough: at 8 %, 200 companies and 120 alerts, 17 lists in 100 would have fewer.
    """
    past = binom.pmf(np.arange(companies + 1), companies, share)
    made = [promised(companies, events, alerts) for events in range(companies + 1)]
    missed = [binom.cdf(fewest(alerts, one_in) - 1, alerts, share) if one_in else 0.0 for one_in in made]
    assert float(past @ np.array(missed)) <= RISK + 1e-12


def scores(*companies: tuple[str | None, float, float, float]) -> pa.Table:
    level, six, twelve, eighteen = zip(*companies, strict=True)
    return pa.table({"level": level, "probability_6": six, "probability_12": twelve, "probability_18": eighteen})


def test_the_pace_is_that_of_the_high_alerts() -> None:
    month = scores(("elevee", 0.1, 0.2, 0.4), ("elevee", 0.2, 0.4, 0.6), ("moderee", 0.0, 0.0, 0.1), (None, 0, 0, 0))
    assert pace(month) == {"6": pytest.approx(0.3), "12": pytest.approx(0.6), "18": 1.0}
    assert pace(scores((None, 0.1, 0.2, 0.4))) == {"6": pytest.approx(1 / 3), "12": pytest.approx(2 / 3), "18": 1.0}


MONTH = scores(*[("elevee", 0.1, 0.2, 0.3)] * 80)
OBSERVED = {"elevee": {"companies": 312, "events": 97}}


@pytest.mark.parametrize(
    ("observed", "certain", "one_in", "withheld"),
    [
        (OBSERVED, True, 5, None),
        (OBSERVED, False, None, "regime"),
        ({}, True, None, "sans_controle"),
        ({"elevee": {"companies": 0, "events": 0}}, True, None, "sans_controle"),
        ({"elevee": {"companies": 30, "events": 1}}, True, None, "trop_faible"),
    ],
)
def test_a_list_promises_or_says_why_it_does_not(
    observed: dict[str, Any], certain: bool, one_in: int | None, withheld: str | None
) -> None:
    made = promise(observed, certain=certain, scores=MONTH)
    assert (made["one_in"], made["withheld"]) == (one_in, withheld)


MADE = promise(OBSERVED, certain=True, scores=MONTH) | {"one_in": 4}


def test_a_promise_is_not_judged_before_the_first_look_nor_when_none_was_made() -> None:
    assert verdict(MADE, 80, {}, 5) is None
    assert verdict(MADE | {"one_in": None}, 80, {18: 0}, 18) is None
    assert verdict({}, 80, {}, 18) is None
    assert verdict(MADE, 0, {}, 18) is None


@pytest.mark.parametrize(
    ("failed", "months", "look", "broken"),
    [
        ({6: 7}, 6, 6, False),
        ({6: 0}, 6, 6, True),
        ({6: 7, 12: 14}, 17, 12, False),
        ({6: 7, 12: 14, 18: 20}, 18, 18, False),
        ({6: 7, 12: 12, 18: 19}, 18, 18, True),  # one in four of eighty is twenty
        ({6: 3, 12: 10, 18: 20}, 18, 18, False),  # chance may bring them late
        ({6: 2, 12: 10, 18: 20}, 18, 6, True),
        ({6: 0, 12: 14, 18: 20}, 18, 6, True),  # a promise that was broken stays so
    ],
)
def test_a_promise_of_one_in_four_for_eighty_companies(
    failed: dict[int, int], months: int, look: int, broken: bool
) -> None:
    result = verdict(MADE, 80, failed, months)
    assert result is not None
    assert (result.months, result.broken) == (look, broken)


def test_a_kept_promise_is_said_broken_at_most_one_time_in_ten() -> None:
    rng = np.random.default_rng(0)
    draws, companies = 2_000, 80
    broken = 0
    for _ in range(draws):
        chances = np.diff([0.0, *(MADE["pace"][str(look)] for look in (6, 12, 18))])
        month = rng.choice([6, 12, 18], fewest(companies, MADE["one_in"]), p=chances)
        failed = {look: int((month <= look).sum()) for look in (6, 12, 18)}
        result = verdict(MADE, companies, failed, 18)
        broken += result is not None and result.broken
    assert broken / draws < RISK
