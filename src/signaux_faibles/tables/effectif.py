"""Headcounts as delivered, with the mark of the latest (import-chain §8.5)."""

from __future__ import annotations

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import is_latest, last_per


def clean_effectif_ent(effectif_ent: Relation) -> Relation:
    """Headcount of each company by month; no gap is filled.

    A company that stands on two lines of the file has one value a month: that of the last line.

    Args:
        effectif_ent: staging `effectif_ent` of the perimeter.
    Returns:
        siren, periode, effectif_ent, is_latest (the month is the last of the company).
    """
    values = last_per(effectif_ent, ["siren", "periode"], ["batch", "file", "line"])
    return values.select("siren", "periode", "effectif_ent", is_latest=is_latest("periode", "siren"))
