"""A table that is not planned is one that its rule would have left without a row."""

import pyarrow.parquet as pq
import pytest

from harness.tables import same_tables
from signaux_faibles.chain.plan import spared as plan_spared
from signaux_faibles.chain.plan.spared import ROWS_COME_FROM
from signaux_faibles.chain.plan.steps import SCHEMAS
from signaux_faibles.sources.registry import CONTRACTS


def test_every_name_is_a_table_or_a_type():
    assert set(ROWS_COME_FROM) <= set(SCHEMAS)
    assert {source for sources in ROWS_COME_FROM.values() for source in sources} <= set(SCHEMAS) | set(CONTRACTS)


def test_the_rules_of_the_tables_spared_give_no_row(january, monkeypatch):
    """`account_cells` apart: it plans the sources delivered alone, and there is none."""
    spared = january.run("2601")
    kept = {"account_cells": ROWS_COME_FROM["account_cells"]}
    monkeypatch.setattr(plan_spared, "ROWS_COME_FROM", kept)
    (january.home.snapshots / spared.snapshot).rename(january.home.root / "spared")
    planned = january.run("2601")
    assert same_tables(spared.manifest.tables, planned.manifest.tables)


@pytest.mark.parametrize("table", ["delai_by_month", "clean_ap", "accounts", "fiscal_accounts", "sector_positions"])
def test_a_table_without_sources_has_no_row(january, table):
    path = january.home.snapshots / january.run("2601").snapshot / "tables" / f"{table}.parquet"
    assert pq.read_metadata(path).num_rows == 0
