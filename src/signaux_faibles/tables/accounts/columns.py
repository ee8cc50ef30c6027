"""The columns that the tables of annual accounts share: one row is one filing (open-data §2.6, §2.8)."""

from __future__ import annotations

from signaux_faibles.relations.schema import Field, Kind
from signaux_faibles.tables.accounts.formulas import Aggregate

SORT = ("siren", "date_cloture", "type_bilan", "known_at", "batch", "file", "line")

KEY_FIELDS = (
    Field("siren", Kind.TEXT),
    Field("date_cloture", Kind.DATE, "end of the exercice"),
    Field("type_bilan", Kind.TEXT, "C complet, S simplifié, K consolidé"),
    Field("known_at", Kind.DATE, "day of filing, else the day assumed"),
    Field("known_at_assumed", Kind.BOOLEAN, "the source gives no day of filing"),
)
LINEAGE_FIELDS = (
    Field("batch", Kind.TEXT, "batch that delivered the filing, AAMM"),
    Field("file", Kind.TEXT, "file that holds it"),
    Field("line", Kind.BIGINT, "its rank in the file"),
)
WINNER_FIELDS = (
    Field("est_dernier_depot", Kind.BOOLEAN, "the latest filing of its exercice and type"),
    Field("est_retenu", Kind.BOOLEAN, "the filing retained for its exercice: latest of K, else C, else S"),
)


FILING_FIELDS = (
    Field("num_depot", Kind.TEXT, "number of the filing"),
    Field("code_greffe", Kind.TEXT),
    Field("duree_exercice", Kind.INTEGER, "length of the exercice as filed", "mois"),
    Field("confidentialite", Kind.TEXT, "as filed: 0 public, 1 all withheld, 2 profit and loss withheld"),
    Field("code_motif", Kind.TEXT, "how INPI typed it: see `is_typed`"),
)
STATE_FIELDS = (
    Field("liasse", Kind.TEXT, "saisie, confidentielle (withheld by right), or non saisie"),
    Field("compte_de_resultat", Kind.TEXT, "public, confidentiel, or non déposé"),
    Field("effectif_moyen", Kind.INTEGER, "average headcount: YP (2058-C), 376 (2033-E)"),
)
BROKEN_FIELD = Field("identites_rompues", Kind.TEXT, "controls that the filing breaks, in French, joined by « ; »")
FLAGS_OF_OTHER_FILINGS = ("identite_rompue", "en_milliers", "unite_suspecte", "par_tete_suspect")
"""Flags that `accounts` raises from other columns or other filings; `accounts_as_filed` raises the others."""


def formula_text(aggregate: Aggregate) -> str:
    """The meaning of an amount, and the cells that make it up on both forms."""
    return f"{aggregate.doc}: {aggregate.normal or 'absent'} (2050), {aggregate.simplified or 'absent'} (2033)"
