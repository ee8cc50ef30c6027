"""Debts of contributions: the stock by month (import-chain §8.3)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import (
    following,
    is_latest,
    last_per,
    month_index,
    previous,
    running_total,
    spread_months,
    total,
    with_siren,
)
from signaux_faibles.relations.schema import AMOUNT, BOOLEAN, DATE, EUROS, INTEGER, TEXT, table

DEBT = ("siret", "numero_compte", "debit_id")
"""One debt: an écart négatif of one account; the account is part of the key (contract W33)."""
PARTS = ("part_ouvriere", "part_patronale")
_UNNUMBERED = 2**31 - 1


DEBT_VERSIONS = table(
    "debt_versions",
    ("siret", "numero_compte", "debit_id", "periode"),
    "last version of each debt in each month of account, with its change",
    siret=TEXT,
    numero_compte=TEXT,
    debit_id=TEXT,
    periode=DATE,
    periode_debut=DATE,
    part_ouvriere=AMOUNT,
    part_patronale=AMOUNT,
    variation_part_ouvriere=AMOUNT,
    variation_part_patronale=AMOUNT,
)


def debt_versions(debit: Relation) -> Relation:
    """The last version of each debt in each accounting month, with the change since the version before.

    Within a month the highest history number wins, and an unnumbered version wins over all (contract Q20); ties go to
    the later day of processing, then to the later delivered line.

    Args:
        debit: staging `debit`, one row per version of an écart négatif.
    Returns:
        the key `DEBT`, periode, periode_debut, the parts (euros) and their changes `variation_<part>` (euros).
    """
    ordered = debit.with_columns(version_=nw.col("numero_historique_ecart_negatif").fill_null(_UNNUMBERED))
    order = ["version_", "date_traitement", "batch", "file", "line"]
    versions = last_per(ordered, [*DEBT, "periode_prise_en_compte"], order).select(
        *DEBT, nw.col("periode_prise_en_compte").alias("periode"), "periode_debut", *PARTS
    )
    before = versions.with_columns(*(previous(part, DEBT, "periode").alias(f"before_{part}") for part in PARTS))
    return before.with_columns(
        *((nw.col(part) - nw.col(f"before_{part}").fill_null(0)).alias(f"variation_{part}") for part in PARTS)
    ).drop(*(f"before_{part}" for part in PARTS))


CLEAN_DEBIT = table(
    "clean_debit",
    ("siret", "periode"),
    "debt outstanding at each month in which something happened (import-chain §8.3)",
    siret=TEXT,
    periode=DATE,
    part_ouvriere=EUROS,
    part_patronale=EUROS,
    is_last=BOOLEAN,
)


def clean_debit(versions: Relation) -> Relation:
    """Debt outstanding at each month in which something happened.

    A month is the situation from the 21st of the month before to the 20th. There is no row for a month without event
    (see `debt_by_month`); a repaid debt leaves a row of zeros.

    Args:
        versions: `debt_versions` of the perimeter.
    Returns:
        siret, periode, part_ouvriere, part_patronale (euros), is_last.
    """
    moves = versions.group_by("siret", "periode").agg(*(total(f"variation_{part}").alias(part) for part in PARTS))
    return moves.with_columns(
        *(running_total(part, "siret", "periode") for part in PARTS), is_last=is_latest("periode", "siret")
    )


DEBT_BY_MONTH = table(
    "debt_by_month",
    ("siret", "periode"),
    "debt outstanding at every month since the first event, with its age and its movements",
    siret=TEXT,
    siren=TEXT,
    periode=DATE,
    part_ouvriere=EUROS,
    part_patronale=EUROS,
    impaye_depuis=DATE,
    dette_nouvelle=EUROS,
    rembourse=EUROS,
)


def debt_by_month(stock: Relation, versions: Relation, calendar: Calendar) -> Relation:
    """Debt at every month from the first event to the end of the calendar, with its age and its movements.

    Args:
        stock: `clean_debit`.
        versions: `debt_versions` of the same companies.
        calendar: up to the last month processed: after it nobody knows what is owed.
    Returns:
        siret, siren, periode, part_ouvriere, part_patronale (euros), impaye_depuis (start of the oldest period of
        contributions still unpaid, NULL when nothing is owed), dette_nouvelle and rembourse of the month (euros,
        never below 0).
    """
    events = stock.select("siret", "periode", *PARTS).join(_movements(versions), on=["siret", "periode"], how="left")
    month = month_index(nw.col("periode"))
    until_next = month_index(following("periode", "siret", "periode"))
    bounded = events.with_columns(event_=month, start_=month, stop_=until_next)
    # Age and movements change with events only: they are joined to events, which are few, before months are filled.
    aged = bounded.with_columns(*calendar.clamp("start_", "stop_")).join(
        _oldest_unpaid(versions, calendar), on=["siret", "start_"], how="left"
    )
    months = spread_months(aged.drop("periode"), "start_", "stop_", calendar)
    of_event = month_index(nw.col("periode")) == nw.col("event_")
    moves = (
        nw.when(of_event).then(nw.col(move)).otherwise(nw.lit(0)).alias(move)
        for move in ("dette_nouvelle", "rembourse")
    )
    return with_siren(months).with_columns(*moves).drop("event_", "start_", "stop_")


def _oldest_unpaid(versions: Relation, calendar: Calendar) -> Relation:
    """For each siret and month index `start_`, the start of the oldest period with a debt left to pay."""
    until_next = month_index(following("periode", DEBT, "periode"))
    open_debts = versions.select(
        "siret", "periode_debut", *PARTS, start_=month_index(nw.col("periode")), stop_=until_next
    ).filter(nw.col(PARTS[0]) + nw.col(PARTS[1]) > 0)
    months = spread_months(open_debts.drop(*PARTS), "start_", "stop_", calendar)
    return months.group_by("siret", month_index(nw.col("periode")).alias("start_")).agg(
        impaye_depuis=nw.col("periode_debut").min()
    )


def _movements(versions: Relation) -> Relation:
    """For each siret and month of event, the total increase and the total decrease of its debts."""
    change = nw.col(f"variation_{PARTS[0]}") + nw.col(f"variation_{PARTS[1]}")
    moves = versions.with_columns(change_=change)
    return (
        moves.with_columns(
            dette_nouvelle=nw.when(nw.col("change_") > 0).then(nw.col("change_")).otherwise(nw.lit(0)),
            rembourse=nw.when(nw.col("change_") < 0).then(0 - nw.col("change_")).otherwise(nw.lit(0)),
        )
        .group_by("siret", "periode")
        .agg(total("dette_nouvelle"), total("rembourse"))
    )


COMPANY_DEBT_BY_MONTH = table(
    "company_debt_by_month",
    ("siren", "periode"),
    "debt of a company at every month, summed over its establishments",
    siren=TEXT,
    periode=DATE,
    part_ouvriere=EUROS,
    part_patronale=EUROS,
    impaye_depuis=DATE,
    dette_nouvelle=EUROS,
    rembourse=EUROS,
    etablissements_endettes=INTEGER,
)


def company_debt_by_month(debt: Relation) -> Relation:
    """Debt of each company at every month: the sum over its establishments, which may start at different months.

    Args:
        debt: `debt_by_month`.
    Returns:
        siren, periode, part_ouvriere, part_patronale, dette_nouvelle, rembourse (euros), impaye_depuis (of any
        establishment), etablissements_endettes (how many owe something).
    """
    owes = nw.when(nw.col(PARTS[0]) + nw.col(PARTS[1]) > 0).then(nw.lit(1)).otherwise(nw.lit(0))
    return (
        debt.with_columns(etablissements_endettes=owes)
        .group_by("siren", "periode")
        .agg(
            *(total(amount) for amount in (*PARTS, "dette_nouvelle", "rembourse")),
            nw.col("impaye_depuis").min(),
            nw.col("etablissements_endettes").sum().cast(nw.Int64),
        )
    )


def debt_of_every_month(versions: Relation, calendar: Calendar) -> Relation:
    """`debt_by_month` of the companies of `versions`, whether or not `clean_debit` keeps them."""
    return debt_by_month(clean_debit(versions), versions, calendar)
