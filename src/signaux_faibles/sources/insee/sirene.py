"""Établissements of the SIRENE register, geocoded or not (import-chain §5.10, open-data §2.4).

Generated page: docs/sources/sirene.md.
"""

from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, Header, KnownAt, Rule, raw
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import BOOL, CODE, ISO_DATE, REAL, SIREN, SIRET, TEXT
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.insee.naf import (
    activity_headers,
    former_nomenclature,
    naf_2025,
    naf_rev2,
    unread_activity,
)
from signaux_faibles.sources.insee.names import PUBLISHED
from signaux_faibles.sources.insee.origin import ESTABLISHMENTS
from signaux_faibles.sources.insee.state import is_active, unknown_state
from signaux_faibles.sources.insee.street import repetition, street_type
from signaux_faibles.sources.spellings.identifiers import NIC_DIGITS, ZEROS_RESTORED, five_digits, siret_of_parts

UNIT = "Etablissement"
_COMMUNE, _POSTCODE = raw("codeCommuneEtablissement"), raw("codePostalEtablissement")
_CODE_COMMUNE = five_digits(_COMMUNE, _POSTCODE, "[0-9][0-9AB][0-9]{3}")
_LENGTH = "CASE WHEN left(code_commune, 2) IN ('97', '98') THEN 3 ELSE 2 END"

SIRENE = Contract(
    name="sirene",
    title="SIRENE : établissements",
    owner="INSEE",
    origin=ESTABLISHMENTS,
    family=Family.OPEN,
    reference="import-chain §5.10",
    files=FileNames(
        exact=("StockEtablissement_utf8_geo.csv", "StockEtablissement_utf8.csv", "StockEtablissement_utf8.parquet"),
        downloaded=(
            rf"{PUBLISHED}StockEtablissement(Actif)?_utf8(_geo)?\.csv",
            rf"{PUBLISHED}StockEtablissement_utf8\.parquet",
            r"stock-etablissements?(-actifs?)?(-utf8)?(-geo)?\.csv",
            r"geo_siret(_[0-9AB]{2,3})?\.csv",
        ),
    ),
    dialect=Dialect(separator=","),
    key="siret",
    due=Due(day=5),
    known_at=KnownAt(fact="date_creation", lag_days=30),
    columns=(
        Column("siren", SIREN, "siren", required=True),
        Column(
            "siret", SIRET, derived=siret_of_parts("siren", raw("nic")), doc="siren and nic; the raw siret is not read"
        ),
        Column("siege", BOOL, "etablissementSiege", lenient=True, doc="unknown when it is not a boolean"),
        Column("complement_adresse", TEXT, "complementAdresseEtablissement"),
        Column("numero_voie", TEXT, "numeroVoieEtablissement"),
        Column("indrep", TEXT, derived=repetition(raw("indiceRepetitionEtablissement")), doc="in full: BIS, TER"),
        Column("type_voie", TEXT, derived=street_type(raw("typeVoieEtablissement")), doc="street type in full: AVENUE"),
        Column("voie", TEXT, "libelleVoieEtablissement"),
        Column("commune", TEXT, "libelleCommuneEtablissement"),
        Column("commune_etranger", TEXT, "libelleCommuneEtrangerEtablissement"),
        Column("distribution_speciale", TEXT, "distributionSpecialeEtablissement"),
        Column("code_commune", TEXT, derived=_CODE_COMMUNE, doc="INSEE code, if well-formed"),
        Column("code_cedex", TEXT, "codeCedexEtablissement"),
        Column("cedex", TEXT, "libelleCedexEtablissement"),
        Column("code_pays_etranger", TEXT, "codePaysEtrangerEtablissement"),
        Column("pays_etranger", TEXT, "libellePaysEtrangerEtablissement"),
        Column("code_postal", TEXT, derived=five_digits(_POSTCODE, _COMMUNE, "[0-9]{5}"), doc="5 digits, else unknown"),
        Column("departement", TEXT, derived=f"left(code_commune, {_LENGTH})", doc="from the commune; NULL abroad"),
        Column("ape", TEXT, derived=naf_rev2(UNIT), doc="NAF rév. 2, if one is delivered"),
        Column("code_activite", TEXT, derived="NULL", doc="never filled, kept for the order of the columns"),
        Column("nomenclature_activite", TEXT, derived="NULL", doc="never filled, kept for the order of the columns"),
        Column("date_creation", ISO_DATE, "dateCreationEtablissement", lenient=True),
        Column(
            "longitude", REAL, "longitude", absent=True, lenient=True, unit="degree", doc="unknown is NULL, never 0"
        ),
        Column("latitude", REAL, "latitude", absent=True, lenient=True, unit="degree", doc="unknown is NULL, never 0"),
        Column("est_actif", BOOL, derived=is_active(UNIT), doc="état A"),
        Column("ape_naf25", TEXT, derived=naf_2025(UNIT), ours=True, doc="NAF 2025, as delivered"),
        Column("statut_diffusion", CODE, "statutDiffusionEtablissement", absent=True, ours=True, doc="O, or P: masked"),
        Column("enseigne1", TEXT, "enseigne1Etablissement", absent=True, ours=True, doc="sign of the establishment"),
        Column("enseigne2", TEXT, "enseigne2Etablissement", absent=True, ours=True),
        Column("enseigne3", TEXT, "enseigne3Etablissement", absent=True, ours=True),
        Column("denomination_usuelle", TEXT, "denominationUsuelleEtablissement", absent=True, ours=True),
    ),
    reads=(
        Header("nic"),
        Header("indiceRepetitionEtablissement"),
        Header("typeVoieEtablissement"),
        Header("codeCommuneEtablissement"),
        Header("codePostalEtablissement"),
        Header("etatAdministratifEtablissement"),
        *activity_headers(UNIT),
    ),
    skip=(former_nomenclature(UNIT),),
    refuse=(
        Rule(
            "siren et nic ne forment pas un SIRET (14 chiffres)",
            "NOT regexp_full_match(coalesce(siret, ''), '[0-9]{14}')",
        ),
    ),
    doubt=(
        unread_activity(UNIT, "ape", "ape_naf25"),
        Rule("coordonnées hors du globe", "abs(longitude) > 180 OR abs(latitude) > 90"),
        Rule(f"nic : {ZEROS_RESTORED}", f"length({raw('nic')}) < {NIC_DIGITS}"),
        unknown_state(UNIT),
        Rule(
            "codeCommuneEtablissement illisible : le département est inconnu",
            f"{_COMMUNE} IS NOT NULL AND code_commune IS NULL",
        ),
        Rule(
            "code de commune ou code postal dont le zéro de tête était perdu, rétabli",
            f"code_commune <> {_COMMUNE} OR code_postal <> {_POSTCODE}",
        ),
    ),
    licence="Licence Ouverte 2.0",
    notes=(
        "Also read under the names of geo-sirene. `StockEtablissementActif_utf8_geo` holds no closed establishment: "
        "debts are then not followed from the one to the other.",
        "Street types and repetitions that INSEE does not list are kept as delivered (contract Q14).",
        "An unreadable head-office flag or coordinate is unknown: the establishment is kept, the text counted (Q7).",
    ),
)
