"""The tiny home folder, published once for the tests that only read it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.tiny_home import published_home
from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.shelf import Shelf, Snapshot


@pytest.fixture(scope="session")
def read_only_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return published_home(tmp_path_factory.mktemp("home")).home


@pytest.fixture
def snapshot(read_only_home: Home) -> Iterator[Snapshot]:
    with Shelf(read_only_home).pinned() as pinned:
        yield pinned
