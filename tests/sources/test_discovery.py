"""Which file of a folder is which type (import-chain §3.1, §3.2; contract Q2, W18)."""

import gzip
from datetime import date

import pytest

from signaux_faibles.sources.batch import batch_month
from signaux_faibles.sources.discovery import contract_of, discover, nearest_name
from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.registry import CONTRACTS

NAMES = [
    ("consommation_ap.csv", "apconso"),
    ("consommation_ap.csv.gz", "apconso"),
    ("demande_ap.csv", "apdemande"),
    ("sigfaible_effectif_siren.csv", "effectif_ent"),
    ("sigfaible_pcoll.csv.gz", "procol"),
    ("sigfaible_cotisdues.csv.zip", "cotisation"),
    ("sigfaible_delais.csv", "delai"),
    ("sigfaible_ccsf.csv", "ccsf"),
    ("sigfaible_debits.csv.gz", "debit"),
    ("sigfaible_debits.zip", "debit"),
    ("sigfaible_effectif_siret.csv.gz", "effectif"),
    ("sigfaible_effectif_siret_dom.csv", "effectif"),
    ("sireneUL.csv", "sirene_ul"),
    ("sireneUL.csv.gz", "sirene_ul"),
    ("StockUniteLegale_utf8.zip", "sirene_ul"),
    ("StockUniteLegale_utf8.parquet", "sirene_ul"),
    ("StockEtablissement_utf8_geo.csv.gz", "sirene"),
    ("StockEtablissement_utf8.zip", "sirene"),
    ("StockEtablissementHistorique_utf8.csv", "sirene_histo"),
    ("filter.csv", "filter"),
    ("filter_siren_2002.csv", "filter"),
    ("altares_paydex.csv", "paydex"),
]

DOWNLOADED = [
    # data.gouv.fr and its archives, geo-sirene
    ("2026-11-01-StockEtablissement_utf8.zip", "sirene"),
    ("2026-11-StockUniteLegale_utf8.csv.gz", "sirene_ul"),
    ("StockUniteLegale_utf8 (1).zip", "sirene_ul"),
    ("StockEtablissement_utf8.csv", "sirene"),
    ("StockEtablissement_utf8(2).parquet", "sirene"),
    ("StockEtablissementActif_utf8_geo.csv.gz", "sirene"),
    ("StockEtablissementHistorique_utf8.zip", "sirene_histo"),
    ("StockEtablissementHistorique_utf8.parquet", "sirene_histo"),
    ("stock-etablissements-utf8-geo.csv", "sirene"),
    ("stock-etablissements.zip", "sirene"),
    ("stock-unites-legales.zip", "sirene_ul"),
    ("geo_siret_87.csv.gz", "sirene"),
    ("export-detail-bilan.parquet", "detail_bilan"),
    ("export-detail-bilans.parquet", "detail_bilan"),
    # the portals of BODACC and of the Ministry of Economy
    ("annonces-commerciales.json", "bodacc"),
    ("annonces-commerciales (1).json", "bodacc"),
    ("annonces-commerciales - Copie.csv", "bodacc"),
    ("annonces-commerciales.parquet", "bodacc"),
    ("annonces-commerciales.geojson", "bodacc"),
    ("annonces-commerciales.jsonl.gz", "bodacc"),
    ("annonces-commerciales_radiations.parquet", "bodacc"),
    ("annonces-commerciales@bodacc-datadila.csv", "bodacc"),
    ("ratios_inpi_bce.csv", "ratios_inpi_bce"),
    ("ratios_inpi_bce (3).parquet", "ratios_inpi_bce"),
    ("ratios_inpi_bce.jsonl", "ratios_inpi_bce"),
    ("ratios_inpi_bce_sectors.csv", "ratios_inpi_bce_sectors"),
    # INPI
    ("stock_RNE_comptes_annuels_20250926_1000_v2.zip", "inpi_json"),
    ("stock_RNE_comptes_annuels_NIVEAU1_20260320_1400.zip", "inpi_json"),
    ("stock_comptes_annuels.zip", "inpi_json"),
    ("bilans-saisis-830000048.json", "inpi_json"),
    ("stock_RNE_formalites_20250523_0000.zip", "rne"),
    ("stock_RNE_formalites_NIVEAU1_20260304_1400.zip", "rne"),
    ("stock_rne.zip", "rne"),
    ("rne_flux_2025-04-03.json.gz", "rne"),
    ("PUB_CA_830000048_8701_2010B00001_2018_1234.donnees.xml", "inpi"),
    ("bilans_saisis.tar.gz", "inpi"),
    ("bilans_saisis_rne.tar.gz", "inpi_json"),
    ("bilans_saisis_830000048.json", "inpi_json"),
    ("rne_entreprises.tgz", "rne"),
    # DGEFP, before 2022
    ("act_partielle_conso_depuis2014_FRANCE.csv", "apconso"),
    ("act_partielle_ddes_depuis2015_FRANCE.csv", "apdemande"),
]
"""Names under which these files are published or were delivered, met in public code."""

