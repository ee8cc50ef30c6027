"""The defects of real files: a few rows that the reader must refuse, well under 1 %, added to the facts."""

from __future__ import annotations

from signaux_faibles.fictitious.files.layouts import Layout

_EVERY = 20_000
_SMALL = 200
_WRONG = {
    "sirene": {"siren": "14000000X", "nic": "00012", "etablissementSiege": "true"},
    "sirene_ul": {"siren": "1400000", "denominationUniteLegale": "SIREN TRONQUE"},
    "effectif_ent": {"siren": "14 000 000", "rais_soc": "SIREN AVEC ESPACES"},
    "debit": {
        "Siren": "140000008", "Siret": "14000000800012", "Periode": "201831", "Num_Ecn": "001", "Num_Hist_Ecn": "1",
        "Dt_trt_ecn": "1180820", "Mt_PO": "12,5O", "Mt_PP": "4500", "Recours_en_cours": "0",
    },
    "sirene_histo": {"siren": "140000008", "nic": "00012", "siret": "140000008-00012", "dateDebut": "2012-04-31"},
    "effectif": {"compte": "117000000000000000", "siret": "1.4E+13", "rais_soc": "SIRET ARRONDI"},
    "cotisation": {"Siret": "14000000800012", "Compte": "117000000000000000", "periode": "201", "cotis_due": "100,00"},
    "delai": {
        "Siret": "14000000800012", "Date_creation": "31/02/2019", "Date_echeance": "30/06/2019", "Duree_delai": "119",
        "Montant_global_echeancier": "1200,00", "Code_externe_stade": "APPROB", "Code_externe_action": "SUR PO",
    },
    "ccsf": {
        "Siret": "14000000800012", "Date_de_traitement": "1190230", "Code_externe_stade": "DEBUT",
        "Code_externe_action": "CCSF",
    },
    "apdemande": {
        "ID_DA": "00000000001", "ETAB_SIRET": "14000000800012", "DATE_STATUT": "2019-03-02", "DATE_DEB": "2019-03-01",
        "DATE_FIN": "2019-04-30", "HTA": "100.00", "MTA": "930.00", "EFF_AUTO": "2.0", "MOTIF_RECOURS_SE": "9",
    },
    "apconso": {"ID_DA": "00000000001", "ETAB_SIRET": "14000000800012", "HEURES": "12.5O", "MOIS": "2019-03-01"},
    "paydex": {
        "siren": "1,4E+08", "date_valeur": "31/12/2019", "nbr_jrs_retard": "12", "encours_étudiés": "10500,50",
    },
    "ratios_inpi_bce": {
        "date_cloture_exercice": "31/12/2019", "chiffre_d_affaires": "1200000", "type_bilan": "C",
        "confidentiality": "Public",
    },
    "liasse_dgfip": {
        "siren": "14000000", "date_deb_exercice": "2019-01-01", "date_fin_exercice": "2019-12-31", "no_ocfi": "1",
        "annee_exercice": "2019", "mnt_af_ca": "1200000",
    },
    "rar_dgfip": {
        "siren": "140000008", "date_situation": "2019-03-01", "nature_impot": "TVA", "montant_restant": "1 2OO",
    },
    "tva_dgfip": {
        "siren": "140000008", "formulaire": "CA4", "date_debut_periode": "2019-03-01", "date_fin_periode": "2019-03-31",
        "date_depot": "2019-04-18", "chiffre_affaires": "10000",
    },
    "ratios_bdf": {"siren": "140000008", "annee_bdf": "2019", "arrete_bilan_bdf": "31/12/2019", "taux_marge": "12,5"},
    "procol": {
        "Siret": "14000000800012", "Siren": "140000008", "Dt_effet": "26MAI2014", "Cat_v2": "1",
        "Lib_actx_stdx": "Ouverture_redressement",
    },
}  # fmt: skip
"""By type: a SIREN cut or spaced by a spreadsheet, a letter O for a zero, a month in French."""


def defective_lines(layout: Layout, headers: tuple[str, ...], rows: int) -> list[str]:
    """Lines to add to a file of `rows` rows: one, and one more for every 20,000 rows; the second one is cut short.

    A file of less than 200 rows has none: a single one could be more than its contract accepts.
    """
    if rows < _SMALL:
        return []
    wrong = _WRONG[layout.contract.name]
    separator = layout.contract.dialect.separator
    whole = separator.join(wrong.get(header, "") for header in headers)
    cut = separator.join(wrong.get(header, "") for header in headers[: max(len(headers) // 2, 1)])
    lines = [whole, cut] * (rows // (2 * _EVERY) + 1)
    return lines[: rows // _EVERY + 1]
