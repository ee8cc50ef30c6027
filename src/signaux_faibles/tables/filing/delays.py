"""When annual accounts were due and when they were filed: an open sign that something is wrong (open-data §2.11).

A company that may be compliant is never flagged: `filing_delays` lists every case in which nothing can be concluded.
"""

from __future__ import annotations

from datetime import date
from functools import reduce

import narwhals.stable.v2 as nw

from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import day_number, distinct, following, month_index
from signaux_faibles.relations.months import index_of
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.tables.as_known import KNOWN_BY_FILING
from signaux_faibles.tables.filing.law import MICRO, deadline, ground, is_bound, may_be_secret, months_after
from signaux_faibles.tables.filing.seen_until import seen_until

IN_TIME, LATE, UNDATED = "déposé dans le délai", "déposé en retard", "déposé, date inconnue"
DUE, MISSING = "délai en cours", "non déposé à ce jour"
UNSEEN = "sans dépôt connu : période non couverte par les fichiers"
PERHAPS_WITHHELD = "sans dépôt public : comptes peut-être confidentiels"
UNREAD = "sans dépôt lisible : un dépôt a été refusé à la lecture"

WITHHELD = {"0": "public", "1": "confidentiel", "2": "compte de résultat confidentiel"}
"""Confidentiality codes of a filing, and how they are worded."""

FIRST_CLOSING = date(2016, 12, 31)
"""Filings are open since 2017: earlier exercices may have been filed without appearing in any file."""
MOST_MISSING = 10
"""How many exercices in a row are reported without filing: older ones would add nothing."""
PUBLICATION_LAG_DAYS = 60
"""Days until a filing is typed and published: an estimate, because the files do not say when they received it."""

STATED = [
    "siren",
    "date_cloture",
    "known_at",
    "known_at_assumed",
    "delivered_on",
    "duree_exercice",
    "confidentialite",
    *MICRO,
]


def reported_filings(accounts: Relation, bulk: Relation, aside: Relation) -> Relation:
    """Every filing that any source mentions, in the columns of `STATED`.

    Args:
        accounts: the table of that name; one row per filing, with its date if a source gives one.
        bulk: deliveries of `detail_bilan` (siren, date_cloture, delivered_at), which give no filing date, only that the
            filing had been made when they were delivered: `delivered_on`.
        aside: `accounts_aside`: filings on other forms are filings too; refused ones have no closing and no row here.
    """
    dated = accounts.select(
        "siren",
        "date_cloture",
        "known_at",
        # A filing date before the closing is not a filing date.
        nw.col("known_at_assumed") | nw.col("cloture_future").fill_null(False),
        nw.col("duree_exercice").cast(nw.Int32),
        "confidentialite",
        *(nw.col(name).cast(nw.Float64) for name in MICRO),
        delivered_on=nw.lit(None, nw.Date),
    )
    others = [
        rows.filter(~nw.col("date_cloture").is_null()).select(
            "siren",
            "date_cloture",
            known_at=nw.lit(None, nw.Date),
            known_at_assumed=nw.lit(True),
            delivered_on=delivered_on,
            duree_exercice=nw.lit(None, nw.Int32),
            confidentialite=nw.lit(None, nw.String),
            **{name: nw.lit(None, nw.Float64) for name in MICRO},
        )
        for rows, delivered_on in ((bulk, nw.col("delivered_at")), (aside, nw.lit(None, nw.Date)))
    ]
    return nw.concat([rows.select(*STATED) for rows in (dated, *others)])


FILING_DELAYS = Schema(
    "filing_delays",
    (
        Field("siren", Kind.TEXT),
        Field("date_cloture", Kind.DATE, "end of the exercice, known or expected"),
        Field("date_limite", Kind.DATE, "last day to file, electronically"),
        Field("fondement", Kind.TEXT, "articles of the deadline"),
        Field("etat", Kind.TEXT, "in French, see `filing_delays`"),
        Field("depose_le", Kind.DATE, "first filing known"),
        Field("jours_retard", Kind.INTEGER, "days after the deadline: at the filing, else at the reference date"),
        Field("confidentialite", Kind.TEXT, "public, compte de résultat confidentiel; NULL if nothing is filed"),
        *KNOWN_BY_FILING,
    ),
    ("siren", "date_cloture"),
    "when each exercice was due to be filed, and when it was",
)


