"""One chronology of the procedures of a company, from Urssaf and BODACC (decision 0009; first-generation §5.3)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import day_number, previous
from signaux_faibles.relations.schema import BOOLEAN, DATE, INTEGER, TEXT, Schema, table
from signaux_faibles.relations.settling import settled
from signaux_faibles.tables.procedures.bodacc import standing
from signaux_faibles.tables.procedures.bodacc_reading import KINDS
from signaux_faibles.tables.procedures.procol import ENDED, JOINED, is_ended, is_over, label, rank_of_the_day

SAME_EVENT_DAYS = 30
"""Urssaf dates an event by its effect on the account, BODACC by the judgment: at most this many days lie between."""

OPENINGS = ("ouverture", "judiciaire_ouverture")
"""Urssaf words the opening of a liquidation in two ways (import-chain §5.7)."""

CESSION = "plan_cession"
"""What remains of the company after it is soon liquidated: a plan de cession and the end that follows are both true."""

_EVENT = ["siren", "action_procol", "stade_"]


PROCEDURES_CHRONOLOGY: Schema = table(
    "procedures_chronology",
    ("siren", "date_effet", "action_procol", "stade_procol", "date_urssaf", "date_bodacc"),
    "events of procedures of a company, merged from Urssaf and BODACC",
    siren=TEXT,
    date_effet=DATE,
    action_procol=TEXT,
    stade_procol=TEXT,
    libelle_procol=TEXT,
    date_urssaf=DATE,
    date_bodacc=DATE,
    known_at_urssaf=DATE,
    known_at_bodacc=DATE,
    id_bodacc=TEXT,
    known_at=DATE,
    known_at_assumed=BOOLEAN,
    ecart_jours=INTEGER,
    source_unique=BOOLEAN,
    etat_oppose=TEXT,
)


def procedures_chronology(urssaf: Relation, bodacc: Relation, days: int = SAME_EVENT_DAYS) -> Relation:
    """The events of each company, merged when both sources report them, each with its evidence and what contradicts it.

    Two events from different sources are the same when they have the same company, kind and stage, are at most `days`
    apart, and each is the nearest to the other. The event then has the date of the judgment, and is known from the day
    on which the first source reported it. An event from only one source is marked so. It is shown as contradicted when
    the other source has, at most `days` away, an unconfirmed event that cannot also be true: another kind of procedure
    opened, or the same kind over in one source and in progress in the other.

    No notice says that a procedure is joined to another: we infer it from the judgment that opens or closes the other
    one, and add no row when a source already reports that the procedure was over.

    Args:
        urssaf: `known_procol`, or its rows known on a day.
        bodacc: `standing` events of BODACC, the others having been withdrawn.
        days: the greatest distance between the two dates of one event.
    Returns:
        the columns of `PROCEDURES_CHRONOLOGY`. `ecart_jours` is the day of Urssaf minus that of BODACC, NULL when one
        of them is silent; `etat_oppose` is the nearest contradiction, in words.
    """
    merged = settled(_merged(settled(_of_urssaf(urssaf)), settled(_of_bodacc(bodacc)), days))
    once = _joined_once(merged.with_columns(date_effet=nw.coalesce("date_bodacc", "date_urssaf")))
    chronology = once.with_columns(
        known_at=nw.min_horizontal("known_at_urssaf", "known_at_bodacc"),
        # The day is assumed only when Urssaf reported the event first.
        known_at_assumed=nw.col("assumed_").fill_null(False)
        & (nw.col("known_at_bodacc").is_null() | (nw.col("known_at_urssaf") < nw.col("known_at_bodacc"))),
        ecart_jours=_gap("date_urssaf", "date_bodacc"),
        source_unique=nw.col("date_urssaf").is_null() | nw.col("date_bodacc").is_null(),
        of_urssaf_=nw.col("date_bodacc").is_null(),
        stade_procol=nw.when(nw.col("stade_") != "").then(nw.col("stade_")),
    )
    chronology = settled(chronology)
    opposed = _opposed(chronology.filter(nw.col("source_unique")), days)
    with_opposition = chronology.join(opposed, on=[*_EVENT, "date_effet", "of_urssaf_"], how="left")
    return with_opposition.with_columns(libelle_procol=label()).select(*PROCEDURES_CHRONOLOGY.names)


def _of_urssaf(urssaf: Relation) -> Relation:
    """The events of Urssaf, each once per day, known from the first time it was reported; every ending is one stage."""
    stage = nw.col("stade_procol").fill_null("")
    staged = _in_usual_words(urssaf).with_columns(
        stade_=nw.when(stage.is_in(OPENINGS))
        .then(nw.lit("ouverture"))
        .otherwise(nw.when(is_ended()).then(nw.lit(ENDED)).otherwise(stage))
    )
    first = staged.unique(subset=[*_EVENT, "date_effet"], keep="first", order_by=["known_at", "known_at_assumed"])
    return first.select(
        *_EVENT,
        date_urssaf=nw.col("date_effet"),
        known_at_urssaf=nw.col("known_at"),
        assumed_=nw.col("known_at_assumed"),
    )


def _in_usual_words(urssaf: Relation) -> Relation:
    """The events of Urssaf in the vocabulary of the other events, however their words are separated.

    The chain in service splits a wording at its underscores: « Redressement ouverture », « Liquidation_Fin de
    procédure » leave it with a kind or a stage of its own, which nothing would ever close.
    """
    action, stage = nw.col("action_procol"), nw.col("stade_procol").fill_null("")
    unusual = ~action.is_in([*KINDS.values()]) | stage.str.contains("[^a-z_]")
    rest = action.str.replace_all("|".join(KINDS.values()), "")
    words = nw.concat_str(rest, nw.lit("_"), stage).str.to_lowercase()
    for pattern, plain in (
        ("[éèê]", "e"),
        ("ô", "o"),
        ("[^a-z]+", "_"),
        ("_(?:de|du|la|l|d|pour)_", "_"),
        ("^_+|_+$", ""),
    ):
        words = words.str.replace_all(pattern, plain)
    kind = action
    for one in KINDS.values():
        kind = nw.when(action.str.contains(one, literal=True)).then(nw.lit(one)).otherwise(kind)
    return urssaf.with_columns(
        action_procol=nw.when(unusual).then(kind).otherwise(action),
        stade_procol=nw.when(unusual).then(words).otherwise(nw.col("stade_procol")),
    )


def _of_bodacc(bodacc: Relation) -> Relation:
    """The events of BODACC, each once per day, known from the first notice."""
    staged = bodacc.with_columns(stade_=nw.col("stade_procol").fill_null(""))
    first = staged.unique(subset=[*_EVENT, "date_effet"], keep="first", order_by=["known_at", "id"])
    return first.select(
        *_EVENT,
        date_bodacc=nw.col("date_effet"),
        known_at_bodacc=nw.col("known_at"),
        id_bodacc=nw.col("id"),
    )


def _merged(theirs: Relation, published: Relation, days: int) -> Relation:
    """Every event of both sources, on one row when they are the same event."""
    paired = theirs.join(_nearest_pairs(theirs, published, days), on=[*_EVENT, "date_urssaf"], how="left")
    keys = [*_EVENT, "date_bodacc"]
    named = published.rename({name: f"{name}_of_bodacc_" for name in keys})
    full = paired.join(named, left_on=keys, right_on=[f"{name}_of_bodacc_" for name in keys], how="full")
    return full.with_columns(*(nw.coalesce(name, f"{name}_of_bodacc_").alias(name) for name in keys))


def _joined_once(merged: Relation) -> Relation:
    """The events, except those inferred from BODACC alone that join a procedure already over.

    One that follows a plan de cession stays, because the last event of each kind gives the procedure in progress.
    """
    ranked = merged.with_columns(stade_procol=nw.col("stade_")).with_columns(order_=rank_of_the_day())
    before = ranked.with_columns(
        before_=previous("stade_", ["siren", "action_procol"], ["date_effet", "order_", "stade_"]).fill_null("")
    )
    supposed = (nw.col("stade_") == JOINED) & nw.col("date_urssaf").is_null()
    return before.filter(~(supposed & is_over("before_"))).drop("order_", "before_", "stade_procol")


def _nearest_pairs(theirs: Relation, published: Relation, days: int) -> Relation:
    """The pairs of days that are one event: each is the nearest to the other, ties going to the earliest."""
    near = (
        theirs.select(*_EVENT, "date_urssaf")
        .join(published.select(*_EVENT, "date_bodacc"), on=_EVENT, how="inner")
        .with_columns(distance_=_gap("date_urssaf", "date_bodacc").abs(), one_=nw.lit(1))
        .filter(nw.col("distance_") <= days)
    )
    order = ["distance_", "date_urssaf", "date_bodacc"]
    ranked = near.with_columns(
        of_theirs_=nw.col("one_").cum_sum().over([*_EVENT, "date_urssaf"], order_by=order),
        of_published_=nw.col("one_").cum_sum().over([*_EVENT, "date_bodacc"], order_by=order),
    )
    mutual = ranked.filter(nw.col("of_theirs_") == 1, nw.col("of_published_") == 1)
    return mutual.select(*_EVENT, "date_urssaf", "date_bodacc")


def _opposed(alone: Relation, days: int) -> Relation:
    """For each event from one source alone, the nearest event from the other alone that contradicts it."""
    keys = [*_EVENT, "date_effet", "of_urssaf_"]
    events = alone.select(*keys)
    others = events.rename({name: f"other_{name}" for name in keys if name != "siren"})
    met = (
        events.join(others, on="siren", how="inner")
        .with_columns(distance_=_gap("date_effet", "other_date_effet").abs())
        .filter(nw.col("of_urssaf_") != nw.col("other_of_urssaf_"), nw.col("distance_") <= days, _contrary())
    )
    order = ["distance_", "other_date_effet", "other_action_procol", "other_stade_"]
    nearest = met.unique(subset=keys, keep="first", order_by=order)
    return nearest.select(*keys, etat_oppose=nw.concat_str("other_action_procol", "other_stade_", separator=" "))


def _contrary() -> nw.Expr:
    """Whether two events cannot both be true: the same kind over and not over, or two kinds opened."""
    sold = (nw.col("stade_") == CESSION) | (nw.col("other_stade_") == CESSION)
    joined = (nw.col("stade_") == JOINED) | (nw.col("other_stade_") == JOINED)
    same_kind = nw.col("action_procol") == nw.col("other_action_procol")
    one_is_over = is_over("stade_") != is_over("other_stade_")
    both_open = (nw.col("stade_") == "ouverture") & (nw.col("other_stade_") == "ouverture")
    return (same_kind & one_is_over & ~(sold & joined)) | (~same_kind & both_open)


def _gap(one: str, other: str) -> nw.Expr:
    return (day_number(nw.col(one)) - day_number(nw.col(other))).cast(nw.Int32)


def chronology_in_force(urssaf: Relation, bodacc: Relation) -> Relation:
    """The chronology of the events of Urssaf and of those of BODACC that no later notice withdraws.

    Args:
        urssaf: `known_procol`; bodacc: `bodacc_events`.
    """
    return procedures_chronology(urssaf, standing(bodacc))
