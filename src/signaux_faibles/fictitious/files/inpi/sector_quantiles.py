"""Quantiles of the published ratios by activity and turnover, `ratios_inpi_bce_sectors.csv` (open-data §2.7)."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from signaux_faibles.fictitious.files.inpi.ratios import company_ratios
from signaux_faibles.fictitious.files.part_file import PartFile
from signaux_faibles.fictitious.months import Batch
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people.sectors import activities
from signaux_faibles.reference_tables.tables import load
from signaux_faibles.sources.inpi.ratios_inpi_bce_sectors import (
    QUANTILES,
    RATIOS_INPI_BCE_SECTORS,
    SECTOR_RATIOS,
)

_LEVELS = (0, 1, 2, 4, 5, 6)
"""Characters of the code of each class: none for all, one for the section, then 2, 3, 4 digits and the whole code."""
_FEWEST = 10
"""A class with fewer accounts is not published."""
_SHARES = ("marge_brute", "ebe", "ebit", "resultat_net")
_RENAMED = {"poids_bfr_exploitation": "poids_bfr_exploitation_sur_ca"}
_SIZES = """CASE WHEN chiffre_d_affaires < 2000000 THEN '<2M' WHEN chiffre_d_affaires < 10000000 THEN '2M-10M'
WHEN chiffre_d_affaires < 50000000 THEN '10M-50M' WHEN chiffre_d_affaires IS NOT NULL THEN '>50M' END"""


class SectorFile(PartFile):
    """The file being written: the ratios of each part go to the disk, the quantiles are taken at the end."""

    def __init__(self, folder: Path, batch: Batch) -> None:
        super().__init__(folder / RATIOS_INPI_BCE_SECTORS.files.exact[0])
        self._batch = batch
        self._parts = 0

    def _open(self, draft: Path) -> None:
        self._draft = draft
        self._folder = Path(tempfile.mkdtemp(prefix="sf-sectors-"))
        self._stack.callback(shutil.rmtree, self._folder, ignore_errors=True)

    def _end(self) -> None:
        self._write(self._draft)

    def add(self, part: Part) -> None:
        """Keep the last filing of each exercice of a part, consolidated ones apart."""
        rows = company_ratios(part, self._batch)
        rows = rows.filter(pc.not_equal(rows["type_bilan"], "K"))
        exercice = np.char.add(rows["siren"].to_numpy().astype(str), rows["date_cloture"].to_numpy().astype(str))
        last = np.r_[exercice[1:] != exercice[:-1], True] if len(exercice) else np.zeros(0, dtype=bool)
        last_rows = rows.filter(pa.array(last))
        codes, sections = pa.array(activities()[0]), pa.array(_sections())
        last_rows = last_rows.append_column("naf", codes.take(last_rows["activity"])).append_column(
            "section", sections.take(last_rows["activity"])
        )
        pq.write_table(last_rows, self._folder / f"{self._parts:04d}.parquet")
        self._parts += 1

    def _write(self, draft: Path) -> None:
        with duckdb.connect(config={"threads": 2}) as connection:
            ratios = ", ".join(f"{_ratio(name)} AS {name}" for name in SECTOR_RATIOS)
            connection.execute(
                f"CREATE VIEW known AS SELECT year(date_cloture) AS exercice, naf, section, {_SIZES} AS size, {ratios} "
                f"FROM '{self._folder}/*.parquet'"
            )
            years = [year for (year,) in connection.sql("SELECT DISTINCT exercice FROM known ORDER BY 1").fetchall()]
            classes = [_quantiles(year, level) for year in years for level in _LEVELS]
            connection.execute(f"CREATE TABLE classes AS {classes[0]}")
            for some in classes[1:]:
                connection.execute(f"INSERT INTO classes {some}")
            (self.rows,) = connection.sql("SELECT count(*) FROM classes").fetchone() or (0,)
            connection.execute(f"COPY classes TO '{draft}' (FORMAT csv, HEADER true, DELIMITER ';')")


def _ratio(name: str) -> str:
    """A ratio of a filing: a share of the turnover, or one that is published for companies."""
    of = name.removeprefix("part_ca_")
    if name != of and of in _SHARES:
        return f"CASE WHEN chiffre_d_affaires > 0 THEN 100 * {of} / chiffre_d_affaires END"
    return _RENAMED.get(name, name)


def _quantiles(year: int, length: int) -> str:
    """The classes of an exercice at one level of the activity, over all turnovers and by turnover."""
    name = {0: "'*'", 1: "section"}.get(length, f"left(naf, {length})")
    points = "[0.1, 0.25, 0.5, 0.75, 0.9]"
    taken = ", ".join(f"quantile_cont({ratio}, {points}) AS {ratio}" for ratio in SECTOR_RATIOS)
    columns = ", ".join(
        f"round({ratio}[{rank + 1}], 3) AS {ratio}_{quantile}"
        for ratio in SECTOR_RATIOS
        for rank, quantile in enumerate(QUANTILES)
    )
    return (
        f"WITH mine AS (SELECT {name} AS classe_naf, * FROM known WHERE exercice = {year}), "
        f"whole AS (SELECT classe_naf, '*' AS classe_ca, count(*) AS cohorte, {taken} FROM mine GROUP BY classe_naf), "
        f"sized AS (SELECT classe_naf, size AS classe_ca, count(*) AS cohorte, {taken} FROM mine "
        f"WHERE size IS NOT NULL GROUP BY classe_naf, size) "
        f"SELECT classe_naf, classe_ca, CAST({year} AS BIGINT) AS exercice, cohorte, {columns} "
        f"FROM (FROM whole UNION ALL FROM sized) WHERE cohorte >= {_FEWEST} ORDER BY classe_naf, classe_ca"
    )


@cache
def _sections() -> tuple[str, ...]:
    """The section of each of `sectors.activities`."""
    section = {row["niv5"]: row["niv1"] for row in load("naf_codes").to_pylist()}
    return tuple(section[code] for code in activities()[0])
