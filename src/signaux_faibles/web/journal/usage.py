"""Statistics of use, from the journal: what sessions were for, by month and administration; no company, no name."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from signaux_faibles.web.journal.kinds import EntryKind
from signaux_faibles.web.journal.models import Entry, SuggestionCount

COUNTED = (EntryKind.PURPOSE, EntryKind.READING, EntryKind.EXPORT, EntryKind.UNLOCK)
CHUNK = 2_000


class Asker(NamedTuple):
    """Whose suggestions are counted together; those of one account never are."""

    segment: str
    administration: str
    purpose: str


@dataclass
class Use:
    """What the agents of an administration did in a month, for a purpose.

    Attributes:
        entries: number of entries of each kind; those of `EntryKind.PURPOSE` are the times that it was stated.
        accounts: the addresses of those who did it, to be counted and not shown.
        suggestions: asked for while typing, to the nearest fifty of each process of the server.
    """

    entries: Counter[EntryKind] = field(default_factory=Counter)
    accounts: set[str] = field(default_factory=set)
    suggestions: int = 0


def use_by_purpose(month: str = "") -> dict[tuple[str, str, str], Use]:
    """The use of the application by month, administration and purpose, in this order.

    Args:
        month: the only one that is wanted, as `2026-11`.
    Returns:
        keys: month, name in `Administration`, name in `Purpose`, empty for what was read before purposes were asked.
    """
    rows = Entry.objects.filter(kind__in=[kind.name for kind in COUNTED])
    rows = rows.filter(segment=month) if month else rows
    uses: dict[tuple[str, str, str], Use] = defaultdict(Use)
    columns = rows.values_list("segment", "administration", "kind", "account", "detail")
    for segment, administration, kind, account, detail in columns.iterator(CHUNK):
        use = uses[segment, administration, json.loads(detail).get("purpose", "")]
        use.entries[EntryKind[kind]] += 1
        use.accounts.add(account)
    asked = SuggestionCount.objects.filter(segment=month) if month else SuggestionCount.objects.all()
    for one in asked:
        uses[one.segment, one.administration, one.purpose].suggestions += one.times
    return dict(sorted(uses.items()))


@transaction.atomic
def add_suggestions(sums: Mapping[Asker, int]) -> None:
    """Add the suggestions that a process counted to those already kept."""
    for asker, times in sums.items():
        row, _ = SuggestionCount.objects.get_or_create(**asker._asdict())
        SuggestionCount.objects.filter(pk=row.pk).update(times=F("times") + times)
