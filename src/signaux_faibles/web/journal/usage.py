"""Statistics of use, from the journal: what sessions were for, by month and administration; no company, no name."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from signaux_faibles.web.journal.kinds import Kind
from signaux_faibles.web.journal.models import Entry

COUNTED = (Kind.PURPOSE, Kind.READING, Kind.EXPORT, Kind.UNLOCK)
CHUNK = 2_000


@dataclass
class Use:
    """What the agents of an administration did in a month, for a purpose.

    Attributes:
        entries: number of entries of each kind; those of `Kind.PURPOSE` are the times that it was stated.
        accounts: the addresses of those who did it, to be counted and not shown.
    """

    entries: Counter[Kind] = field(default_factory=Counter)
    accounts: set[str] = field(default_factory=set)


def use_by_purpose(month: str = "") -> dict[tuple[str, str, str], Use]:
    """The use of the application by month, administration and purpose, in this order.

    Args:
        month: the only one that is wanted, as `2026-11`.
    Returns:
        keys: month, name in `Administration`, name in `Purpose`, empty for what was read before purposes were asked.
    """
    rows = Entry.objects.filter(kind__in=[kind.name for kind in COUNTED])
    rows = rows.filter(segment=month) if month else rows
    found: dict[tuple[str, str, str], Use] = defaultdict(Use)
    wanted = rows.values_list("segment", "administration", "kind", "account", "detail")
    for segment, administration, kind, account, detail in wanted.iterator(CHUNK):
        use = found[segment, administration, json.loads(detail).get("purpose", "")]
        use.entries[Kind[kind]] += 1
        use.accounts.add(account)
    return dict(sorted(found.items()))
