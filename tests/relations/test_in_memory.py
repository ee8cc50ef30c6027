"""What a question asked of files does not hold in memory goes to a folder of its own."""

import ast
from pathlib import Path

import duckdb
import pytest

from signaux_faibles.relations.in_memory import in_memory, own_overflow

SOURCES = Path(__file__).parents[2] / "src" / "signaux_faibles"
HOLDING_ONE_BLOCK = {
    "fictitious/files/inpi/sector_quantiles.py",
    "fictitious/files/writing.py",
    "sources/reading/conversion.py",
}


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """The folder where a command is typed, and that of temporary files."""
    current, temporary = tmp_path / "current", tmp_path / "temporary"
    current.mkdir()
    temporary.mkdir()
    monkeypatch.chdir(current)
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    return current, temporary


def test_nothing_spills_where_the_command_was_typed(elsewhere):
    current, temporary = elsewhere
    with in_memory(memory_limit="30MB", threads=1) as connection:
        connection.execute("CREATE TABLE held AS SELECT range AS n, md5(range::VARCHAR) AS m FROM range(1500000)")
        (folder,) = temporary.iterdir()
        assert any(file.stat().st_size for file in folder.iterdir()), "these rows do not fit in memory"
    assert not list(temporary.iterdir())
    assert not list(current.iterdir())


def test_the_folder_goes_when_the_question_fails(elsewhere):
    _, temporary = elsewhere
    with pytest.raises(duckdb.Error), in_memory() as connection:
        connection.execute("SELECT * FROM nowhere")
    assert not list(temporary.iterdir())


def connections():
    """Every call that opens a connection, with its module."""
    for file in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "duckdb.connect":
                yield file.relative_to(SOURCES).as_posix(), node


def test_no_connection_spills_into_the_current_folder():
    """A database spills beside its file; a connection in memory must say where."""
    anywhere = {module for module, call in connections() if not call.args and "temp_directory" not in ast.unparse(call)}
    assert anywhere == HOLDING_ONE_BLOCK


def test_two_connections_never_share_their_overflow():
    """Those of two processes would overwrite the blocks of one another."""
    assert own_overflow() != own_overflow()
