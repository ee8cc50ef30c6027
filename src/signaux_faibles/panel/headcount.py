"""The headcount of a company as known in each month, and who was then in the perimeter (import-chain §6.2)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.perimeter.rules import CURRENT
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import following, last_per, month_index, spread_months

CHANGES = (6, 12)
"""Months over which the headcount is compared."""


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
    """For each month, the last month whose headcount was known for any company at the end of that month.

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
    """What is known about each company from each month in which something was learned: unique by siren and learned_."""
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
    return _with_values(states, dated)


def _with_values(states: Relation, dated: Relation) -> Relation:
    """Add the headcounts of the latest month and of earlier ones, each in its last known version.

    Nearly all months have one version, found by equality; the few that were revised are handled separately.
    """
    revised = dated.group_by("siren", "index_").agg(versions_=nw.len()).filter(nw.col("versions_") > 1)
    sole = dated.join(revised, on=["siren", "index_"], how="anti")
    several = dated.join(revised.drop("versions_"), on=["siren", "index_"], how="inner")
    spans = (0, *CHANGES)
    valued = states
    for span in spans:
        valued = _with_value_of(span, valued, sole, several)
    absences = [nw.col(f"learned_{span}_").is_null() for span in spans]
    return valued.filter(~absences[0]).with_columns(
        used_=sum((nw.when(absent).then(0).otherwise(1) for absent in absences), start=nw.lit(0)),
        assumed_=sum((nw.when(nw.col(f"assumed_{span}_")).then(1).otherwise(0) for span in spans), start=nw.lit(0)),
    )


def _with_value_of(span: int, states: Relation, sole: Relation, several: Relation) -> Relation:
    """Add the headcount `span` months before the latest, in its last known version; NULL if none is known."""
    sources = ("learned_", "effectif_ent", "known_at", "known_at_assumed")
    names = dict(zip(sources, (f"{name}_{span}_" for name in ("learned", "value", "since", "assumed")), strict=True))
    columns = list(names.values())
    month = ["siren", "latest_"]

    def of_span(versions: Relation) -> Relation:
        shifted = versions.with_columns(latest_=nw.col("index_") + span)
        return shifted.select(*month, *(nw.col(name).alias(alias) for name, alias in names.items()))

    known = nw.col(f"learned_{span}_") <= nw.col("learned_")
    with_sole = states.join(of_span(sole), on=month, how="left").with_columns(
        nw.when(known).then(nw.col(name)).alias(name) for name in columns
    )
    candidates = states.select(*month, "learned_").join(of_span(several), on=month, how="inner").filter(known)
    latest = last_per(candidates, [*month, "learned_"], f"since_{span}_")
    renamed = latest.rename({name: f"{name}several_" for name in columns})
    return (
        with_sole.join(renamed, on=[*month, "learned_"], how="left")
        .with_columns(nw.coalesce(name, f"{name}several_").alias(name) for name in columns)
        .drop([f"{name}several_" for name in columns])
    )


def _change(span: int) -> nw.Expr:
    now, before = nw.col("value_0_"), nw.col(f"value_{span}_")
    ratio = now.cast(nw.Float64) / nw.when(before > 0).then(before.cast(nw.Float64)) - 1
    return nw.when(now > 0).then(ratio)


def _carried(states: Relation, keys: list[str], calendar: Calendar) -> Relation:
    """Each state in every month, from the one in which it was learned to the last one before the next state."""
    until = states.with_columns(start_=nw.col("learned_"), stop_=following("learned_", keys, "learned_"))
    return spread_months(until, "start_", "stop_", calendar)
