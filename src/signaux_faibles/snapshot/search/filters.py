"""What restricts a search, and which companies it puts first; all of it is public data."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from signaux_faibles.snapshot.search import facets
from signaux_faibles.snapshot.search.expressions import place_facets
from signaux_faibles.snapshot.search.facets import CompanyState, HeadcountBand, Procedure, any_of
from signaux_faibles.snapshot.search.places import Place


@dataclass(frozen=True)
class SearchFilters:
    """The filters of a search; an empty one keeps everything.

    Attributes:
        places: sets of places; the company has an active establishment or its head office in a place of each set.
        sirens: the only companies kept, None for all: the caller may read what it chose them by.
    """

    places: tuple[tuple[Place, ...], ...] = ()
    sizes: frozenset[HeadcountBand] = frozenset()
    sections: frozenset[str] = frozenset()
    state: CompanyState | None = None
    procedures: frozenset[Procedure] = frozenset()
    sirens: Collection[str] | None = None

    @property
    def expression(self) -> str:
        """The part of a query that the filters add; empty without any."""
        parts = (
            *map(place_facets, self.places),
            any_of(facets.size(one) for one in self.sizes),
            any_of(facets.section(one) for one in self.sections),
            any_of([facets.state(self.state)] if self.state else []),
            any_of(facets.procedure(one) for one in self.procedures),
        )
        return " AND ".join(part for part in parts if part)

    @property
    def any(self) -> bool:
        """Whether there is one."""
        return bool(self.expression) or self.sirens is not None


def zone_expression(zone: Collection[str]) -> str:
    """The part of a query that companies of a zone satisfy."""
    return any_of(facets.zone(zone))
