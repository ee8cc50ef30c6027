"""The invented country: no real confidential file can be had, so the chain eats a faithful invention (DESIGN §9)."""

from signaux_faibles.fictitious.country import Invention, Progress, invent
from signaux_faibles.fictitious.parameters.world import Scale

__all__ = ["Invention", "Progress", "Scale", "invent"]
