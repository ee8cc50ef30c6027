"""The legal category of a unit: four digits, whose labels are in the reference table `categories_juridiques`."""

from __future__ import annotations

from signaux_faibles.relations.schema import Kind
from signaux_faibles.sources.fields import FieldType


def _digits(text: str) -> str:
    return f"CASE WHEN regexp_full_match({text}, '[0-9]{{4}}([.,]0+)?') THEN left({text}, 4) END"


LEGAL_CATEGORY = FieldType("catégorie juridique", Kind.TEXT, _digits, "n'est pas une catégorie juridique (4 chiffres)")
"""« 5499.0 » is 5499: programs keep such numbers exact."""
