"""Fixtures for all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from signaux_faibles.relations.engine import Engine, open_engine


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One session of the engine named by the parameter, for all the tests that use it."""
    with open_engine(request.param, scratch=tmp_path_factory.mktemp(request.param), memory_limit="2GB") as session:
        yield session
