"""The panel, as it was known at each month, and the scores of the last one."""

from datetime import date

from signaux_faibles.chain.plan.delivered import Latest
from signaux_faibles.chain.plan.inputs import FIRST_HEADCOUNT, Among, Inputs
from signaux_faibles.chain.plan.step import Step
from signaux_faibles.chain.plan.words import AS_OF, Of, Value, folder_of, lag_of, model, months
from signaux_faibles.detection.scoring.scores import SCORES, scores
from signaux_faibles.panel.accounts import PANEL_ACCOUNTS, accounts_as_known
from signaux_faibles.panel.build import LastDeliveries, panel, panel_debts
from signaux_faibles.panel.debts import debt_features
from signaux_faibles.panel.headcount import headcount_as_known, last_headcount_months
from signaux_faibles.panel.plans import PANEL_PLANS, plans_as_known
from signaux_faibles.panel.population import UNSCORED, unscored
from signaux_faibles.panel.schema import (
    LAST_HEADCOUNT_MONTHS,
    PANEL,
    PANEL_DEBT_FEATURES,
    PANEL_DEBTS,
    PANEL_HEADCOUNTS,
)
from signaux_faibles.panel.short_time import PANEL_SHORT_TIME, short_time_as_known
from signaux_faibles.panel.suppliers import PANEL_SUPPLIERS, suppliers_as_known
from signaux_faibles.perimeter.perimeter import CLEAN_FILTER
from signaux_faibles.tables.activities.activities import ACTIVITIES
from signaux_faibles.tables.debts.debit import COMPANY_DEBT_BY_MONTH
from signaux_faibles.tables.fiscal.fiscal_accounts import FISCAL_ACCOUNTS
from signaux_faibles.tables.procedures.procol import KNOWN_PROCOL
from signaux_faibles.tables.register.effectif import KNOWN_EFFECTIF_ENT
from signaux_faibles.tables.register.register import CLEAN_SIRENE_UL

MONTHS = months(FIRST_HEADCOUNT)
FOLLOWED = Among.EVER_FOLLOWED


def _last_delivery(inputs: Inputs, name: str) -> date | None:
    return inputs.last_delivered_at(name) if inputs.deliveries.last_batch(name) else None


LAST_DELIVERIES = Value(
    "derniers mois décrits par apconso et delai",
    lambda inputs: LastDeliveries(_last_delivery(inputs, "apconso"), _last_delivery(inputs, "delai")),
    types=("apconso", "delai"),
)

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
        PANEL_ACCOUNTS,
        accounts_as_known,
        fiscal_accounts=Of(FISCAL_ACCOUNTS),
        lag_days=lag_of("liasse_dgfip"),
        calendar=MONTHS,
        rows_of=("fiscal_accounts",),
        by_company=True,
    ),
    Step(
        PANEL_SUPPLIERS,
        suppliers_as_known,
        paydex=Latest("paydex", FOLLOWED),
        calendar=MONTHS,
        rows_of=("paydex",),
    ),
    Step(
        PANEL_SHORT_TIME,
        short_time_as_known,
        apconso=Latest("apconso", FOLLOWED),
        calendar=MONTHS,
        rows_of=("apconso",),
    ),
    Step(
        PANEL_PLANS,
        plans_as_known,
        delai=Latest("delai", FOLLOWED),
        lag_days=lag_of("delai"),
        calendar=MONTHS,
        rows_of=("delai",),
    ),
    Step(
        PANEL,
        panel,
        headcounts=Of(PANEL_HEADCOUNTS),
        debt_features=Of(PANEL_DEBT_FEATURES),
        accounts=Of(PANEL_ACCOUNTS),
        suppliers=Of(PANEL_SUPPLIERS),
        short_time=Of(PANEL_SHORT_TIME),
        all_short_time=Of(PANEL_SHORT_TIME, whole=True),
        plans=Of(PANEL_PLANS),
        last_deliveries=LAST_DELIVERIES,
        units=Of(CLEAN_SIRENE_UL),
        activities=Of(ACTIVITIES),
        events=Of(KNOWN_PROCOL),
        calendar=MONTHS,
        by_company=True,
    ),
)

SCORING = (
    Step(
        UNSCORED,
        unscored,
        followed=Of(CLEAN_FILTER),
        panel=Of(PANEL),
        events=Of(KNOWN_PROCOL),
        calendar=MONTHS,
        as_of=AS_OF,
    ),
    Step(SCORES, scores, tables=folder_of(PANEL, KNOWN_PROCOL), scorer=model(), as_of=AS_OF),
)
