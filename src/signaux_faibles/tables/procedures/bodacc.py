"""Events of collective procedures as BODACC publishes them (open-data §2.5), in the vocabulary of procol."""

from __future__ import annotations

from datetime import date

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import distinct, last_per
from signaux_faibles.relations.schema import BIGINT, BOOLEAN, DATE, INTEGER, TEXT, Schema, table
from signaux_faibles.tables.procedures.bodacc_rules import (
    ASIDE,
    EVENT,
    TO_READ,
    WITHDRAWAL,
    WORDED,
    first_match,
    folded,
    said_by_rule,
)
from signaux_faibles.tables.procedures.procol import JOINED

ABSORBED = ("redressement", "sauvegarde")
"""The kinds of procedure that another one can end; nothing follows a liquidation."""


BODACC_VERDICTS: Schema = table(
    "bodacc_verdicts",
    ("id", "siren"),
    "each notice of a company, once, with the rule that matches it and its verdict",
    siren=TEXT,
    id=TEXT,
    date_parution=DATE,
    type_avis=TEXT,
    famille=TEXT,
    nature=TEXT,
    complement=TEXT,
    date_jugement=DATE,
    avis_precedent=TEXT,
    regle=INTEGER,
    effet=TEXT,
    action_procol=TEXT,
    stade_procol=TEXT,
    absorbe=TEXT,
    motif=TEXT,
)


def bodacc_verdicts(bodacc: Relation) -> Relation:
    """Each notice of each siren, once however often it is delivered, with the verdict of the first matching rule.

    Args:
        bodacc: staging `bodacc`, all deliveries.
    Returns:
        the columns of `BODACC_VERDICTS`; regle and effet are NULL for a wording that no rule knows.
    """
    once = last_per(bodacc, ["id", "siren"], ["batch", "file", "line"])
    numbered = once.with_columns(**{f"{name}_": folded(name) for name in WORDED}).with_columns(regle=first_match())
    return numbered.with_columns(
        effet=said_by_rule(lambda rule: rule.effect),
        action_procol=said_by_rule(lambda rule: rule.action),
        stade_procol=said_by_rule(lambda rule: rule.stage),
        absorbe=said_by_rule(lambda rule: rule.absorbs),
        motif=said_by_rule(lambda rule: rule.reason),
    ).select(*BODACC_VERDICTS.names)


BODACC_UNMATCHED: Schema = table(
    "bodacc_unmatched",
    ("famille", "nature"),
    "the wordings that match no rule, or that are too vague, with the number of notices that have them",
    famille=TEXT,
    nature=TEXT,
    motif=TEXT,
    annonces=BIGINT,
    premiere_parution=DATE,
    derniere_parution=DATE,
    exemple_id=TEXT,
)


def bodacc_unmatched(verdicts: Relation) -> Relation:
    """The wordings that give no verdict, with the number of notices that have them: none is dropped silently.

    Args:
        verdicts: `bodacc_verdicts`.
    Returns:
        the columns of `BODACC_UNMATCHED`; motif is NULL where no rule knows the wording.
    """
    silent = verdicts.filter(nw.col("effet").is_null() | (nw.col("effet") == TO_READ))
    return (
        silent.group_by("famille", "nature", "motif")
        .agg(
            annonces=nw.col("id").n_unique(),
            premiere_parution=nw.col("date_parution").min(),
            derniere_parution=nw.col("date_parution").max(),
            exemple_id=nw.col("id").min(),
        )
        .with_columns(nw.col("annonces").cast(nw.Int64))
    )


BODACC_EVENTS: Schema = table(
    "bodacc_events",
    ("siren", "date_effet", "action_procol", "stade_procol", "id"),
    "events of procedures published in BODACC, with the day each became known and the day it was withdrawn",
    siren=TEXT,
    id=TEXT,
    date_effet=DATE,
    date_assumee=BOOLEAN,
    action_procol=TEXT,
    stade_procol=TEXT,
    known_at=DATE,
    retire_le=DATE,
    retire_par=TEXT,
)


