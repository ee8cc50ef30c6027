"""A query whose SQL is written once gives what the ORM gives, whatever its parameters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from signaux_faibles.web.accounts.models import Account, Habilitation
from signaux_faibles.web.database.fixed_query import FixedQuery


@pytest.fixture(autouse=True)
def agents(account: Callable[[str], Account]) -> None:
    account("CRP de la zone")
    account("habilitations échues")


def held(family: str, day: date) -> object:
    return Habilitation.objects.filter(family=family, until__gte=day).order_by("pk").values_list("family", "until")


def seen(email: str, moment: object) -> object:
    return Account.objects.filter(email=email, opened_at__lt=moment).values_list("email", "opened_at", "is_active")


HELD = FixedQuery(held, "sample", date(2000, 1, 1))
SEEN = FixedQuery(seen, "sample", timezone.now())


@pytest.mark.parametrize("family", ["urssaf", "detection", "", "sample", "' OR 1=1 --"])
@pytest.mark.parametrize("days", [-9_999, 0, 9_999])
def test_days_and_texts(family: str, days: int) -> None:
    day = timezone.localdate() + timedelta(days=days)
    assert HELD.rows(family, day) == list(held(family, day))  # type: ignore[call-overload]


@pytest.mark.parametrize("hours", [-1, 1])
@pytest.mark.parametrize("email", ["crp@demo.example", "nobody"])
def test_moments_and_truths(email: str, hours: int) -> None:
    moment = timezone.now() + timedelta(hours=hours)
    assert SEEN.rows(email, moment) == list(seen(email, moment))  # type: ignore[call-overload]


def test_something_is_found() -> None:
    assert HELD.rows("urssaf", timezone.localdate())
    assert SEEN.rows("crp@demo.example", timezone.now() + timedelta(hours=1))


def test_rows_are_read_again_each_time(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    HELD.rows("urssaf", timezone.localdate())
    Habilitation.objects.all().delete()
    with django_assert_num_queries(1):
        assert HELD.rows("urssaf", timezone.localdate()) == []


def test_a_parameter_that_the_query_does_not_hold_is_refused() -> None:
    unheld = FixedQuery(lambda _: Habilitation.objects.values_list("family"), "sample")
    with pytest.raises(ValueError, match="sample"):
        unheld.rows("urssaf")


def test_it_is_written_once_for_a_database() -> None:
    written: list[str] = []

    def build(family: str) -> object:
        written.append(family)
        return held(family, date(2000, 1, 1))

    query = FixedQuery(build, "sample")  # type: ignore[arg-type]
    query.rows("urssaf")
    query.rows("detection")
    assert written == ["sample"]