LEFT = [
    ("StockUniteLegaleHistorique_utf8.zip", "historique des unités légales"),
    ("StockEtablissementLiensSuccession_utf8.zip", "successions"),
    ("StockDoublons_utf8.zip", "doublons"),
    ("StockEtablissementFerme_utf8_geo.csv.gz", "fermés seuls"),
    ("GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.zip", "StockEtablissement_utf8_geo"),
    ("PCL_BXA20240001.taz", "export JSON de l'API ouverte"),
    ("BILAN_BXC20260001.taz", "export JSON de l'API ouverte"),
    ("stock_RNE_formalites_NIVEAU1_20260304_1400.zip.part", "téléchargement inachevé"),
    ("act_partielle_ddes_2012_janv2018.xlsx", "classeur de tableur"),
    ("stock_RNE_comptes_annuels_20250926.7z", "compression inconnue"),
    ("bilans_saisis_20170504_stock.7z", "compression inconnue"),
    ("PUB_CA_830000048_8701_2010B00001_2018_1234.pdf", "document ou page"),
    ("StockUniteLegale_utf8.parquet.gz", "Livrez le .parquet seul"),
]

UNKNOWN = [
    # name, nearest name expected
    ("Sigfaible_debits.csv", "sigfaible_debits.csv"),
    ("sigfaible_debits2.csv", "sigfaible_debits.csv"),
    ("sigfaible_debits.csv.xz", "sigfaible_debits.csv"),
    ("sigfaible_effectif_siren_2401.csv", "sigfaible_effectif_siren.csv"),
    ("SIGFAIBLE_PCOLL.CSV.GZ", "sigfaible_pcoll.csv.gz"),
    ("StockEtablissement_utf8_geo.parquet", "StockEtablissement_utf8.parquet"),
    ("filter_effectif_x.txt", None),
    ("effectif_dom.csv", None),
    ("notes.docx", None),
    ("filter_..csv", "filter.csv"),
]


@pytest.mark.parametrize(("name", "kind"), [*NAMES, *DOWNLOADED])
def test_a_name_is_of_a_type(name, kind):
    contract = contract_of(name)
    assert contract is not None
    assert contract.name == kind
    assert sum(contract.files.accepts(name) for contract in CONTRACTS.values()) == 1


@pytest.mark.parametrize(("name", "reason"), LEFT)
def test_a_public_file_that_no_contract_reads_says_why(tmp_path, name, reason):
    (tmp_path / name).touch()
    (sentence,) = discover(tmp_path).sentences
    assert sentence.startswith(f"{name} : fichier laissé de côté, ")
    assert reason in sentence


PARTS = {
    "accounts": (b'[{"siren": "830000048", "typeBilan": "C"}]', "inpi_json"),
    "formalities": (b'[{"updatedAt": "2024-01-01", "formality": {"siren": "830000048"}}]', "rne"),
    "anything else": (b"[]", None),
}


