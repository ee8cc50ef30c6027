"""The tables of annual accounts: one row a filing (open-data §2.6, §2.8)."""

from __future__ import annotations

from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.sources.inpi.liasse import CELLS, TOTALS
from signaux_faibles.tables.accounts_cells import column_of, page_of
from signaux_faibles.tables.accounts_formulas import AGGREGATES, Aggregate
from signaux_faibles.tables.accounts_quality import ANOMALIES
from signaux_faibles.tables.ratios import RATIOS

_SORT = ("siren", "date_cloture", "type_bilan", "known_at", "batch", "file", "line")

_KEY = (
    Field("siren", Kind.TEXT),
    Field("date_cloture", Kind.DATE, "end of the exercice"),
    Field("type_bilan", Kind.TEXT, "C complet, S simplifié, K consolidé"),
    Field("known_at", Kind.DATE, "day of filing, else the day assumed"),
    Field("known_at_assumed", Kind.BOOLEAN, "the source gives no day of filing"),
)
_LINEAGE = (
    Field("batch", Kind.TEXT, "batch that delivered the filing, AAMM"),
    Field("file", Kind.TEXT, "file that holds it"),
    Field("line", Kind.BIGINT, "its rank in the file"),
)
_WINNERS = (
    Field("est_dernier_depot", Kind.BOOLEAN, "the latest filing of its exercice and type"),
    Field("est_retenu", Kind.BOOLEAN, "the filing retained for its exercice: latest of K, else C, else S"),
)


_FILING = (
    Field("num_depot", Kind.TEXT, "number of the filing"),
    Field("code_greffe", Kind.TEXT),
    Field("duree_exercice", Kind.INTEGER, "length of the exercice as filed", "mois"),
    Field("confidentialite", Kind.TEXT, "as filed: 0 public, 1 all withheld, 2 profit and loss withheld"),
)
_STATE = (
    Field("compte_de_resultat", Kind.TEXT, "public, confidentiel, or non déposé"),
    Field("effectif_moyen", Kind.INTEGER, "average headcount: YP (2058-C), 376 (2033-E)"),
)
_BROKEN = Field("identites_rompues", Kind.TEXT, "controls that the filing breaks, in French, joined by « ; »")
_OF_THE_FAMILY = ("identite_rompue", "en_milliers", "unite_suspecte", "par_tete_suspect")
"""Flags that `accounts` raises, from other columns or other filings; `accounts_as_filed` has the others."""


def _formula(aggregate: Aggregate) -> str:
    return f"{aggregate.doc}: {aggregate.normal or 'not told'} (2050), {aggregate.simplified or 'not told'} (2033)"


def _amounts(aggregate: Aggregate) -> tuple[Field, ...]:
    name, formula = aggregate.name, _formula(aggregate)
    fields = [
        Field(f"{name}_depose", Kind.EUROS, f"as filed, {formula}", "euro"),
        Field(name, Kind.EUROS, f"corrected, {formula}", "euro"),
    ]
    if aggregate.flow:
        fields.append(Field(f"{name}_12m", Kind.EUROS, "the same over twelve months", "euro"))
    return tuple(fields)


ACCOUNT_CELLS = Schema(
    "account_cells",
    (
        *_KEY,
        Field("date_depot", Kind.DATE, "day of filing, unknown for some sources"),
        *_FILING,
        Field("devise", Kind.TEXT),
        *(
            Field(column_of(form, code), Kind.BIGINT, f"cell {code} of the {form.value} forms", "euro")
            for form, cells in CELLS.items()
            for code in cells
        ),
        *(
            Field(page_of(form, page), Kind.BOOLEAN, "whether the page is filed")
            for form, pages in TOTALS.items()
            for page in pages
        ),
        *_LINEAGE,
    ),
    ("siren", "date_cloture", "type_bilan", "known_at", "batch", "file", "line"),
    "cells of the annual accounts, one row a filing delivered",
)

