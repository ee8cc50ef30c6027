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


class PastColumn(StrEnum):
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


READ: Mapping[str, PastColumn] = {
    "siren": PastColumn.SIREN,
    "siret": PastColumn.SIRET,
    "score": PastColumn.SCORE,
    "risquededefaillance": PastColumn.RISK,
    "alert": PastColumn.ALERT,
    "idliste": PastColumn.LABEL,
    "listname": PastColumn.LABEL,
    "libelleliste": PastColumn.LABEL,
    "periode": PastColumn.PERIOD,
    "batch": PastColumn.BATCH,
    "algo": PastColumn.ALGORITHM,
    "seuilmodere": PastColumn.MODERATE,
    "seuilfort": PastColumn.HIGH,
    "codecommune": PastColumn.COMMUNE,
    "macroexpl": PastColumn.THEMES,
}
KEPT = frozenset(
    (
        "id", "dateadd", "version", "hash", "diff", "scorediff", "createdat", "updatedat", "timestamp", "codenaf",
        "region", "macroradar", "redressements", "alertpreredressements", "explselection", "explselectionconcerning",
        "explselectionreassuring", "microexpl",
    )
)  # fmt: skip
"""Columns that no page shows; the archive keeps each row as it was."""
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
    """A name without accents, capitals, blanks or punctuation."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", name).casefold() if letter.isalnum())
