"""The invented country: the chain is fed by a faithful invention, for want of real confidential files."""

from signaux_faibles.fictitious.country import Invention, Progress, invent
from signaux_faibles.fictitious.parameters.world import Scale

__all__ = ["Invention", "Progress", "Scale", "invent"]
