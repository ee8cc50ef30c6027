"""Which file of a folder is which type (import-chain §3.1, §3.2; contract Q2, W18)."""

from datetime import date

import pytest

from signaux_faibles.sources.batch import batch_key, batch_month
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

UNKNOWN = [
    # name, nearest name expected
    ("Sigfaible_debits.csv", "sigfaible_debits.csv"),
    ("sigfaible_debits2.csv", "sigfaible_debits.csv"),
    ("sigfaible_debits.csv.xz", "sigfaible_debits.csv"),
    ("sigfaible_effectif_siren_2401.csv", "sigfaible_effectif_siren.csv"),
    ("SIGFAIBLE_PCOLL.CSV.GZ", "sigfaible_pcoll.csv.gz"),
    ("StockEtablissement_utf8_geo.parquet", "StockEtablissement_utf8.parquet"),
    ("StockUniteLegale_utf8.parquet.gz", "StockUniteLegale_utf8.parquet.gz"),
    ("filter_effectif_x.txt", None),
    ("effectif_dom.csv", None),
    ("notes.docx", None),
    ("filter_..csv", "filter.csv"),
]


@pytest.mark.parametrize(("name", "kind"), NAMES)
def test_a_name_is_of_a_type(name, kind):
    contract = contract_of(name)
    assert contract is not None
    assert contract.name == kind


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
    assert batch_key(month) == key


@pytest.mark.parametrize("key", ["180", "18022", "", "1802_01", "abcd", "２４１１", "2411\n"])
def test_a_key_is_four_digits(key):
    with pytest.raises(ValueError, match="s'écrit AAMM"):
        batch_month(key)


@pytest.mark.parametrize("key", ["1899", "2400", "2413"])
def test_the_month_of_a_key_exists(key):
    with pytest.raises(ValueError, match=f"le mois {key[2:]} n'existe pas"):
        batch_month(key)
