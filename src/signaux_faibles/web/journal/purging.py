"""Deleting the months of the journal that are older than their term, whole, and keeping their seals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from signaux_faibles.relations.months import index_of
from signaux_faibles.web.append_only_triggers import free, protect
from signaux_faibles.web.journal.models import Entry, Purge, Seal
from signaux_faibles.web.journal.verification import sealed_problems
from signaux_faibles.web.journal.writing import JournalRefused

KEPT_MONTHS = 12
"""Whole months that the journal is kept after the one in which it was written."""
TABLE = "journal_entry"


@dataclass(frozen=True)
class PurgeableMonth:
    """A sealed month whose term is over, and its number of entries."""

    segment: str
    entries: int


def due_months(today: date, months: int = KEPT_MONTHS) -> list[PurgeableMonth]:
    """The sealed months that can be purged today, oldest first."""
    purged = set(Purge.objects.values_list("segment", flat=True))
    return [
        PurgeableMonth(seal.segment, seal.last - seal.first + 1)
        for seal in Seal.objects.order_by("segment")
        if seal.segment not in purged and index_of(today) - index_of(_first_day(seal.segment)) > months
    ]


@transaction.atomic
def purge(due: PurgeableMonth) -> None:
    """Delete the entries of a month, once they are known to be those that were sealed.

    Raises:
        JournalRefused: they are not; they stay, because they are evidence.
    """
    seal = Seal.objects.get(segment=due.segment)
    problems = list(sealed_problems(seal, purged=False))
    if problems:
        raise JournalRefused(f"Rien n’est purgé. {' '.join(problems)}")
    Purge(segment=due.segment, entries=due.entries).save()
    free(connection, TABLE)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE segment = %s", [due.segment])
    protect(connection, TABLE)
    if Entry.objects.filter(segment=due.segment).exists():
        raise JournalRefused(f"{due.segment} : des entrées restent après la purge.")


def _first_day(segment: str) -> date:
    return date.fromisoformat(f"{segment}-01")
