"""Sectors: their share of the employers, their failures month by month, their activities.

Failures: Banque de France, Webstat, series DIREN.M.FR.DE.UL.DF.02.Y.<sector>.TT (openings of redressement or
liquidation by month, seasonally adjusted), 2004-01 to 2025-08, copied in `data/failures_by_sector.csv`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from signaux_faibles.fictitious.months import LAST, month
from signaux_faibles.reference_tables.tables import load

Reals = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sector:
    """A sector of the Banque de France.

    Attributes:
        sections: its sections of the NAF rév. 2.
        share: share of the companies of ten employees or more [estimate, from Insee's stock by A21 and jobs].
        failure_rate: failures of 2019 / stock of legal units, in %; only ratios between sectors count (Banque de France
            2019, Insee's stock A21REG_UL); agriculture is an estimate.
        charges: mean monthly contributions of one employee, in euros [estimate: 42 % of the gross wage].
        season: relative swing of the headcount between summer and winter [estimate].
        short_time: propensity to use activité partielle and to defer contributions in spring 2020, 1 = mean
            (Dares: hotels and restaurants first, then trade and business services).
    """

    code: str
    sections: str
    share: float
    failure_rate: float
    charges: float
    season: float
    short_time: float


SECTORS = (
    Sector("AZ", "A", 0.018, 0.40, 720, 0.10, 0.3),
    Sector("BE", "BCDE", 0.160, 1.21, 1_080, 0.01, 1.0),
    Sector("FZ", "F", 0.135, 2.03, 960, 0.02, 1.1),
    Sector("G", "G", 0.195, 1.54, 890, 0.02, 1.0),
    Sector("H", "H", 0.060, 1.27, 940, 0.02, 0.9),
    Sector("I", "I", 0.092, 2.44, 730, 0.08, 1.9),
    Sector("JZ", "J", 0.048, 0.78, 1_420, 0.00, 0.6),
    Sector("KZ", "K", 0.032, 0.53, 1_380, 0.00, 0.4),
    Sector("LZ", "L", 0.020, 0.51, 1_020, 0.01, 0.7),
    Sector("MN", "MN", 0.135, 0.69, 1_060, 0.02, 1.0),
    Sector("PS", "OPQRS", 0.105, 0.45, 860, 0.01, 0.8),
)

JUDGMENT_SEASON = (1.14, 1.08, 1.14, 0.99, 0.93, 1.06, 1.00, 0.36, 1.14, 1.15, 1.08, 0.92)
"""Openings by month of the year, 1 = mean month (Banque de France, raw series, mean of 2012-2019)."""

LIKELY_ACTIVITIES = {
    "01.13Z": 3, "01.21Z": 4, "01.61Z": 3, "10.13A": 2, "10.71C": 12, "10.71A": 3, "22.22Z": 2, "22.29A": 3,
    "25.11Z": 4, "25.62B": 9, "25.50B": 2, "28.29B": 2, "18.12Z": 4, "31.09B": 2, "33.12Z": 4, "33.20B": 2,
    "38.11Z": 2, "16.23Z": 3, "23.61Z": 2, "32.50A": 2, "14.13Z": 2, "41.20A": 4, "41.20B": 6, "43.21A": 12,
    "43.22A": 8, "43.22B": 6, "43.32A": 6, "43.32B": 3, "43.34Z": 7, "43.91B": 6, "43.99C": 14, "43.11Z": 2,
    "43.12A": 5, "43.31Z": 3, "43.33Z": 3, "42.11Z": 3, "45.11Z": 9, "45.20A": 6, "45.31Z": 2, "46.69B": 5,
    "46.90Z": 3, "46.73A": 4, "46.39B": 2, "46.34Z": 2, "47.11D": 3, "47.11F": 6, "47.71Z": 4, "47.52B": 3,
    "47.59A": 3, "47.73Z": 4, "47.24Z": 3, "49.41A": 12, "49.41B": 8, "49.39A": 3, "49.32Z": 3, "52.29B": 4,
    "53.20Z": 3, "86.90A": 4, "55.10Z": 16, "56.10A": 40, "56.10C": 14, "56.30Z": 4, "56.21Z": 3, "62.01Z": 10,
    "62.02A": 14, "58.29C": 3, "59.11B": 3, "63.11Z": 2, "64.20Z": 12, "66.22Z": 4, "64.19Z": 2, "68.31Z": 6,
    "68.20B": 4, "68.32A": 4, "69.10Z": 5, "69.20Z": 9, "70.22Z": 9, "71.12B": 11, "73.11Z": 6, "78.20Z": 6,
    "80.10Z": 5, "81.21Z": 12, "81.30Z": 5, "82.99Z": 6, "74.10Z": 2, "85.59A": 6, "85.31Z": 3, "85.53Z": 4,
    "84.11Z": 3, "84.13Z": 1, "86.10Z": 3, "87.10A": 4, "88.10A": 6, "88.91A": 5, "93.12Z": 3, "93.13Z": 3,
    "94.99Z": 8, "94.12Z": 1, "96.02A": 6, "96.01B": 2, "96.04Z": 2,
}  # fmt: skip
"""Weights, within their section, of activities with many employees [estimate]; the others share a quarter."""

_ELSEWHERE = 0.25


@cache
def failures_by_month() -> Reals:
    """Openings by sector and month, [sector, month from 2004-01], judgments of August in August.

    After August 2025, the mean of the last twelve known months.
    """
    text = files("signaux_faibles.fictitious").joinpath("data/failures_by_sector.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))
    published = np.array([[float(cell) for cell in row[1:]] for row in rows[1:]]).T
    level = np.repeat(published[:, -12:].mean(axis=1, keepdims=True), LAST - published.shape[1], axis=1)
    adjusted = np.concatenate([published, level], axis=1)
    return np.asarray(adjusted * np.resize(JUDGMENT_SEASON, LAST))


@cache
def failures_relative_to_2019() -> Reals:
    """Openings of each sector and month, 1 = mean month of 2019 of that sector."""
    counts = failures_by_month()
    year = slice(month(2019, 1), month(2020, 1))
    return np.asarray(counts / counts[:, year].mean(axis=1, keepdims=True))


@cache
def activities() -> tuple[tuple[str, ...], npt.NDArray[np.int64], Reals]:
    """NAF rév. 2 codes, the rank of their sector, and their probability inside it."""
    rows = [row for row in load("naf_codes").to_pylist() if sector_of(row["niv1"]) is not None]
    codes = tuple(row["niv5"] for row in rows)
    sector = np.array([sector_of(row["niv1"]) for row in rows])
    liked = np.array([LIKELY_ACTIVITIES.get(code, 0) for code in codes], dtype=float)
    weight = np.empty(len(codes))
    for rank in range(len(SECTORS)):
        inside = sector == rank
        weight[inside] = (1 - _ELSEWHERE) * liked[inside] / liked[inside].sum() + _ELSEWHERE / inside.sum()
    return codes, sector, weight


def sector_of(section: str) -> int | None:
    """Rank in `SECTORS` of a section of the NAF rév. 2; None for households (T) and international bodies (U)."""
    return next((rank for rank, sector in enumerate(SECTORS) if section in sector.sections), None)
