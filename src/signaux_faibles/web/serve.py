"""Serve the application: check the files of the pages, bring the database up to date, start gunicorn."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

from signaux_faibles.home.home import Home
from signaux_faibles.relations.files import whole_file
from signaux_faibles.snapshot.shelf import DamagedSnapshot, NoSnapshot, Shelf
from signaux_faibles.web.environment import SEAL_KEY_FILE, SECRET_KEY_FILE, Environment
from signaux_faibles.web.safety import unsafe_settings

THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
VENDOR = Path(__file__).parent / "static" / "vendor"
NEEDED = ("accessible-autocomplete.min.js", "htmx.min.js", "sortable.min.js")


class CannotServe(Exception):
    """The application cannot be served as asked; the message says how to fix it."""


def serve(home: Home, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve the application of a home folder until it is stopped; this process becomes the server.

    Args:
        home: folder of the chain; receives the application database and its keys.
        host: address to listen on; other machines are served only behind HTTPS (`SF_HTTPS`).
        port: port to listen on.

    Raises:
        CannotServe: a file of the pages is missing, pages would cross the network unencrypted, nothing was ever
            published in this folder, or what is published is damaged: nothing has been written then; or the
            application database is not to be gone on with (`open_database`).
    """
    check_can_serve(home, host)
    open_database(home)
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    settings = ["--config", "python:signaux_faibles.web.server_settings", "--no-control-socket", "--bind", address]
    gunicorn = [sys.executable, "-m", "gunicorn", "signaux_faibles.web.wsgi", *settings]
    os.execv(sys.executable, gunicorn)  # noqa: S606 (our own interpreter, no shell)


def check_can_serve(home: Home, host: str) -> None:
    """Refuse what would fail later or be unsafe, as `serve` documents."""
    missing = [name for name in NEEDED if not (VENDOR / name).exists()]
    if missing:
        raise CannotServe(f"Fichiers de pages absents : {', '.join(missing)}. Lancez « make assets ».")
    environment = Environment(home=home.root)
    if host not in THIS_MACHINE and not environment.https:
        raise CannotServe(
            f"Refus de servir en clair sur {host} : placez l'application derrière un mandataire HTTPS qui pose "
            "X-Forwarded-Proto, et dites-le par SF_HTTPS=true."
        )
    if refusal := unsafe_settings(environment):
        raise CannotServe(refusal)
    try:
        with Shelf(home).pinned():
            pass
    except DamagedSnapshot as error:
        raise CannotServe(str(error)) from error
    except NoSnapshot:
        raise CannotServe(
            f"Rien n'a été publié dans « {home.root} » : vérifiez ce dossier, ou publiez-y un lot par « sf run LOT »."
        ) from None


def ensure_keys(home: Home) -> None:
    """Write the keys that an installation has not set, in its home folder, each readable by its owner only."""
    environment = Environment(home=home.root)
    if not environment.secret_key:
        _write_key(home.root / SECRET_KEY_FILE)
    if not environment.seal_key:
        _write_key(home.root / SEAL_KEY_FILE)


def new_key() -> str:
    """A key drawn at random, that nobody guesses."""
    return secrets.token_urlsafe(50)


def write_keys(file: Path, keys: Sequence[str]) -> None:
    """Write keys in a file that only its owner reads, whole or not at all; the first comes first."""
    with whole_file(file) as draft:
        draft.touch(mode=0o600, exist_ok=False)
        draft.write_text("\n".join(keys), encoding="utf-8")


def _write_key(file: Path) -> None:
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)  # of two that start, one makes the key
    with os.fdopen(descriptor, "w", encoding="utf-8") as key:
        key.write(new_key())


def open_database(home: Home) -> None:
    """Set up Django on a home folder, and bring its application database up to date.

    Raises:
        CannotServe: the database is damaged, does not answer, is gone, or is of a later version.
    """
    import django

    os.environ["SF_HOME"] = str(home.root.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "signaux_faibles.web.settings")
    ensure_keys(home)
    home.journal.mkdir(exist_ok=True)  # empty until a month is sealed, and saved with the rest from the first day
    django.setup()
    from signaux_faibles.web.database.opening import DatabaseRefused, bring_up_to_date

    try:
        bring_up_to_date(home)
    except DatabaseRefused as refused:
        raise CannotServe(str(refused)) from refused
