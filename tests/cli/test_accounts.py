"""`sf account`: what an operator types, and what is then written."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from harness.tiny_home import TinyHome

PASSWORD = "girafe-violette-42"
CREATE = ("create", "Camille@Dreets.example", "--name", "Camille Renaud", "--administration", "DREETS", "--fonction", "CRP")
RIGHTS = ("--region", "Bretagne", "--department", "87", "--family", "urssaf", "--family", "detection")


class Operator:
    """Types `sf account` commands on one home folder."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(("SF_", "DJANGO_"))}

    def types(self, *words: str, password: str = "") -> tuple[int, str]:
        """The exit code, and everything printed."""
        command = [sys.executable, "-m", "signaux_faibles.cli", "account", *words, "--home", str(self.home)]
        done = subprocess.run(command, input=password, capture_output=True, text=True, env=self.environment)
        return done.returncode, done.stdout + done.stderr

    def accounts(self) -> list[tuple[object, ...]]:
        """What the application database holds."""
        with sqlite3.connect(self.home / "application.sqlite3") as database:
            return database.execute("SELECT email, name, administration, demo, is_active, password FROM accounts_account").fetchall()
