"""Payment plans granted by Urssaf (délais), and how far debts are from them, as pages show them (import-chain §8.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from signaux_faibles.snapshot.company_rows.subject import CompanySubject
from signaux_faibles.snapshot.served.place import CompanyOrSite, known_sum, recent_months, within
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.tables.debts.delai import GRANTED

_STAGES = ", ".join(f"'{stage}'" for stage in GRANTED)
_PLANS = f"""
CREATE TABLE payment_plan AS
SELECT DISTINCT left(siret, 9) AS siren, siret, date_creation, date_echeance, duree_delai, montant_echeancier, action
FROM read_parquet($tables || 'clean_delai.parquet') WHERE stade IN ({_STAGES})
ORDER BY siren, siret, date_creation, date_echeance
"""
"""Only plans that were granted; a proposal is not one."""
_MONTHS = f"""
CREATE TABLE plan_month AS
SELECT siren, siret, periode, delais, date_echeance, montant_echeancier, reste_prevu, dette
FROM read_parquet($tables || 'delai_by_month.parquet')
WHERE {recent_months("delai_by_month")} ORDER BY siren, siret, periode
"""
SERVED = (_PLANS, _MONTHS)

SHOWN_PLANS = 20
PLANS = CompanySubject(
    "payment_plans",
    "payment_plan",
    ("siret", "date_creation", "date_echeance", "duree_delai", "montant_echeancier", "action"),
    order="rowid",
    mentions="payment_plan",
)
MONTHS = CompanySubject(
    "plan_months",
    "plan_month",
    ("periode", "sum(delais)", "max(date_echeance)", known_sum("montant_echeancier"), known_sum("reste_prevu"),
     "sum(dette)"),
    by="periode",
    mentions="plan_month",
)  # fmt: skip


@dataclass(frozen=True)
class PaymentPlan:
    """A plan that Urssaf granted to an establishment; the amount is that of its whole schedule, in euros."""

    siret: str
    granted: date
    until: date
    days: int | None
    amount: Decimal | None
    action: str | None


@dataclass(frozen=True)
class PlanMonth:
    """The plans in force on the 20th of a month.

    Attributes:
        plans: how many; until: the last instalment of the last of them.
        amount: of their schedules; left: what should remain of them, if paid evenly; None when an amount is unknown.
        debt: the whole debt of the establishments that have a plan, in euros.
    """

    plans: int
    until: date
    amount: Decimal | None
    left: Decimal | None
    debt: Decimal

    @property
    def behind(self) -> Decimal | None:
        """The debt beyond what should remain of the plans; None when that is not known, zero when there is none."""
        return None if self.left is None else max(self.debt - self.left, Decimal(0))


def plans_of(snapshot: Snapshot, place: CompanyOrSite) -> list[PaymentPlan]:
    """The last plans granted, latest first."""
    rows = place.rows(snapshot, PLANS)
    by_siret = sorted((PaymentPlan(*row) for row in rows), key=lambda plan: plan.siret)
    return sorted(by_siret, key=lambda plan: (plan.granted, plan.until), reverse=True)[:SHOWN_PLANS]


def plan_months_of(snapshot: Snapshot, place: CompanyOrSite, start: date, end: date) -> dict[date, PlanMonth]:
    """The plans in force at each month that has some."""
    rows = within(place.rows(snapshot, MONTHS), start, end)
    return {month: PlanMonth(int(plans), *rest) for month, plans, *rest in rows}
