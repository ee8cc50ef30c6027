"""Triggers that refuse to change or delete the rows of a table, on SQLite and on PostgreSQL.

The models refuse already; the triggers hold whatever else writes to the database. On SQLite a later migration that
alters such a table copies it, and loses them: it ends with `append_only` again.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import RunPython

REFUSAL = "les lignes de cette table ne changent plus"
ACTS = ("UPDATE", "DELETE")
_CREATE = {
    "sqlite": (
        f"CREATE TRIGGER {{table}}_no_{{act}} BEFORE {{act}} ON {{table}} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
        "CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
    ),
}
_DROP = {"sqlite": "DROP TRIGGER {table}_no_{act}", "postgresql": "DROP TRIGGER {table}_no_{act} ON {table}"}


def append_only(*tables: str) -> RunPython:
    """The step of a migration that makes tables append-only."""
    return RunPython(
        lambda _apps, editor: protect(editor.connection, *tables),
        lambda _apps, editor: free(editor.connection, *tables),
    )


def protect(connection: BaseDatabaseWrapper, *tables: str) -> None:
    """Refuse from now on to change or delete a row of the tables."""
    _execute(connection, _CREATE[connection.vendor], tables)


def free(connection: BaseDatabaseWrapper, *tables: str) -> None:
    """Drop what `protect` made, as a migration that goes back does."""
    _execute(connection, (_DROP[connection.vendor],), tables)


def _execute(connection: Any, statements: tuple[str, ...], tables: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            for act in ACTS:
                for statement in statements:
                    cursor.execute(statement.format(table=table, act=act))