def filing_delays(
    accounts: Relation,
    bulk: Relation,
    aside: Relation,
    register: Relation,
    liquidations: Relation,
    calendar: Calendar,
    as_of: date,
) -> Relation:
    """Each exercice of a company that must file: deadline, filing date, days late (Code de commerce, see `filing_law`).

    An exercice is expected every twelve months after a known closing, up to the start of the next filed exercice, then
    up to the reference date. A company that never filed has no row, nor does one that the law does not oblige to file.
    `etat` is one of:

    - « déposé dans le délai », « déposé en retard »: according to the date of the first known filing;
    - « déposé, date inconnue »: the only file that has it gives no date, or an older filing may have been in time;
    - « délai en cours »: the deadline has not passed at the reference date;
    - « non déposé à ce jour »: the deadline has passed, and every file that would report a filing was delivered;
    - « sans dépôt… »: no filing was seen, which proves nothing: the files do not cover the time of the filing, the
      company is small enough to file in secret, or one of its filings could not be read.

    Nothing is expected of a company before its creation, after it has ceased, or once it is in liquidation.

    Args:
        accounts, bulk, aside: see `reported_filings`; all deliveries of the bulk file count.
        register: `clean_sirene_ul`.
        liquidations: siren and day (`date_effet`) of openings of liquidation, as known at the reference date.
        calendar: any with at least ten months. as_of: the reference date; whatever became known later is left out.
    Returns:
        the columns of `FILING_DELAYS`. A filing is known from its date; everything else, at the reference date.
    """
    known_accounts = accounts.filter(nw.col("known_at") <= nw.lit(as_of))
    bulk = bulk.filter(nw.col("delivered_at") <= nw.lit(as_of))
    filings = reported_filings(known_accounts, bulk, aside).filter(nw.col("date_cloture") <= nw.lit(as_of))
    bound = register.filter(is_bound(nw.col("categorie_juridique"))).select(
        "siren", "creation", "est_actif", fondement=ground(nw.col("categorie_juridique"))
    )
    closings = closings_filed(filings).join(bound, on="siren", how="inner")
    columns = ["siren", "date_cloture", "date_limite", "fondement", "etat", "depose_le", "jours_retard"]
    columns += ["confidentialite", "known_at", "known_at_assumed"]
    missing = _expected(closings, liquidations, calendar, as_of)
    seen = seen_until(bulk, known_accounts, as_of)
    unreadable = aside.filter(nw.col("date_cloture").is_null()).select("siren")
    unread = unreadable.pipe(distinct).with_columns(unread_=nw.lit(True))
    watched = missing.join(unread, on="siren", how="left").join(seen, how="cross")
    return nw.concat([_filed(closings, as_of).select(*columns), _not_filed(watched, as_of).select(*columns)])


def closings_filed(filings: Relation) -> Relation:
    """The exercices with a known filing, each once.

    Returns:
        siren, date_cloture, depose_le (date of the first dated filing), delivered_on (the first day on which a file
        without dates contained one), known_at, duree (months, 12 if unknown), confidentialite (of the most open
        filing), and the smallest amounts.
    """
    dated = nw.when(~nw.col("known_at_assumed")).then(nw.col("known_at"))
    months = nw.when(nw.col("duree_exercice") > 0).then(nw.col("duree_exercice"))
    return (
        filings.with_columns(closed_=_closed(nw.col("confidentialite")))
        .group_by("siren", "date_cloture")
        .agg(
            nw.col("known_at").min(),
            nw.col("closed_").min(),
            *(nw.col(name).min() for name in MICRO),
            depose_le=dated.min(),
            delivered_on=nw.col("delivered_on").min(),
            duree=months.max().fill_null(12),
        )
        .with_columns(confidentialite=_closed(nw.col("closed_")))
        .drop("closed_")
    )


def _closed(code: nw.Expr) -> nw.Expr:
    """Confidentiality codes ranked by how much they close, and back: « 2 » is more open than « 1 »."""
    return nw.when(code == "1").then(nw.lit("2")).otherwise(nw.when(code == "2").then(nw.lit("1")).otherwise(code))


def _filed(closings: Relation, as_of: date) -> Relation:
    limit, filed = nw.col("date_limite"), nw.col("depose_le")
    in_time = (filed <= limit).fill_null(False)
    # A filing that was in a file before that day is an older one of the same exercice, whose date is unknown.
    undated = (filed.is_null() | (nw.col("delivered_on") < filed)).fill_null(False)
    after = nw.when(undated).then(nw.lit(UNDATED)).otherwise(nw.lit(LATE))
    stated = closings.with_columns(date_limite=deadline(nw.col("date_cloture"))).with_columns(
        etat=nw.when(in_time).then(nw.lit(IN_TIME)).otherwise(after)
    )
    confidentiality = nw.lit(None, nw.String)
    for code, words in WITHHELD.items():
        confidentiality = nw.when(nw.col("confidentialite") == code).then(nw.lit(words)).otherwise(confidentiality)
    days = nw.max_horizontal(day_number(filed) - day_number(limit), nw.lit(0)).cast(nw.Int32)
    has_day = nw.col("etat") != UNDATED
    return stated.with_columns(
        depose_le=nw.when(has_day).then(filed),
        jours_retard=nw.when(has_day).then(days),
        confidentialite=confidentiality,
        known_at=nw.coalesce(nw.when(has_day).then(filed), "known_at", "delivered_on", nw.lit(as_of)),
        known_at_assumed=~has_day,
    )


