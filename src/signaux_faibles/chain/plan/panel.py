"""The panel, as it was known at each month, and the scores of the last one."""

from signaux_faibles.chain.plan.inputs import FIRST_HEADCOUNT
from signaux_faibles.chain.plan.step import Step
from signaux_faibles.chain.plan.words import AS_OF, Of, folder_of, model, months
from signaux_faibles.detection.scoring.scores import SCORES, scores
from signaux_faibles.panel.build import panel, panel_debts
from signaux_faibles.panel.debts import debt_features
from signaux_faibles.panel.headcount import headcount_as_known, last_headcount_months
from signaux_faibles.panel.schema import (
    LAST_HEADCOUNT_MONTHS,
    PANEL,
    PANEL_DEBT_FEATURES,
    PANEL_DEBTS,
    PANEL_HEADCOUNTS,
)
from signaux_faibles.tables.activities.activities import ACTIVITIES
from signaux_faibles.tables.debts.debit import COMPANY_DEBT_BY_MONTH
from signaux_faibles.tables.procedures.procol import KNOWN_PROCOL
from signaux_faibles.tables.register.effectif import KNOWN_EFFECTIF_ENT
from signaux_faibles.tables.register.register import CLEAN_SIRENE_UL

MONTHS = months(FIRST_HEADCOUNT)

STEPS = (
    Step(LAST_HEADCOUNT_MONTHS, last_headcount_months, facts=Of(KNOWN_EFFECTIF_ENT), calendar=MONTHS),
    Step(
        PANEL_HEADCOUNTS,
        headcount_as_known,
        facts=Of(KNOWN_EFFECTIF_ENT),
        last_months=Of(LAST_HEADCOUNT_MONTHS),
        calendar=MONTHS,
        by_company=True,
    ),
    Step(
        PANEL_DEBTS,
        panel_debts,
        facts=Of(KNOWN_EFFECTIF_ENT),
        company_debt=Of(COMPANY_DEBT_BY_MONTH),
        all_debts=Of(COMPANY_DEBT_BY_MONTH, whole=True),
        calendar=MONTHS,
        by_company=True,
    ),
    Step(PANEL_DEBT_FEATURES, debt_features, debts=Of(PANEL_DEBTS), by_company=True),
    Step(
        PANEL,
        panel,
        headcounts=Of(PANEL_HEADCOUNTS),
        debt_features=Of(PANEL_DEBT_FEATURES),
        units=Of(CLEAN_SIRENE_UL),
        activities=Of(ACTIVITIES),
        events=Of(KNOWN_PROCOL),
        calendar=MONTHS,
        by_company=True,
    ),
)

SCORING = (Step(SCORES, scores, tables=folder_of(PANEL, KNOWN_PROCOL), scorer=model(), as_of=AS_OF),)
