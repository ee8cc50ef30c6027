"""Annual accounts: cells of every source, amounts, ratios, what is known about each company, what others publish."""

from signaux_faibles.chain.plan.delivered import IfDelivered, InForce, Latest, Rejects
from signaux_faibles.chain.plan.inputs import Among
from signaux_faibles.chain.plan.revisions import Revisions
from signaux_faibles.chain.plan.step import Step
from signaux_faibles.chain.plan.words import Of, lag_of
from signaux_faibles.perimeter.perimeter import CLEAN_FILTER
from signaux_faibles.tables.accounts.accounts import ACCOUNTS, ACCOUNTS_AS_FILED, accounts, accounts_as_filed
from signaux_faibles.tables.accounts.cells import ACCOUNT_CELLS
from signaux_faibles.tables.accounts.cells_of_the_bulk_file import CONTENT
from signaux_faibles.tables.accounts.cells_of_the_bulk_file import EXERCICE as BULK_EXERCICE
from signaux_faibles.tables.accounts.coverage import (
    ACCOUNTS_ASIDE,
    ACCOUNTS_COVERAGE,
    accounts_coverage,
    filings_aside,
)
from signaux_faibles.tables.accounts.once import account_cells_once
from signaux_faibles.tables.accounts.published import (
    EXERCICE,
    PUBLISHED_RATIOS,
    PUBLISHED_SECTOR_QUANTILES,
    VALUES,
    published_ratios,
    published_sector_quantiles,
)
from signaux_faibles.tables.accounts.ratios import ACCOUNT_RATIOS, account_ratios

FOLLOWED = Among.EVER_FOLLOWED
SOURCES = ("inpi", "inpi_json", "detail_bilan")
"""The types that deliver annual accounts, the preferred one first."""
BULK = Revisions("detail_bilan", key=BULK_EXERCICE, values=CONTENT)
"""The bulk file of liasses, which each delivery gives whole."""

STEPS = (
    Step(
        PUBLISHED_RATIOS,
        published_ratios,
        deliveries=Revisions("ratios_inpi_bce", key=EXERCICE, values=VALUES),
        lag_days=lag_of("ratios_inpi_bce"),
        rows_of=("deliveries",),
    ),
    Step(
        PUBLISHED_SECTOR_QUANTILES,
        published_sector_quantiles,
        sectors=Latest("ratios_inpi_bce_sectors"),
        rows_of=("sectors",),
    ),
    Step(
        ACCOUNT_CELLS,
        account_cells_once,
        inpi=IfDelivered(InForce("inpi", FOLLOWED)),
        inpi_json=IfDelivered(InForce("inpi_json", FOLLOWED)),
        detail_bilan=IfDelivered(BULK),
        replies=InForce("inpi_json", FOLLOWED),
        lag_days=lag_of("detail_bilan"),
        rows_of=SOURCES,
        by_company=True,
        joins_as_written=True,
    ),
    Step(ACCOUNTS_AS_FILED, accounts_as_filed, cells=Of(ACCOUNT_CELLS), rows_of=("cells",), by_company=True),
    Step(ACCOUNTS, accounts, as_filed=Of(ACCOUNTS_AS_FILED), rows_of=("as_filed",), by_company=True),
    Step(ACCOUNT_RATIOS, account_ratios, accounts=Of(ACCOUNTS), rows_of=("accounts",)),
    Step(
        ACCOUNTS_ASIDE,
        filings_aside,
        refused=Rejects(SOURCES, FOLLOWED),
        inpi=InForce("inpi", FOLLOWED),
        inpi_json=InForce("inpi_json", FOLLOWED),
        detail_bilan=InForce("detail_bilan", FOLLOWED),
    ),
    Step(
        ACCOUNTS_COVERAGE,
        accounts_coverage,
        followed=Of(CLEAN_FILTER),
        accounts=Of(ACCOUNTS),
        ratios=Of(ACCOUNT_RATIOS),
        aside=Of(ACCOUNTS_ASIDE),
    ),
)
