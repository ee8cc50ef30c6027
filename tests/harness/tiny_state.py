"""What the State holds of the companies of the tiny home: dues, plans, activité partielle, taxes, moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from harness.tables import write_rows
from signaux_faibles.relations.schema import Schema
from signaux_faibles.tables.debts.cotisation import COTISATION_BY_MONTH
from signaux_faibles.tables.debts.delai import CLEAN_DELAI, DELAI_BY_MONTH
from signaux_faibles.tables.debts.succession import SUCCESSIONS
from signaux_faibles.tables.fiscal.tax_arrears import TAX_ARREARS
from signaux_faibles.tables.fiscal.vat import VAT_BY_MONTH
from signaux_faibles.tables.procedures.bodacc import BODACC_VERDICTS
from signaux_faibles.tables.register.directors import DIRECTORS
from signaux_faibles.tables.register.effectif import CLEAN_EFFECTIF
from signaux_faibles.tables.register.establishments import CLEAN_SIRENE_HISTO
from signaux_faibles.tables.short_time.ap import CLEAN_AP

ATELIERS, BRETONNE, IN_PROCEDURE, HEALTHY = "811111111", "833333333", "866666666", "899999999"
AUGUST, SEPTEMBER, OCTOBER = (date(2026, month, 1) for month in (8, 9, 10))
PLAN = {"date_creation": date(2026, 3, 2), "date_echeance": date(2027, 3, 2)}

ROWS: tuple[tuple[Schema, tuple[dict[str, Any], ...]], ...] = (
    (
        COTISATION_BY_MONTH,
        tuple(
            {"siret": f"{siren}00010", "periode": month, "du": due, "encaisse": due // 2}
            for siren, due in ((ATELIERS, 9_150), (BRETONNE, 17_730))
            for month in (date(2026, 6, 1), date(2026, 7, 1), AUGUST)
        ),
    ),
    (
        CLEAN_DELAI,
        (
            {"siret": f"{ATELIERS}00010", **PLAN, "duree_delai": 365, "montant_echeancier": 24_310,
             "stade": "APPROB", "action": "SUR PO"},
            {"siret": f"{ATELIERS}00010", **PLAN, "duree_delai": 365, "montant_echeancier": 99_999,
             "stade": "PRO PR", "action": "SUR PO"},
            {"siret": f"{BRETONNE}00010", **PLAN, "duree_delai": 365, "montant_echeancier": 31_870,
             "stade": "PR", "action": "CCSF"},
        ),
    ),
    (
        DELAI_BY_MONTH,
        tuple(
            {"siret": f"{siren}00010", "siren": siren, "periode": month, "delais": 1,
             "date_echeance": PLAN["date_echeance"], "jours_restants": 163, "montant_echeancier": amount,
             "reste_prevu": amount // 2, "dette": debt, "ecart_echeancier": 0.5}
            for siren, amount, debt in ((ATELIERS, 24_310, 52_340), (BRETONNE, 31_870, 91_000))
            for month in (SEPTEMBER, OCTOBER)
        ),
    ),
    (
        CLEAN_AP,
        tuple(
            {"siret": f"{siren}00010", "siren": siren, "periode": month, "etp_autorise": 0, "etp_consomme": 0,
             "motif_recours": "Conjoncture économique", "is_last": False, "etp_autorise_reparti": authorised,
             "etp_consomme_connu": consumed}
            for siren, authorised, consumed in ((ATELIERS, 7.25, 4.75), (BRETONNE, 19.25, 13.75))
            for month in (date(2026, 7, 1), AUGUST)
        ),
    ),
    (
        TAX_ARREARS,
        tuple(
            {"siren": siren, "date_situation": SEPTEMBER, "nature_impot": "TVA", "creances": 2,
             "montant_initial": left, "montant_restant": left, "montant_en_sursis": 0,
             "plus_ancienne_exigibilite": date(2025, 4, 30), "est_derniere": True}
            for siren, left in ((ATELIERS, 6_170), (BRETONNE, 8_230))
        ),
    ),
    (
        VAT_BY_MONTH,
        tuple(
            {"siren": siren, "periode": AUGUST, "formulaire": "CA3", "mois_declares": 1,
             "chiffre_affaires": turnover, "est_derniere": True}
            for siren, turnover in ((ATELIERS, 381_770), (BRETONNE, 602_330))
        ),
    ),
    (
        DIRECTORS,
        (
            {"siren": ATELIERS, "nature": "personne", "role": "73", "role_libelle": "Président de SAS",
             "nom": "BRUVAGE", "prenoms": "JULIEN", "debut": date(2024, 2, 14), "est_actuel": True},
            {"siren": ATELIERS, "nature": "entreprise", "role": "71", "role_libelle": "Commissaire aux comptes",
             "denomination": "AUDIT DU PARC", "siren_dirigeant": "822222222", "est_actuel": True},
            {"siren": ATELIERS, "nature": "personne", "role_libelle": "Président de SAS", "nom": "PARTI",
             "est_actuel": False},
        ),
    ),
    (
        SUCCESSIONS,
        (
            {"siren": HEALTHY, "siret": f"{HEALTHY}00030", "siret_successeur": f"{HEALTHY}00010",
             "date_fermeture": date(2022, 3, 1), "date_ouverture": date(2022, 3, 13), "effectif_avant": 25,
             "effectif_apres": 26, "par_effectif": True, "par_dette": False},
        ),
    ),
    (
        CLEAN_SIRENE_HISTO,
        ({"siret": "88888888800010", "date_debut": date(2025, 3, 31), "est_actif": False},),
    ),
    (
        BODACC_VERDICTS,
        (
            {"siren": IN_PROCEDURE, "id": "A202601234567", "tribunal": "Greffe du Tribunal de Commerce de Limoges",
             "complement": "Jugement prononçant l'ouverture d'une "
             "procédure de redressement judiciaire, date de cessation des paiements le 27 mars 2026 désignant "
             "mandataire judiciaire SELARL Kermonsac. Les déclarations des créances sont à adresser au mandataire."},
        ),
    ),
)  # fmt: skip
"""The tables that are the same whatever the debts of a company; its own siren keeps its rows."""


def write_state(folder: Path, places: Sequence[tuple[str, int | None]], months: Sequence[date]) -> None:
    """Write the tables, for the companies of a home given with their headcount, which is all in their head office."""
    sirens = {siren for siren, _ in places}
    for schema, rows in ROWS:
        write_rows(folder, schema, [row for row in rows if _siren(row) in sirens])
    headcounts = [
        {"siret": f"{siren}00010", "periode": month, "effectif": headcount, "is_latest": month == months[-1]}
        for siren, headcount in places
        if headcount is not None
        for month in months
    ]
    write_rows(folder, CLEAN_EFFECTIF, headcounts)


def _siren(row: dict[str, Any]) -> str:
    return str(row.get("siren") or row["siret"][:9])
