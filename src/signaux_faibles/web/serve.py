"""Serve the application: check the files of the pages, bring the database up to date, start gunicorn."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.shelf import NoSnapshot, Shelf
from signaux_faibles.web.environment import SECRET_KEY_FILE, Environment
from signaux_faibles.web.safety import unsafe_settings

THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
VENDOR = Path(__file__).parent / "static" / "vendor"
NEEDED = ("accessible-autocomplete.min.js", "htmx.min.js", "sortable.min.js")


class CannotServe(Exception):
    """The application cannot be served as asked; the message says how to fix it."""


def serve(home: Home, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve the application of a home folder until it is stopped; this process becomes the server.

    Args:
        home: folder of the chain; receives the application database and the secret key.
        host: address to listen on; other machines are served only behind HTTPS (`SF_HTTPS`).
        port: port to listen on.

    Raises:
        CannotServe: a file of the pages is missing, pages would cross the network unencrypted, or nothing was ever
            published in this folder; nothing has been written then.
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
        Shelf(home).current_id()
    except NoSnapshot:
        raise CannotServe(
            f"Rien n'a été publié dans « {home.root} » : vérifiez ce dossier, ou publiez-y un lot par « sf run LOT »."
        ) from None


def ensure_secret_key(home: Home) -> None:
    """Write a secret key in the home folder, readable by its owner only, unless there is one already."""
    file = home.root / SECRET_KEY_FILE
    if Environment().secret_key or file.exists():
        return
    home.root.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as key:
        key.write(secrets.token_urlsafe(50))


def open_database(home: Home) -> None:
    """Set up Django on a home folder, and bring its application database up to date."""
    import django
    from django.core.management import call_command

    os.environ["SF_HOME"] = str(home.root.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "signaux_faibles.web.settings")
    ensure_secret_key(home)
    home.journal.mkdir(exist_ok=True)  # empty until a month is sealed, and saved with the rest from the first day
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
