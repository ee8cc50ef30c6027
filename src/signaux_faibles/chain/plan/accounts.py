"""Annual accounts: cells of every source, amounts, ratios, and what is known of each company."""

import narwhals.stable.v2 as nw

from signaux_faibles.chain.plan.inputs import Inputs, Rule
from signaux_faibles.chain.plan.refused_filings import refused_filings
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import Schema
from signaux_faibles.sources.registry import CONTRACTS
from signaux_faibles.tables.accounts.accounts import ACCOUNTS, ACCOUNTS_AS_FILED, accounts, accounts_as_filed
from signaux_faibles.tables.accounts.cells import ACCOUNT_CELLS, account_cells
from signaux_faibles.tables.accounts.cells_of_the_stock import account_cells_detail
from signaux_faibles.tables.accounts.coverage import (
    ACCOUNTS_ASIDE,
    ACCOUNTS_COVERAGE,
    FILING,
    accounts_aside,
    accounts_coverage,
)
from signaux_faibles.tables.accounts.once import each_filing_once, of_filings_in_place, withdrawals
from signaux_faibles.tables.accounts.ratios import ACCOUNT_RATIOS, account_ratios


def _cells_of_the_stock(inputs: Inputs) -> Relation:
    lag_days = CONTRACTS["detail_bilan"].known_at.lag_days
    return account_cells_detail(inputs.every_delivery("detail_bilan"), lag_days)


CELLS: dict[str, Rule] = {
    "inpi": lambda i: account_cells(i.standing("inpi")),
    "inpi_json": lambda i: account_cells(of_filings_in_place(i.standing("inpi_json"))),
    "detail_bilan": _cells_of_the_stock,
}
"""The types that deliver annual accounts, the preferred one first, and how their staging becomes cells."""


def _account_cells(inputs: Inputs) -> Relation:
    # A source never delivered would cost seconds: two hundred columns of nothing are long to plan.
    told = [cells(inputs) for name, cells in CELLS.items() if inputs.was_delivered(name)]
    return each_filing_once(told, withdrawals(inputs.standing("inpi_json")))


def _accounts_aside(inputs: Inputs) -> Relation:
    filings = nw.concat([inputs.standing(name).select(FILING) for name in CELLS])
    return accounts_aside(refused_filings(inputs, CELLS), filings)


TABLES: dict[Schema, Rule] = {
    ACCOUNT_CELLS: _account_cells,
    ACCOUNTS_AS_FILED: lambda i: accounts_as_filed(i.table("account_cells")),
    ACCOUNTS: lambda i: accounts(i.table("accounts_as_filed")),
    ACCOUNT_RATIOS: lambda i: account_ratios(i.table("accounts")),
    ACCOUNTS_ASIDE: _accounts_aside,
    ACCOUNTS_COVERAGE: lambda i: accounts_coverage(
        i.table("clean_filter"), i.table("accounts"), i.table("account_ratios"), i.table("accounts_aside")
    ),
}
