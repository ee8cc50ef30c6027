"""How late companies pay their suppliers, as the panel in service reads it at a month (model §1.7)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from signaux_faibles.fictitious.files.paydex import FIRST, LAST_DELIVERED, lateness
from signaux_faibles.fictitious.months import Batch, month_of
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people.population import Ints, Reals

LAST_BATCH = Batch("2509")
"""The last one that holds the file."""
_YEAR = 12
_READ = ("paydex", "fpi_30", "fpi_90")


@dataclass(frozen=True)
class Payments:
    """The values of a part; shape (companies, months since `FIRST`), NaN where there is none."""

    by_name: dict[str, Reals]

    @classmethod
    def of(cls, part: Part) -> Payments:
        """The last value of each month."""
        file = lateness(part, LAST_BATCH)
        order = np.argsort(file["date_valeur"].to_numpy(), kind="stable")
        ranked = np.argsort(part.employers.siren)
        sirens = np.asarray(part.employers.siren)
        row = ranked[np.searchsorted(sirens, file["siren"].to_numpy(zero_copy_only=False), sorter=ranked)][order]
        at = (month_of(file["date_valeur"].to_numpy()) - FIRST)[order]
        by_name = {}
        for name in _READ:
            values = file[name].cast(pa.float64()).to_numpy()
            if name != "paydex":
                values = np.clip(values, 0, 100)
            laid = np.full((len(sirens), LAST_DELIVERED - FIRST), np.nan)
            laid[row, at] = values[order]
            by_name[name] = laid
        return cls(by_name)

    def at(self, origin: int, rank: Ints) -> dict[str, Reals]:
        """The columns of the panel that payments give at a month: the values of the month before."""
        now = {name: self._of_month(name, origin - 1, rank) for name in _READ}
        return {**now, "paydex_evolution_12": now["paydex"] - self._of_month("paydex", origin - 1 - _YEAR, rank)}

    def _of_month(self, name: str, month: int, rank: Ints) -> Reals:
        if not FIRST <= month < LAST_DELIVERED:
            return np.full(len(rank), np.nan)
        return np.asarray(self.by_name[name][rank, month - FIRST])
