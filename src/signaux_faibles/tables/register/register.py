"""The SIRENE register with its labels (import-chain §8.10, §8.11): the whole register, not only the perimeter."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import joined, last_per
from signaux_faibles.relations.schema import BOOLEAN, DATE, REAL, TEXT, table

_STREET = ("numero_voie", "indrep", "type_voie", "voie")
_MASK = "[ND]"
"""What INSEE writes in place of each element of the name or address of a unit that is not disseminated."""


CLEAN_SIRENE = table(
    "clean_sirene",
    ("siret",),
    "establishments, whole register (import-chain §8.10)",
    siren=TEXT,
    siret=TEXT,
    siege=BOOLEAN,
    adresse=TEXT,
    code_commune=TEXT,
    departement=TEXT,
    libelle_departement=TEXT,
    region=TEXT,
    libelle_region=TEXT,
    ape=TEXT,
    naf_section=TEXT,
    ape_naf25=TEXT,
    naf25_section=TEXT,
    date_creation=DATE,
    longitude=REAL,
    latitude=REAL,
    est_actif=BOOLEAN,
)


def clean_sirene(sirene: Relation, naf: Relation, naf25: Relation, departements: Relation) -> Relation:
    """Establishments with their address in lines, region and section in both nomenclatures, as delivered.

    Args:
        sirene: staging `sirene`.
        naf, naf25: reference tables `naf_codes`, `naf25_codes`.
        departements: reference table `labels_departement_region`.
    Returns:
        the columns of `CLEAN_SIRENE`; unknown and masked elements leave no trace in the address (contract Q23).
    """
    one = _last_of_few(sirene, "siret", ["batch", "file", "line"]).with_columns(adresse=address())
    sections = naf.select(ape=nw.col("niv5"), naf_section=nw.col("niv1"))
    sections25 = naf25.select(ape_naf25=nw.col("niv5"), naf25_section=nw.col("niv1"))
    placed = one.join(departements, on="departement", how="left")
    return placed.join(sections, on="ape", how="left").join(sections25, on="ape_naf25", how="left")


def address() -> nw.Expr:
    """Number and street, complement in brackets; then postcode and town; then country. NULL when nothing is known.

    For a unit that is not disseminated, only the town is left.
    """
    complement = nw.concat_str(nw.lit("("), _shown("complement_adresse"), nw.lit(")"))
    street = joined([*(_shown(name) for name in _STREET), complement], " ")
    town = joined([_shown("code_postal"), nw.coalesce(_shown("commune"), _shown("commune_etranger"))], " ")
    return joined([street, town, _shown("pays_etranger")], "\n")


def _shown(name: str) -> nw.Expr:
    """A text, NULL where it is masked."""
    return nw.when(~nw.col(name).str.contains(_MASK, literal=True)).then(nw.col(name))


CLEAN_SIRENE_UL = table(
    "clean_sirene_ul",
    ("siren",),
    "legal units, whole register (import-chain §8.11)",
    siren=TEXT,
    raison_sociale=TEXT,
    categorie_juridique=TEXT,
    libelle_categorie_juridique=TEXT,
    activite_principale=TEXT,
    libelle_activite_principale=TEXT,
    naf_section=TEXT,
    libelle_naf_section=TEXT,
    activite_principale_naf25=TEXT,
    libelle_activite_principale_naf25=TEXT,
    naf25_section=TEXT,
    libelle_naf25_section=TEXT,
    departement=TEXT,
    siret_siege=TEXT,
    libelle_departement=TEXT,
    region=TEXT,
    libelle_region=TEXT,
    creation=DATE,
    est_actif=BOOLEAN,
)


def clean_sirene_ul(
    sirene_ul: Relation,
    sirene: Relation,
    naf: Relation,
    naf25: Relation,
    categories: Relation,
    departements: Relation,
) -> Relation:
    """Legal units with their labels and their head office.

    One row per company: when two establishments claim to be the head office, the active one counts, then the one with
    a known department, then the most recent (contract W10).

    Args:
        sirene_ul, sirene: staging tables.
        naf, naf25, categories, departements: reference tables.
    Returns:
        the columns of `CLEAN_SIRENE_UL`.
    """
    units = _last_of_few(sirene_ul, "siren", ["batch", "file", "line"]).with_columns(raison_sociale=company_name())
    return (
        units.join(head_offices(sirene), on="siren", how="left")
        .join(_activity(naf, "activite_principale", "naf"), on="activite_principale", how="left")
        .join(_activity(naf25, "activite_principale_naf25", "naf25"), on="activite_principale_naf25", how="left")
        .join(
            categories.select(categorie_juridique=nw.col("code"), libelle_categorie_juridique=nw.col("libelle")),
            on="categorie_juridique",
            how="left",
        )
        .join(departements, on="departement", how="left")
    )


def head_offices(sirene: Relation) -> Relation:
    """The head office of each company: siren, siret_siege, departement (NULL abroad)."""
    ranked = sirene.filter(nw.col("siege")).with_columns(placed_=~nw.col("departement").is_null())
    chosen = _last_of_few(ranked, "siren", ["est_actif", "placed_", "date_creation", "siret", "batch", "file", "line"])
    return chosen.select("siren", "departement", siret_siege=nw.col("siret"))


def _last_of_few(register: Relation, key: str, order: list[str]) -> Relation:
    """`last_per` for keys, never NULL, that nearly all have a single row: only the rows of the other keys are ranked.

    Ranking the 42 million companies of the whole register takes 15 GiB, and a run limited to 11 GB stopped there.
    Counting them, then ranking the few that have several rows, stays under that limit (docs/performance.md).
    """
    repeated = register.group_by(key).agg(rows_=nw.len()).filter(nw.col("rows_") > 1).select(key)
    once = register.join(repeated, on=key, how="anti")
    return nw.concat([once, last_per(register.join(repeated, on=key, how="semi"), key, order)])


def company_name() -> nw.Expr:
    """Denomination, else the names of a sole trader followed by EI (contract Q24).

    NULL when no name is known, or when one of them is masked, because the others would partly identify the person.
    """
    names = ["nom_unite_legale", "nom_usage_unite_legale", *(f"prenom{n}_unite_legale" for n in range(1, 5))]
    person = nw.concat_str(joined([nw.col(name) for name in names], " "), nw.lit(" EI"))
    name = nw.coalesce(nw.col("raison_sociale"), person)
    return nw.when(~name.str.contains(_MASK, literal=True)).then(name)


def _activity(labels: Relation, code: str, prefix: str) -> Relation:
    return labels.select(
        nw.col("niv5").alias(code),
        nw.col("niv5_libelle").alias(f"libelle_{code}"),
        nw.col("niv1").alias(f"{prefix}_section"),
        nw.col("niv1_libelle").alias(f"libelle_{prefix}_section"),
    )
