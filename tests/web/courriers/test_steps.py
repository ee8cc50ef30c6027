"""The exchange with a director: which step may follow which."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from signaux_faibles.web.courriers.steps import ONE_EXCHANGE, SUBJECTS, Step, next_steps

TODAY = date(2026, 11, 2)
SENT, REMINDED, ANSWERED, REFUSED = Step


@pytest.mark.parametrize(
    ("noted", "allowed"),
    [
        ((), {SENT}),
        ((SENT,), {REMINDED, ANSWERED, REFUSED}),
        ((SENT, REMINDED), {REMINDED, ANSWERED, REFUSED}),
        ((SENT, ANSWERED), {REMINDED, ANSWERED, REFUSED}),
        ((SENT, REFUSED), {ANSWERED}),
        ((SENT, REFUSED, ANSWERED), {REMINDED, ANSWERED, REFUSED}),
    ],
)
def test_steps(noted: tuple[Step, ...], allowed: set[Step]) -> None:
    days = [(step, TODAY - timedelta(days=len(noted) - n)) for n, step in enumerate(noted)]
    assert set(next_steps(days, TODAY)) == allowed


def test_a_year_later_another_exchange_begins() -> None:
    assert next_steps([(REFUSED, TODAY - ONE_EXCHANGE)], TODAY) == (SENT,)
    assert next_steps([(REFUSED, TODAY - ONE_EXCHANGE + timedelta(days=1))], TODAY) == (ANSWERED,)


def test_the_zone_does_not_read_what_the_director_answered() -> None:
    assert SUBJECTS[ANSWERED] == SUBJECTS[REFUSED]
