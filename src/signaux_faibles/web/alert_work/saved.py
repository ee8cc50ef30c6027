"""The filters that agents keep under a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.alert_work.models import LONGEST_QUERY, Filtered, SavedFilter
from signaux_faibles.web.request import sent_number

MOST_FILTERS = 20
TOO_MANY = f"Vous gardez déjà {MOST_FILTERS} filtres : supprimez-en un."
TOO_LONG = "Ces filtres sont trop longs pour être gardés."


@dataclass(frozen=True)
class KeptFilter:
    """A filter of an agent: its key, its name, the query of its address."""

    key: int
    name: str
    query: str


def filters_of(account: Account, page: Filtered) -> Sequence[KeptFilter]:
    """The filters that an agent keeps of a page, by name."""
    rows = SavedFilter.objects.filter(account=account, of=page.name).order_by("name")
    return [KeptFilter(row.pk, row.name, row.query) for row in rows]


def save_filter(account: Account, page: Filtered, name: str, query: QueryDict) -> str:
    """Keep a query under a name, in place of the former one; why it is refused, empty when it is kept."""
    parameters = query.copy()
    parameters.pop("page", None)
    text = parameters.urlencode()
    if len(text) > LONGEST_QUERY:
        return TOO_LONG
    filters = SavedFilter.objects.filter(account=account, of=page.name)
    if not filters.filter(name=name).exists() and filters.count() >= MOST_FILTERS:
        return TOO_MANY
    SavedFilter.objects.update_or_create(account=account, of=page.name, name=name, defaults={"query": text})
    return ""


def delete_filter(account: Account, key: str) -> None:
    """Delete a filter of an agent, if it is theirs."""
    number = sent_number(key)
    if number is not None:
        SavedFilter.objects.filter(account=account, pk=number).delete()
