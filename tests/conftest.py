"""Fixtures for all tests."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator

import pytest
from hypothesis import settings

from harness.examples import FEW
from signaux_faibles.relations.engine import Engine
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.relations.spark_engine import SparkEngine

os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
"""A rule runs on Spark once, on a few rows: optimised bytecode costs more than it gives, a quarter of the time."""

ON_A_FEW_ROWS = "--conf spark.sql.codegen.wholeStage=false --conf spark.sql.codegen.factoryMode=NO_CODEGEN"
os.environ.setdefault("PYSPARK_SUBMIT_ARGS", f"{ON_A_FEW_ROWS} pyspark-shell")
"""Compiling a rule takes longer than interpreting it."""

settings.load_profile(FEW)
gc.disable()


def pytest_collection_finish() -> None:
    """Let memory be collected from now on: all that was read before, tests included, is kept until the end."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Engine]]:
    """One session per engine for all the tests: a session of Spark takes seconds to start."""
    sessions: dict[str, Engine] = {}

    def session(name: str) -> Engine:
        if name not in sessions or _was_stopped(sessions[name]):
            sessions[name] = open_engine(name, scratch=tmp_path_factory.mktemp(name), memory_limit="2GB")
        return sessions[name]

    yield session
    for one in sessions.values():
        one.close()


@pytest.fixture(scope="module")
def engine(request: pytest.FixtureRequest, opened: Callable[[str], Engine]) -> Engine:
    """The session of the engine named by the parameter."""
    return opened(request.param)


def _was_stopped(session: Engine) -> bool:
    """Whether a whole run in another test, which shares the context of Spark, has closed it."""
    return isinstance(session, SparkEngine) and session.session.sparkContext._jsc is None
