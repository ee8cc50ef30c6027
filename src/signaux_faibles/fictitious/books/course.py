"""The financial course of companies, exercice after exercice: margins, investments, own funds, debts, cash.

Stocks roll forward: own funds by the result, dividends and capital; tangible assets by investments, depreciation and
scrapping; stocks of goods by purchases. Cash balances the books; when it runs short, banks, suppliers, social bodies
and partners wait.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from signaux_faibles.fictitious.books.cells import Cells, euros, whole, with_result
from signaux_faibles.fictitious.books.conditions import Conditions
from signaux_faibles.fictitious.books.exercices import Exercices
from signaux_faibles.fictitious.books.operations import Operations, operated
from signaux_faibles.fictitious.books.own_funds import OwnFunds
from signaux_faibles.fictitious.books.traits import Traits, Weather
from signaux_faibles.fictitious.months import month
from signaux_faibles.fictitious.parameters.annual_accounts import Finances
from signaux_faibles.fictitious.people.population import Employers, Ints, Reals

FIRST_KEPT = month(2009, 1)
"""Earlier liasses only let the course settle."""
_WAITING = {"overdraft": 0.40, "DX": 0.25, "DY": 0.15, "DV": 0.20}
"""Who waits when cash runs short [E]."""


@dataclass(frozen=True)
class Liasses:
    """Liasses of the companies of a part, ordered by company then closing, one value each.

    Attributes:
        company: rank in the part.
        rank: rank of the exercice in its company.
        close: month whose end is the closing.
        months: its length.
        heads: mean headcount.
        strain, crisis: what the company lived through during it.
        cells: whole liasse on the normal form, in euros; `EH` and `EG` are parts of other cells.
    """

    company: Ints
    rank: Ints
    close: Ints
    months: Ints
    heads: Reals
    strain: Reals
    crisis: Reals
    cells: Cells

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.company)


def run(
    exercices: Exercices, employers: Employers, conditions: Conditions, parameters: Finances, rng: np.random.Generator
) -> Liasses:
    """The liasses of the companies of one part."""
    traits = Traits.draw(employers, parameters, rng)
    books = _Books(traits, parameters, rng)
    pieces: list[tuple[Ints, int, Cells]] = []
    for rank in range(exercices.close.shape[1]):
        cells = books.close(Weather.of(conditions, exercices, rank))
        companies = np.flatnonzero(exercices.real[:, rank] & (exercices.close[:, rank] >= FIRST_KEPT))
        pieces.append((companies, rank, {code: values[companies] for code, values in cells.items()}))
    return _ordered(pieces, exercices, conditions)


def _ordered(pieces: list[tuple[Ints, int, Cells]], exercices: Exercices, conditions: Conditions) -> Liasses:
    company = np.concatenate([companies for companies, _, _ in pieces])
    rank = np.repeat([rank for _, rank, _ in pieces], [len(companies) for companies, _, _ in pieces])
    order = np.lexsort((rank, company))
    company, rank = company[order], rank[order]
    codes = pieces[0][2]
    return Liasses(
        company=company,
        rank=rank,
        close=exercices.close[company, rank],
        months=exercices.months[company, rank],
        heads=conditions.heads[company, rank],
        strain=conditions.strain[company, rank],
        crisis=conditions.crisis[company, rank],
        cells={code: np.concatenate([cells[code] for _, _, cells in pieces])[order] for code in codes},
    )


class _Books:
    """The books of the companies, between two closings."""

    def __init__(self, traits: Traits, parameters: Finances, rng: np.random.Generator) -> None:
        self._traits, self._law, self._chance = traits, parameters, rng
        self._operations = Operations.start(traits)
        self._own_funds: OwnFunds | None = None
        self._loans: Reals | None = None
        self._partners = traits.partners
        self._overdraft = np.zeros(traits.count)
        self._lent = np.zeros(traits.count, dtype=bool)

    def close(self, weather: Weather) -> Cells:
        """Close an exercice of every company, even one that is not real and will never be filed."""
        cells, yearly, invested = operated(self._operations, self._traits, weather, self._law, self._chance)
        loans = self._borrowed(weather, cells, yearly, invested)
        rate = _of_year(self._law.rates, weather.year)
        before = loans if self._loans is None else self._loans
        interest = rate * (loans + before) / 2 + 2 * rate * self._overdraft
        cells["GR"] = euros(interest * weather.years)
        self._loans = loans
        self._tax(cells, weather)
        self._fund(cells, weather, yearly)
        return self._balance(cells, yearly)

    def _borrowed(self, weather: Weather, cells: Cells, yearly: Reals, invested: Reals) -> Reals:
        """Bank loans at the closing: repaid over six years, taken for part of the investments, or lent by the State."""
        parameters = self._law
        if self._loans is None:
            net = sum((cells[gross] - cells[spent] for gross, spent in (("AP", "AQ"), ("AR", "AS"), ("AT", "AU"))))
            return np.asarray(self._traits.leverage * np.asarray(net))
        loans = (
            self._loans * np.maximum(1 - weather.years / parameters.loan_years, 0) + parameters.loan_share * invested
        )
        share, weight = parameters.state_loan
        lending = (weather.year == 2020) & ~self._lent & (self._chance.random(len(loans)) < share)
        self._lent |= weather.year >= 2020
        return np.asarray(loans + lending * weight * yearly)

    def _tax(self, cells: Cells, weather: Weather) -> None:
        """Exceptional items, employees' share, then tax on what is left."""
        parameters, full = self._law, with_result(cells | dict.fromkeys(("HA", "HE", "HJ", "HK"), cells["GA"] * 0))
        turnover = full["FL"]
        odd = np.clip(self._chance.standard_t(2.5, len(turnover)), -25, 25) * parameters.exceptional * turnover
        odd = odd - 0.012 * turnover * weather.crisis * self._chance.random(len(turnover))
        cells["HA"], cells["HE"] = euros(np.maximum(odd, 0)), euros(np.maximum(-odd, 0))
        profit = np.maximum(full["GW"] + cells["HA"] - cells["HE"], 0)
        cells["HJ"] = euros(np.where(weather.heads >= 50, 0.06, 0.0) * profit)
        cells["HK"] = euros(_of_year(parameters.taxes, weather.year) * (profit - cells["HJ"]) * self._traits.taxed)

    def _fund(self, cells: Cells, weather: Weather, yearly: Reals) -> None:
        """Own funds: how the previous result was allotted, and the capital."""
        if self._own_funds is None:
            assets = 0.55 * yearly + cells["AP"] + cells["AR"] + cells["AT"] - cells["AQ"] - cells["AS"] - cells["AU"]
            self._own_funds = OwnFunds.start(self._traits, assets, yearly, self._law)
        else:
            brought = self._own_funds.go_on(self._traits, weather, self._partners, yearly, self._chance)
            self._partners = np.maximum(self._partners - brought, 0)
        cells.update(self._own_funds.cells())

    def _balance(self, cells: Cells, yearly: Reals) -> Cells:
        """The liasse, once those who wait when cash runs short have waited."""
        loans = self._loans if self._loans is not None else np.zeros_like(yearly)
        cells["DU"], cells["DV"] = euros(loans), euros(self._partners)
        cells["EH"] = np.zeros_like(cells["DU"])
        least = self._traits.careful * yearly
        lacking = np.maximum(least - whole(cells)["CF"] - cells["CD"], 0)
        self._overdraft = np.rint(_WAITING["overdraft"] * lacking)
        cells["EH"] = euros(self._overdraft)
        cells["DU"] = cells["DU"] + cells["EH"]
        for code in ("DX", "DY", "DV"):
            cells[code] = cells[code] + euros(_WAITING[code] * lacking)
        self._partners = np.where(lacking > 0, cells["DV"], self._partners * 0.93).astype(float)
        full = whole(cells)
        placed = euros(np.maximum(0.5 * (full["CF"] - 0.12 * yearly), 0) * self._traits.invests)
        cells["CD"] = placed
        full = whole(cells)
        distant = euros(loans * (1 - 1 / self._law.loan_years) + 0.5 * self._partners)
        full["EG"] = full["EC"] - np.minimum(distant, full["DU"] + full["DV"])
        if self._own_funds is not None:
            self._own_funds.settle(full, yearly, self._law)
        return full


def _of_year(steps: tuple[tuple[int, float], ...], year: Ints) -> Reals:
    """The value of the first step whose year is not passed."""
    years = np.array([last for last, _ in steps])
    return np.asarray(np.array([value for _, value in steps])[np.searchsorted(years, year)])
