"""One home with a trained, promoted model, for the tests that only read it."""

from __future__ import annotations

import pytest

from detection.invented_home import write_home
from signaux_faibles.detection.learning.archive import promote
from signaux_faibles.detection.learning.train import Candidate, train
from signaux_faibles.home.home import Home


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Candidate]:
    home = Home(tmp_path_factory.mktemp("home"))
    write_home(home)
    candidate = train(home, seed=0)
    promote(home, candidate.name)
    return home, candidate
