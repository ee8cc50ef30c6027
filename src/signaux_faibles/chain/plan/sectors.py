"""The place of each company in its sector, and when it files its accounts."""

from signaux_faibles.chain.plan.accounts import BULK
from signaux_faibles.chain.plan.inputs import FIRST_HEADCOUNT
from signaux_faibles.chain.plan.step import Step
from signaux_faibles.chain.plan.words import AS_OF, Of, constant, last_delivered_at, months
from signaux_faibles.tables.accounts.accounts import ACCOUNTS
from signaux_faibles.tables.accounts.coverage import ACCOUNTS_ASIDE
from signaux_faibles.tables.accounts.published import PUBLISHED_SECTOR_QUANTILES
from signaux_faibles.tables.activities.activities import ACTIVITIES
from signaux_faibles.tables.filing.delays import FILING_DELAYS, filing_delays_as_known
from signaux_faibles.tables.procedures.chronology import PROCEDURES_CHRONOLOGY
from signaux_faibles.tables.register.register import CLEAN_SIRENE_UL
from signaux_faibles.tables.sector.backoff import ladder
from signaux_faibles.tables.sector.observations import SECTOR_OBSERVATIONS, sector_observations
from signaux_faibles.tables.sector.position import SECTOR_POSITIONS, sector_positions_as_published
from signaux_faibles.tables.sector.quantiles import SECTOR_QUANTILES, sector_quantiles
from signaux_faibles.tables.sector.ratios import SECTOR_RATIOS_TABLE, sector_ratios

STEPS = (
    Step(SECTOR_RATIOS_TABLE, sector_ratios),
    Step(
        SECTOR_OBSERVATIONS,
        sector_observations,
        accounts=Of(ACCOUNTS),
        activities=Of(ACTIVITIES),
        as_of=AS_OF,
        rows_of=("accounts",),
    ),
    Step(
        SECTOR_QUANTILES,
        sector_quantiles,
        observations=Of(SECTOR_OBSERVATIONS),
        ratios=Of(SECTOR_RATIOS_TABLE),
        rows_of=("observations",),
    ),
    Step(
        SECTOR_POSITIONS,
        sector_positions_as_published,
        observations=Of(SECTOR_OBSERVATIONS),
        ratios=Of(SECTOR_RATIOS_TABLE),
        rungs=constant("échelle des classes", ladder),
        computed=Of(SECTOR_QUANTILES),
        published=Of(PUBLISHED_SECTOR_QUANTILES),
        published_at=last_delivered_at("ratios_inpi_bce_sectors"),
        rows_of=("observations",),
    ),
    Step(
        FILING_DELAYS,
        filing_delays_as_known,
        accounts=Of(ACCOUNTS),
        bulk=BULK,
        aside=Of(ACCOUNTS_ASIDE),
        register=Of(CLEAN_SIRENE_UL),
        chronology=Of(PROCEDURES_CHRONOLOGY),
        calendar=months(FIRST_HEADCOUNT),
        as_of=AS_OF,
        rows_of=("accounts", "bulk", "aside"),
    ),
)
