"""Why a company is in alert, as far as an agent may read."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.snapshot.served.lists import AlertReason
from signaux_faibles.sources.families import Family
from signaux_faibles.web.consultation.explanation import CONFIDENTIAL, explain


def reason(theme: str, contribution: float, family: Family = Family.OPEN, label: str = "donnée") -> AlertReason:
    return AlertReason(theme, label, "12", None, "source", family, date(2026, 10, 1), contribution)


def test_themes_come_heaviest_first_whatever_their_sense() -> None:
    found = explain([reason("A", 0.2), reason("B", -0.9), reason("A", 0.3)], lambda _: True)
    assert [(theme.label, round(theme.contribution, 6)) for theme in found.themes] == [("B", -0.9), ("A", 0.5)]


def test_the_main_reason_is_the_one_that_raises_the_risk() -> None:
    assert explain([reason("A", 0.2), reason("B", -0.9)], lambda _: True).main == "A"
    assert explain([reason("A", 2, Family.URSSAF)], lambda family: family is Family.OPEN).main == CONFIDENTIAL
    assert explain([], lambda _: True).main == ""


REASONS = st.builds(
    reason,
    st.sampled_from(["A", "B", "C"]),
    st.floats(-3, 3),
    st.sampled_from(list(Family)),
    st.sampled_from(["x", "y"]),
)


@given(reasons=st.lists(REASONS, max_size=8), opened=st.sets(st.sampled_from(list(Family))))
def test_a_closed_reason_leaves_no_trace_but_that_it_exists(reasons: list[AlertReason], opened: set[Family]) -> None:
    readable = [one for one in reasons if one.family in opened]
    found = explain(reasons, lambda family: family in opened)
    assert found.themes == explain(readable, lambda _: True).themes
    assert found.confidential is (len(readable) < len(reasons))
