"""Collective procedures: events of a company, and the procedure in progress on a day (import-chain §8.6-§8.8)."""

from __future__ import annotations

from datetime import date
from functools import reduce

import narwhals.stable.v2 as nw

from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import (
    days_in_month,
    distinct,
    following,
    last_per,
    month_index,
    spread_months,
    with_siren,
)
from signaux_faibles.relations.months import index_of
from signaux_faibles.relations.schema import BOOLEAN, DATE, TEXT, Kind, table
from signaux_faibles.tables.as_known import first_known

KNOWN_PROCOL = table(
    "known_procol",
    ("siren", "date_effet", "action_procol", "stade_procol"),
    "each event of procedure, with the day it became known",
    siren=TEXT,
    date_effet=DATE,
    action_procol=TEXT,
    stade_procol=TEXT,
    libelle_procol=TEXT,
    known_at=DATE,
    known_at_assumed=BOOLEAN,
)


EVENT = ["siren", "date_effet", "action_procol", "stade_procol"]
STATE = ["date_effet", "action_procol", "stade_procol", "libelle_procol"]

CLOSING_OF_ONE_ESTABLISHMENT = "solde_procedure"
"""An administrative closing, which may concern one establishment alone: it says nothing about the company."""

PLAN, JOINED, ENDED = "plan_continuation", "inclusion_autre_procedure", "fin_procedure"

_THE = "[ _](?:(?:de|du|la)[ _])*"
ENDINGS = f"(?:^|_)(?:fin{_THE}(?:proc[eé]dure|plan)|abandon(?:{_THE}proc[eé]dure)?$|cl[oô]tur)"
"""The stages that end a procedure: Urssaf has written fin_procedure, abandon_procedure, cloture_insuffisance_actif."""

LABELS = (
    (("redressement", PLAN), "Plan de redressement"),
    (("redressement", None), "Redressement judiciaire"),
    (("liquidation", None), "Liquidation judiciaire"),
    (("sauvegarde", PLAN), "Plan de sauvegarde"),
    (("sauvegarde", None), "Sauvegarde"),
    (("sortie_de_crise", PLAN), "Plan de sortie de crise"),
    (("sortie_de_crise", None), "Traitement de sortie de crise"),
)
"""First match of (action, stage), None for any (import-chain §8.6), once a stage that ends it is « In bonis ».

The traitement de sortie de crise is the procedure of article 13 of the law 2021-689 of 31 May 2021.
"""

SEVERITY = {"liquidation": 4, "redressement": 3, "sortie_de_crise": 2, "sauvegarde": 1}
SAME_DAY = {"ouverture": 1, PLAN: 2, JOINED: 3}
LAST_OF_THE_DAY = 4
"""Which of two events of the same day and kind comes last: closings come after openings (contract Q21)."""

PLAN_MONTHS = 120
PLAN_DAYS = 30 * PLAN_MONTHS


CLEAN_PROCOL = table(
    "clean_procol",
    ("siren", "date_effet", "action_procol", "stade_procol"),
    "events of collective procedures of a company (import-chain §8.6)",
    siren=TEXT,
    date_effet=DATE,
    action_procol=TEXT,
    stade_procol=TEXT,
    libelle_procol=TEXT,
)


def clean_procol(procol: Relation) -> Relation:
    """Events of each company: those of its establishments, once each, with their label.

    Args:
        procol: staging `procol` of the perimeter, one row per establishment and event.
    Returns:
        siren, date_effet, action_procol, stade_procol, libelle_procol.
    """
    events = with_siren(procol).filter(nw.col("stade_procol").fill_null("") != CLOSING_OF_ONE_ESTABLISHMENT)
    return events.select(*EVENT).pipe(distinct).with_columns(libelle_procol=label())


