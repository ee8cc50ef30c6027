"""The sessions of Django, in the database, which fail as the database does; ending those of an account."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError
from django.utils import timezone

from signaux_faibles.web.database.fixed_query import FixedQuery

_LIVE = FixedQuery(
    lambda key, now: (
        db.SessionStore.get_model_class()
        .objects.filter(session_key=key, expire_date__gt=now)
        .values_list("session_data")
    ),
    "sample",
    datetime(2000, 1, 1, tzinfo=UTC),
)


class SessionStore(db.SessionStore):
    """Django's store, except that a database that does not answer is not taken for a session that was deleted."""

    def load(self) -> dict[str, Any]:
        """What the session holds, unless it is over; its row is read at each page."""
        rows = _LIVE.rows(self.session_key, timezone.now())
        if not rows:
            self._session_key = None
            return {}
        return self.decode(rows[0][0])

    def save(self, must_create: bool = False) -> None:
        """Write the session.

        Raises:
            UpdateError: the session was deleted during the request, by a sign-out elsewhere.
            DatabaseError: the database is full, busy or gone; Django's store would raise `UpdateError`.
        """
        try:
            super().save(must_create)
        except UpdateError as lost:
            failure = lost.__context__
            # Only an error of the driver has a cause; that of an update without a row is Django's own.
            if isinstance(failure, DatabaseError) and failure.__cause__ is not None:
                raise failure from failure.__cause__
            raise


def end_sessions(account: int, *, but: str | None = None) -> None:
    """End the sessions of an account, wherever they are open, except one: that of whoever asks for it."""
    opened = SessionStore.get_model_class().objects.filter(expire_date__gt=timezone.now()).exclude(session_key=but)
    for session in opened.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(account):
            session.delete()
