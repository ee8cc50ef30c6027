"""A chain to run: a folder of deliveries and a home."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from harness.deliveries import write_delivery
from signaux_faibles.chain.run import Outcome, RunOptions, run
from signaux_faibles.snapshot.home import Home


class Chain:
    """Deliveries to write, batches to run, tables to read."""

    def __init__(self, root: Path) -> None:
        self.deliveries = root / "deliveries"
        self.home = Home(root / "home")

    def deliver(self, batch: str, **changes: str) -> Path:
        return write_delivery(self.deliveries / batch, **changes)

    def run(self, batch: str, **options: object) -> Outcome:
        return run(RunOptions(batch, self.deliveries, **options), self.home)  # type: ignore[arg-type]

    def rows(self, snapshot: str, table: str) -> list[dict[str, object]]:
        return pq.read_table(self.home.snapshots / snapshot / "tables" / f"{table}.parquet").to_pylist()


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    return Chain(tmp_path)
