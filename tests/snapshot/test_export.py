"""The export for data science: the clean tables, whole or not at all (import-chain §10.3, contract W20)."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from signaux_faibles.home.home import Home
from signaux_faibles.relations.schema import Kind, table
from signaux_faibles.snapshot.export import ExportRefused, export, tables_of

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
    batches = tmp_path / "home" / "batches"
    batches.mkdir()
    (batches / "2601.json").write_text('{"batch": "2601", "fictitious": false}')
    return folder


@pytest.fixture
def exported(tables, tmp_path):
    """Export to a folder, by default `out`."""
    return lambda name="out": export(tables, tmp_path / name, Home(tmp_path / "home"))


def test_the_clean_tables_leave_with_their_manifest(exported, tmp_path):
    manifest = json.loads(exported().read_text())
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"clean_filter.parquet", "manifest.json"}
    assert (manifest["snapshot"], manifest["batch"], manifest["fictitious"]) == ("2601-x", "2601", False)
    entry = manifest["tables"]["clean_filter"]
    assert (entry["rows"], entry["columns"], entry["sort"]) == (2, {"siren": "VARCHAR"}, ["siren"])


def test_an_earlier_export_is_replaced(exported, tmp_path):
    first = exported().read_text()
    (tmp_path / "out" / "clean_filter.parquet").write_bytes(b"")
    assert exported().read_text() == first
    assert pq.read_table(tmp_path / "out" / "clean_filter.parquet").num_rows == 2


def test_a_folder_of_something_else_is_never_emptied(exported, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "memoires.txt").write_text("à garder")
    with pytest.raises(ExportRefused, match="autre chose"):
        exported()
    assert (tmp_path / "out" / "memoires.txt").read_text() == "à garder"


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        ('{"tables": {"clean_filter": {"rows": 2, "sha256": "x", "columns": {}}}}', True),  # a snapshot
        ('{"tables": {}}', True),
        ("[]", True),
        ("{", True),
        ('{"tables": {"clean_filter": {"rows": 2, "sort": ["siren"]}}}', False),  # an export
    ],
)
def test_only_an_export_is_replaced(exported, tmp_path, content, kept):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.json").write_text(content)
    if kept:
        with pytest.raises(ExportRefused, match="autre chose"):
            exported()
        assert (tmp_path / "out" / "manifest.json").read_text() == content
    else:
        exported()


def test_nothing_is_exported_into_the_home_nor_over_a_file(exported, tmp_path):
    with pytest.raises(ExportRefused, match="dossier de la chaîne"):
        exported("home/snapshots/2601-y")
    (tmp_path / "out").write_text("une note")
    with pytest.raises(ExportRefused, match="fichier"):
        exported()
    assert (tmp_path / "out").read_text() == "une note"


def test_invented_tables_bear_their_mark(exported, tmp_path):
    (tmp_path / "home" / "batches" / "2601.json").write_text('{"batch": "2601", "fictitious": true}')
    assert json.loads(exported().read_text())["fictitious"]
    assert "Données fictives" in (tmp_path / "out" / "DONNEES_FICTIVES.txt").read_text()


def test_the_candidate_is_what_was_computed_last(tables, tmp_path):
    assert tables_of(Home(tmp_path / "home"), None, candidate=True) == tables


@pytest.mark.parametrize(("snapshot", "candidate"), [(None, False), ("2601-x", False), (None, True)])
def test_nothing_to_export_is_said(tmp_path, snapshot, candidate):
    with pytest.raises(ExportRefused):
        tables_of(Home(tmp_path / "nothing"), snapshot, candidate=candidate)
