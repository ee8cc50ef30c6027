"""The place of each company in its sector, and when it files its accounts."""

import narwhals.stable.v2 as nw

from signaux_faibles.chain.intake.deliveries import delivered_at, deliveries_of
from signaux_faibles.chain.plan.inputs import FIRST_HEADCOUNT, Inputs, Rule
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import Schema
from signaux_faibles.sources.registry import CONTRACTS
from signaux_faibles.tables.filing.delays import FILING_DELAYS, filing_delays
from signaux_faibles.tables.sector.backoff import ladder
from signaux_faibles.tables.sector.observations import SECTOR_OBSERVATIONS, sector_observations
from signaux_faibles.tables.sector.position import SECTOR_POSITIONS, sector_positions
from signaux_faibles.tables.sector.published import published_by_ratio
from signaux_faibles.tables.sector.quantiles import SECTOR_QUANTILES, sector_quantiles
from signaux_faibles.tables.sector.ratios import SECTOR_RATIOS_TABLE, sector_ratios


def _observations(inputs: Inputs) -> Relation:
    register, naf = inputs.table("clean_sirene_ul"), inputs.reference("naf_codes")
    return sector_observations(inputs.table("accounts"), register, naf, inputs.as_of)


def _positions(inputs: Inputs) -> Relation:
    told = deliveries_of(CONTRACTS["ratios_inpi_bce_sectors"], inputs.home, inputs.files.batch)
    known_at = delivered_at(told[-1][0]) if told else inputs.as_of
    ratios, computed = inputs.table("sector_ratios"), inputs.table("sector_quantiles")
    published = published_by_ratio(inputs.table("published_sector_quantiles"), ratios, computed, known_at)
    rungs = inputs.engine.from_arrow(ladder())
    return sector_positions(inputs.table("sector_observations"), ratios, rungs, computed, published)


def _filing_delays(inputs: Inputs) -> Relation:
    bulk = inputs.every_delivery("detail_bilan").select("siren", "date_cloture", "delivered_at")
    chronology = inputs.table("procedures_chronology").filter(nw.col("known_at") <= nw.lit(inputs.as_of))
    return filing_delays(
        inputs.table("accounts"),
        bulk,
        inputs.table("accounts_aside"),
        inputs.table("clean_sirene_ul"),
        chronology.filter(nw.col("action_procol") == "liquidation").select("siren", "date_effet"),
        inputs.calendar(FIRST_HEADCOUNT),
        inputs.as_of,
    )


TABLES: dict[Schema, Rule] = {
    SECTOR_RATIOS_TABLE: lambda i: i.engine.from_arrow(sector_ratios()),
    SECTOR_OBSERVATIONS: _observations,
    SECTOR_QUANTILES: lambda i: sector_quantiles(i.table("sector_observations"), i.table("sector_ratios")),
    SECTOR_POSITIONS: _positions,
    FILING_DELAYS: _filing_delays,
}
