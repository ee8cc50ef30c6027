"""When an account is idle, when it is due for review, and who reviews it: the truth tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from signaux_faibles.web.rights.accounts import (
    HALF_YEAR,
    ReviewWhy,
    decide_review,
    is_due,
    is_idle,
    may_review_accounts,
)
from signaux_faibles.web.rights.agent import Administration, Agent

TODAY = date(2026, 11, 29)
LATELY, LAST_DAY, TOO_LONG = TODAY - timedelta(days=2), TODAY - HALF_YEAR, TODAY - HALF_YEAR - timedelta(days=1)
MOMENTS = {
    "servi avant-hier": (LATELY, TOO_LONG, False),
    "servi il y a six mois, jour pour jour": (LAST_DAY, TOO_LONG, False),
    "servi il y a plus de six mois": (TOO_LONG, TOO_LONG, True),
    "jamais servi, ouvert avant-hier": (None, LATELY, False),
    "jamais servi, ouvert il y a six mois, jour pour jour": (None, LAST_DAY, False),
    "jamais servi, ouvert il y a plus de six mois": (None, TOO_LONG, True),
    "rouvert avant-hier, après une longue absence": (TOO_LONG, LATELY, False),
}


@pytest.mark.parametrize(("last", "opened", "expected"), MOMENTS.values(), ids=MOMENTS)
def test_six_months_make_an_account_idle_and_a_review_due(last: date | None, opened: date, expected: bool) -> None:
    assert is_idle(last, opened, TODAY) is expected
    assert is_due(last, opened, TODAY) is expected


def test_six_months_are_half_a_year() -> None:
    assert timedelta(days=183) == HALF_YEAR


CORRESPONDENT = Agent(Administration.DREETS, frozenset(), {}, correspondent=True)


@pytest.mark.parametrize(("theirs", "own"), list(product(Administration, (False, True))))
def test_a_correspondent_reviews_the_other_accounts_of_their_administration(theirs: Administration, own: bool) -> None:
    expected = ReviewWhy.OTHER_ADMINISTRATION
    if theirs is Administration.DREETS:
        expected = ReviewWhy.OWN if own else ReviewWhy.CORRESPONDENT
    assert decide_review(CORRESPONDENT, theirs, own=own) is expected
    nobody = replace(CORRESPONDENT, correspondent=False)
    assert decide_review(nobody, theirs, own=own) is ReviewWhy.NOT_CORRESPONDENT


@pytest.mark.parametrize(("product_administrator", "correspondent"), list(product((False, True), (False, True))))
def test_who_may_know_that_accounts_are_reviewed(*, product_administrator: bool, correspondent: bool) -> None:
    agent = replace(CORRESPONDENT, product_administrator=product_administrator, correspondent=correspondent)
    assert may_review_accounts(agent) is (product_administrator or correspondent)
