"""The establishments of a company, by page: head office first, with headcount and, where it may be read, debt."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from signaux_faibles.snapshot.served.company import Company
from signaux_faibles.snapshot.served.establishments import Establishment, establishments_of
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.rights.decide import ReadingVerdict

PAGE_SIZE = 10


@dataclass(frozen=True)
class EstablishmentsSection:
    """A page of establishments.

    Attributes:
        decision: whether the agent may read their debts.
        paging: the page among the others; its objects are ranks.
    """

    decision: ReadingVerdict
    rows: tuple[Establishment, ...]
    active: int
    paging: Page[int]

    @property
    def total(self) -> int:
        """How many establishments the register knows, closed ones included."""
        return self.paging.paginator.count

    @classmethod
    def read(
        cls, company: Company, *, snapshot: Snapshot, decision: ReadingVerdict, page: str | None
    ) -> EstablishmentsSection:
        """Read a page of the establishments of a company."""
        paging = Paginator(range(company.establishment_count), PAGE_SIZE).get_page(page)
        first = (paging.number - 1) * PAGE_SIZE
        rows = establishments_of(snapshot, company.siren, first, PAGE_SIZE) if company.establishment_count else []
        return cls(decision, tuple(rows), company.active_count, paging)
