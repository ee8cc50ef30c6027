"""Own funds: each exercice adds its result and the capital that partners bring, less dividends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from signaux_faibles.fictitious.books.cells import Cells, euros
from signaux_faibles.fictitious.books.traits import Traits, Weather
from signaux_faibles.fictitious.parameters.annual_accounts import Finances
from signaux_faibles.fictitious.people.population import Ints, Reals

_LEGAL_RESERVE = 0.1  # of the capital, Code de commerce art. L. 232-10


@dataclass
class OwnFunds:
    """Own funds before the result of the exercice, one value per company.

    Attributes:
        capital, legal, reserves, brought: cells DA, DD, DG, DH; the last one is never above zero.
        result: of the last exercice closed, not yet allotted.
        spare: cash beyond what the company keeps.
        recapitalised: share of the companies with negative own funds that partners recapitalise in a year.
    """

    capital: Ints
    legal: Ints
    reserves: Ints
    brought: Ints
    result: Ints
    spare: Reals
    recapitalised: float

    @classmethod
    def start(cls, traits: Traits, assets: Reals, yearly: Reals, parameters: Finances) -> Self:
        """Own funds of the first exercice: the capital alone for a new company."""
        capital = np.maximum(euros(traits.capital * yearly / 1000), 1) * 1000
        aimed = np.where(traits.young, (1 + 2 * np.maximum(traits.own_funds, 0)) * capital, traits.own_funds * assets)
        capital = np.where(traits.young, np.maximum(capital, euros(aimed / 1000) * 1000), capital)
        legal = np.where(aimed > 1.2 * capital, euros(_LEGAL_RESERVE * capital), 0)
        rest = np.where(traits.young, 0, euros(aimed) - capital - legal)
        none = np.zeros_like(capital)
        return cls(
            capital, legal, np.maximum(rest, 0), np.minimum(rest, 0), none, none.astype(float), parameters.recapitalised
        )

    def go_on(
        self, traits: Traits, weather: Weather, partners: Reals, yearly: Reals, rng: np.random.Generator
    ) -> Reals:
        """Allot the last result, then let partners bring capital; return what they convert from their accounts."""
        gain = np.maximum(self.result, 0)
        healthy = (self.brought >= 0) & (weather.crisis < 0.5)
        paid = np.where(healthy, traits.payout * gain + 0.6 * self.spare, 0.0)
        dividends = euros(np.minimum(paid, gain + self.reserves))
        left = self.result - dividends
        self.brought = self.brought + left
        over = np.maximum(self.brought, 0)
        to_legal = np.minimum(over, np.maximum(euros(_LEGAL_RESERVE * self.capital) - self.legal, 0))
        to_legal = np.where(self.result > 0, to_legal, 0)
        self.legal = self.legal + to_legal
        self.reserves = self.reserves + over - to_legal
        self.brought = np.minimum(self.brought, 0)
        eaten = np.minimum(self.reserves, -self.brought)
        self.reserves, self.brought = self.reserves - eaten, self.brought + eaten
        return self._bring(weather, partners, yearly, rng)

    def _bring(self, weather: Weather, partners: Reals, yearly: Reals, rng: np.random.Generator) -> Reals:
        """Capital brought to companies with negative own funds, first out of the accounts of partners."""
        own = self.capital + self.legal + self.reserves + self.brought
        willing = rng.random(len(own)) < self.recapitalised * weather.years * (1 - 0.8 * weather.crisis)
        asked = np.where((own < 0) & willing, 0.03 * yearly - own, 0.0)
        increase = np.ceil(asked / 1000).astype(np.int64) * 1000
        self.capital = self.capital + increase
        return np.minimum(partners, increase)

    def cells(self) -> Cells:
        """The cells of own funds, except the result of the exercice."""
        return {"DA": self.capital, "DD": self.legal, "DG": self.reserves, "DH": self.brought}

    def settle(self, cells: Cells, yearly: Reals, parameters: Finances) -> None:
        """Record the result of the exercice and the cash that can be spared."""
        self.result = cells["DI"]
        self.spare = np.maximum(cells["CF"] + cells["CD"] - parameters.ample_cash * yearly, 0)
