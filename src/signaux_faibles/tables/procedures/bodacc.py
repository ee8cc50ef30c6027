"""Events of collective procedures as BODACC publishes them (open-data §2.5), in the vocabulary of procol."""

from __future__ import annotations

from datetime import date

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import last_per
from signaux_faibles.relations.schema import BIGINT, BOOLEAN, DATE, INTEGER, TEXT, Schema, table
from signaux_faibles.tables.procedures.bodacc_reading import KINDS
from signaux_faibles.tables.procedures.bodacc_rules import EVENT, TO_READ, WORDED, read_wordings
from signaux_faibles.tables.procedures.bodacc_withdrawals import CANCELLATION, dated, kind_of_notice, withdrawals
from signaux_faibles.tables.procedures.procol import JOINED

BODACC_VERDICTS: Schema = table(
    "bodacc_verdicts",
    ("id", "siren"),
    "each notice of a company, once, with the rule that reads it and what it says",
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
    tribunal=TEXT,
)


def bodacc_verdicts(bodacc: Relation) -> Relation:
    """Each notice of each siren, once however often it was delivered, with what the first matching rule says about it.

    Args:
        bodacc: staging `bodacc`, all deliveries.
    Returns:
        the columns of `BODACC_VERDICTS`; regle and effet are NULL for a wording that no rule knows.
    """
    once = last_per(bodacc, ["id", "siren"], ["batch", "file", "line"])
    worded = once.with_columns(
        nommee=~nw.col("avis_precedent").is_null(), **{f"{name}_": nw.col(name).fill_null("") for name in WORDED}
    )
    return worded.join(
        read_wordings(worded.select(*WORDED, "nommee")),
        left_on=[*(f"{name}_" for name in WORDED), "nommee"],
        right_on=[*WORDED, "nommee"],
        how="left",
    ).select(*BODACC_VERDICTS.names)


def verdicts_of_followed(bodacc: Relation, everyone: Relation) -> Relation:
    """`bodacc_verdicts` of some companies, and of the notices without siren that name the notice that they undo.

    Args:
        bodacc: staging `bodacc` of these companies; everyone: of anyone.
    """
    unnamed = everyone.filter(nw.col("siren").is_null(), ~nw.col("avis_precedent").is_null())
    return bodacc_verdicts(nw.concat([bodacc, unnamed]))


BODACC_UNMATCHED: Schema = table(
    "bodacc_unmatched",
    ("famille", "nature"),
    "the wordings that no rule reads, or that say too little, with how many notices bear them",
    famille=TEXT,
    nature=TEXT,
    motif=TEXT,
    annonces=BIGINT,
    premiere_parution=DATE,
    derniere_parution=DATE,
    exemple_id=TEXT,
)


def bodacc_unmatched(verdicts: Relation) -> Relation:
    """The wordings that no rule understands, and how many notices have each: none is dropped in silence.

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

    A withdrawn event stays, with the day of its withdrawal, because it was believed until then.

    Args:
        verdicts: `bodacc_verdicts`.
    Returns:
        the columns of `BODACC_EVENTS`; one row per siren, notice and kind of procedure.
    """
    judgments = dated(verdicts).filter(nw.col("effet") == EVENT, kind_of_notice() != CANCELLATION)
    columns = BODACC_EVENTS.names[:-2]
    events = nw.concat(
        [judgments.select(*columns), *(_absorbed(judgments, kind).select(*columns) for kind in KINDS.values())]
    )
    first = withdrawals(verdicts).unique(subset=["siren", "id"], keep="first", order_by=["retire_le", "retire_par"])
    return events.join(first, on=["siren", "id"], how="left").select(*BODACC_EVENTS.names)


def standing(events: Relation, day: date | None = None) -> Relation:
    """The events of `bodacc_events` that were published and not withdrawn by the end of a day; today when None."""
    if day is None:
        return events.filter(nw.col("retire_le").is_null())
    stands = nw.col("retire_le").is_null() | (nw.col("retire_le") > nw.lit(day))
    return events.filter(nw.col("known_at") <= nw.lit(day), stands)


def _absorbed(judgments: Relation, kind: str) -> Relation:
    """The procedures, among those that a notice opened, that a judgment joins to another.

    Without them, an older procedure that nothing closed would reappear when the later one ends (contract W32).
    """
    earlier = judgments.filter(nw.col("action_procol") == kind).select(
        "siren", opened_=nw.col("date_effet"), opening_known_=nw.col("known_at")
    )
    absorbing = judgments.filter(nw.col("absorbe").fill_null("").str.contains(kind, literal=True))
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