ACCOUNTS_AS_FILED = Schema(
    "accounts_as_filed",
    (
        *_KEY,
        *_FILING,
        *_STATE,
        *(
            Field(f"{aggregate.name}_depose", Kind.BIGINT, f"as filed, {_formula(aggregate)}", "euro")
            for aggregate in AGGREGATES
        ),
        *(Field(f"{aggregate.name}_plafonne", Kind.BOOLEAN, "a cell is at the cap") for aggregate in AGGREGATES),
        *(Field(flag, Kind.BOOLEAN, said) for flag, said in ANOMALIES.items() if flag not in _OF_THE_FAMILY),
        _BROKEN,
        *_LINEAGE,
    ),
    _SORT,
    "annual accounts as filed, one row a filing",
)

ACCOUNTS = Schema(
    "accounts",
    (
        *_KEY,
        *_FILING,
        *_STATE,
        *_WINNERS,
        *(field for aggregate in AGGREGATES for field in _amounts(aggregate)),
        *(Field(flag, Kind.BOOLEAN, said) for flag, said in ANOMALIES.items()),
        _BROKEN,
        Field("anomalies", Kind.TEXT, "all flags in French, joined by « ; »"),
        *_LINEAGE,
    ),
    _SORT,
    "annual accounts as filed and as corrected, one row a filing",
)

ACCOUNT_RATIOS = Schema(
    "account_ratios",
    (
        *_KEY,
        Field("confidentiality", Kind.TEXT, "Public, or Publication simplifiee: profit and loss withheld"),
        *_WINNERS,
        *(
            Field(amount, Kind.EUROS, "corrected amount of `accounts`, not brought to twelve months", "euro")
            for amount in ("chiffre_d_affaires", "marge_brute", "ebe", "ebit", "resultat_net")
        ),
        *(Field(ratio.name, Kind.REAL, ratio.doc, ratio.unit) for ratio in RATIOS),
        *_LINEAGE,
    ),
    _SORT,
    "the ratios of `ratios_inpi_bce`, one row a filing",
)

ACCOUNTS_ASIDE = Schema(
    "accounts_aside",
    (
        Field("siren", Kind.TEXT, "unknown where the filing is too damaged to say"),
        Field("date_cloture", Kind.DATE, "end of the exercice, unknown for a refused filing"),
        Field("type_bilan", Kind.TEXT),
        Field("motif", Kind.TEXT, "why it gives no accounts, in French"),
        *_LINEAGE,
    ),
    ("siren", "date_cloture", "batch", "file", "line", "motif"),
    "filings delivered that give no accounts",
)

ACCOUNTS_COVERAGE = Schema(
    "accounts_coverage",
    (
        Field("siren", Kind.TEXT),
        Field("depots", Kind.INTEGER, "filings read"),
        Field("depots_ecartes", Kind.INTEGER, "filings of `accounts_aside`"),
        Field("exercices", Kind.INTEGER, "exercices that have a retained filing"),
        Field("date_cloture", Kind.DATE, "end of the last of them"),
        Field("type_bilan", Kind.TEXT, "of its retained filing"),
        *_KEY[3:],
        Field("compte_de_resultat", Kind.TEXT, "public, confidentiel, or non déposé"),
        Field("ratios_connus", Kind.INTEGER, f"ratios of `account_ratios` that it has, of {len(RATIOS)}"),
        Field("anomalies", Kind.TEXT, "its flags in French"),
        Field("motif", Kind.TEXT, "why there are no accounts or few ratios, in French"),
    ),
    ("siren",),
    "what is known of the annual accounts of each company, or why nothing is",
)

ALL: dict[str, Schema] = {
    schema.name: schema
    for schema in (ACCOUNT_CELLS, ACCOUNTS_AS_FILED, ACCOUNTS, ACCOUNT_RATIOS, ACCOUNTS_ASIDE, ACCOUNTS_COVERAGE)
}
