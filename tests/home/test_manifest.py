"""The logical hash of a table: the same rows, whatever their order, their file or the engine."""

from datetime import date
from decimal import Decimal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from signaux_faibles.home.manifest import logical_hash
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
        with duckdb.connect() as connection:
            return logical_hash(connection, file, ROWS)

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
    """Manifests are compared months later: another way of hashing would make each table look changed."""
    assert hashed(ONE, TWO) == (2, "d2e9d83c5e73e2740462ad26a891ad5e")
