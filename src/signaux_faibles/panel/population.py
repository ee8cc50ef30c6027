"""Who is scored in a month, and why the other companies of the perimeter are not."""

from __future__ import annotations

from datetime import date

import narwhals.stable.v2 as nw

from signaux_faibles.panel.label import months_apart
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import DATE, TEXT, table

IN_PROCEDURE = "En procédure collective"
JUST_OUT = "Sortie d'une procédure depuis moins de douze mois"
NO_HEADCOUNT = "Aucun effectif connu à la fin du mois"

UNSCORED = table(
    "unscored",
    ("siren",),
    "the companies of the perimeter that no model scores at the month of the reference date, and why",
    siren=TEXT,
    periode=DATE,
    motif=TEXT,
)


def listed(panel: Relation, events: Relation, calendar: Calendar) -> Relation:
    """The one population of lists and back-tests: in bonis and at risk, by what was known at the end of each month.

    A company that left a procedure less than a year ago is not at risk (model §2.8 T3).

    Args:
        panel: rows of `PANEL`; events: `KNOWN_PROCOL`; calendar: the months of these rows at least.
    """
    apart = months_apart(events, calendar, as_known=True)
    return panel.filter(nw.col("in_bonis")).join(apart, on=["siren", "periode"], how="anti")


def unscored(followed: Relation, panel: Relation, events: Relation, calendar: Calendar, as_of: date) -> Relation:
    """The companies of the perimeter that are not `listed` at the month of the reference date, each with its reason.

    Args:
        followed: `CLEAN_FILTER`; panel: `PANEL`; events: `KNOWN_PROCOL`.
    Returns:
        the columns of `UNSCORED`.
    """
    month = nw.lit(as_of.replace(day=1))
    of_month = panel.filter(nw.col("periode") == month)
    scored = listed(of_month, events, calendar).select("siren")
    in_bonis = of_month.select("siren", "in_bonis")
    reason = nw.when(nw.col("in_bonis")).then(nw.lit(JUST_OUT)).otherwise(nw.lit(IN_PROCEDURE))
    return (
        followed.select("siren")
        .join(scored, on="siren", how="anti")
        .join(in_bonis, on="siren", how="left")
        .select(
            "siren",
            periode=month,
            motif=nw.when(nw.col("in_bonis").is_null()).then(nw.lit(NO_HEADCOUNT)).otherwise(reason),
        )
    )
