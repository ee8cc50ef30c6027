"""Which notices of BODACC undo others: cancelled, corrected or retracted by a later one (open-data §2.5)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import distinct, last_per
from signaux_faibles.tables.procedures.bodacc_rules import ASIDE, EVENT, WITHDRAWAL

ANNOUNCED, CORRECTION, CANCELLATION = "annonce", "rectificatif", "annulation"
"""How a notice relates to earlier ones (`type_avis`)."""

WITHDRAWN = ["siren", "id", "retire_le", "retire_par"]


def kind_of_notice() -> nw.Expr:
    """How a notice relates to earlier ones."""
    return nw.col("type_avis").fill_null(ANNOUNCED)


def dated(verdicts: Relation) -> Relation:
    """The notices that name a company, with the day on which the judgment takes effect.

    A judgment whose day is unknown takes effect on the day of publication, and says so.
    """
    return verdicts.filter(~nw.col("siren").is_null()).with_columns(
        date_effet=nw.coalesce("date_jugement", "date_parution"),
        date_assumee=nw.col("date_jugement").is_null(),
        known_at=nw.col("date_parution"),
    )


def withdrawals(verdicts: Relation) -> Relation:
    """The notices that others withdraw: siren, id, retire_le, retire_par; one row for each notice that undoes another.

    A notice names the one that it withdraws by its id; one that names none withdraws the last event of the company that
    says what it cancels, corrects or retracts, published before it. A correction that cannot be read leaves the earlier
    notice in place.

    Args:
        verdicts: `bodacc_verdicts`.
    """
    undoing = _undoing(verdicts)
    notices = dated(verdicts).filter(kind_of_notice() != CANCELLATION)
    named = undoing.filter(~nw.col("avis_precedent").is_null()).join(
        notices.select("siren", "id"), left_on="avis_precedent", right_on="id", how="inner"
    )
    events = notices.filter(nw.col("effet") == EVENT)
    guessed = (
        undoing.filter(nw.col("avis_precedent").is_null())
        .join(
            events.select("siren", "id", "date_effet", "known_at", "action_procol", "stade_procol"),
            left_on="siren_",
            right_on="siren",
            how="inner",
        )
        .filter(
            nw.col("id") != nw.col("retire_par"),
            nw.col("known_at") <= nw.col("retire_le"),
            nw.col("stade_procol") == nw.col("stade_"),
            nw.col("action_").is_null() | (nw.col("action_procol") == nw.col("action_")),
        )
    )
    last = last_per(guessed, ["siren_", "retire_par"], ["date_effet", "known_at", "id"])
    return nw.concat(
        [
            named.select("siren", nw.col("avis_precedent").alias("id"), *WITHDRAWN[2:]).pipe(distinct),
            last.select(nw.col("siren_").alias("siren"), *WITHDRAWN[1:]),
        ]
    )


def without_target(verdicts: Relation, withdrawn: Relation) -> Relation:
    """The notices whose withdrawal cannot be settled: what they undo is unknown, or itself undid a notice.

    A cancellation has nothing to undo if it names a notice that we do not hold.

    Args:
        verdicts: `bodacc_verdicts`; withdrawn: `withdrawals` of them.
    Returns:
        the rows of `dated`.
    """
    cancels = kind_of_notice() == CANCELLATION
    unnamed = nw.col("avis_precedent").is_null()
    must_undo = dated(verdicts).filter((cancels & unnamed) | (~cancels & (nw.col("effet") == WITHDRAWAL)))
    withdrawing = withdrawn.select(id=nw.col("retire_par")).pipe(distinct)
    lost = must_undo.join(withdrawing, on="id", how="anti")
    undone_before = _undoing(verdicts).select(target_=nw.col("retire_par")).pipe(distinct)
    chained = dated(verdicts).filter(cancels, ~unnamed)
    chained = chained.join(undone_before, left_on="avis_precedent", right_on="target_", how="semi")
    return nw.concat([lost, chained])


def _undoing(verdicts: Relation) -> Relation:
    effect = nw.col("effet").fill_null("")
    corrects = (kind_of_notice() == CORRECTION) & effect.is_in([EVENT, ASIDE])
    return verdicts.filter((kind_of_notice() == CANCELLATION) | corrects | (effect == WITHDRAWAL)).select(
        nw.col("siren").alias("siren_"),
        "avis_precedent",
        nw.col("id").alias("retire_par"),
        nw.col("date_parution").alias("retire_le"),
        nw.col("action_procol").alias("action_"),
        nw.col("stade_procol").alias("stade_"),
    )
