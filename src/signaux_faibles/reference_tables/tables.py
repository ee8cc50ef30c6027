"""Load the tables of codes and labels (import-chain §9; their sources are in `README.md`)."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

import pyarrow as pa
import pyarrow.csv as pacsv

from signaux_faibles.relations.schema import Field, Kind, Schema

_NAF = (
    Field("niv5", Kind.TEXT, "sub-class, 01.11Z"),
    Field("niv4", Kind.TEXT, "class, 01.11"),
    Field("niv3", Kind.TEXT, "group, 01.1"),
    Field("niv2", Kind.TEXT, "division, 01"),
    Field("niv1", Kind.TEXT, "section, A"),
    Field("niv1_libelle", Kind.TEXT),
    Field("niv5_libelle", Kind.TEXT),
)

NAF_CODES = Schema("naf_codes", _NAF, ("niv5",), "NAF rév. 2")
NAF25_CODES = Schema("naf25_codes", _NAF, ("niv5",), "NAF 2025")
CATEGORIES_JURIDIQUES = Schema(
    "categories_juridiques", (Field("code", Kind.TEXT), Field("libelle", Kind.TEXT)), ("code",), "Catégories juridiques"
)
LABELS_DEPARTEMENT_REGION = Schema(
    "labels_departement_region",
    (
        Field("departement", Kind.TEXT),
        Field("libelle_departement", Kind.TEXT),
        Field("region", Kind.TEXT),
        Field("libelle_region", Kind.TEXT),
    ),
    ("departement",),
    "Départements et régions",
)
LABELS_MOTIF_RECOURS = Schema(
    "labels_motif_recours",
    (Field("id", Kind.INTEGER), Field("label", Kind.TEXT)),
    ("id",),
    "Motifs de recours à l'activité partielle",
)
COMMUNES = Schema(
    "communes",
    (
        Field("code", Kind.TEXT, "INSEE code; a commune déléguée may bear the code of its commune"),
        Field("nom", Kind.TEXT),
        Field("type", Kind.TEXT, "commune-actuelle, commune-deleguee, commune-associee, arrondissement-municipal"),
        Field("departement", Kind.TEXT),
        Field("region", Kind.TEXT),
        Field("codes_postaux", Kind.TEXT, "separated by spaces"),
        Field("population", Kind.INTEGER, "inhabitants"),
    ),
    ("code", "type"),
    "Communes de 2026",
)
ROLES_RNE = Schema(
    "roles_rne",
    (Field("code", Kind.TEXT), Field("libelle", Kind.TEXT)),
    ("code",),
    "Rôles des dirigeants au registre national des entreprises",
)

TABLES = {
    schema.name: schema
    for schema in (
        NAF_CODES,
        NAF25_CODES,
        CATEGORIES_JURIDIQUES,
        LABELS_DEPARTEMENT_REGION,
        LABELS_MOTIF_RECOURS,
        COMMUNES,
        ROLES_RNE,
    )
}


@cache
def load(name: str) -> pa.Table:
    """A reference table with the columns and types of `TABLES[name]`, sorted by its key; NULL when nothing is known.

    Raises:
        KeyError: no table has that name.
    """
    schema = TABLES[name]
    with as_file(files("signaux_faibles.reference_tables") / "data" / f"{name}.csv") as path:
        table = pacsv.read_csv(
            path,
            convert_options=pacsv.ConvertOptions(
                column_types=schema.arrow, null_values=[""], strings_can_be_null=True, include_columns=schema.names
            ),
        )
    return table.sort_by([(key, "ascending") for key in schema.sort])


def naf_codes() -> pa.Table:
    """The 732 sub-classes of NAF rév. 2, with their parents and labels."""
    return load("naf_codes")


def naf25_codes() -> pa.Table:
    """The 747 sub-classes of NAF 2025, with their parents and labels."""
    return load("naf25_codes")


def categories_juridiques() -> pa.Table:
    """The 260 legal categories of INSEE."""
    return load("categories_juridiques")


def labels_departement_region() -> pa.Table:
    """The 110 départements and collectivités, with their region."""
    return load("labels_departement_region")


def labels_motif_recours() -> pa.Table:
    """The 7 reasons for activité partielle."""
    return load("labels_motif_recours")


def roles_rne() -> pa.Table:
    """The most frequent roles of directors in the register of companies; any other code has no label."""
    return load("roles_rne")


def communes() -> pa.Table:
    """The communes of 2026, present, déléguées and associées, and the arrondissements of Paris, Lyon and Marseille."""
    return load("communes")
