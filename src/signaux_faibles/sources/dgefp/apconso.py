"""Activité partielle: hours consumed, by establishment, demande and month (import-chain §5.1)."""

from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, FileNames, KnownAt, Rule
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import DECIMAL, ISO_DATE, SIRET, TEXT, WHOLE_PART

APCONSO = Contract(
    name="apconso",
    title="Activité partielle : consommations",
    owner="DGEFP / DARES",
    family=Family.DGEFP,
    reference="import-chain §5.1",
    files=FileNames(exact=("consommation_ap.csv",)),
    dialect=Dialect(separator=","),
    key="siret",
    due=Due(day=15),
    known_at=KnownAt(fact="periode", lag_days=45),
    columns=(
        Column("siret", SIRET, "ETAB_SIRET", required=True),
        Column("id_demande", TEXT, "ID_DA", required=True, longest=11, doc="demande under which the hours are paid"),
        Column("heures", DECIMAL, "HEURES", unit="heure"),
        Column("montant", DECIMAL, "MONTANTS", unit="euro"),
        Column("effectif", WHOLE_PART, "EFFECTIFS", unit="salarié", doc="decimals are dropped: 2.9 is 2"),
        Column("periode", ISO_DATE, "MOIS", required=True, doc="as delivered, even if not the first of a month (Q9)"),
    ),
    doubt=(Rule("MOIS n'est pas un premier du mois", "day(periode) <> 1"),),
    notes=("A (siret, periode, id_demande) delivered twice stays twice in staging; the clean rule keeps one (W6).",),
)
