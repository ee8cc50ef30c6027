"""`sf serve`: the application in a browser."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.cli.options import HomeOption, refusals_as_sentences, screen, warn_if_open
from signaux_faibles.fictitious.agents.export import BOARDS, CAMPAGNES, SEANCES, TABLES, USERS
from signaux_faibles.home.home import Home
from signaux_faibles.web.serve import CannotServe, check_can_serve, ensure_keys, serve

Port = Annotated[int, typer.Option(min=1, max=65535, help="Port écouté.")]


ACTS_OF_THE_DEMONSTRATION = ("demo_follow_ups", "demo_seances", "demo_campagne", "demo_letters")
"""What demonstration accounts do on the published list."""


def serve_application(
    home: HomeOption,
    host: Annotated[str, typer.Option(help="Adresse écoutée.")] = "127.0.0.1",
    port: Port = 8000,
) -> None:
    """Sert l'application sur les instantanés et les listes publiés d'un dossier de chaîne."""
    warn_if_open(Home(home))
    with refusals_as_sentences():
        start(Home(home), host, port)


def prepare_demonstration(home: Home, agents: Path, callers: Path) -> None:
    """Bring the application database of a home folder up to date, and give it the people of the demonstration.

    What agents of the invented country wrote in other applications is imported as usual; then the demonstration
    accounts act on the published list.

    Args:
        agents: the exports that the invented country wrote.
        callers: those of the month of the past lists, which hold the votes on them and the campagnes that followed.
    Raises:
        RunStopped: the published snapshot is not fictitious, or the application refused.
    """
    ensure_keys(home)
    application, commands = "signaux_faibles.web", "signaux_faibles.cli"
    _run(home, application, "migrate", "--verbosity", "0", "--no-input")
    _run(home, application, "demo_accounts")
    boards = sorted((agents / BOARDS).glob("*.json"))
    _run(home, commands, "import", "accounts", str(agents / USERS), "--apply")
    _run(home, commands, "import", "follow-ups", str(agents / TABLES), "--apply")
    if boards:
        _run(home, commands, "import", "wekan", *map(str, boards), "--apply")
    if (agents / SEANCES).exists():  # a country invented before this version has neither
        _run(home, commands, "import", "votes", str(callers / TABLES), "--apply")
        _run(home, commands, "import", "seances", str(agents / SEANCES), "--apply")
    if (callers / CAMPAGNES).exists():  # as above
        _run(home, commands, "import", "campagnes", str(callers / CAMPAGNES), "--apply")
    for command in ACTS_OF_THE_DEMONSTRATION:
        _run(home, application, command)


def _run(home: Home, module: str, *words: str) -> None:
    output = run_own(home, module, *words)
    if output:
        screen.print(output, markup=False)


def run_own(home: Home, module: str, *words: str, variables: Mapping[str, str | None] | None = None) -> str:
    """Run one of our commands on a home folder, in a process of its own; return what it printed.

    Args:
        variables: environment variables to set for it; None removes one.
    Raises:
        RunStopped: it failed; the sentence is its own.
    """
    changes: dict[str, str | None] = dict(variables or {}) | {"SF_HOME": str(home.root.resolve())}
    environment = {name: value for name, value in {**os.environ, **changes}.items() if value is not None}
    outcome = subprocess.run(  # noqa: S603 (our own interpreter, our own commands)
        [sys.executable, "-m", module, *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if outcome.returncode:
        raise RunStopped(outcome.stderr.strip() or f"La commande {words[0]} de l'application a échoué.")
    return outcome.stdout.strip()


def start(home: Home, host: str, port: int) -> None:
    """Serve until stopped; this process becomes the server.

    Raises:
        RunStopped: the application cannot be served as asked.
    """
    try:
        check_can_serve(home, host)
        screen.print(f"Application : http://{host}:{port}/  (Ctrl+C pour arrêter)")
        serve(home, host, port)
    except CannotServe as error:
        raise RunStopped(str(error)) from error
