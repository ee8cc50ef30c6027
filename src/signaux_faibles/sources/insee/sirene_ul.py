"""Unités légales of the SIRENE register (import-chain §5.11, open-data §2.4).

Generated page: docs/sources/sirene_ul.md.
"""

from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, Header, KnownAt
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import BOOL, CODE, ISO_DATE, SIREN, TEXT
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.insee.legal_category import LEGAL_CATEGORY
from signaux_faibles.sources.insee.naf import (
    activity_headers,
    former_nomenclature,
    naf_2025,
    naf_rev2,
    nomenclature_in_force,
    unread_activity,
)
from signaux_faibles.sources.insee.names import PUBLISHED
from signaux_faibles.sources.insee.origin import LEGAL_UNITS
from signaux_faibles.sources.insee.state import is_active, unknown_state

UNIT = "UniteLegale"

SIRENE_UL = Contract(
    name="sirene_ul",
    title="SIRENE : unités légales",
    owner="INSEE",
    origin=LEGAL_UNITS,
    family=Family.OPEN,
    reference="import-chain §5.11",
    files=FileNames(
        exact=("sireneUL.csv", "StockUniteLegale_utf8.csv", "StockUniteLegale_utf8.parquet"),
        downloaded=(
            rf"{PUBLISHED}StockUniteLegale_utf8\.(csv|parquet)",
            r"stock-unites?-legales?(-utf8)?\.csv",
        ),
    ),
    dialect=Dialect(separator=","),
    key="siren",
    due=Due(day=5),
    known_at=KnownAt(fact="creation", lag_days=30),
    columns=(
        Column("siren", SIREN, "siren", required=True),
        Column("raison_sociale", TEXT, "denominationUniteLegale"),
        Column("prenom1_unite_legale", TEXT, "prenom1UniteLegale", longest=100),
        Column("prenom2_unite_legale", TEXT, "prenom2UniteLegale", longest=100),
        Column("prenom3_unite_legale", TEXT, "prenom3UniteLegale", longest=100),
        Column("prenom4_unite_legale", TEXT, "prenom4UniteLegale", longest=100),
        Column("nom_unite_legale", TEXT, "nomUniteLegale", longest=100),
        Column("nom_usage_unite_legale", TEXT, "nomUsageUniteLegale", longest=100),
        Column("categorie_juridique", LEGAL_CATEGORY, "categorieJuridiqueUniteLegale", lenient=True, doc="4 digits"),
        Column("activite_principale", TEXT, derived=naf_rev2(UNIT), doc="NAF rév. 2, if one is delivered"),
        Column("creation", ISO_DATE, "dateCreationUniteLegale", lenient=True),
        Column("est_actif", BOOL, derived=is_active(UNIT), doc="état A"),
        Column("activite_principale_naf25", TEXT, derived=naf_2025(UNIT), doc="NAF 2025, as delivered"),
        Column("statut_diffusion", CODE, "statutDiffusionUniteLegale", absent=True, ours=True, doc="O, or P: masked"),
        Column(
            "nomenclature",
            TEXT,
            derived=nomenclature_in_force(UNIT),
            ours=True,
            doc="that of the main code: NAFRev2 or NAF2025",
        ),
        Column("sigle", TEXT, "sigleUniteLegale", absent=True, ours=True),
        Column("denomination_usuelle1", TEXT, "denominationUsuelle1UniteLegale", absent=True, ours=True),
        Column("denomination_usuelle2", TEXT, "denominationUsuelle2UniteLegale", absent=True, ours=True),
        Column("denomination_usuelle3", TEXT, "denominationUsuelle3UniteLegale", absent=True, ours=True),
        Column("pseudonyme", TEXT, "pseudonymeUniteLegale", absent=True, ours=True, doc="of a sole trader"),
    ),
    reads=(Header("etatAdministratifUniteLegale"), *activity_headers(UNIT)),
    skip=(former_nomenclature(UNIT),),
    doubt=(unread_activity(UNIT, "activite_principale", "activite_principale_naf25"), unknown_state(UNIT)),
    licence="Licence Ouverte 2.0",
    notes=(
        "Files older than the NAF 2025 column are read; the code is then unknown.",
        "From January 2027 the main code of active units belongs to NAF 2025 and the column beside it is withdrawn: "
        "the last letter of a code says its nomenclature, whatever column holds it.",
    ),
)
