"""What agents did, delivered in the folder of a batch: staged as it was written, and needed by no table."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from signaux_faibles.chain.plan.step import Stage
from signaux_faibles.home.published import published
from signaux_faibles.sources.registry import CONTRACTS
from sources.delivered import delivery

ACTS = ("interventions", "expositions", "votes")


@pytest.fixture(scope="module")
def staged(chain_at, tmp_path_factory):
    """January with what agents did, then February without it."""
    chain = chain_at(tmp_path_factory.mktemp("acts"))
    for kind in ACTS:
        (chain.deliver("2601") / CONTRACTS[kind].files.exact[0]).write_bytes(delivery(kind, {}, {}))
    chain.run("2601", until=Stage.STAGING)
    chain.deliver("2602")
    assert chain.run("2602").published
    return chain


@pytest.mark.parametrize("kind", ACTS)
def test_each_file_is_staged_with_its_lineage(staged, kind):
    (file,) = [path for path in (staged.home.staging / kind / "2601").glob("*.parquet") if "rejects" not in path.name]
    rows = pq.read_table(file)
    assert rows.schema.names == [field.name for field in CONTRACTS[kind].staging.fields]
    assert set(rows.column("batch").to_pylist()) == {"2601"}


def test_a_month_without_them_is_published(staged):
    assert published(staged.home).startswith("2602-")
