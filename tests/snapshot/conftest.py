"""The tiny home folder, published once for the tests that only read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from harness.tiny_home import TinyHome
from signaux_faibles.snapshot.reader import Shelf, Snapshot


@pytest.fixture(scope="session")
def read_only_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = TinyHome(tmp_path_factory.mktemp("home"))
    home.publish("2610-a")
    home.write_list(1, "Avril 2026", date(2026, 4, 1))
    home.write_list(2, "Octobre 2026", date(2026, 10, 1))
    home.write_list(3, "Novembre 2026", date(2026, 11, 1), acts=("draft",))
    home.write_list(4, "Décembre 2026", date(2026, 12, 1), acts=("draft", "published", "withdrawn"))
    return home.path


@pytest.fixture
def snapshot(read_only_home: Path) -> Iterator[Snapshot]:
    with Shelf(read_only_home).pinned() as pinned:
        yield pinned
