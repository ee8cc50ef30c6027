"""What a session is for: stated once, and written with each reading of protected data."""

from __future__ import annotations

from enum import Enum


class Purpose(Enum):
    """Why an agent opens a session, in their words."""

    DETECTION = "Détection et prévention"
    AID = "Instruction d’une demande d’aide"
    FOLLOW_UP = "Suivi d’une entreprise accompagnée"
    STEERING = "Pilotage"
    CONTROL = "Contrôle de la donnée"


EXAMPLES = {
    Purpose.DETECTION: "Chercher les entreprises en difficulté, travailler une liste, préparer un premier contact.",
    Purpose.AID: "Étudier un délai de paiement, une aide ou une activité partielle qu’une entreprise demande.",
    Purpose.FOLLOW_UP: "Tenir un accompagnement ouvert, préparer une séance ou un rendez-vous.",
    Purpose.STEERING: "Suivre l’activité d’un service, d’un département ou d’une campagne.",
    Purpose.CONTROL: "Vérifier une donnée, répondre à un signalement, administrer le produit.",
}
"""What each purpose covers."""
