"""Open a session of one engine or the other."""

from __future__ import annotations

from pathlib import Path

from signaux_faibles.relations.engine import Engine


def open_engine(name: str, *, scratch: Path, memory_limit: str = "8GB", threads: int = 2) -> Engine:
    """Open the engine called `name` ("duckdb" or "spark"); whatever does not fit in memory goes to `scratch`.

    Raises:
        ValueError: the name is unknown.
    """
    if name == "duckdb":
        from signaux_faibles.relations.duckdb_engine import DuckDBEngine

        return DuckDBEngine(scratch=scratch, memory_limit=memory_limit, threads=threads)
    if name == "spark":
        from signaux_faibles.relations.spark_engine import SparkEngine

        return SparkEngine(scratch=scratch, memory_limit=memory_limit, threads=threads)
    raise ValueError(f"Moteur inconnu : « {name} ». Les moteurs sont duckdb et spark.")