def bodacc_events(verdicts: Relation) -> Relation:
    """The events that notices report, and when a later notice withdrew each: cancelled, corrected or retracted it.

    A withdrawn event stays, with the day of its withdrawal, because it was believed until then. A judgment of unknown
    date takes effect on the day of publication, and is marked so.

    Args:
        verdicts: `bodacc_verdicts`.
    Returns:
        the columns of `BODACC_EVENTS`; one row per siren, notice and kind of procedure.
    """
    dated = verdicts.filter(~nw.col("siren").is_null()).with_columns(
        date_effet=nw.coalesce("date_jugement", "date_parution"),
        date_assumee=nw.col("date_jugement").is_null(),
        known_at=nw.col("date_parution"),
    )
    told = dated.filter(nw.col("effet") == EVENT, _kind() != "annulation")
    columns = BODACC_EVENTS.names[:-2]
    events = nw.concat([told.select(*columns), *(_absorbed(told, kind).select(*columns) for kind in ABSORBED)])
    undone = _withdrawals(verdicts, told)
    first = undone.unique(subset=["siren", "id"], keep="first", order_by=["retire_le", "retire_par"])
    return events.join(first, on=["siren", "id"], how="left").select(*BODACC_EVENTS.names)


def standing(events: Relation, day: date | None = None) -> Relation:
    """The events of `bodacc_events` that were published and not withdrawn by the end of a day; today when None."""
    if day is None:
        return events.filter(nw.col("retire_le").is_null())
    kept = nw.col("retire_le").is_null() | (nw.col("retire_le") > nw.lit(day))
    return events.filter(nw.col("known_at") <= nw.lit(day), kept)


def _kind() -> nw.Expr:
    return nw.col("type_avis").fill_null("annonce")


def _absorbed(told: Relation, kind: str) -> Relation:
    """The procedures of a kind that a judgment joins to another, among those that a notice opened.

    Without them, an older procedure that nothing closed would reappear when the later one ends (contract W32).
    """
    earlier = told.filter(nw.col("action_procol") == kind).select(
        "siren", opened_=nw.col("date_effet"), opening_known_=nw.col("known_at")
    )
    absorbing = told.filter(nw.col("absorbe").fill_null("").str.contains(kind, literal=True))
    joined = absorbing.join(earlier, on="siren", how="inner").filter(nw.col("opened_") < nw.col("date_effet"))
    keys = ["siren", "id", "date_effet", "date_assumee", "known_at"]
    return (
        joined.group_by(*keys)
        .agg(opening_known_=nw.col("opening_known_").min())
        .with_columns(
            known_at=nw.max_horizontal("known_at", "opening_known_"),
            action_procol=nw.lit(kind),
            stade_procol=nw.lit(JOINED),
        )
    )


def _withdrawals(verdicts: Relation, told: Relation) -> Relation:
    """The notices that others withdraw: siren, id, retire_le, retire_par.

    A notice gives the id of the notice that it withdraws. If it gives none, it withdraws the company's last earlier
    notice that announced what it cancels, corrects or retracts. A correction whose content we cannot read leaves the
    earlier notice in place.
    """
    effect = nw.col("effet").fill_null("")
    corrects = (_kind() == "rectificatif") & effect.is_in([EVENT, ASIDE])
    undoing = verdicts.filter((_kind() == "annulation") | corrects | (effect == WITHDRAWAL)).select(
        nw.col("siren").alias("siren_"),
        "avis_precedent",
        nw.col("id").alias("retire_par"),
        nw.col("date_parution").alias("retire_le"),
        nw.col("action_procol").alias("action_"),
        nw.col("stade_procol").alias("stade_"),
    )
    notices = told.select("siren", "id", "date_effet", "known_at", "action_procol", "stade_procol")
    named = undoing.filter(~nw.col("avis_precedent").is_null()).join(
        notices, left_on="avis_precedent", right_on="id", how="inner"
    )
    guessed = (
        undoing.filter(nw.col("avis_precedent").is_null())
        .join(notices, left_on="siren_", right_on="siren", how="inner")
        .filter(
            nw.col("id") != nw.col("retire_par"),
            nw.col("known_at") <= nw.col("retire_le"),
            nw.col("stade_procol") == nw.col("stade_"),
            nw.col("action_").is_null() | (nw.col("action_procol") == nw.col("action_")),
        )
    )
    last = last_per(guessed, ["siren_", "retire_par"], ["date_effet", "known_at", "id"])
    columns = ["siren", "id", "retire_le", "retire_par"]
    return nw.concat(
        [
            named.select("siren", nw.col("avis_precedent").alias("id"), "retire_le", "retire_par").pipe(distinct),
            last.select(nw.col("siren_").alias("siren"), *columns[1:]),
        ]
    )
