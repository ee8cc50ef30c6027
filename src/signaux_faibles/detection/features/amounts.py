"""The amounts of the last public accounts known at each month, from which the Altman-like score is computed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import Reals
from signaux_faibles.panel.accounts import OLDEST

READ = (
    *("actif_circulant_net", "dettes_court_terme", "capitaux_propres", "capital_social", "resultat_net"),
    *("resultat_exploitation_12m", "total_bilan", "total_dettes"),
)
AMOUNTS = ("actif_circulant", "dettes_court_terme", "reserves", "resultat_exploitation", "total_bilan", "total_dettes")
"""In euros: current assets, debts within a year, retained earnings, operating result of a year, assets, debts."""
_Indexes = npt.NDArray[np.int64]


def amounts_known(tables: Path, rows: PanelRows) -> dict[str, Reals]:
    """The amounts of the newest exercice whose retained filing was known at the end of each row's month.

    Accounts closed `OLDEST` months ago or more no longer count. Retained earnings are equity less the share capital and
    the result of the exercice. A correction hides the filing that it replaces, so the exercice is then known only from
    the correction on.

    Args:
        tables: the folder of the tables of a snapshot, which may have no accounts.
    Returns:
        each of `AMOUNTS`, one value per row, NaN where it is not known.
    """
    file = tables / "accounts.parquet"
    columns = ["siren", "date_cloture", "known_at", *READ]
    filters = [("est_retenu", "==", True), ("cloture_future", "==", False), ("siren", "in", set(rows.sirens.tolist()))]
    filings = pq.read_table(file, columns=columns, filters=filters) if file.exists() else None
    if filings is None or not filings.num_rows:
        return {name: np.full(len(rows), np.nan) for name in AMOUNTS}
    return amounts_of(filings, rows)


def amounts_of(filings: pa.Table, rows: PanelRows) -> dict[str, Reals]:
    """The same from the retained filings, at least one: siren, date_cloture, known_at and `READ`."""
    count, month = filings.num_rows, np.asarray(rows.columns["month"])
    sirens = np.concatenate([filings["siren"].to_numpy().astype(str), rows.sirens.astype(str)])
    company = np.unique(sirens, return_inverse=True)[1]
    filers, asked = company[:count], company[count:]
    closed, known_at = (_months(filings[name]) for name in ("date_cloture", "known_at"))
    order = np.lexsort((closed, known_at, filers))
    place = np.searchsorted(_key(filers[order], known_at[order]), _key(asked, month), side="right") - 1
    filing = order[_newest(filers[order], closed[order])[np.maximum(place, 0)]]
    counts = (place >= 0) & (filers[filing] == asked) & (closed[filing] > month - OLDEST)
    return {name: np.where(counts, values[filing], np.nan) for name, values in _amounts(filings).items()}


def _newest(company: _Indexes, closed: _Indexes) -> _Indexes:
    """The position of the newest exercice among those known so far, for filings sorted by company and month known."""
    keys = _key(company, closed)
    newest = keys == np.maximum.accumulate(keys)
    return np.maximum.accumulate(np.where(newest, np.arange(len(keys)), 0))


def _amounts(filings: pa.Table) -> dict[str, Reals]:
    amounts = {name: _reals(filings[name]) for name in READ}
    retained = amounts["capitaux_propres"] - amounts["capital_social"] - amounts["resultat_net"]
    values = (
        *(amounts["actif_circulant_net"], amounts["dettes_court_terme"], retained),
        *(amounts["resultat_exploitation_12m"], amounts["total_bilan"], amounts["total_dettes"]),
    )
    return dict(zip(AMOUNTS, values, strict=True))


def _reals(amounts: pa.ChunkedArray) -> Reals:
    return np.asarray(amounts.cast(pa.float64()).to_numpy(), dtype=np.float64)


def _months(days: pa.ChunkedArray) -> _Indexes:
    """Indexes of months, as `PanelRows` counts them."""
    years, months = (part(days).cast(pa.int64()).to_numpy() for part in (pc.year, pc.month))
    return np.asarray(years * 12 + months - 1)


def _key(company: _Indexes, month: _Indexes) -> _Indexes:
    """One number that sorts by company, then by month."""
    return np.asarray(company.astype(np.int64) * 100_000 + month)
