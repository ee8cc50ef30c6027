"""Where each company stands on the reference date, as Urssaf and BODACC report it: in progress, or not known."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache, reduce
from importlib.resources import files

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import DATE, INTEGER, TEXT, table
from signaux_faibles.relations.settling import settled
from signaux_faibles.tables.procedures.procol import (
    PLAN,
    STATE,
    in_progress,
    is_ended,
    latest_of_each_kind,
    most_severe,
)
from signaux_faibles.tables.procedures.to_read import touches

IN_PROGRESS, OUTCOME_UNKNOWN, TO_READ = "en_cours", "issue_inconnue", "a_lire"

CURRENT_PROCEDURES = table(
    "current_procedures",
    ("siren",),
    "what keeps a company from being in bonis on the reference date: the procedure in progress by the chronology of "
    "Urssaf and BODACC, one whose outcome is unknown, or judgments to read; no row is in bonis",
    siren=TEXT,
    situation=TEXT,
    date_effet=DATE,
    action_procol=TEXT,
    stade_procol=TEXT,
    libelle_procol=TEXT,
    inconnue_depuis=DATE,
    a_lire=INTEGER,
    a_lire_id=TEXT,
    a_lire_date=DATE,
)


@dataclass(frozen=True)
class Duration:
    """How long a stage of a procedure may last without a judgment, for those that begin on or after a day.

    Attributes:
        stage: of the vocabulary of procol; None for any stage that no other line names.
        months: what the law allows, plus a margin for courts and publication.
        source: the article, in French.
    """

    action: str
    stage: str | None
    since: date
    months: int
    source: str


@cache
def durations() -> tuple[Duration, ...]:
    """The settings of `durations.csv`, from the most general to the most particular."""
    text = (files(__package__) / "durations.csv").read_text(encoding="utf-8")
    return tuple(
        Duration(
            line["action"],
            line["stade"] or None,
            date.fromisoformat(line["depuis"]),
            int(line["mois_legaux"]) + int(line["mois_de_marge"]),
            line["source"],
        )
        for line in csv.DictReader(text.splitlines(), delimiter=";")
    )


def current_procedures(chronology: Relation, verdicts: Relation, to_read: Relation, day: date) -> Relation:
    """What keeps each company from being in bonis on a day.

    The last event of each kind of procedure counts, as in `procol_at`: the gravest that is in progress. One that no
    judgment has touched for longer than its kind allows (`durations`) no longer counts as in progress: its outcome is
    unknown. The closing of a liquidation leaves nothing of what came before.

    Args:
        chronology: `procedures_chronology`.
        verdicts: `bodacc_verdicts`, whose acts and judgments touch a procedure without changing its state.
        to_read: `judgments_to_read`.
    Returns:
        the columns of `CURRENT_PROCEDURES`. inconnue_depuis is the day from which the outcome is unknown; a_lire is
        how many judgments are to be read, with the id and the day of the last one.
    """
    living = _living(chronology, day).join(_last_touch(touches(verdicts), day), on="siren", how="left")
    last = settled(living.with_columns(last_=nw.max_horizontal("date_effet", "touched_")))
    until = settled(last.with_columns(until_=_allowed_until()))
    late = nw.col("until_") < nw.lit(day)
    fresh = most_severe(until.filter(~late.fill_null(False)), ["siren"]).select("siren", *STATE)
    stale = most_severe(until.filter(late), ["siren"]).join(fresh.select("siren"), on="siren", how="anti")
    procedures = nw.concat(
        [
            fresh.with_columns(situation=nw.lit(IN_PROGRESS), inconnue_depuis=nw.lit(None, dtype=nw.Date)),
            stale.select("siren", *STATE, inconnue_depuis=nw.col("until_"))
            .with_columns(
                situation=nw.lit(OUTCOME_UNKNOWN),
                libelle_procol=nw.concat_str("libelle_procol", nw.lit(" : issue inconnue")),
            )
            .select("siren", *STATE, "situation", "inconnue_depuis"),
        ]
    )
    return _with_what_is_to_read(procedures, to_read)


def _living(chronology: Relation, day: date) -> Relation:
    """The last event of each kind that is in progress, and that the closing of a liquidation does not follow."""
    past = chronology.filter(nw.col("date_effet") <= nw.lit(day))
    closed = past.filter(nw.col("action_procol") == "liquidation", is_ended())
    last_closing = closed.group_by("siren").agg(closed_=nw.col("date_effet").max())
    latest = latest_of_each_kind(chronology, day).filter(in_progress(day)).join(last_closing, on="siren", how="left")
    return latest.filter(nw.col("closed_").is_null() | (nw.col("closed_") < nw.col("date_effet"))).drop("closed_")


def _last_touch(days: Relation, day: date) -> Relation:
    past = days.filter(nw.col("touched_") <= nw.lit(day))
    return past.group_by("siren").agg(touched_=nw.col("touched_").max())


def _allowed_until() -> nw.Expr:
    """The last day on which a procedure may be in progress without another judgment; NULL for a plan."""
    otherwise: nw.Expr = nw.lit(None, dtype=nw.Date)
    for one in durations():
        tests = [nw.col("action_procol") == one.action, nw.col("date_effet") >= nw.lit(one.since)]
        stage = nw.col("stade_procol").fill_null("")
        tests.append(stage == one.stage if one.stage else stage != PLAN)
        condition = reduce(lambda some, other: some & other, tests)
        # A day moved by an interval is a moment for DuckDB.
        until = nw.col("last_").dt.offset_by(f"{one.months}mo").cast(nw.Date)
        otherwise = nw.when(condition).then(until).otherwise(otherwise)
    return otherwise


def _with_what_is_to_read(procedures: Relation, to_read: Relation) -> Relation:
    last = to_read.unique(subset=["siren"], keep="last", order_by=["date_effet", "id", "motif"])
    counts = to_read.group_by("siren").agg(a_lire=nw.len())
    readings = last.select("siren", a_lire_id=nw.col("id"), a_lire_date=nw.col("date_effet")).join(
        counts, on="siren", how="inner"
    )
    full = procedures.join(readings.rename({"siren": "siren_"}), left_on="siren", right_on="siren_", how="full")
    return full.with_columns(
        siren=nw.coalesce("siren", "siren_"),
        situation=nw.col("situation").fill_null(TO_READ),
        libelle_procol=nw.when(nw.col("situation").is_null())
        .then(nw.lit("Jugement à lire"))
        .otherwise(nw.col("libelle_procol")),
        a_lire=nw.col("a_lire").fill_null(0),
    ).select(*CURRENT_PROCEDURES.names)
