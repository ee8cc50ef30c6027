"""What ties a company to the zone of an agent: its active establishments, those that closed, or nothing."""

from __future__ import annotations

from enum import Enum

from signaux_faibles.snapshot.served.company import Company


class ZoneTie(Enum):
    """The tie, with the title and the text that the agent reads; both are empty where nothing has to be said."""

    ACTIVE = ("", "")
    LEFT = (
        "Entreprise qui n’a plus d’établissement actif dans votre zone",
        "Ses établissements de votre zone sont fermés ; elle en a d’actifs ailleurs.",
    )
    CLOSED = (
        "Entreprise sans établissement actif",
        "Elle avait un établissement dans votre zone ; il est fermé.",
    )
    CLOSED_ELSEWHERE = (
        "Entreprise sans établissement actif",
        "Aucun de ses établissements connus, tous fermés, n’était dans votre zone.",
    )
    OUTSIDE = ("Entreprise hors de votre zone", "Aucun de ses établissements connus n’est dans votre zone.")
    WITHOUT_ZONE = ("Votre compte n’a pas de zone", "Un administrateur doit lui donner ses départements.")

    @property
    def title(self) -> str:
        """What the message is about."""
        return self.value[0]

    @property
    def text(self) -> str:
        """What the message says."""
        return self.value[1]


def zone_tie(company: Company, zone: frozenset[str]) -> ZoneTie:
    """The tie of a company to a zone of departments."""
    if not zone:
        return ZoneTie.WITHOUT_ZONE
    if company.active_departments & zone:
        return ZoneTie.ACTIVE
    was_here = any(place.closed and place.departement in zone for place in company.establishments)
    if company.active_departments:
        return ZoneTie.LEFT if was_here else ZoneTie.OUTSIDE
    return ZoneTie.CLOSED if was_here else ZoneTie.CLOSED_ELSEWHERE
