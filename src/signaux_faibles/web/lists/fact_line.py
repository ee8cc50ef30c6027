"""Why a company is in alert in one line of facts: « 34 k€, part salariale depuis juillet, +17 k€ en 3 mois »."""

from __future__ import annotations

from signaux_faibles.snapshot.served.company_facts import TREND_MONTHS, DebtFacts
from signaux_faibles.wording.french import near_month, rounded_euros, signed_rounded_euros


def fact_line(debts: DebtFacts | None) -> str:
    """The facts that the agent may read; empty where nothing is owed, or where they may read nothing."""
    if debts is None or debts.month is None or debts.total <= 0:
        return ""
    facts = [rounded_euros(debts.total)]
    if debts.employee_since:
        facts.append(f"part salariale depuis {near_month(debts.employee_since, debts.month)}")
    if debts.grown:
        facts.append(f"{signed_rounded_euros(debts.grown)} en {TREND_MONTHS} mois")
    return ", ".join(facts)