@pytest.mark.parametrize(("content", "kind"), PARTS.values(), ids=PARTS)
@pytest.mark.parametrize("ending", ["", ".gz"])
def test_a_part_of_a_bulk_file_of_the_register_is_of_the_type_that_it_holds(tmp_path, content, kind, ending):
    packed = gzip.compress(content) if ending else content
    (tmp_path / f"stock_000001.json{ending}").write_bytes(packed)
    (tmp_path / f"stock_000002.json{ending}").write_bytes(packed)
    discovery = discover(tmp_path)
    assert {name: len(paths) for name, paths in discovery.files.items()} == ({kind: 2} if kind else {})
    assert len(discovery.unknown) == (0 if kind else 2)


def test_a_part_that_cannot_be_opened_is_unknown(tmp_path):
    (tmp_path / "stock_000001.json.gz").write_bytes(b"no archive")
    assert [path.name for path in discover(tmp_path).unknown] == ["stock_000001.json.gz"]


@pytest.mark.parametrize(("name", "nearest"), UNKNOWN)
def test_a_name_that_only_looks_like_one_is_of_no_type(name, nearest):
    assert contract_of(name) is None
    if not name.endswith(".parquet.gz"):
        assert nearest_name(name) == nearest


def test_no_name_is_of_two_types():
    names = [
        name + ending
        for contract in CONTRACTS.values()
        for name in contract.files.exact
        for ending in ("", ".gz", ".zip")
    ]
    for name in names:
        assert sum(contract.files.accepts(name) for contract in CONTRACTS.values()) <= 1


def test_a_folder_is_sorted_by_type(tmp_path):
    for name in (
        "sigfaible_debits.csv",
        "sigfaible_effectif_siret.csv",
        "sigfaible_effectif_siret_dom.csv.gz",
        "Sirene.csv",
    ):
        (tmp_path / name).touch()
    (tmp_path / ".DS_Store").touch()
    (tmp_path / "sigfaible_pcoll.csv").mkdir()
    discovery = discover(tmp_path)
    assert {kind: [path.name for path in paths] for kind, paths in discovery.files.items()} == {
        "effectif": ["sigfaible_effectif_siret.csv", "sigfaible_effectif_siret_dom.csv.gz"],
        "debit": ["sigfaible_debits.csv"],
    }
    assert [path.name for path in discovery.unknown] == ["Sirene.csv", "sigfaible_pcoll.csv"]
    assert discovery.sentences == [
        "Sirene.csv : fichier inconnu, il n'est pas lu. Nom attendu le plus proche : sireneUL.csv.",
        "sigfaible_pcoll.csv : dossier ignoré. Les fichiers d'un lot se déposent directement dans le dossier du lot.",
    ]


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("sigfaible_debits.csv", "sigfaible_debits.csv.gz"), "debit"),
        (("sireneUL.csv", "StockUniteLegale_utf8.zip"), "sirene_ul"),
        (("filter.csv", "filter_2.csv"), "filter"),
        (("sigfaible_effectif_siret.csv", "sigfaible_effectif_siret.zip"), "effectif"),
    ],
)
def test_a_type_delivered_twice_is_never_added_up(tmp_path, names, kind):
    for name in names:
        (tmp_path / name).touch()
    discovery = discover(tmp_path)
    assert discovery.files == {}
    assert [path.name for path in discovery.ambiguous[kind]] == sorted(names)
    assert f"2 fichiers pour le type {kind}" in discovery.sentences[0]


def test_a_missing_folder_is_a_sentence(tmp_path):
    with pytest.raises(DeliveryRefused, match="dossier de livraison introuvable"):
        discover(tmp_path / "2411")


@pytest.mark.parametrize(
    ("key", "month"), [("2411", date(2024, 11, 1)), ("1801", date(2018, 1, 1)), ("0012", date(2000, 12, 1))]
)
def test_the_key_of_a_batch_is_its_month(key, month):
    assert batch_month(key) == month


@pytest.mark.parametrize("key", ["180", "18022", "", "1802_01", "abcd", "２４１１", "2411\n"])
def test_a_key_is_four_digits(key):
    with pytest.raises(ValueError, match="s'écrit AAMM"):
        batch_month(key)


@pytest.mark.parametrize("key", ["1899", "2400", "2413"])
def test_the_month_of_a_key_exists(key):
    with pytest.raises(ValueError, match=f"le mois {key[2:]} n'existe pas"):
        batch_month(key)
