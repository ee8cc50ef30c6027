"""Rows of past lists read straight from the lives of the invented country, with the latent hazard that nobody sees."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import SECTION, Flags, Reals
from signaux_faibles.detection.learning.joint.table import Table
from signaux_faibles.fictitious.measured.hardness import free_of_noise
from signaux_faibles.fictitious.measured.known import LAG, KnownStocks
from signaux_faibles.fictitious.measured.known_accounts import accounts
from signaux_faibles.fictitious.months import FIRST_YEAR, month_of
from signaux_faibles.fictitious.people.places import communes
from signaux_faibles.panel.schema import HORIZONS, LONGEST
from signaux_faibles.relations.months import month_at

MONTHS_OF_A_YEAR = 12
EPOCH = FIRST_YEAR * MONTHS_OF_A_YEAR
"""Index of the first month of the invented country."""


@dataclass(frozen=True)
class InventedRows:
    """Rows of past lists of one country.

    Attributes:
        rows: who they are and what followed.
        table: the inputs of the recipe of 2021, the accounts among them; unknown is zero, as in that recipe.
        rules: the same rows, with the columns that rules read.
        hazard: the probability of failure within 18 months if the latent hazard of the month lasted.
        processes: what all that is observed follows, free of noise; shape (rows, processes).
    """

    rows: PanelRows
    table: Table
    rules: Table
    hazard: Reals
    processes: Reals


def invented_rows(parts: Sequence[KnownStocks], months: Collection[int]) -> InventedRows:
    """The rows of some months, given by index, sorted by company and month."""
    pieces = [_of_month(part, month - EPOCH) for part in parts for month in sorted(months)]
    joined = {name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]}
    order = np.lexsort((joined["month"], joined["siren"].astype(str)))
    joined = {name: values[order] for name, values in joined.items()}
    features, places = joined.pop("features"), joined.pop("departement")
    hazard, processes = joined.pop("hazard"), joined.pop("processes")
    rows = PanelRows(joined)
    outcome, sirens, times = rows.target(LONGEST), rows.sirens.astype(str), rows.columns["month"]
    names = tuple(f"input_{rank:02d}" for rank in range(features.shape[1]))
    table = Table(names, features, outcome, sirens, times, MONTHS_OF_A_YEAR, followed=True)
    read = {
        "naf_section": rows.columns[SECTION].astype(np.float64),
        "departement": places,
        **{name: rows.columns[name] for name in ("effectif", "mois_impayes_12", "part_ouvriere")},
    }
    rules = Table(tuple(read), np.column_stack(list(read.values())), outcome, sirens, times, MONTHS_OF_A_YEAR)
    return InventedRows(rows, table, rules, hazard, processes)


def _of_month(known: KnownStocks, origin: int) -> dict[str, npt.NDArray[np.generic]]:
    """All that is read of the companies of the perimeter at a month of the country."""
    rank = known.companies(origin)
    part, count = known.part, len(rank)
    unpaid = known.employee[rank, origin - MONTHS_OF_A_YEAR + 1 : origin + 1] > 0
    monthly = np.clip(part.lives.hazard[rank, origin].astype(np.float64), 0, 1)
    return {
        "siren": np.asarray(part.employers.siren)[rank].astype(object),
        "month": np.full(count, origin + EPOCH, dtype=np.int64),
        "periode": np.array([month_at(origin + EPOCH)] * count, dtype=object),
        SECTION: part.employers.sector[rank].astype(object),
        "in_bonis": np.ones(count),
        "already_open": np.zeros(count),
        "effectif": part.lives.headcount[rank, origin - LAG].astype(np.float64),
        "effectif_retard": np.zeros(count),
        "age_entreprise": (origin - part.employers.birth[rank]).astype(np.float64),
        "delai_en_cours": np.zeros(count),
        "mois_impayes_12": unpaid.sum(axis=1).astype(np.float64),
        "part_ouvriere": known.employee[rank, origin],
        "departement": _departments(known, rank, origin),
        "features": np.column_stack([known.features(origin, rank), accounts(part, origin, rank)]),
        "hazard": 1 - (1 - monthly) ** LONGEST,
        "processes": free_of_noise(known, origin, rank),
        **{f"target_{horizon}": _fails(known, rank, origin, horizon).astype(np.float64) for horizon in HORIZONS},
    }


def _fails(known: KnownStocks, rank: npt.NDArray[np.intp], origin: int, horizon: int) -> Flags:
    """Whether these companies enter a procedure in the months after a month."""
    events = known.part.lives.events
    when = month_of(events.day)
    fails = np.zeros(known.part.employers.count, dtype=np.bool_)
    fails[events.company[events.failures & (when > origin) & (when <= origin + horizon)]] = True
    return np.asarray(fails[rank])


def _departments(known: KnownStocks, rank: npt.NDArray[np.intp], origin: int) -> Reals:
    """The department of the head office, as a code."""
    sites = known.part.sites
    _, codes = np.unique(np.array(communes().departement.to_pylist()), return_inverse=True)
    head = sites.current(rank, np.zeros_like(rank), origin)
    return np.asarray(codes[sites.commune[head]], dtype=np.float64)
