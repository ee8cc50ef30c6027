"""Fixtures for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from signaux_faibles.relations.engine import Engine
from signaux_faibles.relations.opening import open_engine

os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
"""A rule runs on Spark once, on a few rows: optimised bytecode costs more than it gives, a quarter of the time."""


settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")
"""A machine that is busy with something else makes no rule wrong; `sf bench` measures speed."""


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One session of the engine named by the parameter, for all the tests that use it."""
    with open_engine(request.param, scratch=tmp_path_factory.mktemp(request.param), memory_limit="2GB") as session:
        yield session
