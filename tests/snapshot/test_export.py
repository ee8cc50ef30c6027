"""The export for data science: the clean tables, whole or not at all (import-chain §10.3, contract W20)."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from signaux_faibles.relations.schema import Kind, table
from signaux_faibles.snapshot.export import ExportRefused, export, tables_of
from signaux_faibles.snapshot.home import Home

SCHEMAS = {
    "clean_filter": table("clean_filter", ("siren",), "the perimeter", siren=Kind.TEXT),
    "panel": table("panel", ("siren",), siren=Kind.TEXT),
}


@pytest.fixture
def tables(tmp_path):
    folder = tmp_path / "home" / "work" / "2601-x" / "tables"
    folder.mkdir(parents=True)
    for name, schema in SCHEMAS.items():
        pq.write_table(pa.table({"siren": ["A", "B"]}, schema=schema.arrow), folder / f"{name}.parquet")
    return folder


def test_the_clean_tables_leave_with_their_manifest(tables, tmp_path):
    manifest = json.loads(export(tables, tmp_path / "out", SCHEMAS).read_text())
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"clean_filter.parquet", "manifest.json"}
    assert manifest["snapshot"] == "2601-x"
    entry = manifest["tables"]["clean_filter"]
    assert (entry["rows"], entry["columns"], entry["sort"]) == (2, {"siren": "VARCHAR"}, ["siren"])


def test_an_earlier_export_is_replaced(tables, tmp_path):
    first = export(tables, tmp_path / "out", SCHEMAS).read_text()
    (tmp_path / "out" / "clean_filter.parquet").write_bytes(b"")
    assert export(tables, tmp_path / "out", SCHEMAS).read_text() == first
    assert pq.read_table(tmp_path / "out" / "clean_filter.parquet").num_rows == 2


def test_a_folder_of_something_else_is_never_emptied(tables, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "memoires.txt").write_text("à garder")
    with pytest.raises(ExportRefused, match="autre chose"):
        export(tables, tmp_path / "out", SCHEMAS)
    assert (tmp_path / "out" / "memoires.txt").read_text() == "à garder"


def test_the_candidate_is_what_was_computed_last(tables, tmp_path):
    assert tables_of(Home(tmp_path / "home"), None, candidate=True) == tables


@pytest.mark.parametrize(("snapshot", "candidate"), [(None, False), ("2601-x", False), (None, True)])
def test_nothing_to_export_is_said(tmp_path, snapshot, candidate):
    with pytest.raises(ExportRefused):
        tables_of(Home(tmp_path / "nothing"), snapshot, candidate=candidate)
