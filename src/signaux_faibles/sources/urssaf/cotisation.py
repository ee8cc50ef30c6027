"""Cotisations dues, by Urssaf account and period (import-chain §5.3).

Generated page: docs/sources/cotisation.md.
"""

from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, KnownAt, Rule, raw
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import (
    CODE,
    CONTRIBUTION,
    PERIOD_END,
    PERIOD_START,
    SIRET,
)
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.spellings.urssaf_periods import outside_the_calendar
from signaux_faibles.sources.urssaf.origin import MONTHLY

COTISATION = Contract(
    name="cotisation",
    title="Cotisations sociales dues",
    owner="Urssaf Caisse nationale",
    origin=MONTHLY,
    family=Family.URSSAF,
    reference="import-chain §5.3",
    files=FileNames(exact=("sigfaible_cotisdues.csv",)),
    dialect=Dialect(separator=";", lazy=True),
    key="siret",
    due=Due(day=21),
    known_at=KnownAt(fact="periode_fin", lag_days=20),
    columns=(
        Column("siret", SIRET, "Siret", required=True),
        Column("periode_debut", PERIOD_START, "periode", required=True),
        Column("periode_fin", PERIOD_END, "periode", required=True, doc="excluded"),
        Column("du", CONTRIBUTION, "cotis_due", unit="euro", doc="negative amounts are legitimate"),
        Column("numero_compte", CODE, "Compte", ours=True, doc="Urssaf account"),
        Column("encaisse", CONTRIBUTION, "enc_direct", unit="euro", ours=True, doc="paid directly"),
    ),
    doubt=(
        Rule("periode hors du calendrier (trimestre de 1 à 4, mois de 0 à 3)", outside_the_calendar(raw("periode"))),
    ),
    notes=("Quarterly and yearly periods are not spread over their months (contract Q19).",),
)
