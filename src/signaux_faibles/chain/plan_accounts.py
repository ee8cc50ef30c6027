"""Annual accounts: cells of every source, amounts, ratios, and what is known of each company."""

from collections.abc import Callable

from signaux_faibles.chain.inputs import Inputs, Rule
from signaux_faibles.chain.refused_filings import refused_filings
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import Schema
from signaux_faibles.tables import accounts_schemas as own
from signaux_faibles.tables.accounts import accounts, accounts_as_filed
from signaux_faibles.tables.accounts_cells import account_cells
from signaux_faibles.tables.accounts_coverage import accounts_aside, accounts_coverage
from signaux_faibles.tables.accounts_once import each_filing_once
from signaux_faibles.tables.ratios import account_ratios

SOURCES: dict[str, Callable[[Relation], Relation]] = {"inpi": account_cells}
"""The types that deliver annual accounts, the preferred one first, and how their staging becomes cells."""


def _cells(inputs: Inputs) -> Relation:
    return each_filing_once([cells(inputs.standing(name)) for name, cells in SOURCES.items()])


TABLES: dict[Schema, Rule] = {
    own.ACCOUNT_CELLS: _cells,
    own.ACCOUNTS_AS_FILED: lambda i: accounts_as_filed(i.table("account_cells")),
    own.ACCOUNTS: lambda i: accounts(i.table("accounts_as_filed")),
    own.ACCOUNT_RATIOS: lambda i: account_ratios(i.table("accounts")),
    own.ACCOUNTS_ASIDE: lambda i: accounts_aside(refused_filings(i, SOURCES), i.standing("inpi")),
    own.ACCOUNTS_COVERAGE: lambda i: accounts_coverage(
        i.table("clean_filter"), i.table("accounts"), i.table("account_ratios"), i.table("accounts_aside")
    ),
}
