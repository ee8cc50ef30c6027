"""Paydex and FPI of Altares: how late a company pays its suppliers, month by month (model §1.7, open-data §2.1).

Altares publishes no layout: this contract is our own, with the headers that the first generation of the service read.

Generated page: docs/sources/paydex.md.
"""

from signaux_faibles.sources.altares.origin import BOUGHT
from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, KnownAt, Rule
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import CODE, DECIMAL_COMMA, INTEGER, ISO_DATE, REAL, SIREN
from signaux_faibles.sources.file_names import FileNames

PAYDEX = Contract(
    name="paydex",
    title="Paydex et FPI : retards de paiement aux fournisseurs",
    owner="Altares",
    origin=BOUGHT,
    family=Family.DETECTION,
    reference="model §1.7, open-data §2.1, first-generation §1.18",
    files=FileNames(exact=("altares_paydex.csv",)),
    dialect=Dialect(separator=";"),
    key="siren",
    due=Due(day=None),
    known_at=KnownAt(fact="date_valeur", lag_days=28),
    columns=(
        Column("siren", SIREN, "siren", required=True),
        Column("date_valeur", ISO_DATE, "date_valeur", required=True),
        Column("periode", ISO_DATE, derived="CAST(date_trunc('month', date_valeur) AS DATE)", doc="month of the value"),
        Column("paydex", INTEGER, "nbr_jrs_retard", unit="jour", doc="mean lateness weighted by outstanding amounts"),
        Column("fpi_30", REAL, "note_100_alerteur_plus_30", unit="%", doc="payments more than 30 days late"),
        Column("fpi_90", REAL, "note_100_alerteur_plus_90_jours", unit="%", doc="payments more than 90 days late"),
        Column("nombre_fournisseurs", INTEGER, "nbr_fournisseurs", doc="suppliers that report"),
        Column("encours", DECIMAL_COMMA, "encours_étudiés", unit="euro", doc="outstanding amounts studied"),
        Column("code_paydex", CODE, "code_paydex", longest=10),
        Column("etat_organisation", CODE, "état_organisation", longest=50),
    ),
    doubt=(
        Rule(
            "part de paiements en retard hors de 0-100 %", "greatest(fpi_30, fpi_90) > 100 OR least(fpi_30, fpi_90) < 0"
        ),
    ),
    licence="Contrat Altares, usage interne",
    notes=(
        "No delivery since 2025-09: the type is never due, and detection works without it.",
        "Shares are kept as delivered; the clean rule bounds them to 0-100.",
        "Several values of one month are kept; the clean rule takes the last one by date_valeur.",
    ),
)
