"""What happened lately to the companies of a zone: judgments, debts past a threshold, plans left behind."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from signaux_faibles.snapshot.served.company_facts import TREND_MONTHS
from signaux_faibles.snapshot.served.followed import LEFT_BEHIND
from signaux_faibles.snapshot.served.procedures import ProcedureEvent
from signaux_faibles.snapshot.shelf import Snapshot

_JUDGMENTS = """
SELECT company.siren, company.raison_sociale, company.departement, company.active_departments,
    date_effet, action_procol, stade_procol, libelle_procol, date_urssaf, date_bodacc, known_at_bodacc, id_bodacc,
    etat_oppose
FROM procedures_chronology AS event JOIN assessed_company AS company USING (siren)
WHERE list_has_any(company.active_departments, $zone)
    AND coalesce(known_at_bodacc, known_at_urssaf) IS NOT NULL
    AND (known_at_bodacc IS NULL OR known_at_bodacc >= $published)
    AND (known_at_urssaf IS NULL OR known_at_urssaf > $since)
ORDER BY date_effet DESC, company.effectif DESC NULLS LAST, company.siren, action_procol, stade_procol
"""
_DEBTS = """
SELECT company.siren, company.raison_sociale, company.departement, company.active_departments, facts.month,
    facts.part_ouvriere, facts.part_patronale, facts.part_ouvriere_before, facts.part_patronale_before,
    facts.part_ouvriere + facts.part_patronale AS owed,
    coalesce(facts.part_ouvriere_before, 0) + coalesce(facts.part_patronale_before, 0) AS owed_before
FROM company_facts AS facts JOIN assessed_company AS company USING (siren)
WHERE list_has_any(company.active_departments, $zone) AND owed >= $threshold AND owed_before < $threshold
    AND facts.part_ouvriere_before IS NOT NULL
ORDER BY owed DESC, company.siren
"""
_PLANS = f"""
WITH last AS (SELECT max(periode) AS month FROM plan_month),
behind AS (SELECT *, last.month AS latest FROM plan_month CROSS JOIN last WHERE {LEFT_BEHIND})
SELECT company.siren, company.raison_sociale, company.departement, company.active_departments,
    any_value(behind.latest), sum(behind.dette), sum(behind.reste_prevu)
FROM behind JOIN assessed_company AS company USING (siren)
WHERE list_has_any(company.active_departments, $zone) AND behind.periode = behind.latest
    AND NOT EXISTS (
        FROM behind AS before
        WHERE before.siret = behind.siret AND before.periode = behind.latest - INTERVAL {TREND_MONTHS} MONTH
    )
GROUP BY ALL ORDER BY sum(behind.dette - behind.reste_prevu) DESC, company.siren
"""


@dataclass(frozen=True)
class CompanyOfZone:
    """A company of the perimeter with an active establishment in the zone; `name` is None when INSEE masks it."""

    siren: str
    name: str | None
    departement: str | None
    active_departments: frozenset[str]


@dataclass(frozen=True)
class RecentJudgment:
    """An event of a procédure collective and its company."""

    company: CompanyOfZone
    event: ProcedureEvent


@dataclass(frozen=True)
class PassedDebt:
    """A debt that went past a threshold in three months, in whole euros, at the 20th of `month`."""

    company: CompanyOfZone
    month: date
    owed: int
    owed_before: int


@dataclass(frozen=True)
class PlanLeftBehind:
    """Plans that a company has stopped keeping in three months, in whole euros, on the 20th of `month`.

    Attributes:
        debt: of the establishments that have these plans, its shares being added before they are rounded.
        planned: what should remain of them.
    """

    company: CompanyOfZone
    month: date
    debt: int
    planned: int


def recent_judgments(snapshot: Snapshot, zone: Collection[str], since: date) -> list[RecentJudgment]:
    """The events of procedures that became known since a day, latest first; a judgment is known weeks after its day.

    Notices are read up to some days before the data end. Those of as many days before `since` were not read on that
    day either: they are news too.
    """
    read = snapshot.manifest.latest("bodacc")
    late = max(snapshot.manifest.as_of - read, timedelta(0)) if read else timedelta(0)
    rows = snapshot.rows(_JUDGMENTS, {"zone": sorted(zone), "since": since, "published": since - late})
    return [RecentJudgment(_company(row), ProcedureEvent(*row[4:])) for row in rows]


def passed_debts(snapshot: Snapshot, zone: Collection[str], threshold: int) -> list[PassedDebt]:
    """The debts that are at least `threshold` euros and were less three months before, largest first.

    A company whose earlier debt is unknown is left out: nothing shows that it changed.
    """
    rows = snapshot.rows(_DEBTS, {"zone": sorted(zone), "threshold": threshold})
    return [PassedDebt(_company(row), row[4], shown(*row[5:7]), shown(*row[7:9])) for row in rows]


def plans_left_behind(snapshot: Snapshot, zone: Collection[str]) -> list[PlanLeftBehind]:
    """The plans that are left behind and were not three months before, furthest first."""
    rows = snapshot.rows(_PLANS, {"zone": sorted(zone)})
    return [PlanLeftBehind(_company(row), row[4], round(row[5]), round(row[6])) for row in rows]


def shown(employee: Decimal | None, employer: Decimal | None) -> int:
    """A debt in whole euros: the sum of its shares as they are shown, so that it is the same on every page."""
    return round(employee or 0) + round(employer or 0)


def _company(row: tuple[object, ...]) -> CompanyOfZone:
    siren, name, departement, departments = row[:4]
    return CompanyOfZone(str(siren), name, departement, frozenset(departments))  # type: ignore[arg-type, call-overload]
