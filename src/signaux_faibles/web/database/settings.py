"""Where the application writes: SQLite in the home folder, or PostgreSQL where the installation names one."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PATIENCE = 5
"""Seconds that a page waits for the database before it answers that it is not available: a wait holds a thread."""
LONGEST_QUERY = 30
"""Seconds that PostgreSQL gives a query; ours take milliseconds."""
KEPT = 60
"""Seconds that a thread keeps its connection: opening SQLite reads the schema and prepares every statement again."""


def database(url: str, file: Path) -> dict[str, Any]:
    """The database of Django's settings.

    Args:
        url: `postgresql://user:password@host:port/name?sslmode=require`, or empty for SQLite. What it leaves out is
            read by the driver from the usual places (`PGPASSFILE`, `PGSERVICEFILE`).
        file: the SQLite file.

    Raises:
        ValueError: the address names no PostgreSQL database; the message is a French sentence.
    """
    return _postgresql(url) if url else _sqlite(file)


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": KEPT,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": PATIENCE,
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    name = parts.path.removeprefix("/")
    if parts.scheme not in ("postgresql", "postgres") or not name:
        raise ValueError("SF_DATABASE_URL : adresse attendue de la forme postgresql://compte@machine:5432/base.")
    limits = f"-c lock_timeout={PATIENCE}s -c statement_timeout={LONGEST_QUERY}s"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(name),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": KEPT,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": PATIENCE, "options": limits, **dict(parse_qsl(parts.query))},
    }