def _expected(closings: Relation, liquidations: Relation, calendar: Calendar, as_of: date) -> Relation:
    """The exercices expected but not filed, with their deadline and the last amounts known before them."""
    end = month_index(nw.col("date_cloture"))
    ordered = closings.with_columns(end_=end, start_=end - nw.col("duree")).with_columns(
        next_=following("start_", "siren", "date_cloture")
    )
    until = nw.coalesce(nw.col("next_"), nw.lit(index_of(as_of)))
    years = nw.max_horizontal(until - nw.col("end_"), nw.lit(0)) // 12
    counted = ordered.with_columns(length_=nw.min_horizontal(years, nw.lit(MOST_MISSING)).cast(nw.Int64))
    spread = counted.join(calendar.spans, on="length_", how="inner").with_columns(
        date_cloture=_anniversary(nw.col("date_cloture"), nw.col("offset_"))
    )
    opened = liquidations.group_by("siren").agg(liquidation_=nw.col("date_effet").min())
    owed = spread.with_columns(date_limite=deadline(nw.col("date_cloture"))).join(opened, on="siren", how="left")
    return owed.filter(
        nw.col("date_cloture") <= nw.lit(as_of),
        ~nw.col("next_").is_null() | nw.col("est_actif").fill_null(False),
        nw.col("creation").is_null() | (nw.col("creation") < nw.col("date_cloture")),
        nw.col("liquidation_").is_null() | (nw.col("liquidation_") > nw.col("date_limite")),
    )


def _anniversary(day: nw.Expr, offset: nw.Expr) -> nw.Expr:
    """The closing `offset + 1` years after another: one case per year, because a date offset cannot be a column."""
    years = range(MOST_MISSING - 1)
    last = months_after(day, 12 * MOST_MISSING)
    return reduce(
        lambda later, year: nw.when(offset == year).then(months_after(day, 12 * (year + 1))).otherwise(later),
        reversed(years),
        last,
    )


def _not_filed(watched: Relation, as_of: date) -> Relation:
    limit, seen = nw.col("date_limite"), nw.col("vu_jusqu_au")
    until = nw.lit(as_of)
    published = limit.dt.offset_by(f"{PUBLICATION_LAG_DAYS}d").cast(nw.Date)
    covered = ((published <= seen) & (nw.col("date_cloture") >= nw.lit(FIRST_CLOSING))).fill_null(False)
    state = nw.when(may_be_secret()).then(nw.lit(PERHAPS_WITHHELD)).otherwise(nw.lit(MISSING))
    state = nw.when(nw.col("unread_")).then(nw.lit(UNREAD)).otherwise(state)
    state = nw.when(covered).then(state).otherwise(nw.lit(UNSEEN))
    state = nw.when(limit >= until).then(nw.lit(DUE)).otherwise(state)
    return watched.with_columns(etat=state).with_columns(
        depose_le=nw.lit(None, nw.Date),
        jours_retard=nw.when(nw.col("etat") == MISSING).then(day_number(until) - day_number(limit)).cast(nw.Int32),
        confidentialite=nw.lit(None, nw.String),
        known_at=until,
        known_at_assumed=nw.lit(False),
    )


def filing_delays_as_known(
    accounts: Relation,
    bulk: Relation,
    aside: Relation,
    register: Relation,
    chronology: Relation,
    calendar: Calendar,
    as_of: date,
) -> Relation:
    """`filing_delays` with the liquidations known on the reference date.

    Args:
        bulk: every delivery of `detail_bilan`; chronology: `procedures_chronology`; the others as `filing_delays`.
    """
    liquidations = chronology.filter(nw.col("known_at") <= nw.lit(as_of), nw.col("action_procol") == "liquidation")
    return filing_delays(
        accounts,
        bulk.select("siren", "date_cloture", "delivered_at"),
        aside,
        register,
        liquidations.select("siren", "date_effet"),
        calendar,
        as_of,
    )
