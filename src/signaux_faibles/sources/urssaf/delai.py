"""Délais de paiement granted by Urssaf (import-chain §5.5).

Generated page: docs/sources/delai.md.
"""

from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, KnownAt, Rule
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import CODE, CONTRIBUTION, FRENCH_DATE, INTEGER, SIRET, TEXT
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.urssaf.origin import MONTHLY

DELAI = Contract(
    name="delai",
    title="Délais de paiement accordés par l'Urssaf",
    owner="Urssaf Caisse nationale",
    origin=MONTHLY,
    family=Family.URSSAF,
    reference="import-chain §5.5",
    files=FileNames(exact=("sigfaible_delais.csv",)),
    dialect=Dialect(separator=";"),
    key="siret",
    due=Due(day=21),
    known_at=KnownAt(fact="date_creation", lag_days=30),
    columns=(
        Column("siret", SIRET, "Siret", required=True),
        Column("date_creation", FRENCH_DATE, "Date_creation", required=True),
        Column("date_echeance", FRENCH_DATE, "Date_echeance", required=True, doc="last instalment"),
        Column("duree_delai", INTEGER, "Duree_delai", lenient=True, unit="jour", doc="unknown when it is not a number"),
        Column("montant_echeancier", CONTRIBUTION, "Montant_global_echeancier", unit="euro"),
        Column("stade", CODE, "Code_externe_stade", longest=50, doc="APPROB, REFUS, PREECH…"),
        Column("action", CODE, "Code_externe_action", longest=50, doc="SUR PO, SURSIS PP…"),
        Column("numero_compte", CODE, "Numero_compte_externe", ours=True, doc="Urssaf account"),
        Column("numero_contentieux", CODE, "Numero_structure", ours=True),
        Column("denomination", TEXT, "Denomination_premiere_ligne", ours=True),
        Column("indic_6mois", CODE, "Indic_6M", ours=True, doc="INF or SUP: shorter or longer than six months"),
        Column("annee_creation", INTEGER, "Annee_creation", ours=True),
    ),
    doubt=(Rule("Date_echeance précède Date_creation", "date_echeance < date_creation"),),
    notes=("A duration that is not a number is unknown, where the chain in service stored 0 (contract W29).",),
)
