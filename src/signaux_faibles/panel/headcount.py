"""The headcount of a company as it was known at each month, and who was in the perimeter then (import-chain §6.2)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.perimeter.perimeter import THRESHOLD, WINDOW_MONTHS
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import following, last_per, month_index, spread_months

CHANGES = (6, 12)
"""Months over which the headcount is compared."""


def headcount_as_known(facts: Relation, calendar: Calendar) -> Relation:
    """The last headcount known at the end of each month, with its changes; the companies of the perimeter only.

    What is known of a company changes in few months: the state is computed for those, then holds until the next one. A
    company is in the perimeter when a headcount of ten or more was known, in one of the 36 months up to the last one
    known of any company.

    Args:
        facts: `KNOWN_EFFECTIF_ENT`.
        calendar: the months wanted.
    Returns:
        siren, periode, effectif, effectif_staleness, effectif_late (months), effectif_change_6, effectif_change_12,
        effectif_known_at, known_at_assumed.
    """
    dated = facts.with_columns(index_=month_index(nw.col("periode")), learned_=month_index(nw.col("known_at")))
    months = _carried(_states(dated), ["siren"], calendar).join(_last_month_of_all(dated, calendar), on="periode")
    kept = months.filter(nw.col("ten_") > nw.col("last_") - WINDOW_MONTHS)
    return kept.select(
        "siren",
        "periode",
        *(_change(span).alias(f"effectif_change_{span}") for span in CHANGES),
        effectif=nw.col("value_0_"),
        effectif_known_at=nw.col("since_"),
        effectif_staleness=month_index(nw.col("periode")) - nw.col("latest_"),
        effectif_late=nw.col("last_") - nw.col("latest_"),
        known_at_assumed=nw.col("assumed_").cast(nw.Float64) / nw.col("used_").cast(nw.Float64),
    )


def _states(dated: Relation) -> Relation:
    """What is known of each company from each month in which something was learned: unique by siren and learned_."""
    ten = nw.when(nw.col("effectif_ent") >= THRESHOLD).then(nw.col("index_")).otherwise(nw.lit(0))
    learned = (
        dated.with_columns(of_ten_=ten)
        .group_by("siren", "learned_")
        .agg(newest_=nw.col("index_").max(), newest_ten_=nw.col("of_ten_").max())
    )
    states = learned.select(
        "siren",
        "learned_",
        latest_=nw.col("newest_").cum_max().over("siren", order_by="learned_"),
        ten_=nw.col("newest_ten_").cum_max().over("siren", order_by="learned_"),
    )
    return _with_values(states, dated)


def _with_values(states: Relation, dated: Relation) -> Relation:
    """Add the headcounts of the latest month and of those before, each in its last version known."""
    spans = (0, *CHANGES)
    versions = nw.concat(
        [
            dated.select(
                "siren",
                "effectif_ent",
                "known_at",
                "known_at_assumed",
                latest_=nw.col("index_") + span,
                version_=nw.col("learned_"),
                span_=nw.lit(span),
            )
            for span in spans
        ]
    )
    known = states.join(versions, on=["siren", "latest_"]).filter(nw.col("version_") <= nw.col("learned_"))
    last = last_per(known, ["siren", "learned_", "span_"], "known_at")
    flagged = last.with_columns(flag_=nw.when(nw.col("known_at_assumed")).then(nw.lit(1)).otherwise(nw.lit(0)))
    wide = flagged.with_columns(
        nw.when(nw.col("span_") == 0).then(nw.col("known_at")).alias("day_"),
        *(nw.when(nw.col("span_") == span).then(nw.col("effectif_ent")).alias(f"of_{span}_") for span in spans),
    )
    return wide.group_by("siren", "learned_", "latest_", "ten_").agg(
        *(nw.col(f"of_{span}_").max().alias(f"value_{span}_") for span in spans),
        since_=nw.col("day_").max(),
        assumed_=nw.col("flag_").sum(),
        used_=nw.col("flag_").count(),
    )


def _change(span: int) -> nw.Expr:
    now, before = nw.col("value_0_"), nw.col(f"value_{span}_")
    ratio = now.cast(nw.Float64) / nw.when(before > 0).then(before.cast(nw.Float64)) - 1
    return nw.when(now > 0).then(ratio)


def _last_month_of_all(dated: Relation, calendar: Calendar) -> Relation:
    """For each month, the index of the last month of headcount known of any company at its end."""
    learned = dated.group_by("learned_").agg(newest_=nw.col("index_").max()).with_columns(all_=nw.lit(1))
    known = learned.select("all_", "learned_", last_=nw.col("newest_").cum_max().over("all_", order_by="learned_"))
    return _carried(known, ["all_"], calendar).select("periode", "last_")


def _carried(states: Relation, keys: list[str], calendar: Calendar) -> Relation:
    """Each state at every month from the one in which it was learned to the one before the next state."""
    until = states.with_columns(start_=nw.col("learned_"), stop_=following("learned_", keys, "learned_"))
    return spread_months(until, "start_", "stop_", calendar)
