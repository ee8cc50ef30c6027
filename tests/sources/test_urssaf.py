"""Debits, cotisations, délais, CCSF, procédures of Urssaf, field by field (import-chain §5.3-§5.7, §13.1)."""

from datetime import date
from decimal import Decimal

import pytest

from sources.delivered import SIRET, delivery, read

KEPT = [
    # type, change of the valid record, what the row holds
    (
        "debit", {},
        {"part_ouvriere": Decimal(1), "part_patronale": Decimal("2.5"), "periode_prise_en_compte": date(2020, 3, 1),
         "periode_debut": date(2017, 2, 1), "periode_fin": date(2017, 3, 1), "recours_en_cours": False,
         "debit_id": f"{SIRET}2017020120170301101"},
    ),
    (
        "debit", {"Dt_trt_ecn": "1200321", "Mt_PO": "100.5", "Mt_PP": "-250"},
        {"periode_prise_en_compte": date(2020, 4, 1), "part_ouvriere": Decimal("1.005"),
         "part_patronale": Decimal("-2.5")},
    ),
    ("debit", {"Dt_trt_ecn": "1201231"}, {"periode_prise_en_compte": date(2021, 1, 1)}),
    ("debit", {"Mt_PO": "1e2", "Mt_PP": "0"}, {"part_ouvriere": Decimal(1), "part_patronale": Decimal(0)}),
    ("debit", {"Etat_cpte": "", "Num_Hist_Ecn": ""}, {"etat_compte": None, "numero_historique_ecart_negatif": None}),
    ("debit", {"Periode": "1712"}, {"periode_debut": date(2017, 2, 1), "debit_id": f"{SIRET}2017020120170301101"}),
    (
        "debit", {"Periode": "201762", "Recours_en_cours": "true"},
        {"periode_debut": date(2017, 1, 1), "periode_fin": date(2018, 1, 1), "recours_en_cours": True},
    ),
    (
        "debit", {"Periode": "201740", "Recours_en_cours": "F"},
        {"periode_debut": date(2017, 10, 1), "periode_fin": date(2018, 1, 1), "recours_en_cours": False},
    ),
    ("debit", {"Num_Ecn": "123456"}, {"debit_id": f"{SIRET}2017020120170301123456"}),
    ("debit", {"Num_Ecn": ""}, {"debit_id": f"{SIRET}2017020120170301", "numero_ecart_negatif": None}),
    ("debit", {"Cd_pro_col": ""}, {"code_procedure_collective": None}),
    ("cotisation", {}, {"du": Decimal("20.25"), "encaisse": Decimal("10.5")}),
    ("cotisation", {"cotis_due": "-21099.00"}, {"du": Decimal(-21099)}),
    ("cotisation", {"enc_direct": "", "cotis_due": ""}, {"du": None, "encaisse": None}),
    ("cotisation", {"periode": "2030"}, {"periode_debut": date(2020, 7, 1), "periode_fin": date(2020, 10, 1)}),
    ("cotisation", {"periode": "2062"}, {"periode_debut": date(2020, 1, 1), "periode_fin": date(2021, 1, 1)}),
    ("cotisation", {"Compte": 'C"1'}, {"numero_compte": 'C"1'}),
    ("delai", {}, {"duree_delai": 188, "montant_echeancier": Decimal(5697), "stade": "APPROB", "action": "SUR PO"}),
    ("delai", {"Montant_global_echeancier": "5697,50"}, {"montant_echeancier": Decimal("5697.5")}),
    ("delai", {"Duree_delai": ""}, {"duree_delai": None}),
    ("delai", {"Duree_delai": "abc"}, {"duree_delai": None}),
    ("ccsf", {}, {"date_traitement": date(2018, 1, 30), "stade": "DEBUT", "numero_compte": "636043216536562844"}),
    ("procol", {}, {"date_effet": date(2014, 2, 24), "action_procol": "redressement", "stade_procol": "ouverture"}),
]  # fmt: skip

