"""The files of the public import chain, read whole (origin: data/README.md)."""

from datetime import date
from decimal import Decimal

import pytest

from sources.delivered import DATA, read_file

SAMPLES = [
    # type, file, (records read, kept, rejected, skipped), the first row
    (
        "apconso", "consommation_ap.csv", (3, 3, 0, 0),
        {"siret": "61433760225578", "id_demande": "d363954866", "heures": Decimal("311.54"), "montant": Decimal(214),
         "effectif": 0, "periode": date(2004, 12, 1)},
    ),
    (
        "apdemande", "demande_ap.csv", (3, 3, 0, 0),
        {"id_demande": "f288626887", "periode_debut": date(2017, 8, 9), "periode_fin": date(2017, 9, 9),
         "heures": Decimal("42078.52"), "montant": Decimal("666113.56"), "effectif": 99, "motif_recours": 1,
         "effectif_entreprise": 559, "effectif_etablissement": 0, "effectif_consomme": 319, "perimetre": 2},
    ),
    (
        "ccsf", "sigfaible_ccsf.csv", (3, 3, 0, 0),
        {"date_traitement": date(2018, 1, 30), "stade": "DEBUT", "action": "CCSF"},
    ),
    (
        "cotisation", "sigfaible_cotisdues.csv", (3, 3, 0, 0),
        {"periode_debut": date(2010, 7, 1), "periode_fin": date(2010, 8, 1), "du": Decimal(-21099)},
    ),
    (
        "debit", "sigfaible_debits.csv", (3, 3, 0, 0),
        {"date_traitement": date(1999, 5, 5), "part_ouvriere": Decimal("1959.07"),
         "part_patronale": Decimal("8644.97"), "periode_prise_en_compte": date(1999, 5, 1),
         "debit_id": "000000000000002017020120170301659"},
    ),
    ("debit", "debit_corrompu.csv", (5, 3, 2, 0), {"numero_ecart_negatif": "659"}),
    (
        "delai", "sigfaible_delais.csv", (3, 3, 0, 0),
        {"date_creation": date(2000, 1, 1), "date_echeance": date(2001, 1, 4), "duree_delai": 456,
         "montant_echeancier": Decimal("5065.79"), "stade": "nbz sk", "action": "cya ng"},
    ),
    (
        "effectif", "sigfaible_effectif_siret.csv", (3, 3, 0, 0),
        {"siret": "54236870268934", "periode": date(2010, 1, 1), "effectif": 629},
    ),
    (
        "effectif_ent", "sigfaible_effectif_siren.csv", (1, 1, 0, 0),
        {"siren": "542368702", "periode": date(2010, 1, 1), "effectif_ent": 629},
    ),
    (
        "procol", "sigfaible_pcoll.csv", (3, 3, 0, 0),
        {"date_effet": date(2014, 5, 26), "action_procol": "redressement", "stade_procol": "solde_procedure"},
    ),
    (
        "ratios_inpi_bce", "ratios_inpi_bce.csv", (1, 1, 0, 0),
        {"siren": "316742980", "date_cloture": date(2024, 12, 31), "chiffre_d_affaires": Decimal(10_418_682),
         "marge_ebe": 5.378, "credit_fournisseurs_jours": 96.109, "type_bilan": "C", "confidentiality": "Public"},
    ),
    (
        "sirene", "StockEtablissement_utf8_geo.csv", (5, 4, 0, 1),
        {"siret": "95652057344947", "type_voie": "CHEMIN", "departement": "73", "longitude": 6.1256,
         "latitude": 14.106745, "est_actif": True},
    ),
    (
        "sirene", "StockEtablissement_utf8.csv", (19, 8, 0, 11),
        {"siret": "00032517500016", "voie": "MANIHI COTE MONTAGNE TUAMOTU", "departement": "987", "ape": "32.12Z",
         "date_creation": date(2000, 9, 26), "longitude": None, "latitude": None, "est_actif": False},
    ),
    (
        "sirene_ul", "StockUniteLegale_utf8.csv", (4, 3, 0, 1),
        {"siren": "138426539", "activite_principale": "41.19A", "creation": None, "est_actif": True,
         "activite_principale_naf25": "01.11A", "raison_sociale": None},
    ),
    (
        "sirene_histo", "StockEtablissementHistorique_utf8.csv", (4, 4, 0, 0),
        {"date_debut": date(2009, 5, 27), "date_fin": None, "est_actif": False, "changement_statut_actif": True},
    ),
]  # fmt: skip


@pytest.mark.parametrize("exact", [False, True], ids=["columnar", "exact"])
@pytest.mark.parametrize(("kind", "file", "counts", "first"), SAMPLES, ids=[sample[1] for sample in SAMPLES])
def test_a_file_of_the_import_chain_is_read(kind, file, counts, first, exact):
    outcome = read_file(DATA / file, kind, exact=exact)
    assert outcome.counts == counts
    assert {name: outcome.rows[0][name] for name in first} == first


def test_what_is_wrong_with_the_corrupt_debits_is_said_line_by_line():
    outcome = read_file(DATA / "debit_corrompu.csv", "debit")
    assert [(reject.line, reject.reason, reject.content) for reject in outcome.rejects] == [
        (3, "4 champs au lieu de 17", "238;72;636043216536562844;111111"),
        (5, "guillemet isolé dans un champ sans guillemets", '654",'),
    ]
    assert [row["line"] for row in outcome.rows] == [2, 4, 6]
