"""When each establishment was active (import-chain §8.9)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import following
from signaux_faibles.relations.schema import BOOLEAN, DATE, TEXT, table

CLEAN_SIRENE_HISTO = table(
    "clean_sirene_histo",
    ("siret", "date_debut", "date_fin", "est_actif"),
    "when each establishment was active (import-chain §8.9)",
    siret=TEXT,
    date_debut=DATE,
    date_fin=DATE,
    est_actif=BOOLEAN,
)


def clean_sirene_histo(sirene_histo: Relation) -> Relation:
    """The periods of activity and of closure of each establishment.

    Periods are ordered by start, unknown starts last; those with the earliest start and those that changed the state
    are kept. A period ends the day before the next one kept; the end given by INSEE is not read. A first period with an
    unknown start is therefore lost, unless it is alone or flagged as a change (contract Q22). Periods with the same
    start follow each other in the order of the file.

    Args:
        sirene_histo: staging `sirene_histo` of the perimeter.
    Returns:
        siret, date_debut, date_fin (included; NULL for the last), est_actif.
    """
    earliest = nw.col("date_debut").min().over("siret")
    ranked = sirene_histo.with_columns(
        is_first_=(nw.col("date_debut") == earliest).fill_null(False) | earliest.is_null(),
        undated_=nw.col("date_debut").is_null(),
    )
    changes = ranked.filter(nw.col("is_first_") | nw.col("changement_statut_actif"))
    order = ["undated_", "date_debut", "batch", "file", "line"]
    next_start = following("date_debut", "siret", order)
    return changes.with_columns(next_=next_start).select(
        "siret", "date_debut", "est_actif", date_fin=nw.col("next_").dt.offset_by("-1d").cast(nw.Date)
    )
