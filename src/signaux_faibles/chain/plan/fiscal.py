"""Accounts, arrears and VAT of the DGFiP, ratios of the Banque de France: protected, and never exported."""

from collections.abc import Callable

from signaux_faibles.chain.plan.inputs import FIRST_HEADCOUNT, Inputs, Rule
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import Schema
from signaux_faibles.sources.registry import CONTRACTS
from signaux_faibles.tables.fiscal.fiscal_accounts import BDF_RATIOS, FISCAL_ACCOUNTS, bdf_ratios, fiscal_accounts
from signaux_faibles.tables.fiscal.tax_arrears import TAX_ARREARS, tax_arrears
from signaux_faibles.tables.fiscal.vat import VAT_BY_MONTH, vat_by_month


def _as_known(rule: Callable[[Relation, int], Relation], name: str) -> Rule:
    """A rule over every delivery of a type, with the lag of its contract."""

    def of_every_delivery(inputs: Inputs) -> Relation:
        return rule(inputs.every_delivery(name), CONTRACTS[name].known_at.lag_days)

    return of_every_delivery


TABLES: dict[Schema, Rule] = {
    FISCAL_ACCOUNTS: _as_known(fiscal_accounts, "liasse_dgfip"),
    TAX_ARREARS: _as_known(tax_arrears, "rar_dgfip"),
    VAT_BY_MONTH: lambda i: vat_by_month(i.standing("tva_dgfip"), i.calendar(FIRST_HEADCOUNT)),
    BDF_RATIOS: _as_known(bdf_ratios, "ratios_bdf"),
}
