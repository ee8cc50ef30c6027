"""Where a ratio stands in its sector, in words: no sentence contradicts the figures of its own line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.tables.sector.ratios import Sense
from signaux_faibles.web.consultation.accounts.sector_words import place_words

HIGHER, LOWER, NEITHER = Sense.HIGHER, Sense.LOWER, Sense.NEITHER
CASES: dict[str, tuple[float | None, float | None, Sense, dict[int, float | None], str]] = {
    "falls, and so does its place": (
        -0.4, -0.2, HIGHER, {2025: 4.0, 2024: 7.1, 2023: 9.0},
        "moins bon que la médiane ; par rapport au secteur, se dégrade",
    ),
    "falls less than its sector": (
        -0.4, 0.2, HIGHER, {2025: 175, 2024: 177, 2023: 198},
        "moins bon que la médiane ; par rapport au secteur, s’améliore, alors que le ratio baisse",
    ),
    "does not move while its sector gains": (
        0.3, 0.1, LOWER, {2025: 102, 2024: 102, 2023: 102},
        "moins bon que la médiane ; par rapport au secteur, se dégrade, alors que le ratio ne varie pas",
    ),
    "shorter delays, better place": (
        -0.3, -0.1, LOWER, {2025: 40, 2024: 60},
        "meilleur que la médiane ; par rapport au secteur, s’améliore",
    ),
    "moves with its sector": (
        0.3, 0.0, HIGHER, {2025: 40, 2023: 60},
        "meilleur que la médiane ; par rapport au secteur, se maintient, alors que le ratio baisse",
    ),
    "equals the median": (0.0, None, HIGHER, {2025: 40}, "à la médiane"),
    "is compared with two years before, not with the year before": (
        0.3, 0.1, HIGHER, {2025: 40, 2024: 60, 2023: 30},
        "meilleur que la médiane ; par rapport au secteur, s’améliore",
    ),
    "the earlier figures are not known": (
        0.3, 0.1, HIGHER, {2025: 40, 2024: None, 2023: None},
        "meilleur que la médiane ; par rapport au secteur, s’améliore",
    ),
    "neither high nor low is better": (0.3, 0.1, NEITHER, {2025: 40}, ""),
    "no gap": (None, None, HIGHER, {2025: 40}, ""),
}  # fmt: skip


@pytest.mark.parametrize(("gap", "slope", "sense", "values", "sentence"), CASES.values(), ids=CASES)
def test_the_place_of_a_ratio(
    gap: float | None, slope: float | None, sense: Sense, values: dict[int, float | None], sentence: str
) -> None:
    assert place_words(gap, slope, sense, values, 2025) == sentence


@given(
    slope=st.floats(-2, 2), before=st.floats(-50, 50), now=st.floats(-50, 50), sense=st.sampled_from([HIGHER, LOWER])
)
def test_a_line_that_moves_against_the_sentence_says_so(slope: float, before: float, now: float, sense: Sense) -> None:
    sentence = place_words(0.5, slope, sense, {2023: before, 2025: now}, 2025)
    better = now > before if sense is HIGHER else now < before
    if "s’améliore" in sentence and not better:
        assert "alors que le ratio" in sentence
    if "se dégrade" in sentence and (better or now == before):
        assert "alors que le ratio" in sentence
