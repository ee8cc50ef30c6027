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
        Field("chef_lieu", Kind.TEXT, "code of the present commune that an old one or an arrondissement belongs to"),
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

    Nothing else opens these files: `load(name).to_pylist()` gives the rows of a table as dictionaries.

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


def section_labels(nomenclature: str = "naf_codes") -> dict[str, str]:
    """The label of each section of a nomenclature, `naf_codes` or `naf25_codes`, by its letter."""
    codes = load(nomenclature)
    return dict(zip(codes["niv1"].to_pylist(), codes["niv1_libelle"].to_pylist(), strict=True))
