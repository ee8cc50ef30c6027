"""How long an attempt to sign in waits, from the failures of the last hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.web.accounts.throttle import LONGEST_WAIT, SPACING, Failures, wait

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def ago(count: int, seconds: int) -> list[datetime]:
    """Moments of failures, of which the last was so many seconds ago."""
    return [NOW - timedelta(seconds=seconds + n) for n in reversed(range(count))]


CASES: dict[str, tuple[Failures, int]] = {
    "nobody failed": (Failures([], 0, [], False), 0),
    "four failures from here": (Failures(ago(4, 1), 4, ago(4, 1), False), 0),
    "five: half a minute": (Failures(ago(5, 0), 5, ago(5, 0), False), 30),
    "five, 20 seconds ago: what is left": (Failures(ago(5, 20), 5, ago(5, 20), False), 10),
    "five, half a minute ago": (Failures(ago(5, 30), 5, ago(5, 30), False), 0),
    "six: a minute": (Failures(ago(6, 0), 6, ago(6, 0), False), 60),
    "ten: the longest wait": (Failures(ago(10, 0), 10, ago(10, 0), False), 900),
    "a thousand: no longer": (Failures(ago(1000, 0), 1000, ago(1000, 0), False), 900),
    "the account is attacked from elsewhere": (Failures([], 500, [], False), 0),
    "the same, and one failure from here": (Failures(ago(1, 0), 500, ago(1, 0), False), 30),
    "the same, from a post that the agent uses": (Failures(ago(4, 0), 500, ago(4, 0), True), 0),
    "colleagues failed on other accounts": (Failures([], 0, ago(59, 0), False), 0),
    "the network is busy: attempts are spaced": (Failures([], 0, ago(60, 2), False), 3),
    "the same, spaced": (Failures([], 0, ago(60, 5), False), 0),
    "busy, from a post that the agent uses": (Failures([], 0, ago(600, 0), True), 0),
}


@pytest.mark.parametrize(("failures", "seconds"), CASES.values(), ids=CASES.keys())
def test_an_attempt_waits(failures: Failures, seconds: int) -> None:
    assert wait(failures, NOW) == timedelta(seconds=seconds)


@given(elsewhere=st.integers(0, 10**6), network=st.integers(0, 200), since=st.integers(0, 3600), familiar=st.booleans())
def test_whoever_did_not_fail_waits_a_few_seconds_at_most(
    elsewhere: int, network: int, since: int, familiar: bool
) -> None:
    assert wait(Failures([], elsewhere, ago(network, since), familiar), NOW) <= SPACING


@given(here=st.integers(0, 10**4), since=st.integers(0, 3600), familiar=st.booleans())
def test_a_wait_is_never_negative_and_ends(here: int, since: int, familiar: bool) -> None:
    delay = wait(Failures(ago(here, since), here, ago(here, since), familiar), NOW)
    assert timedelta(0) <= delay <= LONGEST_WAIT
