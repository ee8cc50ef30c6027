"""Accounts, arrears and VAT of the DGFiP, ratios of the Banque de France: protected, and never exported."""

from signaux_faibles.chain.plan.delivered import History, InForce
from signaux_faibles.chain.plan.inputs import FIRST_HEADCOUNT, Among
from signaux_faibles.chain.plan.revisions import Revisions
from signaux_faibles.chain.plan.step import Step
from signaux_faibles.chain.plan.words import lag_of, months
from signaux_faibles.tables.fiscal.fiscal_accounts import (
    BDF_CONTENT,
    BDF_EXERCICE,
    BDF_RATIOS,
    CONTENT,
    DECLARATION,
    FISCAL_ACCOUNTS,
    bdf_ratios,
    fiscal_accounts,
)
from signaux_faibles.tables.fiscal.tax_arrears import TAX_ARREARS, tax_arrears
from signaux_faibles.tables.fiscal.vat import VAT_BY_MONTH, vat_by_month

STEPS = (
    Step(
        FISCAL_ACCOUNTS,
        fiscal_accounts,
        deliveries=Revisions("liasse_dgfip", key=DECLARATION, values=CONTENT),
        lag_days=lag_of("liasse_dgfip"),
        rows_of=("deliveries",),
    ),
    Step(
        TAX_ARREARS,
        tax_arrears,
        deliveries=History("rar_dgfip", Among.EVER_FOLLOWED),
        lag_days=lag_of("rar_dgfip"),
        rows_of=("deliveries",),
    ),
    Step(
        VAT_BY_MONTH,
        vat_by_month,
        declarations=InForce("tva_dgfip", Among.EVER_FOLLOWED),
        calendar=months(FIRST_HEADCOUNT),
        rows_of=("declarations",),
    ),
    Step(
        BDF_RATIOS,
        bdf_ratios,
        deliveries=Revisions("ratios_bdf", key=BDF_EXERCICE, values=BDF_CONTENT),
        lag_days=lag_of("ratios_bdf"),
        rows_of=("deliveries",),
    ),
)
