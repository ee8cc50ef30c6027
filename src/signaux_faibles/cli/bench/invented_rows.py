"""Rows of past lists read straight from the lives of the invented country, with the latent hazard that nobody sees."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from signaux_faibles.detection.backtest.panel_table import PanelTable, panel_table
from signaux_faibles.detection.features.amounts import AMOUNTS
from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import SECTION, Flags, Reals
from signaux_faibles.detection.learning.joint.table import Table
from signaux_faibles.fictitious.measured.hardness import free_of_noise
from signaux_faibles.fictitious.measured.known import KnownStocks
from signaux_faibles.fictitious.measured.known_panel import KnownPanel
from signaux_faibles.fictitious.months import FIRST_YEAR, month_of
from signaux_faibles.fictitious.people.places import communes
from signaux_faibles.fictitious.people.sectors import SECTORS
from signaux_faibles.panel.peers import KEYS, PEER_FEATURES, RANKED, among_peers
from signaux_faibles.panel.schema import HORIZONS, LONGEST
from signaux_faibles.relations.months import month_at
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.relations.schema import Field, Kind, Schema

MONTHS_OF_A_YEAR = 12
EPOCH = FIRST_YEAR * MONTHS_OF_A_YEAR
"""Index of the first month of the invented country."""
PAYMENTS = ("paydex", "fpi_30", "fpi_90")
"""What the recipes of the service read of payments to suppliers."""
_PEERS = Schema("peers", (Field("siren", Kind.TEXT), Field("periode", Kind.DATE), *PEER_FEATURES), KEYS)


@dataclass(frozen=True)
class InventedRows:
    """Rows of past lists of one country.

    Attributes:
        panel: the rows as the learner of the service reads them, unknown where nobody knows, and as rules do.
        past: the inputs of the recipes of the service: debts and their past, headcount, activité partielle, accounts,
            payments to suppliers; unknown is zero, as in these recipes.
        hazard: the probability of failure within 18 months if the latent hazard of the month lasted.
        processes: what all that is observed follows, free of noise; shape (rows, processes).
    """

    panel: PanelTable
    past: Table
    hazard: Reals
    processes: Reals


def invented_rows(parts: Sequence[KnownStocks], months: Collection[int]) -> InventedRows:
    """The rows of some months, given by index, sorted by company and month."""
    panels = [KnownPanel.of(part) for part in parts]
    pieces = [_of_month(panel, month - EPOCH) for panel in panels for month in sorted(months)]
    joined = {name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]}
    order = np.lexsort((joined["month"], joined["siren"].astype(str)))
    joined = {name: values[order] for name, values in joined.items()}
    past, hazard, processes, places = (joined.pop(name) for name in ("past", "hazard", "processes", "place"))
    amounts = {name: joined.pop(name) for name in AMOUNTS}
    rows = PanelRows(joined | _ranks(joined))
    laid = panel_table(rows, dict(zip(rows.sirens.tolist(), places.tolist(), strict=True)), amounts)
    names = tuple(f"input_{rank:02d}" for rank in range(past.shape[1]))
    return InventedRows(laid, replace(laid.table, names=names, values=past), hazard, processes)


def _ranks(columns: dict[str, npt.NDArray[np.generic]]) -> dict[str, Reals]:
    """The ranks among peers, by the rule of the panel; the rows must be all those of their months, sorted."""
    read = {name: pa.array(columns[name], from_pandas=True) for name in (*KEYS, SECTION, "effectif", *RANKED)}
    with tempfile.TemporaryDirectory() as scratch, open_engine("duckdb", scratch=Path(scratch)) as engine:
        ranked = engine.collect(among_peers(engine.from_arrow(pa.table(read))), _PEERS)
    order = np.lexsort((ranked["periode"].to_numpy(), ranked["siren"].to_numpy(zero_copy_only=False).astype(str)))
    return {field.name: ranked[field.name].to_numpy()[order] for field in PEER_FEATURES}


def _of_month(panel: KnownPanel, origin: int) -> dict[str, npt.NDArray[np.generic]]:
    """All that is read of the companies of the perimeter at a month of the country."""
    stocks = panel.stocks
    rank = stocks.companies(origin)
    part, count = stocks.part, len(rank)
    monthly = np.clip(part.lives.hazard[rank, origin].astype(np.float64), 0, 1)
    numbers = panel.at(origin, rank)
    paid = [np.nan_to_num(numbers[name]) for name in PAYMENTS]
    return {
        "siren": np.asarray(part.employers.siren)[rank].astype(object),
        "month": np.full(count, origin + EPOCH, dtype=np.int64),
        "periode": np.array([month_at(origin + EPOCH)] * count, dtype=object),
        SECTION: np.array([sector.code for sector in SECTORS], dtype=object)[part.employers.sector[rank]],
        "in_bonis": np.ones(count),
        "already_open": np.zeros(count),
        **numbers,
        **panel.returns.amounts_at(origin, rank),
        "place": _departments(stocks, rank, origin),
        "past": np.column_stack([stocks.features(origin, rank), panel.returns.inputs_at(origin, rank), *paid]),
        "hazard": 1 - (1 - monthly) ** LONGEST,
        "processes": free_of_noise(stocks, origin, rank),
        **{f"target_{horizon}": _fails(stocks, rank, origin, horizon).astype(np.float64) for horizon in HORIZONS},
    }


def _fails(stocks: KnownStocks, rank: npt.NDArray[np.intp], origin: int, horizon: int) -> Flags:
    """Whether these companies enter a procedure in the months after a month."""
    events = stocks.part.lives.events
    when = month_of(events.day)
    fails = np.zeros(stocks.part.employers.count, dtype=np.bool_)
    fails[events.company[events.failures & (when > origin) & (when <= origin + horizon)]] = True
    return np.asarray(fails[rank])


def _departments(stocks: KnownStocks, rank: npt.NDArray[np.intp], origin: int) -> npt.NDArray[np.object_]:
    """The department of the head office."""
    sites = stocks.part.sites
    head = sites.current(rank, np.zeros_like(rank), origin)
    return np.array(communes().departement.to_pylist(), dtype=object)[sites.commune[head]]
