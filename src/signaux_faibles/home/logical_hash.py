"""The logical hash of a table: the same for the same rows, whatever their order or the engine (decision 0021)."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from signaux_faibles.home.manifest import Manifest, TableEntry, refuse_damaged
from signaux_faibles.relations.in_memory import in_memory
from signaux_faibles.relations.schema import Field, Kind, Schema


def logical_hash(file: Path, schema: Schema) -> str:
    """A hash of the rows of a Parquet file, of 128 bits in hexadecimal.

    Two tables have the same hash when they hold the same typed rows, floats being compared at 12 digits. Each row is
    hashed and the hashes are added, so that no sort is needed.
    """
    values = ", ".join(_canonical(column.name, column.kind) for column in schema.fields)
    query = (
        f"SELECT coalesce(sum(CAST(digest >> 64 AS UBIGINT)) % {_HALF + 1}, 0), "
        f"coalesce(sum(CAST(digest & {_HALF} AS UBIGINT)) % {_HALF + 1}, 0) "
        f"FROM (SELECT md5_number(concat_ws(chr(31), {values})) AS digest FROM read_parquet(?))"
    )
    with in_memory(memory_limit="1GB") as connection:  # rows are hashed as they pass
        low, high = connection.execute(query, [str(file)]).fetchall()[0]
    return f"{int(low):016x}{int(high):016x}"


def logical_hashes(snapshot: Path) -> dict[str, str]:
    """The logical hash of each table of a complete snapshot.

    Raises:
        FileNotFoundError, Damaged: there is no such snapshot, or its manifest or a table is not what was written.
        duckdb.Error, pa.ArrowException: a table cannot be read.
    """
    manifest = Manifest.read(snapshot)
    refuse_damaged(snapshot, manifest)
    tables = manifest.tables
    return {name: _hash_of_table(snapshot, name, entry) for name, entry in sorted(tables.items())}


def same_rows(before: Path, after: Path, name: str) -> bool:
    """Whether two complete snapshots hold the same rows in a table.

    The digests of the files answer nearly always, since an engine writes the same bytes for the same rows. Rows are
    hashed only when the files differ and have as many rows and the same columns.

    Raises:
        duckdb.Error, pa.ArrowException: a table cannot be read.
    """
    one, other = Manifest.read(before).tables.get(name), Manifest.read(after).tables.get(name)
    if one is None or other is None or (one.rows, one.columns) != (other.rows, other.columns):
        return False
    if one.sha256 and one.sha256 == other.sha256:
        return True
    return _hash_of_table(before, name, one) == _hash_of_table(after, name, other)


def _hash_of_table(snapshot: Path, name: str, entry: TableEntry) -> str:
    file = snapshot / "tables" / f"{name}.parquet"
    columns = pq.read_schema(file).names  # their order counts, and the manifest does not keep it
    return logical_hash(file, Schema(name, tuple(Field(one, Kind(entry.columns[one])) for one in columns), ()))


_HALF = 2**64 - 1
"""A digest of 128 bits is summed in two halves of 64, each modulo 2**64."""


def _canonical(name: str, kind: Kind) -> str:
    text = f"format('{{:.11e}}', \"{name}\" + 0.0)" if kind is Kind.REAL else f'CAST("{name}" AS VARCHAR)'
    return f"coalesce({text}, chr(30))"
