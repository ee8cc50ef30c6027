"""Payment plans that run in each month, as they were known (model §3.7)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import distinct, month_index, spread_months, with_siren
from signaux_faibles.relations.schema import DATE, TEXT, table
from signaux_faibles.tables.debts.delai import GRANTED

PANEL_PLANS = table(
    "panel_plans",
    ("siren", "periode"),
    "the months at whose end a payment plan granted by Urssaf was known and still had instalments to come",
    siren=TEXT,
    periode=DATE,
)


def plans_as_known(delai: Relation, lag_days: int, calendar: Calendar) -> Relation:
    """The months at whose end a company has a plan in force, from the month in which it becomes known.

    The stage of a plan is that of today: the source gives no earlier one.

    Args:
        delai: staging `delai`, the delivery in force, of all companies ever followed.
        lag_days: the documented lag between the creation of a plan and its delivery.
    Returns:
        siren, periode.
    """
    granted = with_siren(delai).filter(nw.col("stade").is_in(GRANTED))
    running = granted.select(
        "siren",
        start_=month_index(nw.col("date_creation").dt.offset_by(f"{lag_days}d").cast(nw.Date)),
        stop_=month_index(nw.col("date_echeance")),
    ).filter(nw.col("start_") < nw.col("stop_"))
    return spread_months(running, "start_", "stop_", calendar).select("siren", "periode").pipe(distinct)
