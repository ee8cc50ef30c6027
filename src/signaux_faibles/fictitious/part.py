"""A part of the country: all that happens to some employers, before anyone delivers anything about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from signaux_faibles.fictitious import (
    accounts,
    annual_accounts,
    debts,
    establishments,
    help,
    identities,
    plans,
    population,
    short_time,
)
from signaux_faibles.fictitious.accounts import Accounts
from signaux_faibles.fictitious.annual_accounts import AnnualAccounts
from signaux_faibles.fictitious.chance import stream
from signaux_faibles.fictitious.debts import Gaps, Versions
from signaux_faibles.fictitious.establishments import Establishments
from signaux_faibles.fictitious.help import Stories
from signaux_faibles.fictitious.identities import Identities
from signaux_faibles.fictitious.lives import Lives
from signaux_faibles.fictitious.parameters import WORLDS, Size, World
from signaux_faibles.fictitious.plans import Plans
from signaux_faibles.fictitious.population import Employers
from signaux_faibles.fictitious.short_time import ShortTime
from signaux_faibles.fictitious.takeovers import Takeovers, take_over

Chance = Callable[[str], np.random.Generator]


@dataclass(frozen=True)
class Part:
    """Employers and all that happens to them; `chance` gives each subject its own draws, the same at every call."""

    law: World
    chance: Chance
    employers: Employers
    lives: Lives
    stories: Stories
    takeovers: Takeovers | None
    sites: Establishments
    who: Identities
    gaps: Gaps
    versions: Versions
    accounts: Accounts
    plans: Plans
    short_time: ShortTime

    @cached_property
    def annual(self) -> AnnualAccounts:
        """Annual accounts, made when a file first asks for them."""
        return annual_accounts.draw(self.employers, self.lives, self.who, self.law, self.chance)


def invent_part(ranks: range, number: int, size: Size, seed: int, world: str) -> Part:
    """Live the lives of the employers of these ranks."""
    law = WORLDS[world]

    def chance(subject: str) -> np.random.Generator:
        return stream(seed, world, subject, number)

    employers = population.draw(ranks, size, law.population, chance("population"))
    stories = help.live(employers, law, chance)
    story, takeovers = stories.lives, None
    if law.help.has_takeovers:
        employers, story, takeovers = take_over(
            employers, story, stories.helped, law.help, law.population, chance("takeovers")
        )
    sites = establishments.draw(employers, story.end, law.population, chance("establishments"))
    gaps = debts.gaps(employers, story, law.debt, chance("gaps"))
    gaps, granted = plans.grant(gaps, law.plans, chance("plans"))
    return Part(
        law=law,
        chance=chance,
        employers=employers,
        lives=story,
        stories=stories,
        takeovers=takeovers,
        sites=sites,
        who=identities.draw(employers, story.end, law.population, chance("identities")),
        gaps=gaps,
        versions=debts.versions(gaps, story.events, chance("versions")),
        accounts=accounts.draw(gaps, sites, chance("accounts")),
        plans=granted,
        short_time=short_time.draw(employers, story, sites, law.short_time, chance("short time")),
    )
