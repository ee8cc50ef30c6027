"""Texts that repeat are typed once, and the outcome is that of typing each."""

from dataclasses import asdict
from random import Random

import duckdb
import pyarrow as pa
import pytest

from signaux_faibles.sources.fields import CODE
from signaux_faibles.sources.proving.specimens import specimen
from signaux_faibles.sources.reading import conversion, repeated
from signaux_faibles.sources.reading.file_reader import FileReader
from signaux_faibles.sources.registry import CONTRACTS

TABULAR = [
    name
    for name, contract in CONTRACTS.items()
    if not contract.cells and any(one.header and not one.elsewhere and one.type is not CODE for one in contract.columns)
]
"""The types that have a column to convert; one that stands in several places is not typed once."""


def outcome(path, contract):
    """All that the reader says of a file."""
    reader = FileReader(path, contract)
    chunks = list(reader.chunks())
    rejects = [(reject.line, reject.reason) for chunk in chunks for reject in chunk.rejects]
    return pa.concat_tables([chunk.rows for chunk in chunks]).to_pylist(), rejects, asdict(reader.report)


def repeating(contract, seed):
    """A file whose texts, good and bad, come again and again."""
    return specimen(contract, Random(seed), least=150, most=200, quoted=())


@pytest.mark.parametrize("name", TABULAR)
def test_texts_that_repeat_are_typed_as_if_each_were_alone(tmp_path, monkeypatch, name):
    contract = CONTRACTS[name]
    path = tmp_path / contract.files.exact[0].replace(".parquet", ".csv")
    path.write_bytes(repeating(contract, seed=name))
    once = []

    def reported(texts, values, connection):
        found = repeated.typed_once(texts, values, connection)
        once.append(found[1])
        return found

    monkeypatch.setattr(conversion, "typed_once", reported)
    monkeypatch.setattr(repeated, "LEAST", 1)
    together = outcome(path, contract)
    assert set().union(*once), "no text of this file was typed once: the test compares nothing"
    monkeypatch.setattr(repeated, "REPEATS", 10**9)
    once.clear()
    assert outcome(path, contract) == together
    assert not set().union(*once)


def test_a_small_block_is_left_as_it_is():
    block = pa.table({"raw siren": ["100000001"] * 1000})
    assert repeated.typed_once(block, {}, duckdb.connect()) == (block, frozenset())


def test_texts_all_different_are_not_encoded():
    assert repeated._encoded(pa.chunked_array([[str(number) for number in range(100)]])) is None


def test_a_column_that_repeats_at_its_head_only_is_left(monkeypatch):
    monkeypatch.setattr(repeated, "SAMPLE", 8)
    column = pa.chunked_array([["a"] * 8 + [str(number) for number in range(100)]])
    assert repeated._encoded(column) is None


def test_unknown_texts_stay_unknown():
    encoded = repeated._encoded(pa.chunked_array([["a", None], ["a"] * 10]))
    assert encoded is not None
    assert encoded.to_pylist() == ["a", None, *["a"] * 10]
