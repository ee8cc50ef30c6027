"""Headcounts as delivered, with the latest flagged, and the gaps between them (import-chain §8.5)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import following, is_latest, last_record_per, month_index
from signaux_faibles.relations.schema import BOOLEAN, DATE, INTEGER, TEXT, table
from signaux_faibles.sources.contract import Extraction
from signaux_faibles.tables.as_known import changes, dated

MONTH, HEADCOUNT = ["siren", "periode"], ["effectif_ent"]

KNOWN_EFFECTIF_ENT = table(
    "known_effectif_ent",
    ("siren", "periode", "known_at"),
    "each value that the headcount of a month has had, with the day it became known",
    siren=TEXT,
    periode=DATE,
    effectif_ent=INTEGER,
    known_at=DATE,
    known_at_assumed=BOOLEAN,
)


CLEAN_EFFECTIF = table(
    "clean_effectif",
    ("siret", "periode", "effectif"),
    "headcount of an establishment by month, one row per account (import-chain §8.5)",
    siret=TEXT,
    periode=DATE,
    effectif=INTEGER,
    is_latest=BOOLEAN,
)


def clean_effectif(effectif: Relation) -> Relation:
    """Headcount of each establishment, account and month; gaps are not filled and accounts are not added together.

    Args:
        effectif: staging `effectif` of the perimeter.
    Returns:
        siret, periode, effectif, is_latest (the month is the last of the establishment); several rows for an
        establishment that has several accounts.
    """
    return effectif.select("siret", "periode", "effectif", is_latest=is_latest("periode", "siret"))


CLEAN_EFFECTIF_ENT = table(
    "clean_effectif_ent",
    ("siren", "periode"),
    "headcount of a company by month (import-chain §8.5)",
    siren=TEXT,
    periode=DATE,
    effectif_ent=INTEGER,
    is_latest=BOOLEAN,
)


def clean_effectif_ent(effectif_ent: Relation) -> Relation:
    """Headcount of each company by month; gaps are not filled.

    A company on two lines of the file has one value per month: that of the last line.

    Args:
        effectif_ent: staging `effectif_ent` of the perimeter.
    Returns:
        siren, periode, effectif_ent, is_latest (the month is the last of the company).
    """
    values = last_record_per(effectif_ent, effectif_ent, "siren", ["siren", "periode"], ["batch", "file", "line"])
    return values.select("siren", "periode", "effectif_ent", is_latest=is_latest("periode", "siren"))


EFFECTIF_GAPS = table(
    "effectif_gaps",
    ("siren", "debut"),
    "months without headcount between two headcounts of a company",
    siren=TEXT,
    debut=DATE,
    fin=DATE,
    mois=INTEGER,
    effectif_avant=INTEGER,
    effectif_apres=INTEGER,
)


def effectif_gaps(effectif_ent: Relation) -> Relation:
    """The months between two headcounts of a company for which no headcount was delivered.

    Args:
        effectif_ent: `clean_effectif_ent`.
    Returns:
        siren, debut and fin (first and last month without value), mois (their number), effectif_avant, effectif_apres.
    """
    after = effectif_ent.with_columns(
        next_=following("periode", "siren", "periode"), effectif_apres=following("effectif_ent", "siren", "periode")
    ).with_columns(mois=month_index(nw.col("next_")) - month_index(nw.col("periode")) - 1)
    return after.filter(nw.col("mois") > 0).select(
        "siren",
        "mois",
        "effectif_apres",
        debut=nw.col("periode").dt.offset_by("1mo").cast(nw.Date),
        fin=nw.col("next_").dt.offset_by("-1mo").cast(nw.Date),
        effectif_avant=nw.col("effectif_ent"),
    )


def known_effectif_ent(deliveries: Relation, extraction: Extraction, calendar: Calendar) -> Relation:
    """Each value that the headcount of a month has had, with the day it became known (see `changes` and `dated`).

    A month of our first batch is assumed known from the end of the month in which an extraction first held it, just as
    a batch counts from the end of its month. When our first batch holds fewer months than the extraction in force,
    Urssaf is behind that calendar: all the days assumed are later by as many months.

    Args:
        deliveries: every delivery of `effectif_ent`, with `delivered_at` and `is_first`.
        extraction: the calendar of the extractions.
        calendar: the months up to the one of the reference date.
    """
    versions = changes(deliveries, MONTH, HEADCOUNT).join(_months_behind(deliveries, extraction), how="cross")
    extracted = _extraction_after(month_index(nw.col("periode")) + nw.col("late_") + extraction.behind, extraction)
    ends = calendar.months.select(
        "month_index", assumed_=nw.col("periode").dt.offset_by("1mo").dt.offset_by("-1d").cast(nw.Date)
    )
    assumed = versions.with_columns(month_index=extracted).join(ends, on="month_index", how="left")
    return dated(assumed, MONTH, HEADCOUNT, nw.col("assumed_"))


def _months_behind(deliveries: Relation, extraction: Extraction) -> Relation:
    """One row: late_, how many months our first batch is behind the calendar of the extractions; 0 when it is not."""
    last = deliveries.filter(nw.col("is_first")).select(
        held_=month_index(nw.col("periode").max()), batch_=month_index(nw.col("delivered_at").max())
    )
    expected = nw.col("batch_") // extraction.every * extraction.every - extraction.behind
    return last.select(late_=nw.max_horizontal(expected - nw.col("held_"), nw.lit(0)).fill_null(0).cast(nw.Int64))


def _extraction_after(month: nw.Expr, extraction: Extraction) -> nw.Expr:
    """Index of the first month of extraction that is not before another month."""
    return ((month + (extraction.every - 1)) // extraction.every * extraction.every).cast(nw.Int64)
