"""The sessions of Django, in the database, which fail as the database does."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError


class SessionStore(db.SessionStore):
    """Django's store, except that a database that does not answer is not taken for a session that was deleted."""

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
