"""What an agent may dispute on a page: each subject has the family that opens it and the owner who answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from signaux_faibles.sources.families import Family


@dataclass(frozen=True)
class Disputable:
    """A subject: its words, who may read it, who answers."""

    label: str
    family: Family
    owner: str


class Subject(Enum):
    """The subjects, by the name that forms send."""

    IDENTITE = Disputable("Identité et établissements", Family.OPEN, "Insee")
    EFFECTIF = Disputable("Effectif", Family.OPEN, "Urssaf")
    DETTES = Disputable("Cotisations, dettes sociales et délais", Family.URSSAF, "Urssaf")
    ACTIVITE_PARTIELLE = Disputable("Activité partielle", Family.DGEFP, "DGEFP")
    FISCAL = Disputable("TVA et restes à recouvrer", Family.FISCAL, "DGFiP")
    COMPTES = Disputable("Comptes annuels", Family.OPEN, "INPI")
    PROCEDURES = Disputable("Procédures collectives", Family.OPEN, "Urssaf et DILA")
    DETECTION = Disputable("Détection", Family.DETECTION, "Signaux Faibles")
