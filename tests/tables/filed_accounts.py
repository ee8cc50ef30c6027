"""Filings for the tests of accounts: real documents of INPI, and the whole chain of tables over them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyarrow as pa

from signaux_faibles.relations.engine import Engine
from signaux_faibles.sources.contract import Contract
from signaux_faibles.sources.inpi.inpi import INPI
from signaux_faibles.sources.reading.file_reader import FileReader
from signaux_faibles.tables.accounts.accounts import ACCOUNTS, ACCOUNTS_AS_FILED, accounts, accounts_as_filed
from signaux_faibles.tables.accounts.cells import ACCOUNT_CELLS, account_cells

REAL = Path(__file__).parent / "data" / "inpi"


@cache
def real_filings() -> pa.Table:
    """Staging of the real documents, as one delivery a document."""
    return pa.concat_tables([staged(path, INPI) for path in sorted(REAL.glob("*.xml"))])


def staged(path: Path, contract: Contract, batch: str = "2601") -> pa.Table:
    """Staging of a file, as a run keeps it."""
    rows = pa.concat_tables([chunk.rows for chunk in FileReader(path, contract).chunks()])
    lineage, names = {"batch": batch, "file": path.name}, contract.staging.names
    columns = [pa.repeat(pa.scalar(lineage[n]), len(rows)) if n in lineage else rows.column(n) for n in names]
    return pa.table(columns, names=names).cast(contract.staging.arrow)


def accounts_of(engine: Engine, inpi: pa.Table) -> pa.Table:
    """The table `accounts`, each table before it being written first, as in a run."""
    return accounts_of_cells(engine, engine.collect(account_cells(engine.from_arrow(inpi)), ACCOUNT_CELLS))


def accounts_of_cells(engine: Engine, cells: pa.Table) -> pa.Table:
    """The table `accounts` from `ACCOUNT_CELLS`, whatever source they come from."""
    as_filed = engine.collect(accounts_as_filed(engine.from_arrow(cells)), ACCOUNTS_AS_FILED)
    return engine.collect(accounts(engine.from_arrow(as_filed)), ACCOUNTS)