REFUSED = [
    # type, change, what the reject says
    ("debit", {"Recours_en_cours": ""}, "Recours_en_cours est vide"),
    ("debit", {"Recours_en_cours": "non"}, "Recours_en_cours « non » n'est pas un booléen (0, 1, t, f, true, false)"),
    ("debit", {"Dt_trt_ecn": "0"}, "Dt_trt_ecn « 0 » n'est pas une date Urssaf (A)AAMMJJ"),
    (
        "debit", {"Mt_PO": "abc", "Mt_PP": "1,5"},
        "Mt_PO « abc » n'est pas un nombre de centimes ; Mt_PP « 1,5 » n'est pas un nombre de centimes",
    ),
    (
        "debit", {"Mt_PO": "99999999999999"},
        "Mt_PO « 99999999999999 » dépasse 10\u202f000\u202f000\u202f000, la plus grande valeur admise",
    ),
    ("debit", {"Mt_PO": ""}, "Mt_PO est vide"),
    ("debit", {"Mt_PP": ""}, "Mt_PP est vide"),
    ("debit", {"Siret": "1000000010000X"}, "Siret « 1000000010000X » n'est pas un SIRET (14 chiffres)"),
    ("debit", {"Siret": ""}, "Siret est vide"),
    ("debit", {"Periode": ""}, "Periode est vide"),
    ("debit", {"Num_Hist_Ecn": "1.0"}, "Num_Hist_Ecn « 1.0 » n'est pas un nombre entier"),
    ("debit", {"Num_Ecn": "9" * 51}, "Num_Ecn : texte de plus de 50 caractères"),
    ("cotisation", {"enc_direct": "1 00,5"}, "enc_direct « 1 00,5 » n'est pas un nombre à point ou virgule décimale"),
    ("cotisation", {"cotis_due": "1,000.5"}, "cotis_due « 1,000.5 » n'est pas un nombre à point ou virgule décimale"),
    ("cotisation", {"periode": "XX31"}, "periode « XX31 » n'est pas une période Urssaf (AATM ou AAAATM)"),
    ("delai", {"Date_echeance": ""}, "Date_echeance est vide"),
    ("delai", {"Date_creation": "2021-03-24"}, "Date_creation « 2021-03-24 » n'est pas une date JJ/MM/AAAA"),
    ("delai", {"Annee_creation": "20x1"}, "Annee_creation « 20x1 » n'est pas un nombre entier"),
    ("ccsf", {"Date_de_traitement": "1180230"}, "Date_de_traitement « 1180230 » n'est pas une date Urssaf (A)AAMMJJ"),
    ("procol", {"Dt_effet": "24FEV2014"}, "Dt_effet « 24FEV2014 » n'est pas une date JJMMMAAAA (24FEB2014)"),
    ("procol", {"Siret": "123"}, "Siret « 123 » n'est pas un SIRET (14 chiffres)"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "change", "expected"), KEPT)
def test_a_record_is_read_as(tmp_path, kind, change, expected):
    outcome = read(tmp_path, kind, delivery(kind, change))
    (row,) = outcome.rows
    assert outcome.rejects == []
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize(("kind", "change", "reason"), REFUSED)
def test_a_record_is_refused_because(tmp_path, kind, change, reason):
    outcome = read(tmp_path, kind, delivery(kind, change))
    assert (outcome.rows, outcome.reasons) == ([], [reason])


PROCEDURES = [
    # wording delivered, action, stage (import-chain §5.7)
    ("Solde_procedure_redressement", "redressement", "solde_procedure"),
    ("Plan_continuation_sauvegarde", "sauvegarde", "plan_continuation"),
    ("Redressement_Ouverture", "redressement", "ouverture"),
    ("Liquidation_judiciaire_ouverture", "liquidation", "judiciaire_ouverture"),
    ("Sauvegarde", "sauvegarde", None),
    ("Traitement_sortie_de_crise_ouverture", "sortie_de_crise", "ouverture"),
    ("Plan_continuation_sortie_crise", "sortie_de_crise", "plan_continuation"),
    ("redressement_liquidation_x", "redressement", "liquidation_x"),
    ("ouverture liquidation_fin", "ouverture liquidation", "fin"),
]


@pytest.mark.parametrize(("wording", "action", "stage"), PROCEDURES)
def test_the_wording_of_a_procedure_gives_its_action_and_stage(tmp_path, wording, action, stage):
    (row,) = read(tmp_path, "procol", delivery("procol", {"Lib_actx_stdx": wording})).rows
    assert (row["action_procol"], row["stade_procol"], row["libelle"]) == (action, stage, wording)


@pytest.mark.parametrize("wording", ["Conciliation_ouverture", "_", ""])
def test_a_wording_without_procedure_is_refused(tmp_path, wording):
    """Contract Q11, W32: never a procedure without a name."""
    outcome = read(tmp_path, "procol", delivery("procol", {"Lib_actx_stdx": wording}))
    assert outcome.rows == []
    assert "ne nomme ni liquidation, ni redressement, ni sauvegarde" in outcome.reasons[0]


def test_an_unreadable_duration_is_counted(tmp_path):
    """Contract W29: unknown, where the reference stored 0."""
    assert read(tmp_path, "delai", delivery("delai", {"Duree_delai": "abc"})).report.unknowns == {"Duree_delai": 1}


def test_headers_are_found_whatever_their_case_and_order(tmp_path):
    lines = delivery("debit", {}).decode().splitlines()
    header, record = ([*reversed(line.split(";")), "extra"] for line in lines)
    content = "\n".join([";".join(header).upper(), ";".join(record)]).encode()
    assert read(tmp_path, "debit", content).counts == (1, 1, 0, 0)
