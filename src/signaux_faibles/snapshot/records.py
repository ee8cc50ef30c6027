"""What a page receives from a snapshot: typed rows, amounts in euros, None for what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Company:
    """The identity of a company (import-chain §8.11); `name` and `address` are None when INSEE masks them."""

    siren: str
    name: str | None
    legal_form: str | None
    activity_code: str | None
    activity: str | None
    section: str | None
    departement: str | None
    departement_label: str | None
    head_office: str | None
    created: date | None
    active: bool
    address: str | None
    establishments: tuple[DepartmentEstablishments, ...]

    @property
    def active_departments(self) -> frozenset[str]:
        """The departments of its active establishments: what ties it to a zone (DESIGN §6)."""
        return frozenset(place.departement for place in self.active_establishments)

    @property
    def active_establishments(self) -> tuple[DepartmentEstablishments, ...]:
        """The departments where it has active establishments, the most first."""
        return tuple(place for place in self.establishments if place.active)


@dataclass(frozen=True)
class DepartmentEstablishments:
    """How many establishments a company has in a department."""

    departement: str
    label: str | None
    active: int
    closed: int


@dataclass(frozen=True)
class CompanyCard:
    """A company as a result of search shows it."""

    siren: str
    name: str | None
    departement: str | None
    departement_label: str | None
    activity: str | None
    active: bool
    headcount: int | None
    procedure: str | None
    active_departments: frozenset[str]


@dataclass(frozen=True)
class Headcount:
    """The headcount of a company at a month."""

    month: date
    effectif: int


@dataclass(frozen=True)
class DebtMonth:
    """The social debt of a company, all establishments, on the 20th of a month, in euros (import-chain §8.3)."""

    month: date
    part_ouvriere: Decimal
    part_patronale: Decimal
    oldest_unpaid: date | None
    new_debt: Decimal
    repaid: Decimal


@dataclass(frozen=True)
class ProcedureEvent:
    """An event of a procédure collective, as Urssaf and BODACC tell it (import-chain §8.6, open-data §2.5).

    Attributes:
        on: the day of the judgment where BODACC tells it, else the day of effect of Urssaf.
        urssaf, judged: the day that each source gives; None where it is silent.
        published: the day of the notice of BODACC; notice: its number.
        opposed: what the other source tells instead, at most a month apart: kind and stage.
    """

    on: date
    action: str | None
    stage: str | None
    label: str | None
    urssaf: date | None
    judged: date | None
    published: date | None
    notice: str | None
    opposed: tuple[str, str] | None

    @property
    def ends(self) -> bool:
        """Whether the event is the end of its procedure: its label then tells the state after it, In bonis."""
        return self.stage == "fin_procedure"

    @property
    def joins(self) -> bool:
        """Whether the procedure goes on within another one: its label would read as if it were opened that day."""
        return self.stage == "inclusion_autre_procedure"


@dataclass(frozen=True)
class PerimeterAnswer:
    """What one rule of the perimeter says of a company."""

    kept: bool
    rule: str
    detail: str
