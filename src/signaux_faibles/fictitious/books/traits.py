"""What never changes in the finances of a company, and the circumstances of its exercice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from signaux_faibles.fictitious.books.conditions import Conditions
from signaux_faibles.fictitious.books.exercices import Exercices
from signaux_faibles.fictitious.parameters.annual_accounts import SECTOR_FINANCES, Finances
from signaux_faibles.fictitious.parameters.world import Debt
from signaux_faibles.fictitious.people.population import Bools, Employers, Ints, Reals
from signaux_faibles.fictitious.people.sectors import SECTORS

GROSS_WAGE = 1 / 0.42
"""Gross wage over all contributions, those of `sectors.Sector.charges`."""


@dataclass(frozen=True)
class Traits:
    """What never changes in the finances of the companies of one part, one value per company; amounts in euros.

    Attributes:
        gross, charged: gross wages and employer's contributions of one employee over a year.
        turnover: of one employee over a year.
        quality: margin, mean 0 and standard deviation 1, skewed to the right, worse where the company is frail.
        fixed, stock, customers, suppliers, social: relative to the sector, 1 = median.
        goods, materials: share of the purchases; the rest is external charges.
        sells_goods, makes: share of the turnover in goods, and of the rest in products.
        exports: share of that rest.
        leverage: loans over net tangible assets at the start.
        own_funds: own funds over assets at the start.
        capital: over the turnover of the first year.
        payout: of the result, in dividends.
        partners: accounts of partners, at the start.
        provisioned, taxed, invests: habits, 0 or more.
        careful: cash kept over turnover.
        lease: goodwill over turnover.
    """

    sector: Ints
    young: Bools
    gross: Reals
    charged: Reals
    turnover: Reals
    quality: Reals
    fixed: Reals
    stock: Reals
    customers: Reals
    suppliers: Reals
    social: Reals
    goods: Reals
    materials: Reals
    sells_goods: Reals
    makes: Bools
    exports: Reals
    leverage: Reals
    own_funds: Reals
    capital: Reals
    payout: Reals
    partners: Reals
    provisioned: Reals
    taxed: Reals
    invests: Reals
    careful: Reals
    lease: Reals

    @property
    def count(self) -> int:
        """How many companies they are."""
        return len(self.sector)

    def of_sector(self, name: str) -> Reals:
        """A figure of `SECTOR_FINANCES`, one value per company."""
        return _figure(name)[self.sector]

    @classmethod
    def draw(cls, employers: Employers, parameters: Finances, rng: np.random.Generator) -> Self:
        """Draw them."""
        count, sector = employers.count, employers.sector
        normal, even = rng.standard_normal((11, count)), rng.random((8, count))
        charges = 12 * np.array([one.charges for one in SECTORS])[sector] * employers.wage
        gross, charged = charges * GROSS_WAGE, charges * (1 - Debt.employee_share)
        turnover = (gross + charged) / _figure("staff")[sector] * np.exp(parameters.productivity * normal[0])
        bought = _figure("goods") + _figure("materials")
        purchases = np.maximum(1 - _figure("staff") - _figure("margin"), bought + 0.05)
        mean, spread = parameters.first_own_funds
        industry = np.isin(sector, [rank for rank, one in enumerate(SECTORS) if one.code in ("AZ", "BE", "I")])
        return cls(
            sector=sector,
            young=employers.birth >= 0,
            gross=gross,
            charged=charged,
            turnover=turnover,
            quality=(np.exp(0.5 * (0.85 * normal[1] - 0.53 * employers.frailty)) - np.exp(0.125)) / 0.605,
            fixed=np.exp(0.7 * normal[2]),
            stock=np.exp(0.6 * normal[3]),
            customers=np.exp(0.40 * normal[4]),
            suppliers=np.exp(0.35 * normal[5]),
            social=np.exp(0.25 * normal[6]),
            goods=(_figure("goods") / purchases)[sector],
            materials=(_figure("materials") / purchases)[sector],
            sells_goods=np.minimum(1.3 * _figure("goods"), 0.97)[sector],
            makes=industry,
            exports=np.where(even[0] < 0.25, even[1] ** 2 * np.where(industry, 0.6, 0.25), 0.0),
            leverage=0.25 + 0.75 * even[2],
            own_funds=np.clip(mean + spread * normal[7], -0.6, 0.9),
            capital=parameters.capital * np.exp(0.9 * normal[8]),
            payout=np.where(even[3] < 0.55, parameters.payout * (0.4 + 0.6 * even[4]), 0.0),
            partners=np.where(even[5] < 0.7, 0.03 * np.exp(0.8 * normal[9]), 0.0) * turnover * employers.full_size,
            provisioned=np.where(even[6] < 0.3, 0.04, 0.0),
            taxed=np.where(even[7] < 0.85, 1.0, 0.3),
            invests=np.where(even[7] > 0.6, 1.0, 0.0),
            careful=parameters.least_cash * np.exp(0.9 * normal[10]),
            lease=np.where((even[6] > 0.6) & np.isin(sector, _shops()), 0.15, 0.0),
        )


@dataclass(frozen=True)
class Weather:
    """The circumstances of an exercice, one value per company; see `Conditions`."""

    years: Reals
    year: Ints
    heads: Reals
    strain: Reals
    crisis: Reals
    lost: Reals
    age: Reals

    @classmethod
    def of(cls, conditions: Conditions, exercices: Exercices, rank: int) -> Self:
        """The conditions of the exercice of a rank, of every company."""
        return cls(
            years=exercices.months[:, rank] / 12,
            year=conditions.year[:, rank],
            heads=np.maximum(conditions.heads[:, rank], 0.5),
            strain=conditions.strain[:, rank],
            crisis=conditions.crisis[:, rank],
            lost=conditions.lost[:, rank],
            age=conditions.age[:, rank],
        )


def _figure(name: str) -> Reals:
    return np.array([getattr(SECTOR_FINANCES[sector.code], name) for sector in SECTORS])


def _shops() -> list[int]:
    return [rank for rank, sector in enumerate(SECTORS) if sector.code in ("G", "I", "PS")]
