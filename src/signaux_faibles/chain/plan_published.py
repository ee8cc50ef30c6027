"""Ratios and sector quantiles that others publish."""

from signaux_faibles.chain.plan.inputs import Inputs, Rule
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import Schema
from signaux_faibles.sources.registry import CONTRACTS
from signaux_faibles.tables.accounts.published import (
    PUBLISHED_RATIOS,
    PUBLISHED_SECTOR_QUANTILES,
    published_ratios,
    published_sector_quantiles,
)


def _published_ratios(inputs: Inputs) -> Relation:
    known = CONTRACTS["ratios_inpi_bce"].known_at
    return published_ratios(inputs.every_delivery("ratios_inpi_bce"), known.lag_days)


TABLES: dict[Schema, Rule] = {
    PUBLISHED_RATIOS: _published_ratios,
    PUBLISHED_SECTOR_QUANTILES: lambda i: published_sector_quantiles(i.staged("ratios_inpi_bce_sectors")),
}
