"""Activité partielle: hours authorised and consumed, in full-time equivalents (import-chain §8.1)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.reference_tables.tables import load
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.exact_shares import in_units
from signaux_faibles.relations.helpers import (
    day_number,
    days_in_month,
    joined,
    last_per,
    month_index,
    spread_months,
    sum_or_null,
    with_siren,
    within,
)
from signaux_faibles.relations.schema import BOOLEAN, DATE, REAL, TEXT, table

MONTHLY_HOURS = 1_516_700
"""Hours that a full-time employee works in a month, in ten-thousandths: 151.67 hours."""

_SUMS = ("authorised_", "spread_", "consumed_")


CLEAN_AP = table(
    "clean_ap",
    ("siret", "periode"),
    "activité partielle by establishment and month (import-chain §8.1); the last three columns are ours",
    siret=TEXT,
    siren=TEXT,
    periode=DATE,
    etp_autorise=REAL,
    etp_consomme=REAL,
    motif_recours=TEXT,
    is_last=BOOLEAN,
    etp_autorise_reparti=REAL,
    etp_autorise_connu=REAL,
    etp_consomme_connu=REAL,
)


def clean_ap(apdemande: Relation, apconso: Relation, companies: Relation, calendar: Calendar) -> Relation:
    """Activité partielle of each establishment and month, in full-time equivalents of 151.67 hours.

    As the contract requires, all the hours of a demande count in each of its months (contract Q18, W14), and unknown
    hours are 0. Other columns spread the hours of a demande over its months by the days it covers, and leave unknown
    hours NULL. Demandes and consommations are not matched; see `ap_by_demande`. A consommation keeps its date as
    delivered, even if it is not the first of a month (contract Q9).

    Args:
        apdemande, apconso: staging tables, whole, because the latest month is that of all consommations.
        companies: `clean_filter`.
        calendar: months of demandes outside it have no row.
    Returns:
        siret, siren, periode, etp_autorise, etp_consomme (0 where unknown), motif_recours (labels in alphabetical
        order, joined by « ; »), is_last (a consommation of the latest month of the whole file), etp_autorise_reparti,
        etp_autorise_connu, etp_consomme_connu.
    """
    hours = nw.concat([_demands(within(apdemande, companies), calendar), within(_consumptions(apconso), companies)])
    motives = _labels()
    groups = hours.group_by("siret", "periode").agg(
        *(sum_or_null(name) for name in _SUMS),
        *((nw.col("motif_recours").is_in(codes)).max().alias(label) for label, codes in motives.items()),
        is_last=nw.col("is_last").max(),
    )
    authorised, spread, consumed = (nw.col(name).cast(nw.Float64) / MONTHLY_HOURS for name in _SUMS)
    return with_siren(groups).select(
        "siret",
        "siren",
        "periode",
        "is_last",
        etp_autorise=authorised.fill_null(0.0),
        etp_consomme=consumed.fill_null(0.0),
        motif_recours=joined([nw.when(nw.col(label)).then(nw.lit(label)) for label in motives], "; "),
        etp_autorise_reparti=spread,
        etp_autorise_connu=authorised,
        etp_consomme_connu=consumed,
    )


def spread_demands(apdemande: Relation, calendar: Calendar) -> Relation:
    """One row for each demande and month that it covers, with its hours and the month's share of them.

    A demande delivered twice counts once: the last decision, then the last line (contract W6). The share of a month is
    that of the days of the demande that fall in it, both ends included; the shares of all months add up to the hours. A
    demande that ends in a month before it begins covers no month.

    Returns:
        the columns of staging, periode, authorised_ (all the hours) and spread_ (the share of the month), in
        ten-thousandths of an hour, NULL when the hours are unknown.
    """
    demands = last_per(apdemande, "id_demande", ["date_statut", "batch", "file", "line"])
    months = spread_months(
        demands.with_columns(
            authorised_=in_units(nw.col("heures")),
            start_=month_index(nw.col("periode_debut")),
            stop_=month_index(nw.col("periode_fin")) + 1,
        ).filter(nw.col("start_") < nw.col("stop_")),
        "start_",
        "stop_",
        calendar,
    )
    first, begin, end = (day_number(nw.col(name)) for name in ("periode", "periode_debut", "periode_fin"))
    days = months.with_columns(
        total_=nw.max_horizontal(end - begin + 1, nw.lit(1)),
        before_=nw.max_horizontal(first - begin, nw.lit(0)),
        after_=first + days_in_month(nw.col("periode")) - begin,
    ).with_columns(after_=nw.min_horizontal(nw.col("after_"), nw.col("total_")))
    # Whole units at the end of the month less those at its start: rounding loses no hour.
    share = _until("after_") - _until("before_")
    return days.with_columns(spread_=share.cast(nw.Int64)).drop("start_", "stop_", "total_", "before_", "after_")


def consumptions(apconso: Relation) -> Relation:
    """Consommations, once per establishment, demande and date (contract W6): the last line delivered."""
    return last_per(apconso, ["siret", "id_demande", "periode"], ["batch", "file", "line"]).with_columns(
        consumed_=in_units(nw.col("heures"))
    )


def _until(day: str) -> nw.Expr:
    return (nw.col("authorised_") * nw.col(day)) // nw.col("total_")


def _demands(apdemande: Relation, calendar: Calendar) -> Relation:
    return spread_demands(apdemande, calendar).select(
        "siret",
        "periode",
        "authorised_",
        "spread_",
        nw.col("motif_recours").cast(nw.Int64),
        consumed_=nw.lit(None, dtype=nw.Int64),
        is_last=nw.lit(False),
    )


def _consumptions(apconso: Relation) -> Relation:
    latest = apconso.select(nw.col("periode").max()).with_columns(is_last=nw.lit(True))
    return (
        consumptions(apconso)
        .join(latest, on="periode", how="left")
        .select(
            "siret",
            "periode",
            authorised_=nw.lit(None, dtype=nw.Int64),
            spread_=nw.lit(None, dtype=nw.Int64),
            motif_recours=nw.lit(None, dtype=nw.Int64),
            consumed_=nw.col("consumed_"),
            is_last=nw.col("is_last").fill_null(False),
        )
    )


def _labels() -> dict[str, list[int]]:
    """The labels of the motives in alphabetical order, each with its codes: 6 and 7 share one (import-chain §8.1)."""
    codes: dict[str, list[int]] = {}
    for row in load("labels_motif_recours").to_pylist():
        codes.setdefault(row["label"], []).append(row["id"])
    return dict(sorted(codes.items()))
