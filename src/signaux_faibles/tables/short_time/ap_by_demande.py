"""Activité partielle per demande: hours authorised against hours consumed."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.exact_shares import from_units, in_units
from signaux_faibles.relations.helpers import last_per, month_of, running_total, sum_or_null, with_siren
from signaux_faibles.relations.schema import BOOLEAN, DATE, HOURS, TEXT, table
from signaux_faibles.tables.short_time.ap import consumptions, spread_demands

KEY = ["siret", "id_demande", "periode"]


AP_BY_DEMANDE = table(
    "ap_by_demande",
    ("siret", "id_demande", "periode"),
    "hours authorised and consumed, by demande and month",
    siret=TEXT,
    siren=TEXT,
    id_demande=TEXT,
    periode=DATE,
    heures_autorisees=HOURS,
    heures_consommees=HOURS,
    reste=HOURS,
    demande_connue=BOOLEAN,
)


def ap_by_demande(apdemande: Relation, apconso: Relation, calendar: Calendar) -> Relation:
    """Hours authorised and consumed for each demande and month, matched by the number of the demande.

    The hours of a demande are spread over its months by the days that it covers (contract W14). A consommation counts
    in the month of its date, for the establishment that used the hours.

    Args:
        apdemande, apconso: staging tables of the perimeter.
        calendar: months of demandes outside it have no row.
    Returns:
        siret, siren, id_demande, periode, heures_autorisees and heures_consommees (of the month; NULL when none is
        known), reste (hours of the demande less all those that the establishment used under it up to the end of the
        month; negative when it used more than was authorised; NULL when the hours of the demande are unknown),
        demande_connue (the demande was delivered).
    """
    parts = nw.concat([_authorised(apdemande, calendar), _consumed(apconso)])
    months = parts.group_by(KEY).agg(sum_or_null("spread_").alias("spread_"), sum_or_null("consumed_").alias("used_"))
    hours = last_per(apdemande, "id_demande", ["date_statut", "batch", "file", "line"]).select(
        "id_demande", granted_=in_units(nw.col("heures")), demande_connue=nw.lit(True)
    )
    used = running_total("so_far_", ["siret", "id_demande"], "periode")
    with_hours = months.join(hours, on="id_demande", how="left").with_columns(so_far_=nw.col("used_").fill_null(0))
    rows = with_hours.with_columns(left_=nw.col("granted_") - used.cast(nw.Int64))
    return with_siren(rows).select(
        "siret",
        "siren",
        "id_demande",
        "periode",
        heures_autorisees=from_units(nw.col("spread_")),
        heures_consommees=from_units(nw.col("used_")),
        reste=from_units(nw.col("left_")),
        demande_connue=nw.col("demande_connue").fill_null(False),
    )


def _authorised(apdemande: Relation, calendar: Calendar) -> Relation:
    return spread_demands(apdemande, calendar).select(*KEY, "spread_", consumed_=nw.lit(None, dtype=nw.Int64))


def _consumed(apconso: Relation) -> Relation:
    dated = consumptions(apconso).with_columns(periode=month_of(nw.col("periode")))
    return dated.select(*KEY, spread_=nw.lit(None, dtype=nw.Int64), consumed_=nw.col("consumed_"))
