"""The panel, as it was known at each month, and the scores of the last one."""

from signaux_faibles.chain.plan.inputs import FIRST_HEADCOUNT, Inputs, Rule
from signaux_faibles.detection.scoring.scores import SCORES, promoted_model, score_month
from signaux_faibles.panel.build import panel, panel_debts
from signaux_faibles.panel.debts import debt_features
from signaux_faibles.panel.headcount import headcount_as_known, headcounts_told
from signaux_faibles.panel.schema import HEADCOUNTS_TOLD, PANEL, PANEL_DEBT_FEATURES, PANEL_DEBTS, PANEL_HEADCOUNTS
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import Schema

TABLES: dict[Schema, Rule] = {
    HEADCOUNTS_TOLD: lambda i: headcounts_told(i.table("known_effectif_ent"), i.calendar(FIRST_HEADCOUNT)),
    PANEL_HEADCOUNTS: lambda i: headcount_as_known(
        i.table("known_effectif_ent"), i.table("headcounts_told"), i.calendar(FIRST_HEADCOUNT)
    ),
    PANEL_DEBTS: lambda i: panel_debts(
        i.table("known_effectif_ent"),
        i.table("company_debt_by_month"),
        i.whole_table("company_debt_by_month"),
        i.calendar(FIRST_HEADCOUNT),
    ),
    PANEL_DEBT_FEATURES: lambda i: debt_features(i.table("panel_debts")),
    PANEL: lambda i: panel(
        i.table("panel_headcounts"),
        i.table("panel_debt_features"),
        i.table("clean_sirene_ul"),
        i.table("known_procol"),
        i.calendar(FIRST_HEADCOUNT),
    ),
}


BY_COMPANY = frozenset(schema.name for schema in (PANEL_HEADCOUNTS, PANEL_DEBTS, PANEL_DEBT_FEATURES, PANEL))
"""Each row is made of the rows of its company alone: they can be computed by groups of companies (`groups.py`)."""


def _scores(inputs: Inputs) -> Relation:
    """The scores of the last month by the promoted model; no row when none is promoted."""
    used = promoted_model(inputs.home, fictitious=inputs.files.fictitious)
    month = inputs.as_of.replace(day=1)
    rows = score_month(inputs.tables, month, used) if used else SCORES.arrow.empty_table()
    return inputs.engine.from_arrow(rows)


SCORE: dict[Schema, Rule] = {SCORES: _scores}
