"""The wordings of BODACC's judgments as the open API publishes them: family, nature, complement (open-data §2.5)."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from signaux_faibles.fictitious.lives.courts import ProcedureKind


class Wording(NamedTuple):
    """A nature of judgment, its family, and the text of its notices.

    `complement` may name {cessation}, the day of the cessation des paiements, and {agent}, who is appointed.
    """

    family: str
    nature: str
    complement: str = ""


class Nature(IntEnum):
    """Rank of each wording in `WORDINGS`."""

    OPENING_SAUVEGARDE = 0
    OPENING_REDRESSEMENT = 1
    OPENING_LIQUIDATION = 2
    OPENING_ACCELERATED = 3
    OTHER_SAUVEGARDE = 4
    OTHER_REDRESSEMENT = 5
    OTHER_LIQUIDATION = 6
    CONVERSION_LIQUIDATION = 7
    CONVERSION_LIQUIDATION_OF_SAUVEGARDE = 8
    CONVERSION_REDRESSEMENT = 9
    BROKEN_PLAN_REDRESSEMENT = 10
    BROKEN_PLAN_SAUVEGARDE = 11
    PLAN_REDRESSEMENT = 12
    PLAN_SAUVEGARDE = 13
    END_REDRESSEMENT = 14
    END_SAUVEGARDE = 15
    DONE_REDRESSEMENT = 16
    DONE_SAUVEGARDE = 17
    CLOSED_NO_ASSETS = 18
    CLOSED_PAID = 19
    CREDITORS = 20
    PAYMENTS_REDATED = 21
    BAN = 22
    SALE = 23
    PLAN_CHANGED = 24
    RETRACTED_LIQUIDATION = 25
    RETRACTED_REDRESSEMENT = 26
    EXTRACT_REDRESSEMENT = 27
    EXTRACT_LIQUIDATION = 28
    EXTRACT_CONVERSION = 29
    EXTRACT_CLOSED = 30
    ORDER = 31


_DECLARE = (
    "Les déclarations des créances sont à adresser au {role} ou sur le portail électronique prévu par les articles "
    "L.814-2 et L.814-13 du code de commerce dans les deux mois à compter de la publication au Bodacc."
)
_LIQUIDATOR, _TRUSTEE = _DECLARE.format(role="liquidateur"), _DECLARE.format(role="mandataire judiciaire")
_OPENING, _PRONOUNCING = "Jugement d'ouverture", "Jugement prononçant"
_CLOSING, _DEPOSIT, _EXTRACT = "Jugement de clôture", "Avis de dépôt", "Extrait de jugement"
_RETRACTION, _OTHER = "Rétractation sur tierce opposition", "Autre jugement et ordonnance"

WORDINGS: tuple[Wording, ...] = (
    Wording(
        _OPENING,
        "Jugement d'ouverture d'une procédure de sauvegarde",
        "Jugement prononçant l'ouverture d'une procédure de sauvegarde et désignant mandataire judiciaire {agent}. "
        + _TRUSTEE,
    ),
    Wording(
        _OPENING,
        "Jugement d'ouverture d'une procédure de redressement judiciaire",
        "Jugement prononçant l'ouverture d'une procédure de redressement judiciaire, date de cessation des paiements "
        "le {cessation} désignant mandataire judiciaire {agent}. " + _TRUSTEE,
    ),
    Wording(
        _OPENING,
        "Jugement d'ouverture de liquidation judiciaire",
        "Jugement prononçant la liquidation judiciaire, date de cessation des paiements le {cessation}, désignant "
        "liquidateur {agent}. " + _LIQUIDATOR,
    ),
    Wording(_OPENING, "Jugement d'ouverture d'une procédure de sauvegarde accélérée"),
    Wording(_OPENING, "Autre jugement d'ouverture", "Jugement prononçant l'ouverture d'une procédure de sauvegarde."),
    Wording(
        _OPENING,
        "Autre jugement d'ouverture",
        "Jugement prononçant l'ouverture d'un redressement judiciaire, mandataire judiciaire {agent}.",
    ),
    Wording(
        _PRONOUNCING,
        "Autre jugement prononçant",
        "Jugement prononçant la liquidation judiciaire simplifiée, liquidateur {agent}.",
    ),
    Wording(
        _PRONOUNCING,
        "Jugement de conversion en liquidation judiciaire",
        "Jugement prononçant la liquidation judiciaire désignant liquidateur {agent}.",
    ),
    Wording(
        _PRONOUNCING,
        "Jugement de conversion en liquidation judiciaire de la procédure de sauvegarde",
        "Jugement prononçant la liquidation judiciaire désignant liquidateur {agent}.",
    ),
    Wording(_PRONOUNCING, "Jugement de conversion en redressement judiciaire de la procédure de sauvegarde"),
    Wording(
        _EXTRACT,
        "Jugement prononçant la résolution du plan de redressement et la liquidation judiciaire",
        "Jugement prononçant la résolution du plan de redressement et la liquidation judiciaire, date de cessation des "
        "paiements le {cessation}, désignant liquidateur {agent}. " + _LIQUIDATOR,
    ),
    Wording(
        _EXTRACT,
        "Jugement prononçant la résolution du plan de sauvegarde et la liquidation judiciaire",
        "Jugement prononçant la résolution du plan de sauvegarde et la liquidation judiciaire, désignant liquidateur "
        "{agent}. " + _LIQUIDATOR,
    ),
    Wording(
        _EXTRACT,
        "Jugement de plan de redressement",
        "Jugement arrêtant le plan de redressement, durée du plan 10 ans nommant commissaire à l'exécution du plan "
        "{agent}.",
    ),
    Wording(
        _EXTRACT,
        "Jugement arrêtant le plan de sauvegarde",
        "Jugement arrêtant le plan de sauvegarde, nommant commissaire à l'exécution du plan {agent}.",
    ),
    Wording(_EXTRACT, "Jugement mettant fin à la procédure de redressement judiciaire"),
    Wording(_EXTRACT, "Jugement mettant fin à la procédure de sauvegarde"),
    Wording(
        _CLOSING,
        "Autre jugement de clôture",
        "Jugement constatant la bonne exécution du plan et clôturant la procédure de redressement judiciaire.",
    ),
    Wording(
        _CLOSING,
        "Autre jugement de clôture",
        "Jugement constatant la bonne exécution du plan et clôturant la procédure de sauvegarde.",
    ),
    Wording(
        _CLOSING,
        "Jugement de clôture pour insuffisance d'actif",
        "Jugement prononçant la clôture de la procédure de liquidation judiciaire pour insuffisance d'actif.",
    ),
    Wording(
        _CLOSING,
        "Jugement de clôture pour extinction du passif",
        "Jugement prononçant la clôture de la procédure de liquidation judiciaire pour extinction du passif.",
    ),
    Wording(
        _DEPOSIT,
        "Dépôt de l'état des créances",
        "L'état des créances est déposé au greffe où tout intéressé peut présenter réclamation dans le délai d'un mois "
        "à compter de la présente publication.",
    ),
    Wording(
        _PRONOUNCING,
        "Jugement modifiant la date de cessation des paiements",
        "Jugement modifiant la date de cessation des paiements du {cessation}.",
    ),
    Wording(
        _EXTRACT,
        "Jugement d'interdiction de gérer",
        "Jugement prononçant l'interdiction prévue à l'article L. 653-8 du code de commerce.",
    ),
    Wording(_EXTRACT, "Jugement arrêtant un plan de cession", "Jugement arrêtant le plan de cession totale."),
    Wording(_PRONOUNCING, "Jugement modifiant le plan de redressement", "Jugement modifiant le plan de redressement."),
    Wording(_RETRACTION, "Rétractation de prononcé de liquidation judiciaire sur tierce opposition"),
    Wording(_RETRACTION, "Rétractation de prononcé de redressement judiciaire sur tierce opposition"),
    Wording(_EXTRACT, _OTHER, "Ouvre la procédure de redressement judiciaire - Mandataire : {agent}"),
    Wording(_EXTRACT, _OTHER, "Ouvre les opérations de la liquidation judiciaire - Mandataire : {agent}"),
    Wording(_EXTRACT, _OTHER, "Prononce la liquidation judiciaire sur conversion de la procédure de redressement"),
    Wording(_EXTRACT, _OTHER, "Clôture pour insuffisance d'actif"),
    Wording(_EXTRACT, _OTHER, "Ordonne la communication des pièces demandées par {agent} et réserve les dépens."),
)
"""In the order of `Nature`. Plans, what breaks them and endings are published as extracts."""

EXTRACTS = {
    Nature.OPENING_REDRESSEMENT: Nature.EXTRACT_REDRESSEMENT,
    Nature.OPENING_LIQUIDATION: Nature.EXTRACT_LIQUIDATION,
    Nature.CONVERSION_LIQUIDATION: Nature.EXTRACT_CONVERSION,
    Nature.CLOSED_NO_ASSETS: Nature.EXTRACT_CLOSED,
}
"""What a judgment is published as when its complement alone says what it decides."""

OTHERWISE = {
    ProcedureKind.SAUVEGARDE: Nature.OTHER_SAUVEGARDE,
    ProcedureKind.REDRESSEMENT: Nature.OTHER_REDRESSEMENT,
    ProcedureKind.LIQUIDATION: Nature.OTHER_LIQUIDATION,
}
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def in_words(day: str) -> str:
    """A day of the ISO calendar as notices word it: `2009-12-10` is « 10 décembre 2009 », the first is « 1er »."""
    year, month, number = day.split("-")
    return f"{'1er' if number == '01' else int(number)} {MONTHS[int(month) - 1]} {year}"
