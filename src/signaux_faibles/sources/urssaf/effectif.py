"""Effectifs by establishment and month (import-chain §5.8).

Generated page: docs/sources/effectif.md.
"""

from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, KnownAt, MonthColumns
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import CODE, HEADCOUNT, SIRET
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.urssaf.origin import EXTRACTION_OF_HEADCOUNTS, HEADCOUNTS

EFFECTIF = Contract(
    name="effectif",
    title="Effectifs mensuels des établissements",
    owner="Urssaf Caisse nationale",
    origin=HEADCOUNTS,
    family=Family.OPEN,
    reference="import-chain §5.8",
    files=FileNames(exact=("sigfaible_effectif_siret.csv", "sigfaible_effectif_siret_dom.csv"), several=True),
    dialect=Dialect(separator=";"),
    key="siret",
    due=Due(day=21, every=6),
    known_at=KnownAt(fact="periode", extraction=EXTRACTION_OF_HEADCOUNTS),
    columns=(
        Column("siret", SIRET, "siret", required=True),
        Column("numero_compte", CODE, "compte", ours=True, doc="an establishment may have several accounts"),
    ),
    months=MonthColumns(prefix="eff", period="periode", value="effectif", type=HEADCOUNT),
    notes=(
        "A headcount that is not a whole number is refused, cell by cell; the other months of the row are kept.",
        "Overseas departments may come in a file of their own.",
        "Accounts of one establishment are not added together here.",
        "Pseudo-SIRET (interim, modelling, film agencies) are kept.",
    ),
)
