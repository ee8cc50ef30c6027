"""The steps of the panel one after the other, as the run does, without writing them."""

from signaux_faibles.panel.build import panel, panel_debts
from signaux_faibles.panel.debts import debt_features
from signaux_faibles.panel.headcount import headcount_as_known, last_headcount_months
from signaux_faibles.tables.debts.debit import company_debt_by_month


def whole_panel(tables, calendar):
    """The panel from `debt_by_month`, `known_effectif_ent`, `known_procol`, `clean_sirene_ul` and `activities`."""
    facts = tables["known_effectif_ent"]
    owed = company_debt_by_month(tables["debt_by_month"])
    debts = panel_debts(facts, owed, owed, calendar)
    return panel(
        headcount_as_known(facts, last_headcount_months(facts, calendar), calendar),
        debt_features(debts),
        tables["clean_sirene_ul"],
        tables["activities"],
        tables["known_procol"],
        calendar,
    )
