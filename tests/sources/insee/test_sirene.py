"""The SIRENE register: establishments, legal units, history (import-chain §5.10-§5.12, §13.1)."""

from datetime import date

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest

from sources.delivered import DATA, SIREN, VALID, delivery, read, read_file

ACTIVITY, NOMENCLATURE = "activitePrincipaleEtablissement", "nomenclatureActivitePrincipaleEtablissement"
UNIT_ACTIVITY, UNIT_NOMENCLATURE = "activitePrincipaleUniteLegale", "nomenclatureActivitePrincipaleUniteLegale"
UNIT_NAF25 = "activitePrincipaleNAF25UniteLegale"

KEPT = [
    # type, change of the valid record, what the row holds
    (
        "sirene", {},
        {"siret": f"{SIREN}00001", "siege": True, "indrep": "BIS", "type_voie": "AVENUE", "departement": "75",
         "ape": "62.02A", "date_creation": date(2010, 5, 17), "longitude": 2.33, "latitude": 48.86, "est_actif": True,
         "complement_adresse": None, "code_activite": None, "nomenclature_activite": None},
    ),
    ("sirene", {"siret": "X"}, {"siret": f"{SIREN}00001"}),
    ("sirene", {ACTIVITY: "", NOMENCLATURE: ""}, {"ape": None, "ape_naf25": None}),
    ("sirene", {ACTIVITY: "62.01"}, {"ape": None}),
    ("sirene", {ACTIVITY: "62.20J", NOMENCLATURE: "NAF2025"}, {"ape": None, "ape_naf25": "62.20J"}),
    ("sirene", {"activitePrincipaleNAF25Etablissement": "62.20J"}, {"ape": "62.02A", "ape_naf25": "62.20J"}),
    # The code says its nomenclature: spelt otherwise, unknown, or not there, it changes nothing.
    ("sirene", {NOMENCLATURE: ""}, {"ape": "62.02A", "ape_naf25": None}),
    ("sirene", {ACTIVITY: "62.20G", NOMENCLATURE: ""}, {"ape": None, "ape_naf25": "62.20G"}),
    ("sirene", {ACTIVITY: "62.20G", NOMENCLATURE: "NAF25"}, {"ape": None, "ape_naf25": "62.20G"}),
    ("sirene", {ACTIVITY: "62.20G", NOMENCLATURE: "NAFRev2"}, {"ape": None, "ape_naf25": "62.20G"}),
    ("sirene", {ACTIVITY: "62.20G", "activitePrincipaleNAF25Etablissement": "62.02A"},
     {"ape": "62.02A", "ape_naf25": "62.20G"}),
    ("sirene", {ACTIVITY: "62.20G", "activitePrincipaleNAFRev2Etablissement": "62.02A"},
     {"ape": "62.02A", "ape_naf25": "62.20G"}),
    ("sirene", {ACTIVITY: "74.1J", NOMENCLATURE: ""}, {"ape": None, "ape_naf25": None}),
    ("sirene", {ACTIVITY: "74.1J", NOMENCLATURE: "NAF1993", "activitePrincipaleNAF25Etablissement": "62.20G"},
     {"ape": None, "ape_naf25": "62.20G"}),
    ("sirene", {"etablissementSiege": ""}, {"siege": None}),
    ("sirene", {"etablissementSiege": "oui"}, {"siege": None}),
    ("sirene", {"codeCommuneEtablissement": "2A004", "codePostalEtablissement": "2000"},
     {"departement": "2A", "code_commune": "2A004", "code_postal": None}),
    ("sirene", {"codeCommuneEtablissement": "97411"}, {"departement": "974"}),
    ("sirene", {"codeCommuneEtablissement": "98735"}, {"departement": "987"}),
    ("sirene", {"codeCommuneEtablissement": ""}, {"departement": None, "code_commune": None}),
    ("sirene", {"codeCommuneEtablissement": "7510"}, {"departement": None, "code_commune": None}),
    ("sirene", {"typeVoieEtablissement": "AVENUE", "indiceRepetitionEtablissement": "BIS"},
     {"type_voie": "AVENUE", "indrep": "BIS"}),
    ("sirene", {"typeVoieEtablissement": "CHEMIN"}, {"type_voie": "CHEMIN"}),
    ("sirene", {"typeVoieEtablissement": "SEN", "indiceRepetitionEtablissement": "T"},
     {"type_voie": "SENTE - SENTIER", "indrep": "TER"}),
    ("sirene", {"typeVoieEtablissement": "", "indiceRepetitionEtablissement": ""}, {"type_voie": None, "indrep": None}),
    ("sirene", {"dateCreationEtablissement": "xx"}, {"date_creation": None}),
    ("sirene", {"etatAdministratifEtablissement": ""}, {"est_actif": False}),
    ("sirene", {"etatAdministratifEtablissement": "F"}, {"est_actif": False}),
    ("sirene", {"longitude": "", "latitude": ""}, {"longitude": None, "latitude": None}),
    ("sirene", {"longitude": "[ND]", "codePostalEtablissement": "[ND]", "numeroVoieEtablissement": "[ND]"},
     {"longitude": None, "code_postal": None, "numero_voie": "[ND]", "departement": "75"}),
    (
        "sirene_ul", {},
        {"raison_sociale": "SOCIETE X", "prenom1_unite_legale": None, "categorie_juridique": "5499",
         "activite_principale": "62.02A", "creation": date(2010, 5, 17), "est_actif": True,
         "activite_principale_naf25": "62.20J", "statut_diffusion": "O", "nomenclature": "NAFRev2"},
    ),
    ("sirene_ul", {UNIT_ACTIVITY: "", UNIT_NOMENCLATURE: "NAP"}, {"activite_principale": None}),
    ("sirene_ul", {UNIT_ACTIVITY: "62.20G", UNIT_NOMENCLATURE: "NAF2025", UNIT_NAF25: ""},
     {"activite_principale": None, "activite_principale_naf25": "62.20G", "nomenclature": "NAF2025"}),
    ("sirene_ul", {UNIT_ACTIVITY: "62.20G", UNIT_NOMENCLATURE: "NAF2025", UNIT_NAF25: "62.02A"},
     {"activite_principale": "62.02A", "activite_principale_naf25": "62.20G", "nomenclature": "NAF2025"}),
    ("sirene_ul", {UNIT_NAF25: "01.11A"}, {"activite_principale": "62.02A", "activite_principale_naf25": "01.11A"}),
    ("sirene_ul", {UNIT_ACTIVITY: "", UNIT_NOMENCLATURE: ""},
     {"activite_principale": None, "activite_principale_naf25": "62.20J", "nomenclature": None}),
    ("sirene_ul", {UNIT_ACTIVITY: "62.02"}, {"activite_principale": None, "nomenclature": None}),
    ("sirene_ul", {"etatAdministratifUniteLegale": "C"}, {"est_actif": False}),
    ("sirene_ul", {"activitePrincipaleNAF25UniteLegale": "junk"}, {"activite_principale_naf25": "junk"}),
    ("sirene_ul", {"dateCreationUniteLegale": "invalid_date"}, {"creation": None}),
    ("sirene_histo", {"dateDebut": ""}, {"date_debut": None, "date_fin": date(2009, 5, 26)}),
    ("sirene_histo", {"dateFin": ""}, {"date_fin": None, "est_actif": True, "changement_statut_actif": False}),
    ("sirene_histo", {"etatAdministratifEtablissement": "F"}, {"est_actif": False}),
]  # fmt: skip

