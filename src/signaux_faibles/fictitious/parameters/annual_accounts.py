"""The figures of the annual accounts, each with where it comes from; the marks are those of `parameters`.

The levels are set on real filings [D]: 1,516 public filings at INPI of 2014-2018, 300 of which were looked at again by
wage bill. Amounts are in constant euros: wages do not grow in this country either.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SectorFinances:
    """The median accounts of a sector [E, with sectors in the order of Insee's Ésane].

    Attributes:
        staff: staff costs over turnover; turnover per employee follows from the wages of the sector.
        goods, materials: purchases of goods and of raw materials over turnover.
        margin: gross operating surplus over turnover.
        fixed: gross tangible assets over turnover.
        stock_days: stocks, in days of turnover.
        customer_days: in days of turnover, taxes included.
        supplier_days: in days of purchases, taxes included.
        covid: share of turnover lost at the worst of 2020.
    """

    staff: float
    goods: float
    materials: float
    margin: float
    fixed: float
    stock_days: float
    customer_days: float
    supplier_days: float
    covid: float


SECTOR_FINANCES = {
    "AZ": SectorFinances(0.32, 0.02, 0.22, 0.128, 0.90, 60, 35, 51, 0.05),
    "BE": SectorFinances(0.32, 0.06, 0.34, 0.093, 0.50, 40, 60, 47, 0.25),
    "FZ": SectorFinances(0.37, 0.02, 0.26, 0.078, 0.25, 12, 65, 47, 0.30),
    "G": SectorFinances(0.17, 0.58, 0.04, 0.063, 0.16, 50, 28, 38, 0.25),
    "H": SectorFinances(0.38, 0.01, 0.16, 0.093, 0.55, 3, 55, 38, 0.25),
    "I": SectorFinances(0.42, 0.03, 0.24, 0.103, 0.70, 6, 5, 34, 0.70),
    "JZ": SectorFinances(0.50, 0.05, 0.03, 0.093, 0.22, 4, 75, 42, 0.08),
    "KZ": SectorFinances(0.45, 0.01, 0.01, 0.128, 0.25, 1, 50, 38, 0.05),
    "LZ": SectorFinances(0.36, 0.03, 0.04, 0.138, 0.60, 5, 30, 38, 0.10),
    "MN": SectorFinances(0.55, 0.04, 0.05, 0.083, 0.22, 3, 65, 42, 0.18),
    "PS": SectorFinances(0.58, 0.02, 0.06, 0.088, 0.40, 3, 20, 34, 0.25),
}
"""By code of `sectors.SECTORS`."""


@dataclass(frozen=True)
class Finances:
    """The course of the accounts of a company."""

    productivity: float = 0.38  # standard deviation of the logarithm of turnover per employee between companies [C]
    productivity_noise: float = 0.09  # and from an exercice to the next [E]
    productivity_memory: float = 0.80  # [E]
    # Net margin of filings with wages above 100,000 euros [D]: P5 -17 %, P25 1 %, median 3.6 %, P75 8 %.
    quality: float = 0.020  # standard deviation of the margin between companies, skewed to the right [C]
    margin_noise: float = 0.012  # from an exercice to the next, heavy tails [C]
    margin_tails: float = 1.9  # degrees of freedom [C]
    margin_memory: float = 0.45  # [C]
    strain_on_margin: float = -0.034  # for one standard deviation of strain [C]
    crisis_on_margin: float = -0.085  # of an exercice wholly in crisis [C]
    strain_on_turnover: float = -0.030  # [C]
    crisis_on_turnover: float = -0.10  # [C]
    late_payment: tuple[float, float] = (0.12, 0.35)  # more is owed: for one deviation of strain, in crisis [C]
    exceptional: float = 0.004  # of turnover [E]
    rates: tuple[tuple[int, float], ...] = ((2011, 0.040), (2015, 0.028), (2022, 0.018), (9999, 0.038))
    """Interest rate of loans, up to a year [E]."""
    # Code général des impôts, art. 219 [S]: 33 1/3 %, then 31, 28, 26.5, 25.
    taxes: tuple[tuple[int, float], ...] = ((2018, 1 / 3), (2019, 0.31), (2020, 0.28), (2021, 0.265), (9999, 0.25))
    loan_years: float = 6.0  # [E]
    loan_share: float = 0.55  # of the investments [E]
    payout: float = 0.55  # of the result, companies that pay dividends, at most [E]
    ample_cash: float = 0.18  # of turnover, beyond which cash is paid out [C]
    least_cash: float = 0.020  # of turnover, median, below which others wait to be paid [C]
    recapitalised: float = 0.70  # a year, companies of negative own funds [C: 10.4 % of filings have some]
    state_loan: tuple[float, float] = (0.40, 0.12)  # PGE of 2020: share of companies [E], share of turnover [E]
    capital: float = 0.030  # median over turnover [D]
    # Ratio of own funds to the total at start [C: median 0.45, quartiles 0.21 and 0.66].
    first_own_funds: tuple[float, float] = (0.40, 0.26)


@dataclass(frozen=True)
class Filing:
    """When, how and whether accounts are filed."""

    # 93 % of the exercices last 12 months [D]: first ones apart, a company changes its closing so often a year [C].
    new_closing: float = 0.070
    closings: tuple[float, ...] = (0.01, 0.01, 0.07, 0.01, 0.01, 0.08, 0.02, 0.03, 0.09, 0.02, 0.01, 0.64)
    """Share of each month [E]: the real filings looked at were all of February and March, hence of September too."""
    # Code de commerce, art. L. 232-22 [S]: seven months from the closing at most.
    usual_days: tuple[float, float] = (192.0, 17.0)  # mean and standard deviation of those on time [E]
    late: float = 0.17  # share of filings after the seven months [E: « observed often more »]
    late_days: float = 75.0  # mean delay beyond [E]
    late_strain: float = 0.45  # on the log-odds, for one standard deviation [C]
    late_crisis: float = 1.3  # [C]
    never: float = 0.045  # filings that never come [E]
    never_habit: float = 0.06  # companies that never file [E]
    in_procedure: float = 0.35  # filings that come, once a sauvegarde or a redressement is opened [E]
    # 24 % of the filings of 2014-2018 withhold the profit and loss account [D]: allowed to small companies since
    # 7 August 2016 (loi Macron), to micro-companies for the whole since 2014 [S]; shares of those allowed [C].
    withheld_since: str = "2016-08-07"
    withheld: tuple[float, float] = (0.22, 0.55)  # of small companies, the first year, then in the long run
    wholly_withheld: float = 0.45  # of micro-companies [E]
    untyped: float = 0.026  # delivered without their lines, of filings not wholly withheld [D: 41 of 1,563 documents]
    # Filings of companies without employees that withhold everything, for one of an employer: 59 % of all documents are
    # then wholly withheld [D: 2,259 of 3,822].
    of_companies_without_employees: float = 1.125
    micro: tuple[float, float, float] = (700_000, 350_000, 10)  # turnover, total, heads: two of three [S]
    small: tuple[float, float, float] = (8_000_000, 4_000_000, 50)  # [S], 12, 6, 50 since 2019
    small_since_2019: tuple[float, float, float] = (12_000_000, 6_000_000, 50)
    # Share of simplified forms by turnover [D, 300 filings]: 43 % at 100-400 k€, 33 % to 800, 8 % above.
    simplified: tuple[tuple[float, float], ...] = ((1e5, 0.62), (4e5, 0.43), (8e5, 0.33), (2e6, 0.09), (5e6, 0.02))
    consolidated: tuple[float, float] = (250, 0.12)  # from that headcount, share of companies [C: 0.2 % of filings]
    amended: float = 0.03  # filings followed by another one of the same exercice [E]
    previous_given: float = 0.70  # filings that give the amounts of N-1 [D]
    headcount_filled: float = 0.45  # filings that fill YP or 376 [E; 6 % of real filings, many without employees]
    thousands: float = 0.003  # typed in thousands of euros [E]
    turned: float = 0.002  # a depreciation typed below zero [E]
    mistyped: float = 0.004  # a total that no longer adds up [E]
    cents: float = 0.001  # turnover typed with its cents, as in a public record of 2020 [S]; share [E]
    no_length: float = 0.005  # length of the exercice typed « 00 » [E]
