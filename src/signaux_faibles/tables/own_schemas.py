"""The tables that we offer beside the contract of the reference."""

from signaux_faibles.relations.schema import Kind, Schema, table

TEXT, DATE, BOOLEAN, INTEGER, EUROS, HOURS, REAL = (
    Kind.TEXT,
    Kind.DATE,
    Kind.BOOLEAN,
    Kind.INTEGER,
    Kind.EUROS,
    Kind.AMOUNT,
    Kind.REAL,
)

AP_BY_DEMANDE = table(
    "ap_by_demande",
    ("siret", "id_demande", "periode"),
    "hours authorised and consumed, by demand and month",
    siret=TEXT,
    siren=TEXT,
    id_demande=TEXT,
    periode=DATE,
    heures_autorisees=HOURS,
    heures_consommees=HOURS,
    reste=HOURS,
    demande_connue=BOOLEAN,
)

COTISATION_BY_MONTH = table(
    "cotisation_by_month",
    ("siret", "periode"),
    "contributions due and paid directly, spread over the months of their period",
    siret=TEXT,
    periode=DATE,
    du=EUROS,
    encaisse=EUROS,
)

COMPANY_DEBT_BY_MONTH = table(
    "company_debt_by_month",
    ("siren", "periode"),
    "debt of a company at every month, summed over its establishments",
    siren=TEXT,
    periode=DATE,
    part_ouvriere=EUROS,
    part_patronale=EUROS,
    oldest_unpaid=DATE,
    new_debt=EUROS,
    repaid=EUROS,
    etablissements_endettes=INTEGER,
)

DELAI_BY_MONTH = table(
    "delai_by_month",
    ("siret", "periode"),
    "payment plans in force, and how far the debt is from what they foresee",
    siret=TEXT,
    siren=TEXT,
    periode=DATE,
    delais=INTEGER,
    date_echeance=DATE,
    jours_restants=INTEGER,
    montant_echeancier=EUROS,
    reste_prevu=EUROS,
    dette=EUROS,
    deviation=REAL,
)

PROCOL_EVIDENCE = table(
    "procol_evidence",
    ("siren", "siret", "batch", "file", "line"),
    "the delivered lines on which the procedure in progress on one day rests",
    siren=TEXT,
    date_effet=DATE,
    action_procol=TEXT,
    stade_procol=TEXT,
    libelle_procol=TEXT,
    siret=TEXT,
    batch=TEXT,
    file=TEXT,
    line=Kind.BIGINT,
    libelle=TEXT,
)

CURRENT_PROCEDURES = table(
    "current_procedures",
    ("siren",),
    "the procedure in progress on the reference date, by the chronology of Urssaf and BODACC; no row is in bonis",
    siren=TEXT,
    date_effet=DATE,
    action_procol=TEXT,
    stade_procol=TEXT,
    libelle_procol=TEXT,
)

SUCCESSIONS = table(
    "successions",
    ("siret",),
    "the establishment that takes over from a closed one, within a company, as inferred",
    siren=TEXT,
    siret=TEXT,
    siret_successeur=TEXT,
    date_fermeture=DATE,
    date_ouverture=DATE,
    effectif_avant=INTEGER,
    effectif_apres=INTEGER,
    par_effectif=BOOLEAN,
    par_dette=BOOLEAN,
)

CURRENT_ESTABLISHMENTS = table(
    "current_establishments",
    ("siret",),
    "where the activity of a closed establishment is now",
    siret=TEXT,
    siret_actuel=TEXT,
)

EFFECTIF_GAPS = table(
    "effectif_gaps",
    ("siren", "debut"),
    "months without headcount between two headcounts of a company",
    siren=TEXT,
    debut=DATE,
    fin=DATE,
    mois=INTEGER,
    effectif_avant=INTEGER,
    effectif_apres=INTEGER,
)

ALL: dict[str, Schema] = {
    schema.name: schema
    for schema in (
        AP_BY_DEMANDE,
        COTISATION_BY_MONTH,
        COMPANY_DEBT_BY_MONTH,
        DELAI_BY_MONTH,
        PROCOL_EVIDENCE,
        CURRENT_PROCEDURES,
        SUCCESSIONS,
        CURRENT_ESTABLISHMENTS,
        EFFECTIF_GAPS,
    )
}
