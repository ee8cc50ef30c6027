"""Why a company is in alert, as far as an agent may read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from signaux_faibles.snapshot.archived.reasons import SAME_EFFECT, AlertReason, ThemeEffect
from signaux_faibles.sources.families import Family
from signaux_faibles.web.components.templatetags.french import CLEAR, STRONG
from signaux_faibles.web.consultation.explanation import (
    COMMON,
    CONFIDENTIAL,
    WHOLE,
    Explanation,
    ReadableThemes,
    explain,
    main_reason,
    readable_themes,
)


def reason(theme: str, contribution: float, family: Family = Family.OPEN, label: str = "donnée") -> AlertReason:
    return AlertReason(theme, label, "12", None, "source", family, date(2026, 10, 1), contribution)


def test_themes_come_heaviest_first_whatever_their_sense() -> None:
    found = explain([reason("A", 0.2), reason("B", -0.9), reason("A", 0.3)], lambda _: True)
    assert [(theme.label, round(theme.contribution, 6)) for theme in found.themes] == [("B", -0.9), ("A", 0.5)]


def only_open(family: Family) -> bool:
    return family is Family.OPEN


def test_the_main_reason_is_the_one_that_raises_the_risk() -> None:
    assert explain([reason("A", 0.2), reason("B", -0.9)], lambda _: True).main == "A"
    assert explain([], lambda _: True).main == ""


@pytest.mark.parametrize("closed", [-1.0, 0.0, 0.1, 2.0])
def test_no_readable_reason_is_called_main_beside_a_closed_one_whose_weight_leaves_no_trace(closed: float) -> None:
    found = explain([reason("A", closed, Family.URSSAF), reason("B", 0.5)], only_open)
    assert (found.main, found.readable) == (CONFIDENTIAL, "B")


IDLE = {
    "no effect at all": (0.0, False, 0.4, ["A"]),
    "the effect that every alert has": (0.223, True, 0.4, ["A"]),
    "an effect of its own": (0.223, False, 0.623, ["A"]),
}


@pytest.mark.parametrize(("contribution", "shared", "theme", "themes"), IDLE.values(), ids=IDLE)
def test_a_reason_that_sets_no_company_apart_is_named_but_colours_no_theme(
    contribution: float, shared: bool, theme: float, themes: list[str]
) -> None:
    plain = replace(reason("A", contribution, label="retard"), idle=shared)
    found = explain([plain, reason("A", 0.4)], lambda _: True)
    assert [(one.label, round(one.contribution, 6)) for one in found.themes] == [("A", theme)]
    assert [one.label for one in found.idle] == ([] if theme > 0.5 else ["retard"])
    alone = explain([plain], lambda _: True)
    assert [one.label for one in alone.themes] == (themes if theme > 0.5 else [])


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
    alone = explain(readable, lambda _: True)
    assert (found.themes, found.idle, found.readable) == (alone.themes, alone.idle, alone.readable)
    assert found.confidential is (len(readable) < len(reasons))


@given(reasons=st.lists(REASONS, max_size=8), opened=st.sets(st.sampled_from(list(Family))))
def test_the_waterfall_adds_up_to_what_may_be_read(reasons: list[AlertReason], opened: set[Family]) -> None:
    readable = [one for one in reasons if one.family in opened]
    found = explain(reasons, lambda family: family in opened)
    assert found.total == pytest.approx(sum(one.contribution for one in readable), abs=1e-6)
    if not found.themes:
        assert found.steps == ()
        return
    *steps, whole = found.steps
    assert (whole.label, whole.effect) == (WHOLE, found.total)
    assert sum(one.effect for one in steps) == pytest.approx(found.total, abs=1e-6)
    assert [one.label for one in steps][: len(found.themes)] == [one.label for one in found.themes]
    assert (steps[-1].label == COMMON) is (abs(found.common) >= SAME_EFFECT)


def effects_of(reasons: list[AlertReason]) -> list[ThemeEffect]:
    """As a list holds them: one by theme and by family."""
    pairs = dict.fromkeys((one.theme, one.family) for one in reasons)
    counted = {pair: [one.contribution for one in reasons if (one.theme, one.family) == pair and
                      abs(one.contribution) >= SAME_EFFECT] for pair in pairs}  # fmt: skip
    return [ThemeEffect(*pair, sum(some) if some else None) for pair, some in counted.items()]


@given(
    reasons=st.lists(REASONS.map(lambda one: replace(one, contribution=round(one.contribution, 3))), max_size=8),
    opened=st.sets(st.sampled_from(list(Family))),
)
def test_a_row_of_a_list_says_the_main_reason_of_the_page(reasons: list[AlertReason], opened: set[Family]) -> None:
    def lets(family: Family) -> bool:
        return family in opened

    row, page = main_reason(effects_of(reasons), lets), explain(reasons, lets)
    assert (row.main == page.main, row.confidential) == (True, page.confidential) or near_tie(page)
    exported = readable_themes(effects_of(reasons), lets)
    steps = (0.0, CLEAR, STRONG)
    assume(all(abs(abs(one.contribution) - step) > SAME_EFFECT for one in page.themes for step in steps))
    assert exported == ReadableThemes({one.label: one.words for one in page.themes}, page.confidential)


def near_tie(page: Explanation) -> bool:
    """Whether two themes weigh the same but for the rounding of sums, or one of them nothing."""
    weights = sorted(abs(theme.contribution) for theme in page.themes)
    return any(right - left < SAME_EFFECT for left, right in pairwise([0.0, *weights]))


def test_an_imported_list_has_themes_and_no_waterfall() -> None:
    put_forward = replace(reason("A", 3.0), measured=False)
    assert explain([put_forward, reason("B", 0.5)], lambda _: True).steps == ()
