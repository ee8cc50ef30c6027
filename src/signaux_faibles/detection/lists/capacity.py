"""The order in which a limited number of companies are called: the « liste retraitée » (model §4.9).

A company in alert is eligible if its alert is a first one, it has no payment plan in progress and it was created more
than three years before. It counts once, in the department of its head office. Two orders are frozen with the list, and
cut at the capacity when they are read:

- that of the DGFiP: those that the accounts explain, then moderate alerts, then high ones, which are often known;
- ours: by expected failures, weighted by the jobs at stake.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import ACCOUNTS
from signaux_faibles.detection.levels import Level
from signaux_faibles.detection.lists.eligibility import YEARS, K, WhyNot
from signaux_faibles.relations.schema import Kind, table

CAPACITY = table(
    "capacity",
    ("siren",),
    "for each alert, why it is not eligible, or its place in its department and in all, in both orders",
    siren=Kind.TEXT,
    departement=Kind.TEXT,
    why_not=Kind.TEXT,
    place_accounts=Kind.INTEGER,
    rank_accounts=Kind.INTEGER,
    place_jobs=Kind.INTEGER,
    rank_jobs=Kind.INTEGER,
)


def capacity(entries: pa.Table, rows: PanelRows, explained: pa.Table) -> pa.Table:
    """Both orders of the alerts of a list, in the columns of `CAPACITY`.

    What is unknown excludes no company: plans that were not delivered, or whether an alert is a first one when no
    list came before.

    Args:
        entries: the columns of `ENTRIES`.
        rows: the panel of the month, with one row for each entry.
        explained: the columns of `REASONS`, for each alert.
    """
    facts = {siren: rank for rank, siren in enumerate(rows.sirens)}
    alerts = [entry for entry in entries.to_pylist() if entry["level"] is not None]
    why = {entry["siren"]: _why_not(entry, rows, facts[entry["siren"]]) for entry in alerts}
    eligible = [entry for entry in alerts if why[entry["siren"]] is None]
    by_accounts = _explained_by_accounts(explained)
    orders = {
        "accounts": sorted(eligible, key=lambda entry: _of_accounts(entry, by_accounts)),
        "jobs": sorted(eligible, key=lambda entry: _of_jobs(entry, rows, facts[entry["siren"]])),
    }
    placed = {name: _placed(order) for name, order in orders.items()}
    capacity_rows = []
    for entry in sorted(alerts, key=lambda entry: entry["siren"]):
        siren = entry["siren"]
        row = {"siren": siren, "departement": entry["departement"], "why_not": why[siren]}
        for name, places in placed.items():
            row[f"place_{name}"], row[f"rank_{name}"] = places.get(siren, (None, None))
        capacity_rows.append(row)
    return pa.table(
        {name: [row[name] for row in capacity_rows] for name in CAPACITY.arrow.names}, schema=CAPACITY.arrow
    )


def about(ordered: pa.Table, rows: PanelRows) -> dict[str, Any]:
    """What the card says of the orders: the conditions, and how many alerts each leaves out."""
    why = ordered["why_not"].to_pylist()
    return {
        "k": K,
        "years": YEARS,
        "eligible": why.count(None),
        "left_out": {reason.value: count for reason, count in _counted(why).items()},
        "plans_known": bool(np.isfinite(_column(rows, "delai_en_cours")).any()),
    }


def _counted(why: Iterable[str | None]) -> dict[WhyNot, int]:
    counts = Counter(why)
    return {reason: counts[reason.value] for reason in WhyNot}


def _why_not(entry: Mapping[str, Any], rows: PanelRows, rank: int) -> WhyNot | None:
    if entry["first_alert"] is False:
        return WhyNot.NOT_FIRST
    if _column(rows, "delai_en_cours")[rank] > 0:
        return WhyNot.PLAN
    return WhyNot.RECENT if _column(rows, "age_entreprise")[rank] < YEARS * 12 else None


def _explained_by_accounts(explained: pa.Table) -> set[str]:
    """The companies whose alert is due to their accounts more than to anything else."""
    weights: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    columns = (explained[name].to_pylist() for name in ("siren", "theme", "contribution"))
    for siren, theme, contribution in zip(*columns, strict=True):
        weights[siren][theme] += contribution
    return {
        siren
        for siren, themes in weights.items()
        if themes.get(ACCOUNTS, 0.0) > 0 and themes[ACCOUNTS] == max(themes.values())
    }


def _of_accounts(entry: Mapping[str, Any], by_accounts: set[str]) -> tuple[int, int]:
    if entry["siren"] in by_accounts:
        return 0, entry["rank"]
    return 1 if entry["level"] == Level.MODERATE else 2, entry["rank"]


def _of_jobs(entry: Mapping[str, Any], rows: PanelRows, rank: int) -> tuple[float, int]:
    """Most jobs expected to be lost first; a company whose headcount is unknown comes last."""
    jobs = _column(rows, "effectif")[rank]
    return (0.0 if np.isnan(jobs) else -entry["probability"] * float(jobs)), entry["rank"]


def _placed(order: Iterable[Mapping[str, Any]]) -> dict[str, tuple[int | None, int]]:
    """By siren, the place in the department, None without one, and in all."""
    within: Counter[str] = Counter()
    placed: dict[str, tuple[int | None, int]] = {}
    for rank, entry in enumerate(order, start=1):
        departement = entry["departement"]
        if departement is not None:
            within[departement] += 1
        placed[entry["siren"]] = (None if departement is None else within[departement], rank)
    return placed


def _column(rows: PanelRows, name: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.asarray(rows.columns[name], dtype=np.float64)
