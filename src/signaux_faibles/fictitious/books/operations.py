"""The operations of an exercice: turnover, purchases, staff, investments, and what they leave on the balance sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from signaux_faibles.fictitious.books.cells import Cells, euros
from signaux_faibles.fictitious.books.traits import Traits, Weather
from signaux_faibles.fictitious.parameters.annual_accounts import Finances
from signaux_faibles.fictitious.people.population import Ints, Reals

_TANGIBLE = (("AP", "AQ", 0.15, 0.04), ("AR", "AS", 0.45, 0.10), ("AT", "AU", 0.40, 0.14))
"""Buildings, equipment, other: cells, share of the gross value [E], yearly depreciation [E: 25, 10 and 7 years]."""
_SCRAPPED = 0.10  # of the gross value a year, wholly depreciated [E]
_VAT = 1.2
_TAXES = 0.018  # of turnover [E]
_DEPOSITS = 0.008  # of turnover [E]


@dataclass
class Operations:
    """What an exercice leaves to the next one.

    Attributes:
        productivity, margin: fading deviations of the margin and of the logarithm of turnover per employee.
        gross, spent: tangible assets and their depreciation, [kind, company]; None before the first exercice.
        materials, goods: stocks.
        doubtful, provisions: depreciation of customers, provisions for risks.
        goodwill, deposits: assets that never change.
        started: whether there was an exercice.
    """

    productivity: Reals
    margin: Reals
    gross: Ints | None
    spent: Ints
    materials: Ints
    goods: Ints
    doubtful: Ints
    provisions: Ints
    goodwill: Ints
    deposits: Ints
    started: bool = False

    @classmethod
    def start(cls, traits: Traits) -> Self:
        """Before the first exercice."""
        none = np.zeros(traits.count, dtype=np.int64)
        return cls(none.astype(float), none.astype(float), None, none, none, none, none, none, none, none)


def operated(
    state: Operations, traits: Traits, weather: Weather, parameters: Finances, rng: np.random.Generator
) -> tuple[Cells, Reals, Reals]:
    """Operate for an exercice.

    Returns:
        the cells of the profit and loss account (without interest, exceptional items and tax), of the assets (without
        cash) and of operating debts; the turnover over twelve months; the investments of the exercice.
    """
    turnover, margin = _turnover_and_margin(state, traits, weather, parameters, rng)
    yearly = turnover / weather.years
    cells = _sales(turnover, traits) | _staff(traits, weather)
    invested = _tangible(state, cells, traits, weather, yearly, rng)
    _purchases(state, cells, traits, weather, turnover, margin)
    _third_parties(state, cells, traits, weather, yearly, parameters)
    state.started = True
    return cells, yearly, invested


def _turnover_and_margin(
    state: Operations, traits: Traits, weather: Weather, parameters: Finances, rng: np.random.Generator
) -> tuple[Reals, Reals]:
    """Turnover of the exercice, and gross operating surplus over turnover."""
    count, memory = traits.count, parameters.productivity_memory
    noise = parameters.productivity_noise * rng.standard_normal(count)
    state.productivity = memory * state.productivity + noise
    shock = parameters.margin_noise * rng.standard_t(parameters.margin_tails, count)
    state.margin = parameters.margin_memory * state.margin + shock
    log = (
        state.productivity
        + parameters.strain_on_turnover * weather.strain
        + parameters.crisis_on_turnover * weather.crisis
    )
    turnover = weather.heads * weather.years * traits.turnover * np.exp(log) * (1 - weather.lost)
    margin = traits.of_sector("margin") + parameters.quality * traits.quality + state.margin
    margin = margin + parameters.strain_on_margin * weather.strain + parameters.crisis_on_margin * weather.crisis
    margin = margin - 0.03 * (weather.age < 2) - 0.06 * weather.lost
    return turnover, np.clip(margin, -1.2, 0.6)


def _sales(turnover: Reals, traits: Traits) -> Cells:
    """Sales by line; goods are never exported."""
    goods = euros(turnover * traits.sells_goods)
    rest = euros(turnover) - goods
    exports = euros(rest * traits.exports)
    none = np.zeros_like(rest)
    made = {"FD": np.where(traits.makes, rest - exports, 0), "FE": np.where(traits.makes, exports, 0)}
    served = {"FG": np.where(traits.makes, 0, rest - exports), "FH": np.where(traits.makes, 0, exports)}
    return {"FA": goods, "FB": none, **made, **served}


def _staff(traits: Traits, weather: Weather) -> Cells:
    """Wages and contributions; activité partielle pays most of the wages of those who do not work."""
    paid = weather.heads * weather.years * (1 - 0.8 * weather.lost)
    return {"FY": euros(paid * traits.gross), "FZ": euros(paid * traits.charged), "YP": euros(weather.heads)}


def _tangible(
    state: Operations, cells: Cells, traits: Traits, weather: Weather, yearly: Reals, rng: np.random.Generator
) -> Reals:
    """Depreciate, scrap and buy; return what was bought."""
    share = np.array([share for _, _, share, _ in _TANGIBLE])[:, None]
    rate = np.array([rate for *_, rate in _TANGIBLE])[:, None]
    aimed = share * traits.of_sector("fixed") * traits.fixed * yearly
    lumps = np.exp(0.6 * rng.standard_normal(aimed.shape))
    if state.gross is None:
        state.gross = euros(np.where(traits.young, 0, aimed))
        state.spent = euros(np.where(traits.young, 0, 0.6 * aimed))
    scrapped = np.minimum(euros(_SCRAPPED * weather.years * state.gross), state.spent)
    gross, spent = state.gross - scrapped, state.spent - scrapped
    haste = np.where(traits.young & ~np.bool_(state.started), 0.8, np.minimum(0.3 * weather.years * lumps, 1.0))
    bought = euros(np.maximum(aimed - gross, 0) * haste * (1 - 0.7 * weather.crisis))
    worn = np.minimum(euros(rate * weather.years * (gross + bought / 2)), gross + bought - spent)
    state.gross, state.spent = gross + bought, spent + worn
    for (code, depreciation, *_), value, lost in zip(_TANGIBLE, state.gross, state.spent, strict=True):
        cells[code], cells[depreciation] = value, lost
    cells["GA"] = worn.sum(axis=0)
    if not state.started:
        state.goodwill, state.deposits = euros(traits.lease * yearly), euros(_DEPOSITS * yearly)
    cells["AH"], cells["BH"] = state.goodwill, state.deposits
    return np.asarray(bought.sum(axis=0), dtype=float)


def _purchases(
    state: Operations, cells: Cells, traits: Traits, weather: Weather, turnover: Reals, margin: Reals
) -> None:
    """Purchases, stock variations and external charges: what is left once the margin is set."""
    cells["FX"] = euros(_TAXES * turnover)
    cells["FO"] = euros(0.25 * weather.lost * turnover)
    left = turnover * (1 - margin) + cells["FO"] - cells["FY"] - cells["FZ"] - cells["FX"]
    used = np.maximum(left, 0.06 * turnover)
    days = traits.of_sector("stock_days") * traits.stock * turnover / weather.years / 360
    of_goods = traits.goods / np.maximum(traits.goods + traits.materials, 0.01)
    for bought, change, stock, share, weight in (
        ("FS", "FT", "goods", traits.goods, of_goods),
        ("FU", "FV", "materials", traits.materials, 1 - of_goods),
    ):
        before = getattr(state, stock) if state.started else np.where(traits.young, 0, euros(days * weight))
        consumed = euros(used * share)
        after = np.maximum(euros(days * weight), before - consumed)
        cells[change] = before - after
        cells[bought] = consumed - cells[change]
        setattr(state, stock, after)
    cells["BT"], cells["BL"] = state.goods, state.materials
    cells["FW"] = euros(used) - euros(used * traits.goods) - euros(used * traits.materials)


def _third_parties(
    state: Operations, cells: Cells, traits: Traits, weather: Weather, yearly: Reals, parameters: Finances
) -> None:
    """Customers, suppliers, social bodies, provisions: balances at the closing, and what they cost."""
    by_strain, in_crisis = parameters.late_payment
    late = 1 + np.clip(by_strain * weather.strain, -0.3, 0.5) + in_crisis * weather.crisis
    bought = (cells["FS"] + cells["FU"] + cells["FW"]) / weather.years
    cells["BX"] = euros(traits.of_sector("customer_days") * traits.customers * yearly * _VAT / 360)
    doubtful = euros(cells["BX"] * (0.012 + 0.03 * weather.crisis) * traits.customers)
    provisions = euros(traits.provisioned * traits.social * (cells["FY"] + cells["FZ"]) / weather.years)
    before = (state.doubtful, state.provisions) if state.started else (doubtful, provisions)
    changes = doubtful - before[0], provisions - before[1]
    cells["BY"], cells["DR"] = doubtful, provisions
    cells["GC"], cells["GD"] = (np.maximum(change, 0) for change in changes)
    cells["FP"] = np.maximum(-changes[0], 0) + np.maximum(-changes[1], 0)
    state.doubtful, state.provisions = doubtful, provisions
    cells["FQ"], cells["GE"] = euros(0.002 * yearly * weather.years), euros(0.004 * yearly * weather.years)
    cells["GL"] = euros(0.0004 * yearly * weather.years)
    cells["BZ"], cells["CH"] = euros(0.055 * traits.stock * yearly), euros(0.006 * yearly)
    cells["CD"] = np.zeros_like(cells["BZ"])
    cells["DX"] = euros(traits.of_sector("supplier_days") * traits.suppliers * late * bought * _VAT / 360)
    owed = 0.16 * (cells["FY"] + cells["FZ"]) / weather.years + 0.02 * yearly
    cells["DY"] = euros(owed * traits.social * late)
    cells["EA"] = euros(0.01 * yearly)
