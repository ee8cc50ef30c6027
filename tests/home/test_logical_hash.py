"""The logical hash of a table: the same rows, whatever their order, their file or the engine."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from signaux_faibles.home.logical_hash import logical_hash, same_rows
from signaux_faibles.home.manifest import Manifest, describe
from signaux_faibles.relations.schema import Kind, table

ROWS = table("rows", ("siren",), siren=Kind.TEXT, amount=Kind.EUROS, ratio=Kind.REAL, day=Kind.DATE, open=Kind.BOOLEAN)
ONE = ("A", Decimal("1.50"), 0.1, date(2026, 1, 1), True)
TWO = ("B", None, None, None, None)


@pytest.fixture
def hashed(tmp_path):
    def hash_of(*rows, **options):
        file = tmp_path / "rows.parquet"
        columns = dict(zip(ROWS.names, map(list, zip(*rows, strict=True)), strict=True))
        pq.write_table(pa.table(columns, schema=ROWS.arrow), file, **options)
        return logical_hash(file, ROWS)

    return hash_of


def changed(**values):
    return tuple((dict(zip(ROWS.names, ONE, strict=True)) | values).values())


def test_neither_order_nor_compression_changes_the_hash(hashed):
    assert hashed(ONE, TWO) == hashed(TWO, ONE, compression="gzip", row_group_size=1)


def test_a_difference_at_the_thirteenth_digit_is_none(hashed):
    assert hashed(ONE) == hashed(changed(ratio=0.1 + 1e-14))


@pytest.mark.parametrize(
    "other",
    [
        (changed(siren="C"),),
        (changed(amount=Decimal("1.51")),),
        (changed(amount=None),),
        (changed(ratio=0.10000001),),
        (changed(ratio=None),),
        (changed(day=date(2026, 1, 2)),),
        (changed(open=False),),
        (changed(open=None),),
        (ONE, ONE),
        (TWO,),
    ],
)
def test_any_other_difference_is_seen(hashed, other):
    assert hashed(ONE) != hashed(*other)


def test_the_hash_is_that_of_every_version(hashed):
    """What `sf hashes` prints on two machines is compared: another way of hashing would make every table differ."""
    assert hashed(ONE, TWO) == "d2e9d83c5e73e2740462ad26a891ad5e"


@pytest.fixture
def snapshot(tmp_path):
    """Write a snapshot of one table, `rows`; `digest` stands in for the one of its file."""

    def written(name, *rows, digest=None, **options):
        folder = tmp_path / name
        (folder / "tables").mkdir(parents=True)
        columns = dict(zip(ROWS.names, map(list, zip(*rows, strict=True)), strict=True))
        pq.write_table(pa.table(columns, schema=ROWS.arrow), folder / "tables" / "rows.parquet", **options)
        tables = describe(folder / "tables", {"rows": ROWS})
        if digest is not None:
            tables = {"rows": replace(tables["rows"], sha256=digest)}
        Manifest(name, "2601", date(2026, 1, 31), "", "duckdb", True, True, tables).write(folder)
        return folder

    return written


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"rows": (ONE, TWO)}, {"rows": (ONE, TWO)}, True),
        ({"rows": (ONE, TWO)}, {"rows": (TWO, ONE), "compression": "gzip"}, True),
        ({"rows": (ONE, TWO)}, {"rows": (ONE, changed(siren="C"))}, False),
        ({"rows": (ONE, TWO)}, {"rows": (ONE,)}, False),
        ({"rows": (ONE,), "digest": ""}, {"rows": (ONE,), "digest": ""}, True),  # before decision 0021
        ({"rows": (ONE,), "digest": ""}, {"rows": (TWO,), "digest": ""}, False),
    ],
    ids=["same file", "same rows", "another row", "fewer rows", "no digest, same rows", "no digest, another row"],
)
def test_two_snapshots_hold_the_same_rows_whatever_their_files(snapshot, one, other, same):
    folders = [snapshot(name, *given.pop("rows"), **given) for name, given in (("a", dict(one)), ("b", dict(other)))]
    assert same_rows(*folders, "rows") is same
    assert not same_rows(*folders, "absent")
