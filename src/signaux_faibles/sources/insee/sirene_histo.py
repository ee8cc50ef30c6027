"""History of the establishments of the SIRENE register: when each was active (import-chain §5.12).

Generated page: docs/sources/sirene_histo.md.
"""

from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, Header, KnownAt, Rule, raw
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import BOOL, ISO_DATE, SIRET
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.insee.names import PUBLISHED
from signaux_faibles.sources.insee.origin import ESTABLISHMENT_HISTORY

_STATE = raw("etatAdministratifEtablissement")
_DATES_READ = " AND ".join(
    f"({raw(header)} IS NULL OR {column} IS NOT NULL)"
    for header, column in (("dateDebut", "date_debut"), ("dateFin", "date_fin"))
)

SIRENE_HISTO = Contract(
    name="sirene_histo",
    title="SIRENE : historique des établissements",
    owner="INSEE",
    origin=ESTABLISHMENT_HISTORY,
    family=Family.OPEN,
    reference="import-chain §5.12",
    files=FileNames(
        exact=("StockEtablissementHistorique_utf8.csv", "StockEtablissementHistorique_utf8.parquet"),
        downloaded=(
            rf"{PUBLISHED}StockEtablissementHistorique_utf8\.(csv|parquet)",
            r"stock-etablissements?-historiques?(-utf8)?\.csv",
        ),
    ),
    dialect=Dialect(separator=","),
    key="siret",
    due=Due(day=5),
    known_at=KnownAt(fact="date_debut", lag_days=30),
    columns=(
        Column("siret", SIRET, "siret", required=True),
        Column("date_debut", ISO_DATE, "dateDebut"),
        Column("date_fin", ISO_DATE, "dateFin", doc="included"),
        Column("est_actif", BOOL, derived=f"{_STATE} = 'A'", doc="état A; F is closed"),
        Column("changement_statut_actif", BOOL, "changementEtatAdministratifEtablissement", required=True),
    ),
    reads=(Header("etatAdministratifEtablissement"),),
    skip=(
        Rule("période sans date de début ni de fin", f"{raw('dateDebut')} IS NULL AND {raw('dateFin')} IS NULL"),
        Rule(
            "état administratif inconnu (ni A ni F)",
            f"coalesce({_STATE}, '') NOT IN ('A', 'F') AND {_DATES_READ}",
        ),
    ),
    licence="Licence Ouverte 2.0",
)
