"""Files handled by the commissions des chefs des services financiers (import-chain §5.6).

Generated page: docs/sources/ccsf.md.
"""

from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, KnownAt
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import CODE, SIRET, URSSAF_DATE
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.urssaf.origin import MONTHLY

CCSF = Contract(
    name="ccsf",
    title="Dossiers en CCSF (commission des chefs des services financiers)",
    owner="Urssaf Caisse nationale",
    origin=MONTHLY,
    family=Family.URSSAF,
    reference="import-chain §5.6",
    files=FileNames(exact=("sigfaible_ccsf.csv",)),
    dialect=Dialect(separator=";"),
    key="siret",
    due=Due(day=21),
    known_at=KnownAt(column="date_traitement"),
    columns=(
        Column("siret", SIRET, "Siret", required=True),
        Column("numero_compte", CODE, "Compte", doc="Urssaf account"),
        Column("date_traitement", URSSAF_DATE, "Date_de_traitement", required=True),
        Column("stade", CODE, "Code_externe_stade", longest=50, doc="DEBUT, REFUS, APPROB, FIN, REJ"),
        Column("action", CODE, "Code_externe_action", longest=50, doc="always CCSF"),
    ),
    notes=("The chain in service has no table for it: the columns and their order are ours (contract W24).",),
)
