"""Which alerts the « liste retraitée » ranks, and how many of them are called (model §4.9)."""

from __future__ import annotations

from enum import StrEnum

YEARS = 3
"""A company created less than three years before is not eligible (model §4.9)."""
K = 200
"""Companies per department, unless somebody asks for another number (model §4.9)."""


class WhyNot(StrEnum):
    """Why an alert is not eligible; the first that holds."""

    NOT_FIRST = "deja_en_alerte"
    PLAN = "delai_en_cours"
    RECENT = "recente"
