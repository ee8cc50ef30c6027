"""Tables computed by groups of companies are those computed in one pass."""

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.invented_tables import LAST, drawn
from signaux_faibles.chain.intake.batch_files import BatchFiles
from signaux_faibles.chain.intake.deliveries import Deliveries
from signaux_faibles.chain.plan.groups import write_table
from signaux_faibles.chain.plan.inputs import Inputs
from signaux_faibles.chain.plan.panel import STEPS
from signaux_faibles.chain.plan.plan import PLAN, SCHEMAS
from signaux_faibles.home.home import Home
from signaux_faibles.home.logical_hash import logical_hash
from signaux_faibles.perimeter.perimeter import EVER_FOLLOWED
from signaux_faibles.relations.company_range import ranges
from signaux_faibles.relations.duckdb_engine import DuckDBEngine
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.tables.debts.debit import company_debt_by_month

SIRENS = st.lists(st.integers(0, 10**9 - 1).map("{:09d}".format), unique=True, max_size=40).map(sorted)


def panel_hashes(folder, seed):
    """The rows and hashes of the tables of the panel, of six companies drawn at random; four were followed once."""
    folder.mkdir()
    drawn_tables = drawn(seed)
    followed = sorted(set(drawn_tables["clean_sirene_ul"].column("siren").to_pylist()))[1:5]
    drawn_tables["ever_followed"] = pa.table({"siren": followed}, schema=EVER_FOLLOWED.arrow)
    with open_engine("duckdb", scratch=folder / "scratch") as engine:
        for name, rows in drawn_tables.items():
            if name not in SCHEMAS:  # a delivery, which nobody made here
                continue
            engine.write(engine.from_arrow(rows), SCHEMAS[name], folder / f"{name}.parquet")
        inputs = Inputs(engine, none_delivered(folder), folder, LAST, True, SCHEMAS)
        owed = SCHEMAS["company_debt_by_month"]
        engine.write(company_debt_by_month(inputs.table("debt_by_month")), owed, folder / f"{owed.name}.parquet")
        for step in STEPS:
            write_table(step, inputs, folder / f"{step.name}.parquet")
    assert not list(folder.glob(".*"))
    files = {step.table: folder / f"{step.name}.parquet" for step in STEPS}
    return {table.name: (pq.read_metadata(file).num_rows, logical_hash(file, table)) for table, file in files.items()}


def none_delivered(folder):
    return Deliveries(Home(folder), {"2112": BatchFiles("2112", fictitious=True)})


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_groups_give_the_same_tables_as_one_pass(tmp_path, monkeypatch, at_once):
    whole = panel_hashes(tmp_path / "whole", seed=at_once)
    monkeypatch.setattr(DuckDBEngine, "companies_at_once", at_once)
    assert panel_hashes(tmp_path / "groups", seed=at_once) == whole
    assert all(whole[step.name][0] for step in STEPS if step.by_company and not step.types)


def test_the_rows_of_groups_stay_sorted(tmp_path, monkeypatch):
    monkeypatch.setattr(DuckDBEngine, "companies_at_once", 1)
    panel_hashes(tmp_path / "groups", seed=7)
    rows = duckdb.read_parquet(str(tmp_path / "groups" / "panel.parquet")).project("siren, periode").fetchall()
    assert rows == sorted(rows)


def test_every_table_by_company_has_a_company_first_in_its_order():
    assert {step.table.sort[0] for step in PLAN if step.by_company} == {"siren"}


@given(SIRENS, st.integers(1, 12))
def test_ranges_hold_every_company_once_and_are_not_too_large(sirens, size):
    cut = ranges(sirens, size)
    held = [[s for s in sirens if (r.after is None or s > r.after) and (r.last is None or s <= r.last)] for r in cut]
    assert [siren for group in held for siren in group] == sirens
    assert max(map(len, held)) <= size
    assert cut[0].after is None
    assert cut[-1].last is None
