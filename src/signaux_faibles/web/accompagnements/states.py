"""The life cycle of a follow-up: its columns on a board, its statuts, its outcomes, its kinds of event."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class Statut(Enum):
    """The statut of a follow-up (application §2.7); « sous surveillance » is left out of statistics."""

    EN_COURS = "En cours"
    SOUS_SURVEILLANCE = "Sous surveillance"
    TERMINE = "Terminé"


class BoardColumn(Enum):
    """The columns of a board, which every follow-up has whether or not it is shown on one (first-generation §3.2)."""

    A_DEFINIR = "À définir"
    SUIVI_EN_COURS = "Suivi en cours"
    VEILLE = "Veille"
    SUIVI_TERMINE = "Suivi terminé"

    @property
    def statut(self) -> Statut:
        """The statut that the column means."""
        return STATUTS[self]


STATUTS: Mapping[BoardColumn, Statut] = {
    BoardColumn.A_DEFINIR: Statut.EN_COURS,
    BoardColumn.SUIVI_EN_COURS: Statut.EN_COURS,
    BoardColumn.VEILLE: Statut.SOUS_SURVEILLANCE,
    BoardColumn.SUIVI_TERMINE: Statut.TERMINE,
}
OPEN_STATUTS = (Statut.EN_COURS.name, Statut.SOUS_SURVEILLANCE.name)


class Criticite(Enum):
    """How critical the situation is, which referents say (application §2.7)."""

    ELEVEE = "Criticité élevée"
    MODEREE = "Criticité modérée"
    AUCUNE = "Pas de criticité"


class Outcome(Enum):
    """Why a follow-up was closed, with what outcome."""

    RESOLUES = "Difficultés résolues"
    ORIENTEE = "Orientation donnée"
    REFUS = "Refus du dirigeant"
    INJOIGNABLE = "Injoignable"
    PROCEDURE = "Procédure collective"
    REPRISE = "Reprise ou cession"
    CESSATION = "Cessation"
    SANS_DIFFICULTE = "Sans difficulté avérée"
    ERREUR = "Ouvert par erreur"


class Progress(Enum):
    """How far a dispositif has come."""

    PROPOSE = "proposé"
    DEMANDE = "demandé"
    ACTIVE = "activé"
    REFUSE = "refusé"


class EventKind(Enum):
    """What happened to a follow-up, as its history says it."""

    OPENED = "a ouvert l’accompagnement"
    EDITED = "a modifié les informations"
    MOVED = "a déplacé l’accompagnement"
    CLOSED = "a terminé l’accompagnement"
    CONTRIBUTORS = "a changé les contributeurs"
    TAKEN = "est devenu référent"
    TRANSFERRED = "a transféré l’accompagnement"
    COMMENTED = "a commenté"
    SYNTHESIS = "a écrit la synthèse"
    CONTACTS = "a changé les contacts"
    CALLED = "a été en relation avec l’entreprise"
    ARCHIVED = "a changé le classement au tableau"
    TASK = "a changé une tâche"
    AID_CONFIRMED = "a confirmé un dispositif vu dans les données"
    AID_DISMISSED = "a écarté un dispositif vu dans les données"


class Channel(Enum):
    """How a company was reached."""

    PHONE = "Appel"
    LETTER = "Courrier"
    MAIL = "Courriel"
    VISIT = "Visite"
    MEETING = "Réunion"


class ContactRole(Enum):
    """What a contact does in the company (application §2.7)."""

    DIRIGEANT = "Dirigeant"
    DAF = "DAF"
    DRH = "DRH"
    OTHER = "Autre"


class Answer(Enum):
    """What a director answered to a letter, as whoever carries the follow-up reads it."""

    ANSWERED = "Le dirigeant a répondu"
    REFUSED = "Le dirigeant ne souhaite pas d’échange"
