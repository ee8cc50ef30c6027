"""A table is declared: its order, its emptiness and its failures come from the declaration."""

import inspect
from graphlib import CycleError

import pyarrow.parquet as pq
import pytest

from signaux_faibles.chain import build
from signaux_faibles.chain.errors import TableFailed
from signaux_faibles.chain.intake.batch_files import BatchFiles
from signaux_faibles.chain.intake.deliveries import Deliveries
from signaux_faibles.chain.plan.delivered import Latest
from signaux_faibles.chain.plan.inputs import Inputs
from signaux_faibles.chain.plan.plan import PLAN, SCHEMAS, STAGE_OF, ordered
from signaux_faibles.chain.plan.step import Stage, Step
from signaux_faibles.chain.plan.words import Of
from signaux_faibles.home.published import published
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.relations.schema import TEXT, table
from signaux_faibles.sources.batch import delivered_at
from signaux_faibles.sources.registry import CONTRACTS

A, B, C = (table(name, ("siren",), siren=TEXT) for name in "abc")


def made_of(target, *sources):
    return Step(target, lambda **rows: next(iter(rows.values())), **{one.name: Of(one) for one in sources})


def test_a_table_comes_after_those_that_it_names():
    assert [step.name for step in ordered([made_of(C, A, B), made_of(B, A), made_of(A)])] == ["a", "b", "c"]


def test_tables_that_wait_for_nothing_keep_the_declared_order():
    assert [step.name for step in ordered([made_of(C), made_of(A), made_of(B)])] == ["c", "a", "b"]


def test_a_circle_is_refused():
    with pytest.raises(CycleError):
        ordered([made_of(A, B), made_of(B, A)])


def test_a_table_that_nothing_makes_is_refused():
    with pytest.raises(ValueError, match=r"b needs \['a'\], which no earlier step makes"):
        ordered([made_of(B, A)])


def test_a_table_made_twice_is_refused():
    with pytest.raises(ValueError, match="a is declared twice"):
        ordered([made_of(A), made_of(A)])


def test_rows_come_from_inputs_that_exist():
    with pytest.raises(ValueError, match=r"a: no rows in the inputs \['bodacc'\]"):
        Step(A, lambda rows: rows, rows=Of(B), rows_of=("bodacc",))


@pytest.mark.parametrize("step", PLAN, ids=lambda step: step.name)
class TestEveryStep:
    def test_gives_its_rule_exactly_the_parameters_it_needs(self, step):
        inspect.signature(step.rule).bind(**step.inputs)

    def test_reads_types_that_exist(self, step):
        assert step.types <= set(CONTRACTS)

    def test_is_read_after_the_tables_it_names(self, step):
        names = [one.name for one in PLAN]
        assert all(names.index(before) < names.index(step.name) for before in step.before)

    def test_words_can_be_read_by_a_person(self, step):
        assert all(str(word) and "object at" not in str(word) for word in step.inputs.values())


def test_stages_follow_one_another():
    stages = [list(Stage).index(STAGE_OF[step.name]) for step in PLAN]
    assert stages == sorted(stages)


def test_a_table_that_is_not_planned_is_one_that_its_rule_would_leave_empty(january, monkeypatch, tmp_path):
    """`account_cells` apart: its rule takes the sources delivered alone, and there is none."""
    tables = january.home.snapshots / published(january.home) / "tables"
    with open_engine("duckdb", scratch=tmp_path) as engine:
        known = Deliveries.up_to(january.home, "2601")
        inputs = Inputs(engine, known, tables, delivered_at("2601"), filtered=True, schemas=SCHEMAS)
        spared = [step for step in PLAN if step.is_empty(inputs) and step.name != "account_cells"]
        assert len(spared) > 15
        for step in spared:
            monkeypatch.setitem(step.__dict__, "rows_of", ())
            assert engine.collect(step.rows(inputs), step.table).num_rows == 0, step.name
            engine.release()


@pytest.mark.parametrize("name", ["delai_by_month", "clean_ap", "accounts", "fiscal_accounts", "sector_positions"])
def test_a_table_without_sources_has_no_row(january, name):
    path = january.home.snapshots / january.run("2601").snapshot / "tables" / f"{name}.parquet"
    assert pq.read_metadata(path).num_rows == 0


def test_a_table_that_fails_names_itself_its_rule_and_its_inputs(chain, monkeypatch):
    def broken(cotisation):
        raise ZeroDivisionError("division par zéro")

    broken.__module__ = "signaux_faibles.tables.debts.cotisation"
    failing = Step(SCHEMAS["clean_cotisation"], broken, cotisation=Latest("cotisation"))
    plan = tuple(failing if step.name == failing.name else step for step in PLAN)
    monkeypatch.setattr(build, "PLAN", plan)
    chain.deliver("2601")
    with pytest.raises(TableFailed) as refusal:
        chain.run("2601")
    said = str(refusal.value)
    assert "Table clean_cotisation" in said
    assert "tables.debts.cotisation.broken" in said
    assert "dernière livraison de cotisation" in said
    assert "division par zéro" in said
    assert isinstance(refusal.value.__cause__, ZeroDivisionError)


def test_a_run_reads_the_manifest_of_each_batch_once(january, monkeypatch):
    january.deliver("2602")
    january.run("2602", until=Stage.STAGING)
    january.deliver("2603")
    read = []
    original = BatchFiles.read.__func__
    monkeypatch.setattr(
        BatchFiles, "read", classmethod(lambda cls, home, key: read.append(key) or original(cls, home, key))
    )
    january.run("2603")
    assert sorted(read) == ["2601", "2602"]
