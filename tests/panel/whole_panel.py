"""The steps of the panel one after the other, as the run does, without writing them."""

from signaux_faibles.panel.accounts import accounts_as_known
from signaux_faibles.panel.build import LastDeliveries, panel, panel_debts
from signaux_faibles.panel.debts import debt_features
from signaux_faibles.panel.headcount import headcount_as_known, last_headcount_months
from signaux_faibles.panel.plans import plans_as_known
from signaux_faibles.panel.short_time import short_time_as_known
from signaux_faibles.panel.suppliers import suppliers_as_known
from signaux_faibles.sources.altares.paydex import PAYDEX
from signaux_faibles.sources.dgefp.apconso import APCONSO
from signaux_faibles.sources.urssaf.delai import DELAI
from signaux_faibles.tables.activities.activities import ACTIVITIES
from signaux_faibles.tables.debts.debit import DEBT_BY_MONTH, company_debt_by_month
from signaux_faibles.tables.fiscal.fiscal_accounts import FISCAL_ACCOUNTS
from signaux_faibles.tables.procedures.procol import KNOWN_PROCOL
from signaux_faibles.tables.register.effectif import KNOWN_EFFECTIF_ENT
from signaux_faibles.tables.register.register import CLEAN_SIRENE_UL

INPUTS = {
    "debt_by_month": DEBT_BY_MONTH,
    "known_effectif_ent": KNOWN_EFFECTIF_ENT,
    "known_procol": KNOWN_PROCOL,
    "clean_sirene_ul": CLEAN_SIRENE_UL,
    "activities": ACTIVITIES,
    "fiscal_accounts": FISCAL_ACCOUNTS,
    "paydex": PAYDEX.staging,
    "apconso": APCONSO.staging,
    "delai": DELAI.staging,
}


def whole_panel(tables, calendar, last_deliveries=None):
    """The panel from the tables of `INPUTS`."""
    facts = tables["known_effectif_ent"]
    owed = company_debt_by_month(tables["debt_by_month"])
    debts = panel_debts(facts, owed, owed, calendar)
    short_time = short_time_as_known(tables["apconso"], calendar)
    return panel(
        headcount_as_known(facts, last_headcount_months(facts, calendar), calendar),
        debt_features(debts),
        accounts_as_known(tables["fiscal_accounts"], 280, calendar),
        suppliers_as_known(tables["paydex"], calendar),
        short_time,
        short_time,
        plans_as_known(tables["delai"], 30, calendar),
        last_deliveries or LastDeliveries(calendar.last, calendar.last),
        tables["clean_sirene_ul"],
        tables["activities"],
        tables["known_procol"],
        calendar,
    )
