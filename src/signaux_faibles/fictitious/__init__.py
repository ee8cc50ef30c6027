"""The invented country, which feeds the chain because real confidential files cannot be shipped."""

from signaux_faibles.fictitious.country import Invention, Progress, invent
from signaux_faibles.fictitious.parameters.world import Scale

__all__ = ["Invention", "Progress", "Scale", "invent"]
