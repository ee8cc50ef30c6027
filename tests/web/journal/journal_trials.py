"""Many pages that record at the same moment: run as a program on one database, SQLite or PostgreSQL.

Prints a JSON object: the entries, the problems that verification finds, and whether a purge and the triggers work.
"""
# ruff: noqa: E402 (Django is set up before its models are imported)

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "signaux_faibles.web.settings"
django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

from signaux_faibles.web.journal.author import Author
from signaux_faibles.web.journal.kinds import EntryKind
from signaux_faibles.web.journal.models import Entry
from signaux_faibles.web.journal.purging import due_months, purge
from signaux_faibles.web.journal.verification import verify
from signaux_faibles.web.journal.writing import record

PAGES, THREADS = 60, 12
ODD = "q=l'\"\\\\ é\u202e\u20ac %s $1 \\x41"
"""Quotes, backslashes and signs of parameters: the database and Python must compute the same digest of them."""


def one(n: int) -> None:
    """Record a reading, half of them on either side of midnight at the end of a month."""
    now = datetime(2025, 9, 30, 23, 59, tzinfo=UTC) if n < PAGES // 2 else datetime(2025, 10, 1, tzinfo=UTC)
    try:
        record(EntryKind.READING, f"{n}", by=Author(f"agent{n}@dreets.example"), detail={"filters": ODD}, now=now)
    finally:
        connection.close()


def refused(statement: str) -> bool:
    """Whether the database refuses to change the journal."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return True
    return False


def main() -> None:
    """Record, verify, purge, verify again."""
    call_command("migrate", verbosity=0)
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(one, range(PAGES)))
    written, problems = Entry.objects.count(), verify(settings.SF_HOME).problems
    due = due_months(date(2026, 10, 1))
    for month in due:
        purge(month)
    left = Entry.objects.count()
    json.dump(
        {
            "written": written,
            "problems": [*problems, *verify(settings.SF_HOME).problems],
            "purged": written - left == sum(month.entries for month in due) > 0,
            "refused": [refused("UPDATE journal_entry SET account = ''"), refused("DELETE FROM journal_entry")],
        },
        sys.stdout,
    )


main()