def label() -> nw.Expr:
    """The name that agents give to the state that an event opens."""
    otherwise: nw.Expr = nw.lit(None, dtype=nw.String)
    for (action, stage), words in reversed(LABELS):
        tests = [nw.col(name) == value for name, value in (("action_procol", action), ("stade_procol", stage)) if value]
        condition = reduce(lambda one, other: one & other, tests)
        otherwise = nw.when(condition).then(nw.lit(words)).otherwise(otherwise)
    return nw.when(is_ended()).then(nw.lit("In bonis")).otherwise(otherwise)


def is_ended(stage: str = "stade_procol") -> nw.Expr:
    """Whether a stage ends its procedure (`ENDINGS`)."""
    words = nw.col(stage).fill_null("").str.to_lowercase()
    return words.str.contains(ENDINGS) & ~words.str.contains("ouverture", literal=True)


def is_over(stage: str = "stade_procol") -> nw.Expr:
    """Whether a stage ends its procedure or joins it to another."""
    return is_ended(stage) | (nw.col(stage).fill_null("") == JOINED)


def rank_of_the_day() -> nw.Expr:
    """The rank of an event among those of its day and kind (`SAME_DAY`); 0 for a stage without a rank."""
    return nw.when(is_ended()).then(nw.lit(LAST_OF_THE_DAY)).otherwise(_rank(SAME_DAY, "stade_procol"))


def procol_at(events: Relation, day: date) -> Relation:
    """The procedure in progress on one day, at most one per company; no row means In bonis (import-chain §8.7).

    The last event of each kind up to that day counts, unless it ends or joins the procedure, or is a plan of ten years
    or more; the most severe kind wins.
    """
    latest = latest_of_each_kind(events, day)
    return most_severe(latest.filter(in_progress(day)), ["siren"]).select("siren", *STATE)


def latest_of_each_kind(events: Relation, day: date) -> Relation:
    """The last event of each company and kind of procedure up to a day."""
    past = events.filter(nw.col("date_effet") <= nw.lit(day)).with_columns(order_=rank_of_the_day())
    return last_per(past, ["siren", "action_procol"], ["date_effet", "order_", "stade_procol"])


def in_progress(day: date) -> nw.Expr:
    """Whether the last event of a kind leaves it in progress on a day: neither over, nor a plan of ten years."""
    return ~is_over() & ~(_is_plan() & _ten_years_by(day))


PROCOL_EVIDENCE = table(
    "procol_evidence",
    ("siren", "siret", "batch", "file", "line"),
    "the delivered lines that show the procedure in progress on one day",
    siren=TEXT,
    date_effet=DATE,
    action_procol=TEXT,
    stade_procol=TEXT,
    libelle_procol=TEXT,
    siret=TEXT,
    batch=TEXT,
    file=TEXT,
    line=Kind.BIGINT,
    libelle=TEXT,
)


def procol_evidence(procol: Relation, day: date) -> Relation:
    """The evidence for the procedure in progress on a day: establishments and delivered lines that report its event.

    Args:
        procol: staging `procol`.
    Returns:
        siren, date_effet, action_procol, stade_procol, libelle_procol, siret, batch, file, line, libelle (the wording
        as delivered): one row per line.
    """
    state = procol_at(clean_procol(procol), day).with_columns(stage_=nw.col("stade_procol").fill_null(""))
    lines = with_siren(procol).select(
        "siren",
        "siret",
        "date_effet",
        "action_procol",
        "batch",
        "file",
        "line",
        "libelle",
        stage_=nw.col("stade_procol").fill_null(""),
    )
    return state.join(lines, on=["siren", "date_effet", "action_procol", "stage_"], how="inner").drop("stage_")


CLEAN_PROCOL_AT_DATE = table(
    "clean_procol_at_date",
    ("siren", "periode"),
    "procedure in progress on the first of each month; no row is In bonis (import-chain §8.7, §8.8)",
    siren=TEXT,
    periode=DATE,
    date_effet=DATE,
    action_procol=TEXT,
    stade_procol=TEXT,
    libelle_procol=TEXT,
)


