"""Which establishment takes over from one that closes, within a company.

No file says that an establishment moved, and INSEE's file of successions is not delivered. We infer a move only when
the activity visibly continues: the headcount or the debt of the closed establishment reappears under another siret of
the same siren that opened around the same time. Limits: we cannot see a takeover by another siren, or a move without
employees or debt; when an establishment closes while an unrelated one of similar size opens, we see a move; an
establishment whose first period has no known start (contract Q22) succeeds none.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import day_number, last_per, month_index, with_siren
from signaux_faibles.relations.schema import BOOLEAN, DATE, INTEGER, TEXT, table
from signaux_faibles.relations.settling import settled

AROUND = 3
"""Months between the closing and the opening, before or after; and between the two headcounts."""
LIKE = 0.5
"""The smaller headcount is at least this share of the larger one."""
MOVES = 4
"""How many successive moves are followed."""


SUCCESSIONS = table(
    "successions",
    ("siret",),
    "the establishment that takes over from a closed one, within a company, as inferred",
    siren=TEXT,
    siret=TEXT,
    siret_successeur=TEXT,
    date_fermeture=DATE,
    date_ouverture=DATE,
    effectif_avant=INTEGER,
    effectif_apres=INTEGER,
    par_effectif=BOOLEAN,
    par_dette=BOOLEAN,
)


def successions(histo: Relation, effectif: Relation, versions: Relation) -> Relation:
    """The successor of each closed establishment, with what shows it.

    The headcount shows a succession when the last headcount of the closed establishment and the first of the other are
    similar and close in time. The debt shows it when the other owes for months before it opened, because Urssaf moves
    the debt of a replaced establishment to the new siret (import-chain §8.3). Among several candidates, one shown by
    the debt wins, then one shown by the headcount, then the one that opened closest to the closing.

    Args:
        histo: `clean_sirene_histo`.
        effectif: `clean_effectif`.
        versions: `debt_versions`.
    Returns:
        siren, siret, siret_successeur, date_fermeture, date_ouverture, effectif_avant, effectif_apres (NULL when
        unknown), par_effectif, par_dette.
    """
    pairs = settled(_candidates(histo)).join(_last_headcounts(effectif), on="siret", how="left")
    pairs = pairs.join(_first_headcounts(effectif), on="siret_successeur", how="left")
    pairs = pairs.join(_oldest_debts(versions), on="siret_successeur", how="left")
    candidates = pairs.with_columns(
        par_effectif=_headcounts_alike().fill_null(False),
        par_dette=(nw.col("oldest_") < nw.col("date_ouverture")).fill_null(False),
        distance_=day_number(nw.col("date_ouverture")) - day_number(nw.col("date_fermeture")),
    ).filter(nw.col("par_effectif") | nw.col("par_dette"))
    ranked = candidates.with_columns(nearness_=0 - nw.col("distance_").abs())
    return last_per(ranked, "siret", ["par_dette", "par_effectif", "nearness_", "effectif_apres", "siret_successeur"])


CURRENT_ESTABLISHMENTS = table(
    "current_establishments",
    ("siret",),
    "where the activity of a closed establishment is now",
    siret=TEXT,
    siret_actuel=TEXT,
)


def current_establishments(links: Relation) -> Relation:
    """Where the activity of each closed establishment is now, after at most `MOVES` moves.

    Args:
        links: `successions`.
    Returns:
        siret, siret_actuel.
    """
    step = links.select(siret_actuel=nw.col("siret"), next_=nw.col("siret_successeur"))
    successors = links.select("siret", siret_actuel=nw.col("siret_successeur"))
    for _ in range(MOVES - 1):
        successors = successors.join(step, on="siret_actuel", how="left").select(
            "siret", siret_actuel=nw.coalesce(nw.col("next_"), nw.col("siret_actuel"))
        )
    return successors


def _candidates(histo: Relation) -> Relation:
    """Closed establishments with those of the same company that opened around the time of the closing."""
    last = last_per(histo.filter(~nw.col("date_debut").is_null()), "siret", ["date_debut", "est_actif"])
    closed = with_siren(last.filter(~nw.col("est_actif"))).select("siren", "siret", date_fermeture=nw.col("date_debut"))
    opened = with_siren(
        histo.filter(nw.col("est_actif")).group_by("siret").agg(date_ouverture=nw.col("date_debut").min())
    ).select("siren", "date_ouverture", siret_successeur=nw.col("siret"))
    around = nw.concat(
        [
            closed.with_columns(month_=month_index(nw.col("date_fermeture")) + shift)
            for shift in range(-AROUND, AROUND + 1)
        ]
    )
    pairs = around.join(
        opened.with_columns(month_=month_index(nw.col("date_ouverture"))), on=["siren", "month_"], how="inner"
    )
    return pairs.filter(nw.col("siret") != nw.col("siret_successeur")).drop("month_")


def _headcounts(effectif: Relation) -> Relation:
    """Employees of each establishment and month across its accounts, when there are any."""
    sums = effectif.group_by("siret", "periode").agg(employees_=nw.col("effectif").sum().cast(nw.Int64))
    return sums.filter(nw.col("employees_") > 0).with_columns(month_=month_index(nw.col("periode")))


def _last_headcounts(effectif: Relation) -> Relation:
    return last_per(_headcounts(effectif), "siret", "month_").select(
        "siret", effectif_avant=nw.col("employees_"), ended_=nw.col("month_")
    )


def _first_headcounts(effectif: Relation) -> Relation:
    reverse = _headcounts(effectif).with_columns(before_=0 - nw.col("month_"))
    return last_per(reverse, "siret", "before_").select(
        siret_successeur=nw.col("siret"), effectif_apres=nw.col("employees_"), began_=nw.col("month_")
    )


def _oldest_debts(versions: Relation) -> Relation:
    return versions.group_by(nw.col("siret").alias("siret_successeur")).agg(oldest_=nw.col("periode_debut").min())


def _headcounts_alike() -> nw.Expr:
    before, after = nw.col("effectif_avant"), nw.col("effectif_apres")
    closing, opening = month_index(nw.col("date_fermeture")), month_index(nw.col("date_ouverture"))
    return (
        (nw.min_horizontal(before, after).cast(nw.Float64) >= LIKE * nw.max_horizontal(before, after).cast(nw.Float64))
        & ((nw.col("began_") - nw.col("ended_")).abs() <= AROUND)
        & ((nw.col("ended_") - closing).abs() <= AROUND)
        & ((nw.col("began_") - opening).abs() <= AROUND)
    )
