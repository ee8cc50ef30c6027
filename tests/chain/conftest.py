"""A chain to run: a folder of deliveries and a home."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from harness.deliveries import write_delivery
from harness.steps import steps_behind
from signaux_faibles.chain import build
from signaux_faibles.chain.options import RunOptions
from signaux_faibles.chain.plan.step import Stage
from signaux_faibles.chain.run import RunOutcome, run
from signaux_faibles.home.home import Home


class Chain:
    """Deliveries to write, batches to run, tables to read."""

    def __init__(self, root: Path) -> None:
        self.deliveries = root / "deliveries"
        self.home = Home(root / "home")

    def deliver(self, batch: str, **changes: str) -> Path:
        return write_delivery(self.deliveries / batch, **changes)

    def run(self, batch: str, **options: object) -> RunOutcome:
        return run(RunOptions(batch, self.deliveries, **options), self.home)  # type: ignore[arg-type]

    def compute(self, batch: str, *tables: str, **options: object) -> RunOutcome:
        """Run a batch as far as some tables, without the steps on which none of them stands."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(build, "PLAN", steps_behind(*tables))
            return self.run(batch, until=Stage.PANEL, **options)

    def rows(self, snapshot: str, table: str) -> list[dict[str, object]]:
        """The rows of a table; of an unfinished snapshot too, because a test that reads one table may stop there."""
        folder = self.home.snapshots / snapshot
        folder = folder if folder.exists() else self.home.work / snapshot
        return pq.read_table(folder / "tables" / f"{table}.parquet").to_pylist()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Chain:
    """A chain that has published January 2026; it is copied, never changed."""
    made = Chain(tmp_path_factory.mktemp("template"))
    made.deliver("2601")
    made.run("2601")
    return made


@pytest.fixture(scope="session")
def chain_at() -> type[Chain]:
    """Chains that the tests of a class share."""
    return Chain


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    """An empty chain."""
    return Chain(tmp_path)


@pytest.fixture
def january(template: Chain, tmp_path: Path) -> Chain:
    """A chain that has published January 2026."""
    shutil.copytree(template.deliveries, tmp_path / "deliveries")
    shutil.copytree(template.home.root, tmp_path / "home")
    return Chain(tmp_path)
