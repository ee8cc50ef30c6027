"""Small made tables: companies followed for some years, that fail when they owe much beside what they have."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from scipy.special import expit

YEARS = (2001, 2008)


def made(companies: int = 250, seed: int = 0) -> dict[str, list[object]]:
    """Columns of a table: one row for each company and year; the ratio of two amounts makes them fail."""
    chance = np.random.default_rng(seed)
    years = np.arange(YEARS[0], YEARS[1] + 1)
    company, year = (part.ravel() for part in np.meshgrid(np.arange(companies), years, indexing="ij"))
    assets = np.exp(chance.normal(5, 2, companies))[company] * np.exp(chance.normal(0, 0.2, len(company)))
    weight = chance.normal(0, 1, companies)[company] + chance.normal(0, 0.5, len(company))
    owed = assets * np.exp(weight - 1)
    noise = chance.normal(0, 1, len(company))
    noise[chance.random(len(company)) < 0.1] = np.nan
    fails = chance.random(len(company)) < expit(1.6 * weight - 2.6)
    return {
        "company": [f"C{one}" for one in company],
        "year": [int(one) for one in year],
        "assets": assets.tolist(),
        "owed": owed.tolist(),
        "noise": [None if np.isnan(one) else float(one) for one in noise],
        "failed": [int(one) for one in fails],
    }


def written(folder: Path, columns: dict[str, list[object]], name: str = "table.parquet") -> Path:
    """The file of a table."""
    pq.write_table(pa.table(columns), folder / name)
    return folder / name
