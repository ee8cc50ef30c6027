"""Writing the journal: in a transaction of its own, before what it records is sent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from signaux_faibles.home.home import Home
from signaux_faibles.relations.files import write_text
from signaux_faibles.sources.families import Family
from signaux_faibles.web.database.fixed_query import FixedQuery
from signaux_faibles.web.journal.author import Author
from signaux_faibles.web.journal.chain import Content, canonical, digest_of
from signaux_faibles.web.journal.kinds import EntryKind
from signaux_faibles.web.journal.models import Entry, Head, Seal

_HELD = FixedQuery(
    lambda number: (
        Head.objects.select_for_update().filter(pk=number).values_list("pk", "sequence", "segment", "digest")
    ),
    10**9,
)


class JournalRefused(Exception):
    """The journal cannot be written, so that what it records must not happen; the message is a French sentence."""


@transaction.atomic
def record(
    kind: EntryKind,
    subject: str,
    *,
    by: Author,
    families: Iterable[Family] = (),
    detail: Mapping[str, object] | None = None,
    now: datetime | None = None,
) -> Entry:
    """Write an entry after the last one; inside a transaction, it is written with it or not at all.

    Args:
        by: who reads or acts; their purpose joins the detail.
        now: the moment of the entry, that of the clock by default.
    Raises:
        JournalRefused: the month that is over cannot be sealed.
        DatabaseError: the database refuses; the page then answers 503.
    """
    head, at = _held_head(), (now or timezone.now()).astimezone(UTC)
    segment = max(f"{at:%Y-%m}", head.segment)  # a clock that goes back opens no sealed month
    if head.segment and segment != head.segment:
        _seal(head, settings.SF_HOME)
    content = Content(
        head.sequence + 1,
        segment,
        at,
        kind.name,
        by.account,
        by.administration,
        subject,
        " ".join(sorted(family.value for family in families)),
        canonical({**(detail or {}), **by.said}),
    )
    digest = digest_of(head.digest, content)
    entry = Entry(**vars(content), previous=head.digest, digest=digest)
    entry.save()
    with connection.cursor() as cursor:
        cursor.execute(_moved(), [content.sequence, segment, digest])
    return entry


def _held_head() -> Head:
    """The last entry, held until the transaction ends, so that two entries never follow the same one."""
    rows = _HELD.rows(1)
    if not rows:
        Head.objects.get_or_create(pk=1)
        rows = _HELD.rows(1)
    number, sequence, segment, digest = rows[0]
    return Head(pk=number, sequence=sequence, segment=segment, digest=digest)


@cache
def _moved() -> str:
    """The SQL that moves the head to the entry just written."""
    table = connection.ops.quote_name(Head._meta.db_table)
    return f"UPDATE {table} SET sequence = %s, segment = %s, digest = %s WHERE id = 1"


def _seal(head: Head, home: Home) -> None:
    """Seal the month of the last entry: a row, and a file outside the database."""
    entries = Entry.objects.filter(segment=head.segment).order_by("sequence")
    opening = entries.first()
    if opening is None:
        raise JournalRefused(f"Le journal de {head.segment} est vide, et son dernier numéro est {head.sequence}.")
    seal = Seal(
        segment=head.segment, first=opening.sequence, last=head.sequence, previous=opening.previous, digest=head.digest
    )
    text = seal_text(seal)
    file = home.journal / f"{head.segment}.json"
    try:
        file.parent.mkdir(exist_ok=True)
        if file.exists() and file.read_text(encoding="utf-8") != text:
            raise JournalRefused(
                f"{file} scelle d’autres entrées que celles de la base : voir docs/deployment.md, Backup and restore."
            )
        write_text(file, text)
    except OSError as error:
        raise JournalRefused(
            f"Le mois {head.segment} du journal ne peut pas être scellé dans {file} : {error}"
        ) from error
    seal.save()


def seal_text(seal: Seal) -> str:
    """What the file of a sealed month holds; a backup of the database does not replace it."""
    names = ("segment", "first", "last", "previous", "digest")
    return json.dumps({name: getattr(seal, name) for name in names}, indent=1) + "\n"
