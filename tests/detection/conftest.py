"""One home with a trained, promoted model, and one with its list, for the tests that only read them; few trees."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from detection.invented_home import WHEN, write_home
from signaux_faibles.detection.learning.archive import promote
from signaux_faibles.detection.learning.joint import boosting
from signaux_faibles.detection.learning.train import CandidateModel, train
from signaux_faibles.detection.lists.archive import ArchivedList, archived_list
from signaux_faibles.detection.lists.build import build_list
from signaux_faibles.home.home import Home

ROUNDS = 40
"""A quarter of the trees of the service: on a few hundred companies they find the planted sign as well."""
SAMPLE = 500
"""As many rows explained as there are companies, or nearly, instead of ten times as many."""


@contextmanager
def _rounds() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boosting, "ROUNDS", ROUNDS)
        patch.setattr("signaux_faibles.detection.learning.train.SAMPLE", SAMPLE)
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


@pytest.fixture(scope="session")
def listed(trained: tuple[Home, CandidateModel], tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The same home once its list is built, a draft; it is copied, never changed."""
    home = Home(Path(shutil.copytree(trained[0].root, tmp_path_factory.mktemp("listed") / "home")))
    build_list(home, **WHEN)
    return home


@pytest.fixture
def listed_home(listed: Home, tmp_path: Path) -> Home:
    """That home, for one test to change."""
    return Home(Path(shutil.copytree(listed.root, tmp_path / "listed")))


@pytest.fixture
def drafted(listed_home: Home) -> ArchivedList:
    """The draft of `listed_home`."""
    return archived_list(listed_home, 1)
