"""The annual accounts and the procedures of the companies of the tiny home."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from harness.tables import write_rows
from signaux_faibles.tables.accounts.accounts import ACCOUNTS
from signaux_faibles.tables.accounts.coverage import ACCOUNTS_COVERAGE
from signaux_faibles.tables.accounts.ratios import ACCOUNT_RATIOS
from signaux_faibles.tables.accounts.state import NOT_TYPED, TYPED, WITHHELD
from signaux_faibles.tables.filing.delays import (
    DUE,
    FILING_DELAYS,
    IN_TIME,
    LATE,
    MISSING,
    PERHAPS_WITHHELD,
    UNDATED,
    UNSEEN,
)
from signaux_faibles.tables.procedures.chronology import PROCEDURES_CHRONOLOGY
from signaux_faibles.tables.procedures.situations import CURRENT_PROCEDURES
from signaux_faibles.tables.procedures.to_read import JUDGMENTS_TO_READ
from signaux_faibles.tables.sector.position import SECTOR_POSITIONS

ATELIERS, CEVENOL, BRETONNE, ELEONORE = "811111111", "822222222", "833333333", "844444444"
HEALTHY, IN_PROCEDURE, MASKED = "899999999", "866666666", "855555555"
LAST, BEFORE, LONG_AGO = date(2025, 12, 31), date(2024, 12, 31), date(2023, 12, 31)
CAP = 2**31 - 1
USUAL: dict[str, Any] = {
    "type_bilan": "C", "known_at_assumed": False, "duree_exercice": 12, "compte_de_resultat": "public", "liasse": TYPED,
    "est_retenu": True, "est_dernier_depot": True, "batch": "2610", "file": "bilans_saisis.zip",
}  # fmt: skip
THOUSANDS = "montants en milliers d'euros, multipliés par 1 000"
FILINGS: tuple[dict[str, Any], ...] = (
    {"siren": ATELIERS, "date_cloture": LAST, "known_at": date(2026, 7, 10), "line": 1, "chiffre_affaires": 4_812_340,
     "resultat_net": -61_200, "capitaux_propres": 702_115, "effectif_moyen": 47},
    {"siren": ATELIERS, "date_cloture": BEFORE, "known_at": date(2025, 7, 2), "line": 2,
     "chiffre_affaires_depose": 5_093, "chiffre_affaires": 5_093_000,
     "capitaux_propres_depose": 763, "capitaux_propres": 763_000, "anomalies": THOUSANDS},
    {"siren": ATELIERS, "date_cloture": LONG_AGO, "known_at": date(2024, 8, 31), "known_at_assumed": True, "line": 3,
     "duree_exercice": 15, "chiffre_affaires": 6_018_777,
     "anomalies": "totaux incohérents ; exercice qui n'est pas de 12 mois", "identites_rompues": "actif = passif"},
    {"siren": ATELIERS, "date_cloture": LAST, "type_bilan": "S", "line": 4, "est_retenu": False,
     "chiffre_affaires": 999_999},
    {"siren": CEVENOL, "date_cloture": LAST, "known_at": date(2026, 7, 1), "compte_de_resultat": "confidentiel",
     "line": 5, "capitaux_propres": 1_204_600},
    {"siren": HEALTHY, "date_cloture": LAST, "known_at": date(2026, 6, 30), "type_bilan": "K", "line": 6,
     "chiffre_affaires_depose": CAP, "capitaux_propres": 88_000, "anomalies": "montant plafonné à 2 147 483 647"},
    {"siren": BRETONNE, "date_cloture": LONG_AGO, "known_at": date(2024, 12, 4), "line": 7,
     "chiffre_affaires": 9_640_500, "total_bilan": 5_210_000},
    {"siren": IN_PROCEDURE, "date_cloture": date(2022, 6, 30), "type_bilan": "S", "known_at": date(2023, 2, 28),
     "known_at_assumed": True, "line": 8, "total_bilan": 390_000},
    {"siren": IN_PROCEDURE, "date_cloture": date(2021, 6, 30), "type_bilan": "S", "known_at": date(2022, 3, 1),
     "line": 9, "total_bilan": 402_000},
    {"siren": MASKED, "date_cloture": LAST, "known_at": date(2026, 7, 3), "line": 10, "confidentialite": "1",
     "liasse": WITHHELD, "code_motif": "00", "compte_de_resultat": "confidentiel"},
    {"siren": MASKED, "date_cloture": BEFORE, "known_at": date(2025, 7, 4), "line": 11, "confidentialite": "0",
     "liasse": NOT_TYPED, "code_motif": "03", "compte_de_resultat": "non déposé"},
    {"siren": MASKED, "date_cloture": LONG_AGO, "known_at": date(2024, 7, 5), "line": 12, "confidentialite": "0",
     "chiffre_affaires": 410_000, "total_bilan": 152_000},
)  # fmt: skip
RATIOS: dict[tuple[str, date], dict[str, float]] = {
    (ATELIERS, LAST): {"autonomie_financiere": 23.41, "credit_clients_jours": 71.2, "capacite_de_remboursement": 8.3},
    (ATELIERS, BEFORE): {"autonomie_financiere": 26.02},
    (CEVENOL, LAST): {"autonomie_financiere": 31.9},
}
COVERAGE: tuple[dict[str, Any], ...] = (
    {"siren": ATELIERS, "depots": 4, "exercices": 3, "ratios_connus": 3},
    {"siren": CEVENOL, "depots": 1, "exercices": 1, "ratios_connus": 1,
     "motif": "compte de résultat confidentiel : ratios du bilan seulement"},
    {"siren": BRETONNE, "depots": 1, "exercices": 1, "ratios_connus": 3},
    {"siren": IN_PROCEDURE, "depots": 2, "exercices": 2, "ratios_connus": 1},
    {"siren": MASKED, "depots": 3, "exercices": 3, "ratios_connus": 0, "motif": "comptes confidentiels : aucun ratio"},
    {"siren": ELEONORE, "depots": 0, "exercices": 0, "ratios_connus": 0, "motif": "aucun dépôt reçu"},
)  # fmt: skip
PLACES: tuple[dict[str, Any], ...] = (
    {"siren": ATELIERS, "exercice": 2025, "ratio": "autonomie_financiere", "date_cloture": LAST, "valeur": 23.41,
     "nomenclature": "NAFRev2", "classe_naf": "2562B", "classe_ca": "2M-10M", "cohorte": 148,
     "mediane": 31.75, "centile": 33.8,
     "ecart": -0.4, "tendance": -0.1},
    {"siren": ATELIERS, "exercice": 2025, "ratio": "credit_clients_jours", "date_cloture": LAST, "valeur": 71.2,
     "nomenclature": "NAFRev2", "classe_naf": "*", "classe_ca": "*", "cohorte": 5012, "mediane": 48.9, "centile": 90.0},
    {"siren": ATELIERS, "exercice": 2025, "ratio": "capacite_de_remboursement", "date_cloture": LAST, "valeur": 8.3,
     "nomenclature": "NAFRev2", "sans_position": "aucune classe assez nombreuse"},
)  # fmt: skip
DELAYS: tuple[tuple[str, date, date, str, date | None, int | None], ...] = (
    (ATELIERS, LAST, date(2026, 8, 31), IN_TIME, date(2026, 7, 10), 0),
    (ATELIERS, BEFORE, date(2025, 8, 31), IN_TIME, date(2025, 7, 2), 0),
    (ATELIERS, LONG_AGO, date(2024, 8, 31), UNDATED, None, None),
    (CEVENOL, LAST, date(2026, 8, 31), IN_TIME, date(2026, 7, 1), 0),
    (BRETONNE, LAST, date(2026, 8, 31), UNSEEN, None, None),
    (BRETONNE, BEFORE, date(2025, 8, 31), MISSING, None, 426),
    (BRETONNE, LONG_AGO, date(2024, 8, 31), LATE, date(2024, 12, 4), 95),
    (HEALTHY, LAST, date(2026, 8, 31), IN_TIME, date(2026, 6, 30), 0),
    (IN_PROCEDURE, date(2026, 6, 30), date(2027, 2, 28), DUE, None, None),
    (IN_PROCEDURE, date(2025, 6, 30), date(2026, 2, 28), PERHAPS_WITHHELD, None, None),
    (IN_PROCEDURE, date(2024, 6, 30), date(2025, 2, 28), PERHAPS_WITHHELD, None, None),
    (IN_PROCEDURE, date(2023, 6, 30), date(2024, 2, 29), PERHAPS_WITHHELD, None, None),
    (IN_PROCEDURE, date(2022, 6, 30), date(2023, 2, 28), UNDATED, None, None),
    (IN_PROCEDURE, date(2021, 6, 30), date(2022, 2, 28), LATE, date(2022, 3, 1), 1),
)
EVENTS: tuple[dict[str, Any], ...] = (
    {"siren": IN_PROCEDURE, "date_effet": date(2026, 5, 4), "action_procol": "redressement",
     "stade_procol": "ouverture", "libelle_procol": "Redressement judiciaire", "date_urssaf": date(2026, 5, 6),
     "known_at_urssaf": date(2026, 6, 20), "date_bodacc": date(2026, 5, 4), "known_at_bodacc": date(2026, 5, 19),
     "id_bodacc": "A202601234567", "ecart_jours": 2, "source_unique": False},
    {"siren": IN_PROCEDURE, "date_effet": date(2026, 5, 4), "action_procol": "sauvegarde",
     "stade_procol": "inclusion_autre_procedure", "libelle_procol": "Sauvegarde", "date_bodacc": date(2026, 5, 4),
     "known_at_bodacc": date(2026, 5, 19), "id_bodacc": "A202601234567", "source_unique": True},
    {"siren": IN_PROCEDURE, "date_effet": date(2026, 4, 7), "action_procol": "sauvegarde", "stade_procol": "ouverture",
     "libelle_procol": "Sauvegarde", "date_urssaf": date(2026, 4, 7), "known_at_urssaf": date(2026, 5, 22),
     "source_unique": True, "etat_oppose": "redressement ouverture"},
    {"siren": IN_PROCEDURE, "date_effet": date(2026, 3, 30), "action_procol": "redressement",
     "stade_procol": "plan_cession", "libelle_procol": "Redressement judiciaire", "date_bodacc": date(2026, 3, 30),
     "known_at_bodacc": date(2026, 4, 12), "id_bodacc": "A202600000042", "source_unique": True},
    {"siren": CEVENOL, "date_effet": date(2019, 2, 1), "action_procol": "liquidation",
     "stade_procol": "fin_procedure", "libelle_procol": "In bonis", "date_bodacc": date(2019, 2, 1),
     "known_at_bodacc": date(2019, 2, 20), "id_bodacc": "A201900000007", "source_unique": True},
)  # fmt: skip
CURRENT: tuple[dict[str, Any], ...] = (
    EVENTS[0] | {"situation": "en_cours", "a_lire": 0},
    {"siren": BRETONNE, "situation": "issue_inconnue", "date_effet": date(2012, 6, 4), "action_procol": "redressement",
     "stade_procol": "ouverture", "libelle_procol": "Redressement judiciaire : issue inconnue",
     "inconnue_depuis": date(2014, 6, 4), "a_lire": 0},
    {"siren": ELEONORE, "situation": "a_lire", "libelle_procol": "Jugement à lire", "a_lire": 1,
     "a_lire_id": "A202600000099", "a_lire_date": date(2026, 9, 3)},
)  # fmt: skip
TO_READ: tuple[dict[str, Any], ...] = (
    {"siren": ELEONORE, "id": "A202600000099", "date_effet": date(2026, 9, 3), "known_at": date(2026, 9, 14),
     "nature": "Autre jugement et ordonnance", "complement": "Ordonne ce que personne n'avait encore ordonné.",
     "motif": "la décision n'est pas nommée"},
)  # fmt: skip


def write_accounts(folder: Path, sirens: Sequence[str]) -> None:
    """The tables of annual accounts that pages read, for the companies of a home."""
    filings = [USUAL | _as_filed(filing) for filing in FILINGS if filing["siren"] in sirens]
    write_rows(folder, ACCOUNTS, filings)
    ratios = [filing | RATIOS.get((filing["siren"], filing["date_cloture"]), {}) for filing in filings]
    write_rows(folder, ACCOUNT_RATIOS, ratios)
    write_rows(folder, SECTOR_POSITIONS, [place for place in PLACES if place["siren"] in sirens])
    write_rows(folder, ACCOUNTS_COVERAGE, [row for row in COVERAGE if row["siren"] in sirens])
    shown = ("siren", "date_cloture", "date_limite", "etat", "depose_le", "jours_retard")
    delays = [dict(zip(shown, delay, strict=True)) for delay in DELAYS if delay[0] in sirens]
    write_rows(folder, FILING_DELAYS, delays)


def write_procedures(folder: Path, sirens: Sequence[str]) -> None:
    """The chronology of procedures, where companies stand, and what must be read."""
    tables = ((PROCEDURES_CHRONOLOGY, EVENTS), (CURRENT_PROCEDURES, CURRENT), (JUDGMENTS_TO_READ, TO_READ))
    for schema, rows in tables:
        write_rows(folder, schema, [row for row in rows if row["siren"] in sirens])


def _as_filed(filing: dict[str, Any]) -> dict[str, Any]:
    """The filing with each amount as filed beside, where it does not say another."""
    amounts = {name: value for name, value in filing.items() if f"{name}_depose" in ACCOUNTS.names}
    return {f"{name}_depose": value for name, value in amounts.items()} | filing
