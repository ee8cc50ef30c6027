"""Opening the application database of a home: brought up to date, unless it is damaged, gone or of a later version."""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.loader import MigrationLoader

from signaux_faibles.home.home import Home
from signaux_faibles.relations.files import write_text

MARKER = "application_database"
"""The file of a home that says which database was once opened in it, so that an empty one does not take its place."""


class DatabaseRefused(Exception):
    """The database is not to be gone on with; the message says why and what to do."""


def bring_up_to_date(home: Home) -> None:
    """Create or migrate the tables.

    Raises:
        DatabaseRefused: it does not answer, is damaged, is gone or emptied, or a later version wrote it; nothing is
            written, unless a migration fails.
    """
    name = connection.settings_dict["NAME"]
    try:
        refusal = _other_database(home)
        if refusal is None:
            call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as failure:  # busy, read-only, full, stopped: not a reason to put an old copy over it
        raise DatabaseRefused(
            f"La base de l'application ({name}) ne répond pas : {failure}. Vérifiez le service de base de données, le "
            "disque et vos droits, puis relancez. Voir docs/recovery.md."
        ) from failure
    except DatabaseError as failure:
        raise DatabaseRefused(
            f"La base de l'application ({name}) est abîmée, ou n'a pas pu être mise à niveau : {failure}. Rangez-la à "
            "part et restaurez-la de votre sauvegarde, voir docs/recovery.md."
        ) from failure
    if refusal:
        raise DatabaseRefused(f"{refusal} Voir docs/recovery.md.")
    write_text(home.root / MARKER, _identity(home))


def _other_database(home: Home) -> str | None:
    """Why a database is not the one to go on with: it was emptied, or a later version wrote it; None when it is."""
    name, marker = connection.settings_dict["NAME"], home.root / MARKER
    # A connection would make the file that is gone.
    absent = connection.vendor == "sqlite" and not str(name).startswith("file:") and not Path(name).exists()
    loader = MigrationLoader(None if absent else connection)
    if absent or not loader.applied_migrations:
        if not marker.exists() or marker.read_text(encoding="utf-8", errors="replace") != _identity(home):
            return None
        return (
            f"La base de l'application ({name}) manque ou est vide, alors qu'elle a déjà servi : comptes et "
            "accompagnements y étaient. Restaurez-la de votre sauvegarde. Pour commencer une base vide, retirez "
            f"{marker}."
        )
    last: dict[str, str] = {}
    for application, migration in sorted(loader.disk_migrations):
        last[application] = migration
    # An application that this version lacks is of a later one, as long as none is removed.
    later = [one for one in loader.applied_migrations if one[1] > last.get(one[0], "")]
    if later:
        return (
            f"La base de l'application ({name}) a été écrite par une version plus récente ({'.'.join(min(later))}), et "
            "ne revient jamais en arrière : reprenez cette version, ou restaurez la base d'avant."
        )
    return None


def _identity(home: Home) -> str:
    """Which database is opened: its engine, its host and its name; a file of the home stays the same if it moves."""
    name = str(connection.settings_dict["NAME"])
    if Path(name).is_relative_to(home.root.resolve()):
        name = str(Path(name).relative_to(home.root.resolve()))
    return f"{connection.vendor} {connection.settings_dict['HOST']} {name}\n"
