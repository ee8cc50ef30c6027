"""What an address asks of a list: its filters, its columns, its order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, QueryDict

from signaux_faibles.snapshot.archived.capacity import is_ordered
from signaux_faibles.snapshot.served.activity import naf_sections
from signaux_faibles.snapshot.served.lists import PublishedList, first_alerts_known, legal_forms
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.lists.alert_list import AskedList
from signaux_faibles.web.lists.columns import COLUMNS, ListColumn, chosen_columns, order_of
from signaux_faibles.web.lists.filters import FilterChoices, ListFilters
from signaux_faibles.web.rights.decide import ReadingVerdict, decide_family


@dataclass(frozen=True)
class SortHeader:
    """The head of a column: the order that its link asks for, and the one shown now, in the words of `aria-sort`."""

    column: ListColumn
    readable: bool
    asks: str
    aria_sort: str


@dataclass(frozen=True)
class Offered:
    """A column that can be chosen."""

    column: ListColumn
    chosen: bool
    readable: bool


@dataclass(frozen=True)
class Asking:
    """What an address asks of a list, read for one agent.

    Attributes:
        named: the columns that the address names, which the form of filters sends again.
        others: the rest of the address without its page, which the form of columns sends again.
    """

    filters: ListFilters
    asked: AskedList
    headers: tuple[SortHeader, ...]
    offered: tuple[Offered, ...]
    named: tuple[str, ...]
    others: tuple[tuple[str, str], ...]

    @classmethod
    def of(
        cls,
        query: QueryDict,
        published: PublishedList,
        lists: Sequence[PublishedList],
        *,
        reader: Reader,
        snapshot: Snapshot,
    ) -> Asking:
        """Read an address."""

        def ask(family: Family) -> ReadingVerdict:
            return decide_family(reader.agent, family, reader.today)

        first_alerts = first_alerts_known(snapshot, published)
        choices = FilterChoices(
            naf_sections(snapshot), legal_forms(snapshot), first_alerts, published.month, is_ordered(published)
        )
        filters = ListFilters(query, reader=reader, choices=choices, ask=ask)
        named = query.getlist("columns")
        usual = chosen_columns(named, reader.agent.administration)
        columns = tuple(one for one in usual if named or ask(one.family).allowed)
        order = order_of(query.get("sort", ""), lambda family: ask(family).allowed)
        directions = {order.column.name: order.descending} if order.column else {}
        headers = tuple(
            SortHeader(
                column,
                ask(column.family).allowed,
                _next(column, directions.get(column.name)),
                _aria(column, directions),
            )
            for column in columns
        )
        offered = tuple(Offered(one, one in columns, ask(one.family).allowed) for one in COLUMNS.values())
        asked = AskedList(published, lists, filters.criteria(), order, columns)
        return cls(filters, asked, headers, offered, tuple(one.name for one in columns if named), _others(query))


def numbered(lists: list[PublishedList], number: int) -> PublishedList:
    """The published list of a number.

    Raises:
        Http404: none has it.
    """
    chosen = next((one for one in lists if one.number == number), None)
    if chosen is None:
        raise Http404("Cette liste n'est pas publiée.")
    return chosen


def _next(column: ListColumn, descending: bool | None) -> str:
    """The order that a click asks for: that of a first click, then the other way."""
    largest_first = column.largest_first if descending is None else not descending
    return ("-" if largest_first else "") + column.name


def _aria(column: ListColumn, descending: dict[str, bool]) -> str:
    if column.name not in descending:
        return ""
    return "descending" if descending[column.name] else "ascending"


def _others(query: QueryDict) -> tuple[tuple[str, str], ...]:
    left_out = ("columns", "page")
    return tuple((name, value) for name in query if name not in left_out for value in query.getlist(name) if value)
