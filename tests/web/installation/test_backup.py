"""The backup and the restoration that docs/deployment.md shows, run as they are written."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
from pathlib import Path

DOCUMENT = (Path(__file__).parents[3] / "docs" / "deployment.md").read_text(encoding="utf-8")
BACKUP, RESTORE = re.findall(r"```sh\n(.*?)```", DOCUMENT[DOCUMENT.index("## 8.") : DOCUMENT.index("## 9.")], re.DOTALL)


def test_a_database_in_use_is_saved_and_restored(tmp_path: Path) -> None:
    home, backup = tmp_path / "home", tmp_path / "backup"
    for folder in (home, backup, home / "lists", home / "models", home / "batches", home / "journal"):
        folder.mkdir()
    (home / "lists" / "card.json").write_text("1", encoding="utf-8")
    (home / "current").write_text("2610-a", encoding="utf-8")
    (home / "publications.jsonl").write_text("{}\n", encoding="utf-8")
    database = sqlite3.connect(home / "application.sqlite3")
    database.executescript("PRAGMA journal_mode = WAL; CREATE TABLE act (text); INSERT INTO act VALUES ('kept')")
    run(BACKUP, home, backup)
    database.executescript("DELETE FROM act; INSERT INTO act VALUES ('lost')")
    database.close()
    (home / "application.sqlite3-wal").write_bytes(b"of the damaged database")
    (home / "lists" / "card.json").unlink()
    run(RESTORE, home, backup)
    with sqlite3.connect(home / "application.sqlite3") as restored:
        assert restored.execute("SELECT text FROM act").fetchall() == [("kept",)]
    assert (home / "lists" / "card.json").exists()


def run(commands: str, home: Path, backup: Path) -> None:
    """Run the commands of the page on two folders."""
    subprocess.run(
        ["sh", "-eu", "-c", commands], check=True, env=os.environ | {"SF_HOME": str(home), "BACKUP": str(backup)}
    )
