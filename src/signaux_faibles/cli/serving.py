"""`sf serve`: the application in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.cli.options import HomeOption, said_in_a_sentence, screen
from signaux_faibles.web.serve import CannotServe, serve

Port = Annotated[int, typer.Option(min=1, max=65535, help="Port écouté.")]


def serve_application(
    home: HomeOption,
    host: Annotated[str, typer.Option(help="Adresse écoutée.")] = "127.0.0.1",
    port: Port = 8000,
) -> None:
    """Sert l'application sur les instantanés et les listes publiés d'un dossier de chaîne."""
    with said_in_a_sentence():
        start(home, host, port)


def start(home: Path, host: str, port: int) -> None:
    """Serve until stopped; this process becomes the server.

    Raises:
        RunStopped: the application cannot be served as asked.
    """
    screen.print(f"Application : http://{host}:{port}/  (Ctrl+C pour arrêter)")
    try:
        serve(home, host, port)
    except CannotServe as error:
        raise RunStopped(str(error)) from error
