"""The files that pages read: one DuckDB file of sorted tables, the same by company of the perimeter, and the full-text
index of the register.

All are complete and flushed to disk before publication, and are never written again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from signaux_faibles.home.home import COMPANIES, REGISTER, SERVING
from signaux_faibles.reference_tables.tables import load
from signaux_faibles.relations.files import whole_file
from signaux_faibles.snapshot.company_rows.writing import write_company_rows
from signaux_faibles.snapshot.search.rows import indexed
from signaux_faibles.snapshot.search.writing import build_register_index
from signaux_faibles.snapshot.served import (
    accounts,
    activity,
    company,
    company_facts,
    contributions,
    coverage,
    debts,
    directors,
    establishments,
    filing,
    perimeter,
    plans,
    procedures,
    short_time,
    taxes,
)
from signaux_faibles.snapshot.shelf import quoted

STATEMENTS = (
    *company.SERVED,
    *activity.SERVED,
    *procedures.SERVED,
    company.SERVED_ASSESSED,
    accounts.SERVED,
    accounts.SERVED_PLACES,
    filing.SERVED,
    *establishments.SERVED,
    contributions.SERVED,
    *plans.SERVED,
    company_facts.SERVED,
    short_time.SERVED,
    *taxes.SERVED,
    directors.SERVED,
    coverage.SERVED,
)
"""One table each; a statement may read the tables of those before it."""

SUBJECTS = (
    company.COMPANY,
    company.PLACES,
    company.HEADCOUNTS,
    activity.ACTIVITIES,
    perimeter.ANSWERS,
    perimeter.MOVES,
    procedures.EVENTS,
    procedures.CURRENT,
    procedures.TO_BE_READ,
    debts.DEBTS,
    plans.PLANS,
    plans.MONTHS,
    contributions.CONTRIBUTIONS,
    short_time.SHORT_TIME,
    taxes.ARREARS,
    taxes.TURNOVER,
    accounts.ACCOUNTS,
    accounts.PLACES,
    accounts.COVERAGE,
    filing.FILINGS,
    establishments.FACTS,
    directors.DIRECTORS,
)
"""What the page of a company reads, prepared by company."""

SORTED_COPIES = {
    "clean_effectif_ent": "siren, periode",
    "procedures_chronology": "siren, date_effet, action_procol, stade_procol",
    "judgments_to_read": "siren, date_effet, id, motif",
    "accounts_coverage": "siren",
    "perimeter": "siren, rule",
    "perimeter_ledger": "siren, batch",
    "debt_by_month": "siren, siret, periode",
}
"""Tables served as they are, sorted so that reading one company touches one group of rows."""


ROW_GROUP = 8_192
"""Rows of a group; reading one company unpacks one or two, which are fifteen times smaller than those of DuckDB."""
TOO_SLOW = "fsst"
"""What squeezes addresses and identifiers best takes half of the time of writing the register, and pages read it no
faster; without it the file is 43 % larger."""


def build_serving(snapshot: Path, *, memory_limit: str = "8GB", threads: int = 2) -> None:
    """Write `serving.duckdb` beside the Parquet tables of a snapshot that is not published yet.

    Args:
        snapshot: folder `HOME/snapshots/<id>` that holds `tables/<name>.parquet` (import-chain §8, `debt_by_month`,
            `activities`, the perimeter, the accounts, the procedures).
        memory_limit: what DuckDB may use before it spills to disk, beside the file.
        threads: cores that DuckDB may use.
    """
    with (
        whole_file(snapshot / SERVING) as draft,
        duckdb.connect(
            config={"memory_limit": memory_limit, "threads": threads, "temp_directory": f"{draft}.tmp"}
        ) as connection,
    ):
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"SET disabled_compression_methods = '{TOO_SLOW}'")
        connection.execute(f"ATTACH '{quoted(draft)}' AS served (ROW_GROUP_SIZE {ROW_GROUP})")
        connection.execute("USE served")
        _copy_tables(connection, snapshot / "tables")


def build_companies(snapshot: Path, *, memory_limit: str = "8GB", threads: int = 2) -> None:
    """Write `companies.sqlite3`, what pages read of each company of the perimeter, from the served tables."""
    with _served(snapshot, memory_limit, threads) as connection, whole_file(snapshot / COMPANIES) as file:
        write_company_rows(connection, SUBJECTS, file)


@contextmanager
def register_in_order(
    snapshot: Path, *, memory_limit: str = "8GB", threads: int = 2
) -> Iterator[Iterator[tuple[Any, ...]]]:
    """The companies of the register as `build_search` takes them, from the served tables of a snapshot.

    They are put in order before this opens, on all cores, and a whole country takes all the memory meanwhile. DuckDB
    opens a file once for a whole process, so that what is read beside shares that memory.
    """
    with _served(snapshot, memory_limit, threads) as connection:
        yield indexed(connection, snapshot / "tables")


def build_search(snapshot: Path, companies: Iterable[tuple[Any, ...]]) -> None:
    """Write `register.sqlite3`, the index of the register, on one core, from `register_in_order`."""
    with whole_file(snapshot / REGISTER) as index:
        build_register_index(companies, index)


@contextmanager
def _served(snapshot: Path, memory_limit: str, threads: int) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection on the served tables, read-only."""
    config: dict[str, str | bool | int | float | list[str]] = {"memory_limit": memory_limit, "threads": threads}
    with duckdb.connect(str(snapshot / SERVING), read_only=True, config=config) as connection:
        connection.execute("SET enable_progress_bar = false")
        yield connection


def _copy_tables(connection: duckdb.DuckDBPyConnection, tables: Path) -> None:
    folder = {"tables": f"{tables}/"}
    for name in ("naf_codes", "naf25_codes"):
        connection.register(name, load(name))
    for name, order in SORTED_COPIES.items():
        file = {"file": str(tables / f"{name}.parquet")}
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet($file) ORDER BY {order}", file)
    for statement in STATEMENTS:
        connection.execute(statement, folder if "$tables" in statement else {})
    connection.execute("CHECKPOINT served")
    connection.execute("USE memory")
    connection.execute("DETACH served")
