"""Until when the delivered filings are complete: after that day a missing filing proves nothing (open-data §2.6)."""

from __future__ import annotations

from datetime import date

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import month_index, month_of

RARE = 1_000
"""A month with fewer closings than the busiest month divided by this holds only typing errors."""


def seen_until(bulk: Relation, filings: Relation, as_of: date) -> Relation:
    """The day up to which every filing has been delivered, judging by the filings themselves.

    Only the bulk file holds them all, and it does not state its date. It is more recent than the closings it contains,
    so nothing is missing before the last month in which companies close in it. Filings delivered month after month
    extend that day, as long as no month in between lacks filings.

    Args:
        bulk: staging `detail_bilan` (date_cloture); filings: known_at, known_at_assumed of every filing.
        as_of: whatever is dated later is left out.
    Returns:
        one row: vu_jusqu_au DATE, NULL without the bulk file.
    """
    closings = bulk.filter(nw.col("date_cloture") <= nw.lit(as_of)).with_columns(month=month_of(nw.col("date_cloture")))
    counted = closings.group_by("month").agg(closings=nw.len(), last=nw.col("date_cloture").max())
    busiest = counted.select(busiest=nw.col("closings").max())
    usual = counted.join(busiest, how="cross").filter(nw.col("closings") * RARE >= nw.col("busiest"))
    bulk_until = usual.select(nw.col("last").max())
    dated = filings.filter(~nw.col("known_at_assumed"), nw.col("known_at") <= nw.lit(as_of)).join(
        bulk_until, how="cross"
    )
    after = dated.filter(nw.col("known_at") > nw.col("last")).with_columns(
        after=month_index(nw.col("known_at")) - month_index(nw.col("last"))
    )
    months = after.group_by("after").agg(last_filed=nw.col("known_at").max())
    # The month of the bulk file may have no later filing of its own: months are counted from the next one.
    ranked = (
        months.filter(nw.col("after") > 0)
        .with_columns(here=nw.lit(1))
        .with_columns(rank=nw.col("here").cum_sum().over(order_by="after").cast(nw.Int64))
    )
    extended = ranked.filter(nw.col("rank") == nw.col("after")).select(last_filed=nw.col("last_filed").max())
    return bulk_until.join(extended, how="cross").select(
        vu_jusqu_au=nw.when(~nw.col("last").is_null()).then(nw.max_horizontal("last", "last_filed"))
    )