def clean_procol_at_date(events: Relation, calendar: Calendar) -> Relation:
    """The procedure in progress on the first of each month of the calendar (import-chain §8.8).

    Each event holds from the first month that begins on or after its day until the first month that begins on or after
    the next event of its kind, or until its ten years end: this gives `procol_at` of each month without a join by
    comparison.
    """
    keys = ["siren", "action_procol"]
    ordered = events.with_columns(order_=rank_of_the_day())
    one_a_day = last_per(ordered, [*keys, "date_effet"], ["order_", "stade_procol"])
    starts = one_a_day.with_columns(start_=_first_month_from(nw.col("date_effet")))
    bounded = starts.with_columns(next_=following("start_", keys, "date_effet"), expiry_=_expiry_month())
    living = bounded.filter(~is_over()).with_columns(
        stop_=nw.when(_is_plan() & (nw.col("next_").is_null() | (nw.col("expiry_") < nw.col("next_"))))
        .then(nw.col("expiry_"))
        .otherwise(nw.col("next_"))
    )
    months = spread_months(living.select("siren", *STATE, "start_", "stop_"), "start_", "stop_", calendar)
    return most_severe(months, ["siren", "periode"]).select("siren", "periode", *STATE)


def _is_plan() -> nw.Expr:
    return nw.col("stade_procol").fill_null("") == PLAN


def _rank(ranks: dict[str, int], column: str) -> nw.Expr:
    otherwise: nw.Expr = nw.lit(0)
    for value, rank in ranks.items():
        otherwise = nw.when(nw.col(column) == value).then(nw.lit(rank)).otherwise(otherwise)
    return otherwise


def most_severe(states: Relation, keys: list[str]) -> Relation:
    """The state of the gravest kind, the latest of two as grave."""
    ranked = states.with_columns(severity_=_rank(SEVERITY, "action_procol"))
    return last_per(ranked, keys, ["severity_", "date_effet", "action_procol"])


def _first_month_from(day: nw.Expr) -> nw.Expr:
    """Index of the first month that begins on or after a day."""
    return month_index(day) + nw.when(day.dt.day() > 1).then(nw.lit(1)).otherwise(nw.lit(0))


def _expiry_month() -> nw.Expr:
    """Index of the first month on whose first day a plan is ten years old, months counting thirty days (contract Q25).

    With that count, a plan that takes effect on the second of a month of 31 days expires a month early.
    """
    effect = nw.col("date_effet")
    on_time = (effect.dt.day() == 1) | ((effect.dt.day() == 2) & (days_in_month(effect) == 31))
    return month_index(effect) + PLAN_MONTHS + nw.when(on_time).then(nw.lit(0)).otherwise(nw.lit(1))


def _ten_years_by(day: date) -> nw.Expr:
    """Whether an effect date is at least ten years old on a day, counting as the chain in service does (contract Q25).

    Years, months and days are subtracted separately; missing days are borrowed from the month of the effect; a month
    then counts as thirty days.
    """
    effect = nw.col("date_effet")
    months = nw.lit(index_of(day)) - month_index(effect)
    days = nw.lit(day.day) - effect.dt.day().cast(nw.Int64)
    borrowed = nw.when(days < 0).then(30 * (months - 1) + days + days_in_month(effect)).otherwise(30 * months + days)
    return borrowed >= PLAN_DAYS


def known_procol(deliveries: Relation, lag_days: int) -> Relation:
    """Each event that `clean_procol` keeps, with the day it became known (see `first_known`).

    Args:
        deliveries: every delivery of `procol`, with `delivered_at` and `is_first`.
        lag_days: the documented lag between an event and its delivery.
    """
    events = with_siren(deliveries).filter(nw.col("stade_procol").fill_null("") != CLOSING_OF_ONE_ESTABLISHMENT)
    return first_known(events, EVENT, [], "date_effet", lag_days).with_columns(libelle_procol=label())
