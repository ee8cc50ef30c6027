"""Apache Spark: the same rules when one machine is not enough (decision 0001). Needs the extra `spark` and Java 17."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

import narwhals.stable.v2 as nw
import pyarrow as pa

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.parts import join_parts
from signaux_faibles.relations.schema import Schema

MASTER = "SF_SPARK_MASTER"
"""The environment variable that names a cluster (docs/spark.md)."""


class SparkEngine:
    """A Spark session on this machine, or on the cluster that `SF_SPARK_MASTER` names.

    On a cluster, the folders of the run are on a disk that the driver and the executors mount at the same path, and
    settings not given here (shuffle partitions, memory and cores of executors) come from `spark-defaults.conf`.
    """

    name = "spark"
    companies_at_once: int | None = None

    def __init__(self, *, scratch: Path, memory_limit: str, threads: int) -> None:
        from pyspark.sql import SparkSession

        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        cluster = os.environ.get(MASTER)
        settings = {
            "spark.driver.memory": memory_limit.removesuffix("B").lower(),
            "spark.sql.session.timeZone": "UTC",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.parquet.compression.codec": "zstd",
            # Each operation on a column would ask the JVM several times where Python called it from.
            "spark.python.sql.dataFrameDebugging.enabled": "false",
        }
        if cluster is None:
            settings |= {
                "spark.local.dir": str(scratch),
                "spark.sql.shuffle.partitions": str(2 * threads),
                "spark.ui.enabled": "false",
            }
        builder: Any = SparkSession.builder
        builder = builder.master(cluster or f"local[{threads}]").appName("signaux-faibles").config(map=settings)
        self.session = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("ERROR")

    def read(self, files: Iterable[Path], schema: Schema) -> Relation:
        """See `Engine.read`."""
        names = [_address(file) for file in files]
        if not names:
            return self.from_arrow(schema.arrow.empty_table())
        frame = self.session.read.option("mergeSchema", "true").parquet(*names)
        columns = (
            f"`{f.name}`" if f.name in frame.columns else f"CAST(NULL AS {f.kind.spark}) AS `{f.name}`"
            for f in schema.fields
        )
        return _relation(frame.selectExpr(*columns))

    def from_arrow(self, rows: pa.Table) -> Relation:
        """See `Engine.from_arrow`."""
        # One chunk: PySpark 4.3 loses rows of a table made of several (tests/relations/test_engines.py).
        whole = rows.combine_chunks()
        return _relation(self.session.createDataFrame(whole))

    def collect(self, relation: Relation, schema: Schema) -> pa.Table:
        """See `Engine.collect`."""
        rows: pa.Table = _ordered(relation, schema).toArrow()
        return rows.cast(schema.arrow)

    def write(self, relation: Relation, schema: Schema, file: Path) -> int:
        """See `Engine.write`; the sorted parts that Spark writes are merged into one file."""
        parts = file.with_name(f".{file.name}.parts")
        try:
            _ordered(relation, schema).write.mode("overwrite").parquet(_address(parts))
            return join_parts(sorted(parts.glob("part-*.parquet")), schema, file)
        finally:
            shutil.rmtree(parts, ignore_errors=True)

    def joins_as_written(self) -> AbstractContextManager[None]:
        """See `Engine.joins_as_written`: Spark holds a side only if its files are small, and sorts both otherwise."""
        return nullcontext()

    def release(self) -> None:
        """See `Engine.release`: Spark keeps no such rows."""

    def close(self) -> None:
        """See `Engine.close`."""
        self.session.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _address(path: Path) -> str:
    """A path as Spark reads it; a bare path would refer to the default file system of the cluster."""
    return f"file://{path.resolve()}"


def _relation(native: Any) -> Relation:
    return cast(Relation, nw.from_native(native))


def _ordered(relation: Relation, schema: Schema) -> Any:
    native: Any = relation.to_native()
    typed = native.selectExpr(*(f"CAST(`{f.name}` AS {f.kind.spark}) AS `{f.name}`" for f in schema.fields))
    return typed.orderBy(*schema.sort)
