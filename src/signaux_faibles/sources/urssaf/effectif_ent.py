"""Effectifs by company and month (import-chain §5.9), from which the perimeter is computed (import-chain §6.2).

Generated page: docs/sources/effectif_ent.md.
"""

from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, KnownAt, MonthColumns
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import HEADCOUNT, SIREN
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.urssaf.origin import EXTRACTION_OF_HEADCOUNTS, HEADCOUNTS

EFFECTIF_ENT = Contract(
    name="effectif_ent",
    title="Effectifs mensuels des entreprises",
    owner="Urssaf Caisse nationale",
    origin=HEADCOUNTS,
    family=Family.OPEN,
    reference="import-chain §5.9",
    files=FileNames(exact=("sigfaible_effectif_siren.csv",)),
    dialect=Dialect(separator=";"),
    key="siren",
    due=Due(day=21, every=6),
    known_at=KnownAt(fact="periode", extraction=EXTRACTION_OF_HEADCOUNTS),
    columns=(Column("siren", SIREN, "siren", required=True),),
    months=MonthColumns(prefix="eff", period="periode", value="effectif_ent", type=HEADCOUNT),
    notes=("A headcount that is not a whole number is refused, cell by cell; the other months of the row are kept.",),
)
