"""Ratios of the public annual accounts, as published weekly (open-data §2.6).

Generated page: docs/sources/ratios_inpi_bce.md.
"""

from __future__ import annotations

from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, KnownAt, Rule
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import ACCOUNTS_AMOUNT, ISO_DATE, REAL, SIREN, TEXT
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.inpi.detail_bilan import LAG_DAYS
from signaux_faibles.sources.inpi.filing_fields import BILAN_TYPE, WITHHELD, confidentiality_code
from signaux_faibles.sources.inpi.origin import PUBLISHED_RATIOS

AMOUNTS = ("chiffre_d_affaires", "marge_brute", "ebe", "ebit", "resultat_net")
RATIOS = {
    "taux_d_endettement": "%",
    "ratio_de_liquidite": "%",
    "ratio_de_vetuste": "%",
    "autonomie_financiere": "%",
    "poids_bfr_exploitation_sur_ca": "%",
    "couverture_des_interets": "%",
    "caf_sur_ca": "%",
    "capacite_de_remboursement": "années",
    "marge_ebe": "%",
    "resultat_courant_avant_impots_sur_ca": "%",
    "poids_bfr_exploitation_sur_ca_jours": "jours",
    "rotation_des_stocks_jours": "jours",
    "credit_clients_jours": "jours",
    "credit_fournisseurs_jours": "jours",
}
"""In the order of the published file, with their units."""

RATIOS_INPI_BCE = Contract(
    name="ratios_inpi_bce",
    title="Ratios financiers publiés (BCE, d'après l'INPI)",
    owner="Signaux Faibles et Bercy, d'après l'INPI",
    origin=PUBLISHED_RATIOS,
    family=Family.OPEN,
    licence="Licence Ouverte 2.0",
    reference="open-data §2.6",
    files=FileNames(
        exact=("ratios_inpi_bce.csv", "ratios_inpi_bce.parquet", "ratios_inpi_bce.json"),
        downloaded=(r"ratios_inpi_bce(?![-_]sectors)([-_@][\w@-]+)?\.(csv|parquet|json|jsonl|ndjson|geojson)",),
    ),
    dialect=Dialect(separator=";"),
    key="siren",
    due=Due(day=None),
    known_at=KnownAt(fact="date_cloture", lag_days=LAG_DAYS),
    columns=(
        Column("siren", SIREN, "siren", required=True),
        Column("date_cloture", ISO_DATE, "date_cloture_exercice", required=True, doc="end of the exercice"),
        *(Column(name, ACCOUNTS_AMOUNT, name, unit="euro") for name in AMOUNTS),
        *(Column(name, REAL, name, lenient=True, unit=unit) for name, unit in RATIOS.items()),
        Column("type_bilan", BILAN_TYPE, "type_bilan", required=True, longest=50, doc="C, S, K: see `inpi`"),
        Column("confidentiality", TEXT, "confidentiality", absent=True, longest=50, doc="Public, or what is withheld"),
        Column("confidentialite", TEXT, derived=confidentiality_code("confidentiality"), ours=True, doc=WITHHELD),
    ),
    refuse=(
        Rule(
            "date_cloture_exercice hors du possible (de 1970 à 2099)",
            "date_cloture < DATE '1970-01-01' OR date_cloture >= DATE '2100-01-01'",
        ),
    ),
    doubt=(
        Rule("type de bilan inconnu", "type_bilan NOT IN ('C', 'S', 'K')"),
        Rule("chiffre d'affaires négatif", "chiffre_d_affaires < 0"),
        Rule("confidentialité inconnue", "confidentiality IS NOT NULL AND confidentialite IS NULL"),
        Rule("aucun montant ni ratio", f"coalesce({', '.join([*AMOUNTS, *RATIOS])}) IS NULL"),
    ),
    notes=(
        "Headers are found without regard to case: `Chiffre_d_affaires` and `Resultat_net` occur.",
        "Ratios are kept as published. Most are percentages, but some rows of older editions have a quotient instead "
        "of a percentage, and nothing in the row distinguishes them.",
        "A ratio that is not a number is unknown, and its row is kept.",
        "When the profit and loss account is withheld (« Partiellement confidentiel », a quarter of the rows), the "
        "file writes zero for its amounts: they are kept here as delivered, and unknown in `published_ratios`.",
        "There is no filing date: a row is known from its first delivery, else 8 months after its closing, flagged.",
        "A closing after the delivery is kept, but `published_ratios`, which knows the day of the delivery, never "
        "retains it. Several rows of one exercice are all kept here.",
    ),
)
