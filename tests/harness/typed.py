"""Commands as they are typed in a home, and what they say."""

from __future__ import annotations

from pathlib import Path

from click.testing import Result
from typer.testing import CliRunner

from signaux_faibles.cli.app import app


def sf(place: Path, *words: str) -> Result:
    """A command in the home of a place, which also holds deliveries."""
    deliveries = ["--deliveries", str(place / "deliveries")] if words[0] == "run" else []
    return CliRunner().invoke(app, [*words, *deliveries, "--home", str(place / "home")])


def refused(place: Path, *words: str) -> str:
    """What a command that is refused says, without any trace."""
    done = sf(place, *words)
    assert done.exit_code == 1, done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return _flat(done.stderr)


def works(place: Path, *words: str) -> str:
    """What a command that succeeds says."""
    done = sf(place, *words)
    assert done.exit_code == 0, done.output
    return _flat(done.output)


def _flat(text: str) -> str:
    return " ".join(text.split())
