"""Appending to the chain: the database makes the link, so that no page holds the last entry while it computes.

A page that read the last entry, computed its digest and wrote the next one held every other page meanwhile, and each
step waited for its turn on the processor: twenty agents on PostgreSQL waited 33 ms a page for the last entry.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from signaux_faibles.web.journal.chain import Content, after_place
from signaux_faibles.web.journal.models import Entry, Head

_DIGESTS = {
    "postgresql": "encode(sha256(convert_to({text}, 'UTF8')), 'hex')",
    "sqlite": "SHA256({text})",  # a function that Django gives to SQLite
}
_LINKED = """'["' || digest || '",' || (sequence + 1) || ',' || %s"""
"""The text under a digest, as `digest_of` writes it."""
_MOVE = """
UPDATE {head} SET sequence = sequence + 1, previous = digest, digest = {digest} WHERE id = 1 AND segment = %s
RETURNING sequence, previous, digest
"""


def appended(content: Content) -> bool:
    """Write an entry after the last one, inside the transaction at hand if there is one.

    Returns:
        whether its month is open; nothing is written otherwise.
    """
    values = _values(content)
    names, places = ", ".join(values), ", ".join(["%s"] * len(values))
    insert = f"INSERT INTO {_table(Entry)} ({names}, sequence, previous, digest) SELECT {places}, "
    move = _MOVE.format(head=_table(Head), digest=_DIGESTS[connection.vendor].format(text=_LINKED))
    link_to = [after_place(content), content.segment]
    # PostgreSQL takes both statements as one: the last entry is held for as long as the server writes two rows.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            statement = f"WITH link AS ({move}) {insert} sequence, previous, digest FROM link"
            cursor.execute(statement, [*link_to, *values.values()])
            return bool(cursor.rowcount)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(move, link_to)
        link = cursor.fetchone()
        if link:
            cursor.execute(f"{insert} %s, %s, %s", [*values.values(), *link])
        return link is not None


def _values(content: Content) -> dict[str, Any]:
    """What an entry says, as the database takes it; its number comes with the link."""
    values = asdict(content) | {"at": connection.ops.adapt_datetimefield_value(content.at)}
    del values["sequence"]
    return values


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
