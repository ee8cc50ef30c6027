"""Where a company stands in the list that its page was opened from: before, after, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import QueryDict
from django.shortcuts import resolve_url
from django.utils.http import urlencode

from signaux_faibles.snapshot.served.lists import PublishedList, published_lists
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.lists.alert_list import PAGE_SIZE
from signaux_faibles.web.lists.asking import Asking

LIST, FILTERS = "liste", "filtres"
"""What the address of a company says of the list that led to it: its number, and the query of its filters."""


@dataclass(frozen=True)
class Neighbours:
    """A company among those that the filters keep.

    Attributes:
        position: from one; None when the filters no longer keep it.
        before, after: the addresses of its neighbours; empty at the ends.
        back: the address of its row in the list, or of the next that they keep where they no longer keep it.
        query: that of this page.
    """

    label: str
    position: int | None
    total: int
    before: str
    after: str
    back: str
    query: str

    @classmethod
    def read(cls, query: QueryDict, siren: str, *, reader: Reader, snapshot: Snapshot) -> Neighbours | None:
        """Read the list again; None when the address names none, or when the agent does not read the company in it."""
        lists = published_lists(settings.SF_HOME)
        published = next((one for one in lists if str(one.number) == query.get(LIST)), None)
        if published is None:
            return None
        filters = QueryDict(query.get(FILTERS, ""))
        asked = Asking.of(filters, published, lists, reader=reader, snapshot=snapshot).asked
        every = asked.in_order(reader, snapshot)
        candidates = asked.selected(every, snapshot).candidates
        sirens = every.sirens
        if siren not in sirens:
            return None
        keeps = set(candidates.sirens)
        here = sirens.index(siren)
        before = [one for one in sirens[:here] if one in keeps]
        after = [one for one in sirens[here + 1 :] if one in keeps]
        carried = company_query(published, filters)
        return cls(
            published.label,
            len(before) + 1 if siren in keeps else None,
            len(candidates),
            _page(before[-1], carried) if before else "",
            _page(after[0], carried) if after else "",
            _back(published, filters, [*before, *([siren] if siren in keeps else []), *after], len(before)),
            carried,
        )


def company_query(published: PublishedList, filters: QueryDict) -> str:
    """What the address of a company carries of a list."""
    parameters = filters.copy()
    parameters.pop("page", None)
    return urlencode([(LIST, str(published.number)), (FILTERS, parameters.urlencode())])


def _page(siren: str, carried: str) -> str:
    return f"{resolve_url('company', siren)}?{carried}"


def _back(published: PublishedList, filters: QueryDict, sirens: Sequence[str], place: int) -> str:
    """The address of a place among the rows that the filters keep, or of the last one where they are fewer."""
    query, place = filters.copy(), min(place, len(sirens) - 1)
    query["page"] = str(max(place, 0) // PAGE_SIZE + 1)
    row = f"#e-{sirens[place]}" if sirens else ""
    return f"{resolve_url('alert_list', published.number)}?{query.urlencode()}{row}"
