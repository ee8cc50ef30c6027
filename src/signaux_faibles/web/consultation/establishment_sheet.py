"""The sheet of an establishment: its identity, its moves, and what only the State holds of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import SourceFreshness
from signaux_faibles.snapshot.served.activity import Activity, activities_of_codes
from signaux_faibles.snapshot.served.company import Company, company_of
from signaux_faibles.snapshot.served.establishments import (
    Establishment,
    Succession,
    establishment_headcounts_of,
    establishment_of,
    successions_of,
)
from signaux_faibles.snapshot.served.lists import ListEntry, PublishedList, entry, published_lists
from signaux_faibles.snapshot.served.place import CompanyOrSite
from signaux_faibles.snapshot.served.plans import PaymentPlan, plans_of
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.consultation.company_sheet import SHOWN_SOURCES, shown_freshness
from signaux_faibles.web.consultation.debt_section import DebtSection
from signaux_faibles.web.consultation.perimeter_section import PerimeterSection
from signaux_faibles.web.consultation.procedures_section import ProceduresSection
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.consultation.state_timeline import StateTimeline, events_by_month
from signaux_faibles.web.consultation.zone_tie import ZoneTie, zone_tie
from signaux_faibles.web.rights.decide import ReadingVerdict, Reason
from signaux_faibles.web.rights.refusals import Refusal, refusals
from signaux_faibles.wording.french import completed_years

SHOWN_FAMILIES = (Family.URSSAF, Family.DGEFP, Family.DETECTION)
"""What the page of an establishment holds: of the detection, the level of its company; taxes are on the other page."""
OF_ESTABLISHMENTS = {
    Family.OPEN: frozenset({"sirene", "sirene_histo", "sirene_ul", "effectif", "procol", "bodacc"}),
    **{family: SHOWN_SOURCES[family] for family in SHOWN_FAMILIES if family in SHOWN_SOURCES},
}
"""The sources of what it shows, by family."""


@dataclass(frozen=True)
class AlertOfCompany:
    """The alert of the company in the latest published list, for an agent who may read it."""

    published: PublishedList
    entry: ListEntry

    @classmethod
    def read(cls, siren: str, *, snapshot: Snapshot, home: Home, decision: ReadingVerdict) -> AlertOfCompany | None:
        """Read it; None where the agent may not, or where the latest list does not have it in alert."""
        latest = next(iter(published_lists(home)), None) if decision.allowed else None
        in_list = entry(snapshot, latest, siren) if latest else None
        return cls(latest, in_list) if latest and in_list and in_list.level else None


@dataclass(frozen=True)
class EstablishmentSheet:
    """An establishment as an agent reads it.

    Attributes:
        as_of: the last day that the data describe.
        activities: those of its codes, in each nomenclature.
        alert: that of its company; None without one that the agent may read.
        came_from, went_to: the moves to it and from it, as headcounts or debts show them.
        plans: None where they are closed to the agent.
    """

    company: Company
    place: Establishment
    as_of: date
    activities: tuple[Activity, ...]
    alert: AlertOfCompany | None
    procedures: ProceduresSection
    came_from: tuple[Succession, ...]
    went_to: tuple[Succession, ...]
    refused: tuple[Refusal, ...]
    unlockable: tuple[Family, ...]
    unlocked: bool
    unlocked_until: date | None
    tie: ZoneTie
    timeline: StateTimeline
    debts: DebtSection
    plans: tuple[PaymentPlan, ...] | None
    exclusions: tuple[str, ...] | None
    freshness: tuple[SourceFreshness, ...]

    @property
    def age(self) -> str:
        """How old it is while it is open; empty for a closed one."""
        return completed_years(self.place.created, self.as_of) if self.place.active else ""

    @property
    def age_of_company(self) -> str:
        """How old an active company is; empty for a closed one."""
        return completed_years(self.company.created, self.as_of) if self.company.active else ""

    @classmethod
    def read(cls, siret: str, *, reader: Reader, snapshot: Snapshot, home: Home) -> EstablishmentSheet | None:
        """Read what `reader` may read of an establishment; None when the register does not hold it."""
        place, company = establishment_of(snapshot, siret), company_of(snapshot, siret[:9])
        if place is None or company is None:
            return None
        ask = reader.asking(company.siren, company.active_departments)
        exclusions = PerimeterSection.read(company.siren, snapshot).exclusions
        followed = company.active and not exclusions
        procedures = ProceduresSection.read(company.siren, snapshot=snapshot, followed=followed)
        here, events = CompanyOrSite(company.siren, siret), events_by_month(procedures.dated)
        headcounts = establishment_headcounts_of(snapshot, siret)
        timeline = StateTimeline.read(here, headcounts, snapshot=snapshot, ask=ask, events=events)
        moves, urssaf = successions_of(snapshot, siret), ask(Family.URSSAF)
        return cls(
            company=company,
            place=place,
            as_of=snapshot.manifest.as_of,
            activities=activities_of_codes(snapshot, place.activity, place.activity_2025),
            alert=AlertOfCompany.read(company.siren, snapshot=snapshot, home=home, decision=ask(Family.DETECTION)),
            procedures=procedures,
            came_from=tuple(one for one in moves if one.opened == siret),
            went_to=tuple(one for one in moves if one.closed == siret),
            refused=refusals(reader.agent, ask, SHOWN_FAMILIES),
            unlockable=reader.would_unlock(company.siren, company.active_departments),
            unlocked=any(ask(family).why is Reason.UNLOCKED for family in SHOWN_FAMILIES),
            unlocked_until=reader.ties(company.siren, company.active_departments).unlocked_until,
            tie=zone_tie(company, reader.agent.zone),
            timeline=timeline,
            debts=DebtSection(urssaf, snapshot.manifest.latest("debit"), timeline.debts, timeline.months[0]),
            plans=tuple(plans_of(snapshot, here)) if urssaf.allowed else None,
            exclusions=exclusions,
            freshness=shown_freshness(snapshot, ask, OF_ESTABLISHMENTS),
        )
