"""Where each thing is kept in the folder of a chain, `SF_HOME`."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

SERVING = "serving.duckdb"
REGISTER = "register.sqlite3"
COMPANIES = "companies.sqlite3"
READ_BY_PAGES = (SERVING, REGISTER, COMPANIES)


GROUP = "SF_GROUPE"
"""The environment variable that lets the group of the folder read it: 1, where several accounts run the service."""
OTHERS, GROUP_ONLY = 0o077, 0o027


def write_privately() -> None:
    """Make what this process writes readable by its owner only, or by its group too if `SF_GROUPE` is 1."""
    os.umask(GROUP_ONLY if os.environ.get(GROUP) == "1" else OTHERS)


def open_to_others(home: Home) -> str | None:
    """The warning for a home that other accounts of the machine can read; None when it is private or absent."""
    try:
        mode = home.root.stat().st_mode
    except OSError:
        return None
    if not mode & (stat.S_IROTH | stat.S_IXOTH):
        return None
    return (
        f"{home.root} est lisible par tous les comptes de cette machine, et ses données sont confidentielles. "
        f"Fermez-le : chmod -R o-rwx {home.root}"
    )


@dataclass(frozen=True)
class Home:
    """The folder of a chain; docs/home-folder.md draws it whole."""

    root: Path

    @property
    def staging(self) -> Path:
        """Typed rows of the deliveries."""
        return self.root / "staging"

    @property
    def batches(self) -> Path:
        """Manifests of the batches."""
        return self.root / "batches"

    @property
    def perimeters(self) -> Path:
        """What the rules of the perimeter read at each earlier batch, and the ledger up to it."""
        return self.root / "perimeters"

    @property
    def changes(self) -> Path:
        """What each delivery of some types changed in those before it."""
        return self.root / "changes"

    @property
    def work(self) -> Path:
        """Snapshots being built, and what the engine spills from memory."""
        return self.root / "work"

    @property
    def snapshots(self) -> Path:
        """Finished snapshots."""
        return self.root / "snapshots"

    @property
    def current(self) -> Path:
        """The pointer to the published snapshot."""
        return self.root / "current"

    @property
    def publications(self) -> Path:
        """The journal of publications."""
        return self.root / "publications.jsonl"

    @property
    def lists(self) -> Path:
        """The archive of lists."""
        return self.root / "lists"

    @property
    def models(self) -> Path:
        """The archive of models."""
        return self.root / "models"

    @property
    def backtests(self) -> Path:
        """What past predictions were worth, by snapshot."""
        return self.root / "backtests"

    @property
    def reports(self) -> Path:
        """What the last run of each batch did."""
        return self.root / "reports"

    @property
    def application(self) -> Path:
        """The database that people write to through the application: accounts, rights."""
        return self.root / "application.sqlite3"

    @property
    def journal(self) -> Path:
        """The heads of the sealed months of the journal."""
        return self.root / "journal"

    @property
    def lock(self) -> Path:
        """The lock file of the one process that may write."""
        return self.root / "lock"
