"""A part of the country: everything that happens to some employers, before anyone delivers anything about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from signaux_faibles.fictitious.books import annual_accounts
from signaux_faibles.fictitious.books.annual_accounts import AnnualAccounts
from signaux_faibles.fictitious.lives import debts, help, plans, short_time
from signaux_faibles.fictitious.lives import urssaf_accounts as accounts
from signaux_faibles.fictitious.lives.debts import Gaps, Versions
from signaux_faibles.fictitious.lives.help import Stories
from signaux_faibles.fictitious.lives.lives import Lives
from signaux_faibles.fictitious.lives.plans import Plans
from signaux_faibles.fictitious.lives.short_time import ShortTime
from signaux_faibles.fictitious.lives.takeovers import Takeovers, take_over
from signaux_faibles.fictitious.lives.urssaf_accounts import Accounts
from signaux_faibles.fictitious.parameters.world import WORLDS, Size, World
from signaux_faibles.fictitious.people import establishments, identities, population
from signaux_faibles.fictitious.people.establishments import Establishments
from signaux_faibles.fictitious.people.identities import Identities
from signaux_faibles.fictitious.people.population import Employers
from signaux_faibles.fictitious.rng import stream

Chance = Callable[[str], np.random.Generator]


@dataclass(frozen=True)
class Part:
    """Employers and all that happens to them; `rng` gives each subject its own draws, the same at every call."""

    parameters: World
    rng: Chance
    employers: Employers
    lives: Lives
    stories: Stories
    takeovers: Takeovers | None
    sites: Establishments
    identities: Identities
    gaps: Gaps
    versions: Versions
    accounts: Accounts
    plans: Plans
    short_time: ShortTime

    @cached_property
    def annual(self) -> AnnualAccounts:
        """Annual accounts, made when a file first asks for them."""
        return annual_accounts.draw(self.employers, self.lives, self.identities, self.parameters, self.rng)


def invent_part(ranks: range, number: int, size: Size, seed: int, world: str) -> Part:
    """Live the lives of the employers of these ranks."""
    parameters = WORLDS[world]

    def rng(subject: str) -> np.random.Generator:
        return stream(seed, world, subject, number)

    employers = population.draw(ranks, size, parameters.population, rng("population"))
    stories = help.live(employers, parameters, rng)
    story, takeovers = stories.lives, None
    if parameters.help.has_takeovers:
        employers, story, takeovers = take_over(
            employers, story, stories.helped, parameters.help, parameters.population, rng("takeovers")
        )
    sites = establishments.draw(employers, story.end, parameters.population, rng("establishments"))
    gaps = debts.gaps(employers, story, parameters.debt, rng("gaps"))
    gaps, granted = plans.grant(gaps, parameters.plans, rng("plans"))
    return Part(
        parameters=parameters,
        rng=rng,
        employers=employers,
        lives=story,
        stories=stories,
        takeovers=takeovers,
        sites=sites,
        identities=identities.draw(employers, story.end, parameters.population, rng("identities")),
        gaps=gaps,
        versions=debts.versions(gaps, story.events, rng("versions")),
        accounts=accounts.draw(gaps, sites, rng("accounts")),
        plans=granted,
        short_time=short_time.draw(employers, story, sites, parameters, rng("short time")),
    )
