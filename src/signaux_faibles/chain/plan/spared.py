"""Tables that need not be planned: those whose sources gave no row.

Planning a wide table of nothing costs as much as planning a full one, on a cluster above all: half of the fixed cost of
a run is spared where the accounts, the notices and the fiscal files are not delivered.
"""

from __future__ import annotations

import pyarrow.parquet as pq

from signaux_faibles.chain.intake.deliveries import deliveries_of
from signaux_faibles.chain.plan.accounts import CELLS
from signaux_faibles.chain.plan.inputs import Inputs
from signaux_faibles.sources.registry import CONTRACTS

ROWS_COME_FROM: dict[str, tuple[str, ...]] = {
    "delai_by_month": ("clean_delai",),
    "clean_ap": ("apdemande", "apconso"),
    "ap_by_demande": ("apdemande", "apconso"),
    "bodacc_verdicts": ("bodacc",),
    "bodacc_unmatched": ("bodacc_verdicts",),
    "bodacc_events": ("bodacc_verdicts",),
    "published_ratios": ("ratios_inpi_bce",),
    "published_sector_quantiles": ("ratios_inpi_bce_sectors",),
    "directors": ("rne",),
    "fiscal_accounts": ("liasse_dgfip",),
    "tax_arrears": ("rar_dgfip",),
    "vat_by_month": ("tva_dgfip",),
    "bdf_ratios": ("ratios_bdf",),
    "account_cells": tuple(CELLS),
    "accounts_as_filed": ("account_cells",),
    "accounts": ("accounts_as_filed",),
    "account_ratios": ("accounts",),
    "sector_observations": ("accounts",),
    "sector_quantiles": ("sector_observations",),
    "sector_positions": ("sector_observations",),
    "filing_delays": ("accounts", "detail_bilan", "accounts_aside"),
}
"""For a table, the types and the tables of which it keeps, joins or unfolds the rows: none in them, none in it."""


def is_spared(table: str, inputs: Inputs) -> bool:
    """Whether a table has no row because nothing that it is made of has any."""
    sources = ROWS_COME_FROM.get(table, ())
    return bool(sources) and not any(_has_rows(source, inputs) for source in sources)


def _has_rows(source: str, inputs: Inputs) -> bool:
    contract = CONTRACTS.get(source)
    if contract is None:
        return bool(pq.read_metadata(inputs.tables / f"{source}.parquet").num_rows)
    told = deliveries_of(contract, inputs.home, inputs.files.batch)
    return any(file.report["rows_written"] for _, files in told for file in files)
