"""Writing the journal: in a transaction of its own, before what it records is sent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from signaux_faibles.home.home import Home
from signaux_faibles.relations.files import write_text
from signaux_faibles.sources.families import Family
from signaux_faibles.web.journal.appending import appended
from signaux_faibles.web.journal.author import Author
from signaux_faibles.web.journal.chain import Content, canonical
from signaux_faibles.web.journal.kinds import EntryKind
from signaux_faibles.web.journal.models import Entry, Head, Seal


class JournalRefused(Exception):
    """The journal cannot be written, so that what it records must not happen; the message is a French sentence."""


def record(
    kind: EntryKind,
    subject: str,
    *,
    by: Author,
    families: Iterable[Family] = (),
    detail: Mapping[str, object] | None = None,
    now: datetime | None = None,
) -> None:
    """Write an entry after the last one; inside a transaction, it is written with it or not at all.

    Args:
        by: who reads or acts; their purpose joins the detail.
        now: the moment of the entry, that of the clock by default.
    Raises:
        JournalRefused: the month that is over cannot be sealed.
        DatabaseError: the database refuses; the page then answers 503.
    """
    at = (now or timezone.now()).astimezone(UTC)
    content = Content(
        0,
        f"{at:%Y-%m}",
        at,
        kind.name,
        by.account,
        by.administration,
        subject,
        " ".join(sorted(family.value for family in families)),
        canonical({**(detail or {}), **by.said}),
    )
    if not appended(content):
        with transaction.atomic():
            appended(replace(content, segment=_open_month(content.segment)))


def _open_month(month: str) -> str:
    """The month where entries go from now on, once the one before is sealed; held until the transaction ends."""
    Head.objects.get_or_create(pk=1)
    head = Head.objects.select_for_update().get(pk=1)
    if month <= head.segment:
        return head.segment  # a clock that goes back opens no sealed month
    if head.segment:
        _seal(head, settings.SF_HOME)
    Head.objects.update(segment=month)
    return month


def _seal(head: Head, home: Home) -> None:
    """Seal the month of the last entry: a row, and a file outside the database.

    The file of an act that was undone stays. Entries written since, by pages that asked before the month was over, come
    after those that it seals.
    """
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
        if file.exists() and not _seals_part(file.read_text(encoding="utf-8"), seal):
            raise JournalRefused(
                f"{file} scelle d’autres entrées que celles de la base : voir docs/deployment.md, Backup and restore."
            )
        write_text(file, text)
    except OSError as error:
        raise JournalRefused(
            f"Le mois {head.segment} du journal ne peut pas être scellé dans {file} : {error}"
        ) from error
    seal.save()


def _seals_part(text: str, seal: Seal) -> bool:
    """Whether a file seals the entries of a seal, or the first of them."""
    entries = Entry.objects.filter(segment=seal.segment).values_list("sequence", "digest")
    part = partial(Seal, segment=seal.segment, first=seal.first, previous=seal.previous)
    return any(seal_text(part(last=last, digest=digest)) == text for last, digest in entries.iterator())


def seal_text(seal: Seal) -> str:
    """What the file of a sealed month holds; a backup of the database does not replace it."""
    names = ("segment", "first", "last", "previous", "digest")
    return json.dumps({name: getattr(seal, name) for name in names}, indent=1) + "\n"
