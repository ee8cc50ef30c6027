"""Quantiles of the ratios by sector and turnover, as published (open-data §2.7).

Generated page: docs/sources/ratios_inpi_bce_sectors.md.
"""

from __future__ import annotations

from itertools import pairwise

from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, KnownAt, Rule
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import CODE, INTEGER, REAL
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.inpi.origin import SECTOR_QUANTILES

QUANTILES = ("q10", "q25", "q50", "q75", "q90")
SECTOR_RATIOS = {
    "part_ca_marge_brute": "%",
    "part_ca_ebe": "%",
    "part_ca_ebit": "%",
    "part_ca_resultat_net": "%",
    "taux_d_endettement": "%",
    "autonomie_financiere": "%",
    "ratio_de_vetuste": "%",
    "caf_sur_ca": "%",
    "capacite_de_remboursement": "années",
    "ratio_de_liquidite": "%",
    "poids_bfr_exploitation": "%",
    "poids_bfr_exploitation_sur_ca_jours": "jours",
    "rotation_des_stocks_jours": "jours",
    "credit_clients_jours": "jours",
    "credit_fournisseurs_jours": "jours",
    "marge_ebe": "%",
}
"""The ratios that have quantiles, with their units."""
CLASSES_CA = ("*", "<2M", "2M-10M", "10M-50M", ">50M")
_PUBLISHED = tuple(f"{ratio}_{quantile}" for ratio in SECTOR_RATIOS for quantile in QUANTILES)

RATIOS_INPI_BCE_SECTORS = Contract(
    name="ratios_inpi_bce_sectors",
    title="Quantiles sectoriels des ratios financiers publiés",
    owner="Signaux Faibles et Bercy, d'après l'INPI",
    origin=SECTOR_QUANTILES,
    family=Family.OPEN,
    licence="Licence Ouverte 2.0",
    reference="open-data §2.7, first-generation §2.8",
    files=FileNames(
        exact=("ratios_inpi_bce_sectors.csv", "ratios_inpi_bce_sectors.parquet", "ratios_inpi_bce_sectors.json"),
        downloaded=(r"ratios_inpi_bce[-_]sectors([-_@][\w@-]+)?\.(csv|parquet|json|jsonl|ndjson|geojson)",),
    ),
    dialect=Dialect(separator=";"),
    key="classe_naf",
    due=Due(day=None),
    known_at=KnownAt(),
    columns=(
        Column("classe_naf", CODE, "classe_naf", required=True, longest=6, doc="section, 2 to 5 characters, « * » all"),
        Column("classe_ca", CODE, "classe_ca", required=True, longest=10, doc="class of turnover, « * » all"),
        Column("exercice", INTEGER, "exercice", required=True, doc="year"),
        Column("cohorte", INTEGER, "cohorte", required=True, doc="number of accounts"),
        *(
            Column(f"{ratio}_{quantile}", REAL, f"{ratio}_{quantile}", absent=True, lenient=True, unit=unit)
            for ratio, unit in SECTOR_RATIOS.items()
            for quantile in QUANTILES
        ),
    ),
    refuse=(
        Rule("cohorte n'est pas un nombre de bilans", "cohorte < 1"),
        Rule("exercice hors du possible (de 1970 à 2099)", "exercice NOT BETWEEN 1970 AND 2099"),
        Rule(
            "classe_naf n'est ni « * », ni une section, ni un code NAF",
            "NOT regexp_full_match(classe_naf, '[*]|[A-Z]|[0-9]{2}([.]?[0-9]{1,2}[A-Z]?)?')",
        ),
    ),
    doubt=(
        Rule(
            "classe de chiffre d'affaires inconnue",
            f"classe_ca NOT IN {CLASSES_CA}",
        ),
        Rule(
            "quantiles qui ne sont pas croissants",
            " OR ".join(
                f"{ratio}_{low} > {ratio}_{high}" for ratio in SECTOR_RATIOS for low, high in pairwise(QUANTILES)
            ),
        ),
        Rule("aucun quantile", f"coalesce({', '.join(_PUBLISHED)}) IS NULL"),
    ),
    notes=(
        "No row is about a company: the key is the activity. Small classes are not published: the finest class that "
        "exists is the one to compare with.",
        "A column of quantiles may be absent; the operating working capital is published as a share of the turnover "
        "(`poids_bfr_exploitation`) and in days.",
    ),
)
