"""The annual accounts of the companies of a part: what they are, and which are filed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from signaux_faibles.fictitious.books import conditions, course, exercices, filings
from signaux_faibles.fictitious.books.course import Liasses
from signaux_faibles.fictitious.books.filings import Filings
from signaux_faibles.fictitious.lives.lives import Lives
from signaux_faibles.fictitious.months import month
from signaux_faibles.fictitious.parameters.world import World
from signaux_faibles.fictitious.people.identities import Identities
from signaux_faibles.fictitious.people.population import Employers

FIRST_DELIVERED = month(2010, 1)
"""History from January 2010; the exercices closed before are not delivered."""


@dataclass(frozen=True)
class AnnualAccounts:
    """Every liasse of the companies of a part, including those that no one sees, and the filings."""

    liasses: Liasses
    filings: Filings


def draw(
    employers: Employers,
    lives: Lives,
    identities: Identities,
    parameters: World,
    rng: Callable[[str], np.random.Generator],
) -> AnnualAccounts:
    """The annual accounts of one part, drawn from lives that they never change."""
    closed = exercices.draw(employers, lives, parameters.filing, rng("exercices"))
    lived = conditions.during(closed, employers, lives)
    liasses = course.run(closed, employers, lived, parameters.finances, rng("annual accounts"))
    filed = filings.file(liasses, lives, identities, parameters.filing, rng("filings"))
    return AnnualAccounts(liasses, filed.at(liasses.close[filed.liasse] >= FIRST_DELIVERED))
