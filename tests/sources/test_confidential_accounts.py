"""Files of the DGFiP and of the Banque de France, contracts of ours: what is refused, doubtful, unknown."""

from datetime import date
from decimal import Decimal

import pytest

from signaux_faibles.sources.families import Family
from signaux_faibles.sources.registry import CONTRACTS
from sources.delivered import delivery, read

FISCAL = ("liasse_dgfip", "rar_dgfip", "tva_dgfip")


def test_each_is_of_its_family():
    assert {CONTRACTS[kind].family for kind in FISCAL} == {Family.FISCAL}
    assert CONTRACTS["ratios_bdf"].family is Family.BDF


def test_amounts_are_exact_and_dates_are_read_in_both_writings(tmp_path):
    (row,) = read(tmp_path, "liasse_dgfip", delivery("liasse_dgfip", {})).rows
    assert (row["date_deb_exercice"], row["date_fin_exercice"]) == (date(2023, 1, 1), date(2023, 12, 31))
    assert (row["mnt_af_sig_ebe_ret"], row["rto_6"]) == (Decimal("-1500.50"), 3.25)
    assert row["mnt_af_endettement_net"] is None


REFUSED = [
    ("liasse_dgfip", {"date_deb_exercice": "2024-01-01"}, "date_fin_exercice précède date_deb_exercice"),
    ("liasse_dgfip", {"mnt_af_ca": "1 25 000"}, "mnt_af_ca « 1 25 000 » n'est pas un nombre"),
    ("liasse_dgfip", {"no_ocfi": ""}, "no_ocfi est vide"),
    ("rar_dgfip", {"montant_restant": "-1"}, "montant_restant est négatif"),
    ("rar_dgfip", {"montant_restant": ""}, "montant_restant est vide"),
    ("rar_dgfip", {"date_exigibilite": "2024-11-01"}, "date_exigibilite suit date_situation"),
    ("tva_dgfip", {"formulaire": "CA4"}, "formulaire n'est ni CA3, ni CA12"),
    ("tva_dgfip", {"date_fin_periode": "2024-08-31"}, "date_fin_periode précède date_debut_periode"),
    ("tva_dgfip", {"date_fin_periode": "2026-09-01"}, "période de plus de 24 mois"),
    ("tva_dgfip", {"date_depot": ""}, "date_depot est vide"),
    ("ratios_bdf", {"arrete_bilan_bdf": "2123-12-31"}, "arrete_bilan_bdf hors du possible"),
    ("ratios_bdf", {"annee_bdf": "deux mille"}, "annee_bdf « deux mille » n'est pas un nombre entier"),
]


@pytest.mark.parametrize(("kind", "change", "reason"), REFUSED)
def test_what_cannot_be_is_refused(tmp_path, kind, change, reason):
    outcome = read(tmp_path, kind, delivery(kind, {}, change))
    assert outcome.counts == (2, 1, 1, 0)
    assert reason in outcome.reasons[0]


NO_VARIABLE = dict.fromkeys(("mnt_af_ca", "mnt_af_sig_ebe_ret", "rto_6", "rto_56", "d_dvs_376_nbr_pers"), "")
NO_RATIO = dict.fromkeys(
    ("poids_frng", "taux_marge", "delai_fournisseur", "dette_fiscale", "financier_court_terme", "frais_financier"), ""
)
DOUBTFUL = [
    ("liasse_dgfip", {"date_deb_exercice": "2021-12-31"}, "exercice de plus de 24 mois"),
    ("liasse_dgfip", {"annee_exercice": "2022"}, "annee_exercice n'est pas une année de l'exercice"),
    ("liasse_dgfip", NO_VARIABLE | {"d_passf_142_k_propres": ""}, "aucune variable"),
    ("rar_dgfip", {"nature_impot": "TIPP"}, "nature d'impôt inconnue"),
    ("rar_dgfip", {"montant_initial": "1"}, "montant_restant dépasse montant_initial"),
    ("tva_dgfip", {"date_depot": "2024-09-29"}, "déclaration déposée avant la fin de sa période"),
    ("tva_dgfip", {"chiffre_affaires": "-1"}, "chiffre d'affaires négatif"),
    ("tva_dgfip", {"date_debut_periode": "2024-06-30"}, "CA3 de plus de trois mois"),
    ("ratios_bdf", {"annee_bdf": "2021"}, "annee_bdf n'est ni l'année de l'arrêté, ni celle d'avant"),
    ("ratios_bdf", NO_RATIO, "aucun ratio"),
]


@pytest.mark.parametrize(("kind", "change", "doubt"), DOUBTFUL)
def test_what_is_doubtful_is_kept_and_counted(tmp_path, kind, change, doubt):
    outcome = read(tmp_path, kind, delivery(kind, {}, change))
    assert outcome.counts == (2, 2, 0, 0)
    assert outcome.report.doubts == {doubt: 1}


@pytest.mark.parametrize(("kind", "header"), [("liasse_dgfip", "rto_6"), ("ratios_bdf", "taux_marge")])
def test_a_ratio_that_is_no_number_is_unknown(tmp_path, kind, header):
    outcome = read(tmp_path, kind, delivery(kind, {header: "n.d."}))
    assert outcome.rows[0][header] is None
    assert outcome.report.unknowns == {header: 1}
