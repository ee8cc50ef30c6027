"""The clean tables: the contract that other teams read (import-chain §8; deviations in docs/contract.md)."""

from signaux_faibles.relations.schema import Kind, Schema, table

TEXT, DATE, BOOLEAN, INTEGER, AMOUNT, EUROS, REAL = (
    Kind.TEXT,
    Kind.DATE,
    Kind.BOOLEAN,
    Kind.INTEGER,
    Kind.AMOUNT,
    Kind.EUROS,
    Kind.REAL,
)

CLEAN_FILTER = table("clean_filter", ("siren",), "the companies of the perimeter (§6.5)", siren=TEXT)

CLEAN_AP = table(
    "clean_ap",
    ("siret", "periode"),
    "activité partielle by establishment and month (§8.1); the last three columns are ours",
    siret=TEXT,
    siren=TEXT,
    periode=DATE,
    etp_autorise=REAL,
    etp_consomme=REAL,
    motif_recours=TEXT,
    is_last=BOOLEAN,
    etp_autorise_reparti=REAL,
    etp_autorise_connu=REAL,
    etp_consomme_connu=REAL,
)

CLEAN_COTISATION = table(
    "clean_cotisation",
    ("siret", "periode"),
    "contributions due by start of period (§8.2)",
    siret=TEXT,
    periode=DATE,
    du=EUROS,
)

CLEAN_DEBIT = table(
    "clean_debit",
    ("siret", "periode"),
    "debt outstanding at each month in which something happened (§8.3)",
    siret=TEXT,
    periode=DATE,
    part_ouvriere=EUROS,
    part_patronale=EUROS,
    is_last=BOOLEAN,
)

DEBT_VERSIONS = table(
    "debt_versions",
    ("siret", "numero_compte", "debit_id", "periode"),
    "last version of each debt in each month of account, with what it changed",
    siret=TEXT,
    numero_compte=TEXT,
    debit_id=TEXT,
    periode=DATE,
    periode_debut=DATE,
    part_ouvriere=AMOUNT,
    part_patronale=AMOUNT,
    change_part_ouvriere=AMOUNT,
    change_part_patronale=AMOUNT,
)

DEBT_BY_MONTH = table(
    "debt_by_month",
    ("siret", "periode"),
    "debt outstanding at every month since the first event, with its age and its movements",
    siret=TEXT,
    siren=TEXT,
    periode=DATE,
    part_ouvriere=EUROS,
    part_patronale=EUROS,
    oldest_unpaid=DATE,
    new_debt=EUROS,
    repaid=EUROS,
)

CLEAN_DELAI = table(
    "clean_delai",
    ("siret", "date_creation", "date_echeance", "duree_delai", "montant_echeancier", "stade", "action"),
    "payment plans granted by Urssaf, as delivered (§8.4)",
    siret=TEXT,
    date_creation=DATE,
    date_echeance=DATE,
    duree_delai=INTEGER,
    montant_echeancier=EUROS,
    stade=TEXT,
    action=TEXT,
)

CLEAN_EFFECTIF = table(
    "clean_effectif",
    ("siret", "periode", "effectif"),
    "headcount of an establishment by month, one row an account (§8.5)",
    siret=TEXT,
    periode=DATE,
    effectif=INTEGER,
    is_latest=BOOLEAN,
)

CLEAN_EFFECTIF_ENT = table(
    "clean_effectif_ent",
    ("siren", "periode"),
    "headcount of a company by month (§8.5)",
    siren=TEXT,
    periode=DATE,
    effectif_ent=INTEGER,
    is_latest=BOOLEAN,
)

CLEAN_PROCOL = table(
    "clean_procol",
    ("siren", "date_effet", "action_procol", "stade_procol"),
    "events of collective procedures of a company (§8.6)",
    siren=TEXT,
    date_effet=DATE,
    action_procol=TEXT,
    stade_procol=TEXT,
    libelle_procol=TEXT,
)

CLEAN_PROCOL_AT_DATE = table(
    "clean_procol_at_date",
    ("siren", "periode"),
    "procedure in progress on the first of each month; no row is In bonis (§8.7, §8.8)",
    siren=TEXT,
    periode=DATE,
    date_effet=DATE,
    action_procol=TEXT,
    stade_procol=TEXT,
    libelle_procol=TEXT,
)

PROCOL_AT = table(
    "procol_at",
    ("siren",),
    "procedure in progress on one day; no row is In bonis (§8.7)",
    siren=TEXT,
    date_effet=DATE,
    action_procol=TEXT,
    stade_procol=TEXT,
    libelle_procol=TEXT,
)

CLEAN_SIRENE = table(
    "clean_sirene",
    ("siret",),
    "establishments, whole register (§8.10)",
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
    date_creation=DATE,
    longitude=REAL,
    latitude=REAL,
    est_actif=BOOLEAN,
)

CLEAN_SIRENE_UL = table(
    "clean_sirene_ul",
    ("siren",),
    "legal units, whole register (§8.11)",
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

CLEAN_SIRENE_HISTO = table(
    "clean_sirene_histo",
    ("siret", "date_debut", "date_fin", "est_actif"),
    "when each establishment was active (§8.9)",
    siret=TEXT,
    date_debut=DATE,
    date_fin=DATE,
    est_actif=BOOLEAN,
)

KNOWN_EFFECTIF_ENT = table(
    "known_effectif_ent",
    ("siren", "periode", "known_at"),
    "each value that the headcount of a month has had, with the day it became known",
    siren=TEXT,
    periode=DATE,
    effectif_ent=INTEGER,
    known_at=DATE,
    known_at_assumed=BOOLEAN,
)

KNOWN_PROCOL = table(
    "known_procol",
    ("siren", "date_effet", "action_procol", "stade_procol"),
    "each event of procedure, with the day it became known",
    siren=TEXT,
    date_effet=DATE,
    action_procol=TEXT,
    stade_procol=TEXT,
    libelle_procol=TEXT,
    known_at=DATE,
    known_at_assumed=BOOLEAN,
)

ALL: dict[str, Schema] = {
    schema.name: schema
    for schema in (
        CLEAN_FILTER,
        CLEAN_AP,
        CLEAN_COTISATION,
        DEBT_VERSIONS,
        CLEAN_DEBIT,
        DEBT_BY_MONTH,
        CLEAN_DELAI,
        CLEAN_EFFECTIF,
        CLEAN_EFFECTIF_ENT,
        CLEAN_PROCOL,
        CLEAN_PROCOL_AT_DATE,
        CLEAN_SIRENE,
        CLEAN_SIRENE_UL,
        CLEAN_SIRENE_HISTO,
        KNOWN_EFFECTIF_ENT,
        KNOWN_PROCOL,
    )
}
