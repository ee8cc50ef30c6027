"""The sheet of a company: what an agent may read of it, `decide` being asked for each part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import SourceFreshness
from signaux_faibles.snapshot.served.company import Company, HeadcountMonth, company_of, headcounts_of
from signaux_faibles.snapshot.served.lists import published_lists
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.consultation.accounts_section import AccountsSection
from signaux_faibles.web.consultation.alert_section import AlertSection
from signaux_faibles.web.consultation.debt_section import DebtSection
from signaux_faibles.web.consultation.filing_section import FilingSection
from signaux_faibles.web.consultation.perimeter_section import PerimeterSection
from signaux_faibles.web.consultation.procedures_section import ProceduresSection
from signaux_faibles.web.consultation.zone_tie import ZoneTie, zone_tie
from signaux_faibles.web.rights.agent import Agent, CompanyTies
from signaux_faibles.web.rights.decide import Decision, decide

HEADCOUNT_MONTHS = 13
SHOWN_SOURCES = frozenset(
    {"sirene", "sirene_ul", "effectif_ent", "debit", "procol", "bodacc"}
    | {"inpi", "inpi_json", "detail_bilan", "ratios_inpi_bce", "ratios_inpi_bce_sectors"}
)
"""The sources of what the page shows; the freshness of the others says nothing of it."""


@dataclass(frozen=True)
class CompanySheet:
    """A company as an agent reads it.

    Attributes:
        headcounts: the last thirteen known months, latest first.
        tie: what ties the company to the zone of the agent, or why nothing does.
        freshness: the last delivery of the sources that the page shows.
    """

    company: Company
    headcounts: tuple[HeadcountMonth, ...]
    procedures: ProceduresSection
    perimeter: PerimeterSection
    tie: ZoneTie
    alert: AlertSection
    debts: DebtSection
    accounts: AccountsSection
    filing: FilingSection
    freshness: tuple[SourceFreshness, ...]

    @property
    def exclusions(self) -> tuple[str, ...] | None:
        """Why the company is not assessed, one sentence per rule; None inside the perimeter."""
        return self.perimeter.exclusions

    @property
    def year_ago(self) -> HeadcountMonth | None:
        """The headcount twelve months before the last one known, if it is known."""
        if not self.headcounts:
            return None
        last = self.headcounts[0].month
        return next((one for one in self.headcounts if one.month == last.replace(year=last.year - 1)), None)

    @classmethod
    def read(cls, siren: str, *, agent: Agent, snapshot: Snapshot, home: Home, today: date) -> CompanySheet | None:
        """Read what `agent` may read of a company; None when the register does not hold it."""
        company = company_of(snapshot, siren)
        if company is None:
            return None
        ties = CompanyTies(company.active_departments)

        def ask(family: Family) -> Decision:
            return decide(agent, ties, family, today)

        latest = next(iter(published_lists(home)), None)
        perimeter = PerimeterSection.read(siren, snapshot)
        followed = company.active and not perimeter.exclusions
        return cls(
            company=company,
            headcounts=tuple(headcounts_of(snapshot, siren, HEADCOUNT_MONTHS)),
            procedures=ProceduresSection.read(siren, snapshot=snapshot, followed=followed),
            perimeter=perimeter,
            tie=zone_tie(company, agent.zone),
            alert=AlertSection.read(siren, snapshot=snapshot, latest=latest, ask=ask),
            debts=DebtSection.read(siren, snapshot=snapshot, decision=ask(Family.URSSAF)),
            accounts=AccountsSection.read(siren, snapshot=snapshot, decision=ask(Family.OPEN)),
            filing=FilingSection.read(siren, snapshot=snapshot, decision=ask(Family.OPEN)),
            freshness=tuple(one for one in snapshot.manifest.freshness if one.source in SHOWN_SOURCES),
        )
