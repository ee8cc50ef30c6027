"""The sheet of a company: what an agent may read of it, `decide` being asked for each part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import SourceFreshness
from signaux_faibles.snapshot.search.companies import OtherName
from signaux_faibles.snapshot.served import coverage
from signaux_faibles.snapshot.served.company import Company, company_of, headcounts_of, other_names_of
from signaux_faibles.snapshot.served.company_facts import NO_DEBT, debt_facts_of
from signaux_faibles.snapshot.served.directors import Director, directors_of
from signaux_faibles.snapshot.served.establishments import last_closing_of
from signaux_faibles.snapshot.served.lists import published_lists
from signaux_faibles.snapshot.served.place import CompanyOrSite
from signaux_faibles.snapshot.served.plans import PaymentPlan, plans_of
from signaux_faibles.snapshot.served.taxes import TaxArrear, tax_arrears_of
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.consultation import facts
from signaux_faibles.web.consultation.accounts.accounts_section import AccountsSection
from signaux_faibles.web.consultation.accounts.filing_section import FilingSection
from signaux_faibles.web.consultation.alert_section import AlertSection
from signaux_faibles.web.consultation.debt_section import DebtSection
from signaux_faibles.web.consultation.establishments_section import EstablishmentsSection
from signaux_faibles.web.consultation.expert_signals import ExpertSignal, expert_signals, precision
from signaux_faibles.web.consultation.facts import Fact
from signaux_faibles.web.consultation.perimeter_section import PerimeterSection
from signaux_faibles.web.consultation.procedures_section import ProceduresSection
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.consultation.state_timeline import StateTimeline, events_by_month
from signaux_faibles.web.consultation.zone_tie import ZoneTie, zone_tie
from signaux_faibles.web.rights.decide import ReadingVerdict, Reason
from signaux_faibles.web.rights.refusals import Refusal, refusals
from signaux_faibles.wording.french import completed_years

SHOWN_SOURCES: dict[Family, frozenset[str]] = {
    Family.OPEN: frozenset(
        {"sirene", "sirene_ul", "sirene_histo", "effectif_ent", "effectif", "procol", "bodacc", "rne"}
        | {"inpi", "inpi_json", "detail_bilan", "ratios_inpi_bce", "ratios_inpi_bce_sectors"}
    ),
    Family.URSSAF: frozenset({"debit", "cotisation", "delai"}),
    Family.DGEFP: frozenset({"apdemande", "apconso"}),
    Family.FISCAL: frozenset({"tva_dgfip", "rar_dgfip"}),
}
"""The sources of what the page shows, by family; the freshness of the others says nothing of it."""
SHOWN_FAMILIES = (Family.URSSAF, Family.DGEFP, Family.DETECTION, Family.FISCAL)
"""The protected families that the page holds something of."""


@dataclass(frozen=True)
class CompanySheet:
    """A company as an agent reads it.

    Attributes:
        other_names: acronym, usual names, signs; none where INSEE masks the name.
        last_closing: of a closed company, the day on which its last establishment closed, where it is known.
        as_of: the last day that the data describe.
        ask: what `decide` answers about each family of this company.
        headcounts: those of the known months, latest first.
        tie: what ties the company to the zone of the agent, or why nothing does.
        refused: what is closed, said once; unlockable: what an unlock would open.
        unlocked_until: the last day of the unlock of the agent; None without one.
        plans, arrears: None where they are closed to the agent.
        measures: what the card of the latest list says of expert signals.
        freshness: the last delivery of the sources that the page shows.
    """

    company: Company
    other_names: tuple[OtherName, ...]
    last_closing: date | None
    as_of: date
    ask: Callable[[Family], ReadingVerdict]
    headcounts: Mapping[date, int]
    procedures: ProceduresSection
    perimeter: PerimeterSection
    tie: ZoneTie
    refused: tuple[Refusal, ...]
    unlockable: tuple[Family, ...]
    unlocked_until: date | None
    alert: AlertSection
    timeline: StateTimeline
    debts: DebtSection
    plans: tuple[PaymentPlan, ...] | None
    arrears: tuple[TaxArrear, ...] | None
    accounts: AccountsSection
    filing: FilingSection
    establishments: EstablishmentsSection
    directors: tuple[Director, ...]
    measures: Mapping[str, Any]
    freshness: tuple[SourceFreshness, ...]

    @property
    def level_drawing(self) -> SafeString | None:
        """The levels of past lists."""
        return facts.level_drawing(self.alert.history)

    @cached_property
    def unlocked(self) -> bool:
        """Whether the agent reads protected data here because of an unlock."""
        return any(self.ask(family).why is Reason.UNLOCKED for family in Family)

    @property
    def exclusions(self) -> tuple[str, ...] | None:
        """Why the company is not assessed, one sentence per rule; None inside the perimeter."""
        return self.perimeter.exclusions

    @property
    def age(self) -> str:
        """How old an active company is; empty for a closed one."""
        return completed_years(self.company.created, self.as_of) if self.company.active else ""

    @cached_property
    def headcount(self) -> tuple[date, int] | None:
        """The last headcount known, with its month."""
        return next(iter(self.headcounts.items()), None)

    @cached_property
    def year_ago(self) -> tuple[date, int] | None:
        """The headcount twelve months before the last one known, with its month, if it is known."""
        if self.headcount is None:
            return None
        before = self.headcount[0].replace(year=self.headcount[0].year - 1)
        return (before, self.headcounts[before]) if before in self.headcounts else None

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts at the top of the page."""
        months, debts = self.timeline.months, self.debts
        urssaf: list[Fact | None] = [] if debts.decision.allowed else [facts.closed_fact("Dette sociale")]
        if debts.decision.allowed and (debts.debts or not self.exclusions):
            plan = facts.plan_fact(self.timeline.plans, self.timeline.last_months.get(coverage.PLANS), months)
            urssaf = [facts.debt_fact(debts, months), facts.employee_share_fact(debts, months), plan]
        lines = [
            *urssaf,
            facts.headcount_fact(self.headcounts, months, self.headcount),
            facts.amount_fact("Résultat net", "resultat_net", self.accounts.exercices, self.as_of),
            facts.amount_fact("Capitaux propres", "capitaux_propres", self.accounts.exercices, self.as_of),
            facts.procedure_fact(self.procedures, months, assessed=not self.exclusions),
        ]
        return tuple(fact for fact in lines if fact)

    @cached_property
    def signals(self) -> tuple[tuple[ExpertSignal, str], ...]:
        """The expert signals that the data show and that the agent may read, each with its measured precision."""
        signals = expert_signals(
            exercices=self.accounts.exercices,
            as_of=self.as_of,
            filings=[line.filing for line in self.filing.lines],
            debts=self.debts,
            plans=self.timeline.plans,
            plans_until=self.timeline.last_months.get(coverage.PLANS),
            short_time=self.timeline.short_time,
            short_time_until=self.timeline.last_months.get(coverage.CONSUMED),
            may_read=lambda family: self.ask(family).allowed,
        )
        return tuple((one, precision(one.signal, self.measures)) for one in signals)

    @classmethod
    def read(
        cls, siren: str, *, reader: Reader, snapshot: Snapshot, home: Home, page: str | None = None
    ) -> CompanySheet | None:
        """Read what `reader` may read of a company; None when the register does not hold it.

        Args:
            page: that of the establishments.
        """
        company = company_of(snapshot, siren)
        if company is None:
            return None
        ask = reader.asking(siren, company.active_departments)
        perimeter, headcounts = PerimeterSection.read(siren, snapshot), headcounts_of(snapshot, siren)
        followed = company.active and not perimeter.exclusions
        procedures = ProceduresSection.read(siren, snapshot=snapshot, followed=followed)
        filing = FilingSection.read(siren, snapshot=snapshot, decision=ask(Family.OPEN))
        place, events = CompanyOrSite(siren), events_by_month([*procedures.dated, *filing.dated])
        timeline = StateTimeline.read(place, headcounts, snapshot=snapshot, ask=ask, events=events)
        lists, urssaf, fiscal = published_lists(home), ask(Family.URSSAF), ask(Family.FISCAL)
        return cls(
            company=company,
            other_names=other_names_of(snapshot, siren) if company.name else (),
            last_closing=None if company.active else last_closing_of(snapshot, siren),
            as_of=snapshot.manifest.as_of,
            ask=ask,
            headcounts=headcounts,
            procedures=procedures,
            perimeter=perimeter,
            tie=zone_tie(company, reader.agent.zone),
            refused=refusals(reader.agent, ask, SHOWN_FAMILIES),
            unlockable=reader.would_unlock(siren, company.active_departments),
            unlocked_until=reader.ties(siren, company.active_departments).unlocked_until,
            alert=AlertSection.read(siren, snapshot=snapshot, lists=lists, ask=ask),
            timeline=timeline,
            debts=debts_of(siren, timeline, snapshot=snapshot, decision=urssaf),
            plans=tuple(plans_of(snapshot, place)) if urssaf.allowed else None,
            arrears=tuple(tax_arrears_of(snapshot, siren)) if fiscal.allowed else None,
            accounts=AccountsSection.read(siren, snapshot=snapshot, decision=ask(Family.OPEN)),
            filing=filing,
            establishments=EstablishmentsSection.read(company, snapshot=snapshot, decision=urssaf, page=page),
            directors=tuple(directors_of(snapshot, siren)),
            measures=lists[0].card.get("signals", {}) if lists else {},
            freshness=shown_freshness(snapshot, ask, SHOWN_SOURCES),
        )


def debts_of(siren: str, timeline: StateTimeline, *, snapshot: Snapshot, decision: ReadingVerdict) -> DebtSection:
    """The debts of the months shown; a part salariale owed at all of them is dated as lists date it."""
    debts = DebtSection(decision, snapshot.manifest.latest("debit"), timeline.debts, timeline.months[0])
    if not debts.owed_since_before:
        return debts
    return replace(debts, owed_before=debt_facts_of(snapshot, [siren]).get(siren, NO_DEBT).employee_since)


def shown_freshness(
    snapshot: Snapshot, ask: Callable[[Family], ReadingVerdict], sources_of_families: Mapping[Family, frozenset[str]]
) -> tuple[SourceFreshness, ...]:
    """The last delivery of the sources that a page shows, by family, to whom `ask` answers."""
    sources = {source for family, some in sources_of_families.items() if ask(family).allowed for source in some}
    return tuple(one for one in snapshot.manifest.freshness if one.source in sources)