SKIPPED = [
    ("sirene", {ACTIVITY: "22.02", NOMENCLATURE: "NAP"}),
    ("sirene", {NOMENCLATURE: "NAF1993"}),
    ("sirene", {ACTIVITY: "97.90", NOMENCLATURE: "NAF"}),
    ("sirene_ul", {UNIT_ACTIVITY: "74.1J", UNIT_NOMENCLATURE: "nafrev1", UNIT_NAF25: ""}),
    ("sirene_histo", {"dateDebut": "", "dateFin": ""}),
    ("sirene_histo", {"etatAdministratifEtablissement": ""}),
    ("sirene_histo", {"etatAdministratifEtablissement": "", "changementEtatAdministratifEtablissement": ""}),
]

REFUSED = [
    ("sirene", {"nic": "0001"}, "siren et nic ne forment pas un SIRET (14 chiffres)"),
    ("sirene", {"siren": "12"}, "siren « 12 » n'est pas un SIREN (9 chiffres)"),
    ("sirene_ul", {"siren": ""}, "siren est vide"),
    ("sirene_ul", {"prenom1UniteLegale": "x" * 101}, "prenom1UniteLegale : texte de plus de 100 caractères"),
    ("sirene_histo", {"dateDebut": "01/01/2008"}, "dateDebut « 01/01/2008 » n'est pas une date AAAA-MM-JJ"),
    (
        "sirene_histo", {"dateDebut": "2008", "etatAdministratifEtablissement": ""},
        "dateDebut « 2008 » n'est pas une date AAAA-MM-JJ",
    ),
    (
        "sirene_histo", {"changementEtatAdministratifEtablissement": ""},
        "changementEtatAdministratifEtablissement est vide",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "change", "expected"), KEPT)
