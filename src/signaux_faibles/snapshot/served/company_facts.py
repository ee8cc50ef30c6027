"""What a company owes Urssaf, in one row, so that a list can show and sort the debts of all its companies at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from signaux_faibles.snapshot.served.place import OF_COMPANIES, companies
from signaux_faibles.snapshot.shelf import Snapshot

TREND_MONTHS = 3
SERVED = f"""
CREATE TABLE company_facts AS
WITH last AS (
    SELECT max(periode) AS month, max(periode) - INTERVAL {TREND_MONTHS} MONTH AS before,
        CASE WHEN min(periode) <= before THEN 0 END AS nothing_yet
    FROM debt_by_month
),
owed AS (
    SELECT siren, periode, sum(part_ouvriere) AS part_ouvriere, sum(part_patronale) AS part_patronale
    FROM debt_by_month SEMI JOIN assessed_company USING (siren) GROUP BY siren, periode
),
settled AS (SELECT siren, max(periode) AS month FROM owed WHERE part_ouvriere <= 0 GROUP BY siren),
debts AS (
    SELECT owed.siren, last.month,
        max(part_ouvriere) FILTER (periode = last.month) AS part_ouvriere,
        max(part_patronale) FILTER (periode = last.month) AS part_patronale,
        coalesce(max(part_ouvriere) FILTER (periode = last.before), last.nothing_yet) AS part_ouvriere_before,
        coalesce(max(part_patronale) FILTER (periode = last.before), last.nothing_yet) AS part_patronale_before,
        min(periode) FILTER (settled.month IS NULL OR periode > settled.month) AS employee_since
    FROM owed CROSS JOIN last LEFT JOIN settled USING (siren)
    GROUP BY owed.siren, last.month, last.before, last.nothing_yet
),
plans AS (
    SELECT siren, max(date_echeance) AS plan_until FROM plan_month SEMI JOIN assessed_company USING (siren)
    WHERE periode = (SELECT max(periode) FROM plan_month) AND delais > 0 GROUP BY siren
)
SELECT coalesce(debts.siren, plans.siren) AS siren, debts.* EXCLUDE (siren), plan_until
FROM debts FULL JOIN plans ON plans.siren = debts.siren
ORDER BY 1
"""
"""Runs after the tables of companies and plans. The months of a company follow one another up to the last one of all
(`debt_by_month`), so that the part salariale is owed without a break since the month after the last one without it.
A company without débit at a month that the files describe owed nothing then: a debt that began since is all growth."""

_FACTS = f"""
SELECT siren, month, part_ouvriere, part_patronale, part_ouvriere_before, part_patronale_before, employee_since,
    plan_until
FROM company_facts WHERE {OF_COMPANIES}
"""


@dataclass(frozen=True)
class DebtFacts:
    """What a company owes on the 20th of the last month known, in whole euros as its page shows it.

    Attributes:
        month: None when Urssaf recorded no débit.
        grown: by how much the debt grew in three months; None where no file describes the month before.
        employee_since: the first of the months in a row at which the part salariale was owed; None when it is not.
        plan_until: the last instalment of the plans in force; None without one.
    """

    month: date | None = None
    total: int = 0
    employee: int = 0
    grown: int | None = None
    employee_since: date | None = None
    plan_until: date | None = None


NO_DEBT = DebtFacts()


def debt_facts_of(snapshot: Snapshot, sirens: Collection[str]) -> dict[str, DebtFacts]:
    """The facts of the companies that have some; Urssaf recorded neither débit nor plan for the others."""
    return {siren: _facts(*row) for siren, *row in snapshot.rows(_FACTS, companies(sirens))}


def _facts(
    month: date | None,
    employee: Decimal | None,
    employer: Decimal | None,
    employee_before: Decimal | None,
    employer_before: Decimal | None,
    employee_since: date | None,
    plan_until: date | None,
) -> DebtFacts:
    shares = round(employee or 0), round(employer or 0)
    is_known = employee_before is not None and employer_before is not None
    before = round(employee_before or 0) + round(employer_before or 0)
    return DebtFacts(
        month,
        total=sum(shares),
        employee=shares[0],
        grown=sum(shares) - before if is_known else None,
        employee_since=employee_since if shares[0] > 0 else None,
        plan_until=plan_until,
    )
