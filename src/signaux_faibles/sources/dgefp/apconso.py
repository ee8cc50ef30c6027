"""Activité partielle: hours consumed, by establishment, demande and month (import-chain §5.1).

Generated page: docs/sources/apconso.md.
"""

from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, KnownAt, Rule
from signaux_faibles.sources.dgefp.origin import MONTHLY
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import CODE, DECIMAL, ISO_DATE, SIRET, WHOLE_PART
from signaux_faibles.sources.file_names import FileNames

APCONSO = Contract(
    name="apconso",
    title="Activité partielle : consommations",
    owner="DGEFP / DARES",
    origin=MONTHLY,
    family=Family.DGEFP,
    reference="import-chain §5.1",
    files=FileNames(exact=("consommation_ap.csv",), downloaded=(r"act_partielle_conso_\w+\.csv",)),
    dialect=Dialect(separator=","),
    key="siret",
    due=Due(day=15),
    known_at=KnownAt(fact="periode", lag_days=45),
    columns=(
        Column("siret", SIRET, "ETAB_SIRET", required=True),
        Column("id_demande", CODE, "ID_DA", required=True, longest=30, doc="demand under which the hours are paid"),
        Column("heures", DECIMAL, "HEURES", unit="heure"),
        Column("montant", DECIMAL, "MONTANTS", unit="euro"),
        Column("effectif", WHOLE_PART, "EFFECTIFS", unit="salarié", doc="decimals are dropped: 2.9 is 2"),
        Column("periode", ISO_DATE, "MOIS", required=True, doc="as delivered, even if not the first of a month (Q9)"),
    ),
    doubt=(Rule("MOIS n'est pas un premier du mois", "day(periode) <> 1"),),
    notes=("A (siret, periode, id_demande) delivered twice stays twice in staging; the clean rule keeps one (W6).",),
)
