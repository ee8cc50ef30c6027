"""The headcount of a company as known in each month, and who was then in the perimeter (import-chain §6.2)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.perimeter.rules import CURRENT
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import following, month_index, spread_months

CHANGES = (6, 12)
"""Months over which the headcount is compared."""
SPANS = (0, *CHANGES)


def headcount_as_known(facts: Relation, last_months: Relation, calendar: Calendar) -> Relation:
    """The last headcount known at the end of each month, with its changes; the companies of the perimeter only.

    What is known about a company changes in few months: the state is computed for those, then holds until the next one.
    A company is in the perimeter when a headcount of ten or more was known in one of the 36 months up to the last month
    known for any company.

    Args:
        facts: `KNOWN_EFFECTIF_ENT`, for all companies or some of them.
        last_months: `LAST_HEADCOUNT_MONTHS`, computed from all companies.
        calendar: the months wanted.
    Returns:
        siren, periode, effectif, effectif_anciennete, effectif_retard (months), effectif_evolution_6,
        effectif_evolution_12, effectif_known_at, known_at_assumed.
    """
    last = last_months.select("periode", last_=month_index(nw.col("derniere_periode")))
    months = _carried(_states(_dated(facts)), ["siren"], calendar).join(last, on="periode", how="inner")
    followed = months.filter(nw.col("ten_") > nw.col("last_") - CURRENT.window_months)
    return followed.select(
        "siren",
        "periode",
        *(_change(span).alias(f"effectif_evolution_{span}") for span in CHANGES),
        effectif=nw.col("value_0_"),
        effectif_known_at=nw.col("since_0_"),
        effectif_anciennete=month_index(nw.col("periode")) - nw.col("latest_"),
        effectif_retard=nw.col("last_") - nw.col("latest_"),
        known_at_assumed=nw.col("assumed_").cast(nw.Float64) / nw.col("used_").cast(nw.Float64),
    )


def last_headcount_months(facts: Relation, calendar: Calendar) -> Relation:
    """For each month, the latest month for which the headcount of some company was known by its end.

    Args:
        facts: `KNOWN_EFFECTIF_ENT`; calendar: the months wanted.
    Returns:
        the columns of `LAST_HEADCOUNT_MONTHS`.
    """
    learned = _dated(facts).group_by("learned_").agg(newest_=nw.col("periode").max()).with_columns(all_=nw.lit(1))
    last_months = learned.select(
        "all_", "learned_", derniere_periode=nw.col("newest_").cum_max().over("all_", order_by="learned_")
    )
    return _carried(last_months, ["all_"], calendar).select("periode", "derniere_periode")


def _dated(facts: Relation) -> Relation:
    return facts.with_columns(index_=month_index(nw.col("periode")), learned_=month_index(nw.col("known_at")))


def _states(dated: Relation) -> Relation:
    """What is known about each company from each month in which something was learned: unique by siren and learned_.

    Adds, for each of `SPANS`, the headcount that many months before the latest one, in the version then known.
    """
    ten = nw.when(nw.col("effectif_ent") >= CURRENT.threshold).then(nw.col("index_")).otherwise(nw.lit(0))
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
    return states.join(_values(states, dated), on=["siren", "learned_"], how="inner")


def _values(states: Relation, dated: Relation) -> Relation:
    """The headcounts that each state compares, side by side.

    Each state compares a few months. One join by equality finds all the versions of these months, then only the
    version in force at the state is kept.
    """
    spans = [states.with_columns(span_=nw.lit(span), index_=nw.col("latest_") - span) for span in SPANS]
    asked = nw.concat(spans).select("siren", "index_", "span_", "learned_")
    in_force = (nw.col("from_") <= nw.col("learned_")) & (nw.col("learned_") < nw.col("until_")).fill_null(True)
    versions = asked.join(_versions(dated), on=["siren", "index_"], how="inner").filter(in_force)
    flag = nw.when(nw.col("known_at_assumed")).then(nw.lit(1)).otherwise(nw.lit(0))
    values = {span: nw.when(nw.col("span_") == span).then(nw.col("effectif_ent")) for span in SPANS}
    return versions.group_by("siren", "learned_").agg(
        *(value.max().alias(f"value_{span}_") for span, value in values.items()),
        since_0_=nw.when(nw.col("span_") == 0).then(nw.col("known_at")).max(),
        used_=nw.len(),
        assumed_=flag.sum(),
    )


def _versions(dated: Relation) -> Relation:
    """Each version of a headcount, in force from the month from_ until another replaces it in the month until_."""
    order = ["index_", "known_at"]
    after = dated.with_columns(
        next_=following("index_", "siren", order), replaced_=following("learned_", "siren", order)
    )
    return after.select(
        "siren",
        "index_",
        "effectif_ent",
        "known_at",
        "known_at_assumed",
        from_=nw.col("learned_"),
        until_=nw.when(nw.col("next_") == nw.col("index_")).then(nw.col("replaced_")),
    )


def _change(span: int) -> nw.Expr:
    now, before = nw.col("value_0_"), nw.col(f"value_{span}_")
    ratio = now.cast(nw.Float64) / nw.when(before > 0).then(before.cast(nw.Float64)) - 1
    return nw.when(now > 0).then(ratio)


def _carried(states: Relation, keys: list[str], calendar: Calendar) -> Relation:
    """Each state in every month, from the one in which it was learned to the last one before the next state."""
    until = states.with_columns(start_=nw.col("learned_"), stop_=following("learned_", keys, "learned_"))
    return spread_months(until, "start_", "stop_", calendar)
