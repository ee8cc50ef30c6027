"""Filings for the tests of accounts: real documents of INPI, and the whole chain of tables over them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyarrow as pa

from signaux_faibles.relations.engine import Engine
from signaux_faibles.sources.inpi.inpi import INPI
from signaux_faibles.sources.reading.file_reader import FileReader
from signaux_faibles.tables.accounts.accounts import ACCOUNTS, ACCOUNTS_AS_FILED, accounts, accounts_as_filed
from signaux_faibles.tables.accounts.cells import ACCOUNT_CELLS, account_cells

REAL = Path(__file__).parent / "data" / "inpi"


@cache
def real_filings() -> pa.Table:
    """Staging of the real documents, as one delivery a document."""
    return pa.concat_tables([_staged(path) for path in sorted(REAL.glob("*.xml"))])


def _staged(path: Path) -> pa.Table:
    rows = pa.concat_tables([chunk.rows for chunk in FileReader(path, INPI).chunks()])
    lineage = {"batch": "2601", "file": path.name}
    columns = [
        pa.repeat(pa.scalar(lineage[name]), len(rows)) if name in lineage else rows.column(name)
        for name in INPI.staging.names
    ]
    return pa.table(columns, names=INPI.staging.names).cast(INPI.staging.arrow)


def accounts_of(engine: Engine, inpi: pa.Table) -> pa.Table:
    """The table `accounts`, each table before it being written first, as in a run."""
    cells = engine.collect(account_cells(engine.from_arrow(inpi)), ACCOUNT_CELLS)
    as_filed = engine.collect(accounts_as_filed(engine.from_arrow(cells)), ACCOUNTS_AS_FILED)
    return engine.collect(accounts(engine.from_arrow(as_filed)), ACCOUNTS)
