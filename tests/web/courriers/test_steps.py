"""The exchange with a director: which step may follow which."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from signaux_faibles.web.courriers.forms import StepForm
from signaux_faibles.web.courriers.steps import ONE_EXCHANGE, SUBJECTS, LetterStepKind, next_steps

TODAY = date(2026, 11, 2)
SENT, REMINDED, ANSWERED, REFUSED = LetterStepKind


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
def test_steps(noted: tuple[LetterStepKind, ...], allowed: set[LetterStepKind]) -> None:
    days = [(step, TODAY - timedelta(days=len(noted) - n)) for n, step in enumerate(noted)]
    assert set(next_steps(days, TODAY)) == allowed


def test_a_year_later_another_exchange_begins() -> None:
    assert next_steps([(REFUSED, TODAY - ONE_EXCHANGE)], TODAY) == (SENT,)
    assert next_steps([(REFUSED, TODAY - ONE_EXCHANGE + timedelta(days=1))], TODAY) == (ANSWERED,)


def test_the_zone_does_not_read_what_the_director_answered() -> None:
    assert SUBJECTS[ANSWERED] == SUBJECTS[REFUSED]


def test_no_step_is_noted_by_a_careless_click_where_several_may_follow() -> None:
    several, one = (StepForm(None, steps=steps, today=TODAY) for steps in ((REMINDED, ANSWERED), (SENT,)))
    assert [value for value, _ in several.fields["step"].choices] == ["", "REMINDED", "ANSWERED"]
    assert [value for value, _ in one.fields["step"].choices] == ["SENT"]
    assert not StepForm({"step": "", "on": "2026-11-02"}, steps=(REMINDED, ANSWERED), today=TODAY).is_valid()
