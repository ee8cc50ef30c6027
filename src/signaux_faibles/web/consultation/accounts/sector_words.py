"""The level and the trend of a ratio within its sector, in words that its own line cannot contradict.

The trend is that of the gap to the sector (`sector_positions.tendance`), not that of the ratio. A ratio may fall and
still gain on its sector: when both disagree, the sentence gives both.
"""

from __future__ import annotations

from collections.abc import Mapping

from signaux_faibles.tables.sector.ratios import Sense

STEADY = 0.01
"""Interquartile ranges a year; a smaller slope is called steady, because no figure shown would reveal it."""
YEARS_BACK = (2, 1)
"""The slope is that over two exercices, or over one where the older is not known (`sector_positions`)."""


def level_words(gap: float, sense: Sense) -> str:
    """« meilleur que la médiane »; `gap` is the value less the median, in interquartile ranges."""
    if gap == 0:
        return "à la médiane"
    return "meilleur que la médiane" if gap * sense.value[1] > 0 else "moins bon que la médiane"


def trend_words(slope: float, sense: Sense, values: Mapping[int, float | None], year: int) -> str:
    """« par rapport au secteur, se dégrade »; with « alors que le ratio monte » where the ratio moves otherwise.

    Args:
        slope: of the gap, in interquartile ranges a year.
        values: the ratio by year of closing; None where it is not known.
        year: that of the exercice that is placed.
    """
    gain = 0 if abs(slope) < STEADY else slope * sense.value[1]
    words = f"par rapport au secteur, {'se maintient' if gain == 0 else 's’améliore' if gain > 0 else 'se dégrade'}"
    values_before = (values.get(year - back) for back in YEARS_BACK)
    before, now = next((value for value in values_before if value is not None), None), values.get(year)
    if before is None or now is None:
        return words
    move = now - before
    if (move * sense.value[1] > 0) == (gain > 0) and (move == 0) == (gain == 0):
        return words
    return f"{words}, alors que le ratio {'ne varie pas' if move == 0 else 'monte' if move > 0 else 'baisse'}"


def place_words(
    gap: float | None, slope: float | None, sense: Sense, values: Mapping[int, float | None], year: int
) -> str:
    """The level and the trend; empty for a ratio that is better neither high nor low, or without a gap."""
    if sense is Sense.NEITHER or gap is None:
        return ""
    level = level_words(gap, sense)
    return level if slope is None else f"{level} ; {trend_words(slope, sense, values, year)}"
