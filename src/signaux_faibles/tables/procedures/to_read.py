"""Judgments that someone must read before a company can be called in bonis (open-data §2.5)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import distinct, previous
from signaux_faibles.relations.schema import DATE, TEXT, Schema, table
from signaux_faibles.relations.settling import settled
from signaux_faibles.tables.procedures.bodacc_rules import ACT, ASIDE, TO_READ
from signaux_faibles.tables.procedures.bodacc_withdrawals import (
    CANCELLATION,
    dated,
    kind_of_notice,
    withdrawals,
    without_target,
)
from signaux_faibles.tables.procedures.procol import PLAN, is_ended, rank_of_the_day

OPENED_BEFORE = "31d"
"""An act says that a procedure is in progress: the judgment that opened it takes effect at most a month after."""

LONGEST_PLAN = "120mo"
"""The law ends a plan after ten years (C. com. L. 626-12)."""

UNKNOWN_WORDING = "aucune règle ne connaît ce libellé"
NOTHING_UNDONE = "défait une décision que l'on ne retrouve pas"
NEVER_OPENED = "acte d'une procédure dont l'ouverture n'est pas connue"
PLAN_IN_PROGRESS = "fin d'une procédure dont le plan était en cours : rien ne dit que le plan est fini"

JUDGMENTS_TO_READ: Schema = table(
    "judgments_to_read",
    ("siren", "date_effet", "id", "motif"),
    "judgments and events that no rule understands, not withdrawn, and that no later event settles",
    siren=TEXT,
    id=TEXT,
    date_effet=DATE,
    known_at=DATE,
    famille=TEXT,
    nature=TEXT,
    complement=TEXT,
    motif=TEXT,
)


def judgments_to_read(verdicts: Relation, chronology: Relation, refused: Relation) -> Relation:
    """What remains to be read of each company.

    A later event of the chronology settles a judgment: whatever it said, the state of the company has been known since.

    Args:
        verdicts: `bodacc_verdicts`; chronology: `procedures_chronology`. refused: siren, id and motif of the rejected
        records of Urssaf and BODACC; id is NULL for those of Urssaf. A rejected notice is settled only by a delivery in
        which it can be read.
    Returns:
        the columns of `JUDGMENTS_TO_READ`; id is NULL for what has no notice, date_effet for what has no day.
    """
    withdrawn = settled(withdrawals(verdicts))
    notices = dated(verdicts).join(withdrawn.select("siren", "id"), on=["siren", "id"], how="anti").pipe(settled)
    effect = nw.col("effet").fill_null(TO_READ)
    unread = notices.filter(effect == TO_READ, kind_of_notice() != CANCELLATION)
    lost = without_target(verdicts, withdrawn).join(withdrawn.select("siren", "id"), on=["siren", "id"], how="anti")
    judgments = [
        unread.with_columns(motif=nw.col("motif").fill_null(UNKNOWN_WORDING)),
        lost.with_columns(motif=nw.lit(NOTHING_UNDONE)),
        _of_nothing_open(notices, chronology).with_columns(motif=nw.lit(NEVER_OPENED)),
        _of_a_plan(notices, chronology).with_columns(motif=nw.lit(PLAN_IN_PROGRESS)),
    ]
    columns = JUDGMENTS_TO_READ.names
    last = chronology.group_by("siren").agg(last_=nw.col("date_effet").max())
    candidates = nw.concat([rows.select(*columns) for rows in judgments]).join(last, on="siren", how="left")
    unsettled = candidates.filter(nw.col("last_").is_null() | (nw.col("last_") <= nw.col("date_effet")))
    nothing = [nw.lit(None, dtype=nw.String).alias(name) for name in ("famille", "nature", "complement")]
    nothing += [nw.lit(None, dtype=nw.Date).alias(name) for name in ("date_effet", "known_at")]
    damaged = _never_read(refused, verdicts).select("siren", "id", "motif", *nothing)
    return nw.concat([unsettled.select(*columns), damaged.select(*columns)])


def _never_read(refused: Relation, verdicts: Relation) -> Relation:
    """The rejected records of known companies, once each, except notices that some delivery gives readably."""
    named = refused.filter(~nw.col("siren").is_null()).select("siren", "id", "motif").pipe(distinct)
    return named.join(verdicts.select("id").pipe(distinct), on="id", how="anti")


def touches(verdicts: Relation) -> Relation:
    """The days on which a judgment or a deposit touched a procedure without changing its state, once a company and day.

    Args:
        verdicts: `bodacc_verdicts`.
    Returns:
        siren, touched_.
    """
    unread = nw.col("effet").fill_null(TO_READ) == TO_READ
    return dated(verdicts).filter(unread | _is_act()).select("siren", touched_=nw.col("date_effet"))


def _is_act() -> nw.Expr:
    return (nw.col("effet").fill_null("") == ASIDE) & (nw.col("stade_procol").fill_null("") == ACT)


def _of_nothing_open(notices: Relation, chronology: Relation) -> Relation:
    """The acts of companies for which no event is known by that day."""
    first = chronology.group_by("siren").agg(first_=nw.col("date_effet").min())
    acts = notices.filter(_is_act()).join(first, on="siren", how="left")
    return acts.filter(
        nw.col("first_").is_null() | (nw.col("first_") > nw.col("date_effet").dt.offset_by(OPENED_BEFORE))
    ).drop("first_")


def _of_a_plan(notices: Relation, chronology: Relation) -> Relation:
    """The endings of procedures whose plan was in progress, when they do not speak of the plan and Urssaf is silent.

    A procedure may be closed when its plan has been adopted, which then goes on for years: only its achievement or its
    resolution ends it (C. com. L. 626-27, L. 626-28).
    """
    keys, order = ["siren", "action_procol"], ["date_effet", "order_", "stade_procol"]
    ranked = chronology.with_columns(order_=rank_of_the_day())
    after = ranked.with_columns(
        before_=previous("stade_procol", keys, order).fill_null(""), planned_=previous("date_effet", keys, order)
    )
    runs = (nw.col("before_") == PLAN) & (nw.col("planned_").dt.offset_by(LONGEST_PLAN) > nw.col("date_effet"))
    alone = nw.col("date_urssaf").is_null() & (nw.col("action_procol") != "liquidation")
    ended = after.filter(is_ended(), runs, alone).select("siren", id=nw.col("id_bodacc"))
    text = nw.concat_str(nw.col("nature").fill_null(""), nw.lit(" "), nw.col("complement").fill_null(""))
    silent = notices.filter(~text.str.to_lowercase().str.contains(r"\bplans?\b"))
    return silent.join(ended, on=["siren", "id"], how="semi")