def test_a_record_is_read_as(tmp_path, kind, change, expected):
    outcome = read(tmp_path, kind, delivery(kind, change))
    (row,) = outcome.rows
    assert outcome.rejects == []
    assert {name: row[name] for name in expected} == expected


def test_masked_addresses_are_read_as_delivered():
    """Staging keeps the mask, as the chain in service; the clean tables show the town alone."""
    rows = read_file(DATA / "as_met" / "masked_addresses_sirene.csv", "sirene").rows
    assert [(row["commune"], row["departement"], row["voie"], row["code_postal"]) for row in rows] == [
        ("LIMOGES", "87", "[ND]", None), ("LIMOGES", "87", "[ND]", None),
    ]  # fmt: skip


@pytest.mark.parametrize(("kind", "change"), SKIPPED)
def test_a_record_is_left_aside(tmp_path, kind, change):
    outcome = read(tmp_path, kind, delivery(kind, change))
    assert (outcome.rows, outcome.rejects, outcome.counts) == ([], [], (1, 0, 0, 1))


@pytest.mark.parametrize(("kind", "change", "reason"), REFUSED)
def test_a_record_is_refused_because(tmp_path, kind, change, reason):
    outcome = read(tmp_path, kind, delivery(kind, change))
    assert (outcome.rows, outcome.reasons[0].split(" ; ")[0]) == ([], reason)


def test_what_became_unknown_is_counted(tmp_path):
    """Contract Q7, W29: the establishment is kept, its coordinates are unknown and never (0, 0)."""
    change = {"longitude": "[ND]", "latitude": "[ND]", "etablissementSiege": "x"}
    outcome = read(tmp_path, "sirene", delivery("sirene", change, {}))
    assert outcome.report.unknowns == {"etablissementSiege": 1, "longitude": 1, "latitude": 1}


def test_an_activity_that_no_nomenclature_reads_is_counted(tmp_path):
    outcome = read(tmp_path, "sirene", delivery("sirene", {ACTIVITY: "62.01"}, {}, {ACTIVITY: ""}))
    assert outcome.report.doubts == {"code d'activité qui n'est ni de la NAF rév. 2, ni de la NAF 2025": 1}


def test_a_register_that_is_not_geocoded_is_read(tmp_path):
    headers = [name for name in VALID["sirene"] if name not in ("longitude", "latitude")]
    content = "\n".join([",".join(headers), ",".join(VALID["sirene"][name] for name in headers)]).encode()
    (row,) = read(tmp_path, "sirene", content).rows
    assert (row["longitude"], row["latitude"], row["ape"]) == (None, None, "62.02A")


def test_a_register_of_before_the_naf_2025_is_read(tmp_path):
    headers = [name for name in VALID["sirene_ul"] if name != "activitePrincipaleNAF25UniteLegale"]
    content = "\n".join([",".join(headers), ",".join(VALID["sirene_ul"][name] for name in headers)]).encode()
    (row,) = read(tmp_path, "sirene_ul", content).rows
    assert (row["activite_principale"], row["activite_principale_naf25"]) == ("62.02A", None)


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("sirene", "StockEtablissement_utf8.csv"),
        ("sirene_ul", "StockUniteLegale_utf8.csv"),
        ("sirene_histo", "StockEtablissementHistorique_utf8.csv"),
    ],
)
def test_the_same_rows_come_from_parquet(tmp_path, kind, file):
    texts = pacsv.ConvertOptions(strings_can_be_null=True, null_values=[""])
    table = pacsv.read_csv(DATA / file, convert_options=texts)
    codes = {name: pa.string() for name in table.column_names if table.schema.field(name).type == pa.int64()}
    table = pacsv.read_csv(DATA / file, convert_options=pacsv.ConvertOptions(column_types=codes))
    path = tmp_path / file.replace(".csv", ".parquet")
    pq.write_table(table, path)
    assert read_file(path, kind).rows == read_file(DATA / file, kind).rows
