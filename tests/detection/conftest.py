"""One home with a trained, promoted model, for the tests that only read it; models of few trees."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from detection.invented_home import write_home
from signaux_faibles.detection.learning.archive import promote
from signaux_faibles.detection.learning.joint import boosting
from signaux_faibles.detection.learning.train import CandidateModel, train
from signaux_faibles.home.home import Home

ROUNDS = 40
"""A quarter of the trees of the service: on a few hundred companies they find the planted sign as well."""


@contextmanager
def _rounds() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boosting, "ROUNDS", ROUNDS)
        yield


@pytest.fixture
def few_trees() -> Iterator[None]:
    """Learn as many trees as `trained` has."""
    with _rounds():
        yield


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, CandidateModel]:
    home = Home(tmp_path_factory.mktemp("home"))
    write_home(home)
    with _rounds():
        candidate = train(home, seed=0)
    promote(home, candidate.name)
    return home, candidate
