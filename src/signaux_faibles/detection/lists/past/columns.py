"""What each column of a past list says, whatever the generation that wrote it (model §4.8, application §8.3).

Columns are named with or without accents, capitals, blanks and underscores: « Seuil modéré » is also `seuil_modere`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from signaux_faibles.detection.features.variable import (
    ACCOUNTS,
    APCONSO,
    DEBIT,
    DEBTS,
    EFFECTIF,
    HEADCOUNT,
    LIASSE,
    PAYDEX,
    SETTING,
    SHORT_TIME,
    SUPPLIERS,
)
from signaux_faibles.detection.levels import Level
from signaux_faibles.sources.families import Family


class Column(StrEnum):
    """A column that the archive reads."""

    SIREN = "siren"
    SIRET = "siret"
    SCORE = "score"
    RISK = "risque"
    ALERT = "alerte"
    LABEL = "liste"
    PERIOD = "période"
    BATCH = "lot"
    ALGORITHM = "algorithme"
    MODERATE = "seuil modéré"
    HIGH = "seuil fort"
    COMMUNE = "commune"
    THEMES = "explication par thème"


READ: Mapping[str, Column] = {
    "siren": Column.SIREN,
    "siret": Column.SIRET,
    "score": Column.SCORE,
    "risquededefaillance": Column.RISK,
    "alert": Column.ALERT,
    "idliste": Column.LABEL,
    "listname": Column.LABEL,
    "libelleliste": Column.LABEL,
    "periode": Column.PERIOD,
    "batch": Column.BATCH,
    "algo": Column.ALGORITHM,
    "seuilmodere": Column.MODERATE,
    "seuilfort": Column.HIGH,
    "codecommune": Column.COMMUNE,
    "macroexpl": Column.THEMES,
}
KEPT = frozenset(
    (
        "id", "dateadd", "version", "hash", "diff", "scorediff", "createdat", "updatedat", "timestamp", "codenaf",
        "region", "macroradar", "redressements", "alertpreredressements", "explselection", "explselectionconcerning",
        "explselectionreassuring", "microexpl",
    )
)  # fmt: skip
"""Columns of these files that no page shows; the archive keeps each row as it was."""
LEVELS: Mapping[str, Level | None] = {
    "alerteseuilf1": Level.HIGH,
    "alerteseuilf12": Level.HIGH,
    "alerteseuilf2": Level.MODERATE,
    "pasdalerte": None,
}
"""« Alerte seuil F1 » and « Alerte seuil F1/2 » are the same level, named after F0.5 by the last generation alone."""
THEMES: Mapping[str, tuple[str, str, Family]] = {
    "santefinanciere": (ACCOUNTS, LIASSE.label, LIASSE.family),
    "dettessociales": (DEBTS, DEBIT.label, DEBIT.family),
    "recoursalactivitepartielle": (SHORT_TIME, APCONSO.label, APCONSO.family),
    "variationdeleffectifdelentreprise": (HEADCOUNT, EFFECTIF.label, EFFECTIF.family),
    "retardsdepaiementfournisseurs": (SUPPLIERS, PAYDEX.label, PAYDEX.family),
    "environnement": (SETTING, "Environnement de l'entreprise", Family.OPEN),
}
"""By theme: its label, what it was read in, and the family that reads it."""


def key(name: str) -> str:
    """A name without accents, capitals, blanks nor punctuation."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", name).casefold() if letter.isalnum())
