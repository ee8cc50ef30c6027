"""Expert signals that the panel does not hold, made again for a past month from the tables of today.

A filing counts as known, or as missed, once the files that would report it are complete: 60 days after it was made, or
due. A plan is exceeded as pages say it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import narwhals.stable.v2 as nw

from signaux_faibles.detection.lists.signals import MARGIN, Signal
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import is_latest
from signaux_faibles.relations.months import index_of, month_at
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.tables.debts.delai import DELAI_BY_MONTH
from signaux_faibles.tables.filing.delays import FILING_DELAYS, IN_TIME, LATE, MISSING, PUBLICATION_LAG_DAYS

_NAMED = Schema("named", (Field("siren", Kind.TEXT),), ("siren",))


def filed_late(filings: Relation, until: date) -> Relation:
    """The companies whose latest exercice settled by a day was filed late, or not filed.

    Args:
        filings: `filing_delays`. An exercice that nothing can be concluded about is passed over, as on pages.
    Returns:
        siren.
    """
    settles = nw.when(nw.col("etat") == IN_TIME).then(nw.col("depose_le")).otherwise(nw.col("date_limite"))
    settled = filings.filter(
        nw.col("etat").is_in([IN_TIME, LATE, MISSING]),
        settles.dt.offset_by(f"{PUBLICATION_LAG_DAYS}d").cast(nw.Date) <= nw.lit(until),
    )
    latest = settled.filter(is_latest("date_cloture", "siren"))
    return latest.filter(nw.col("etat") != IN_TIME, nw.col("jours_retard") > 0).select("siren")


def plans_exceeded(plans: Relation, month: date) -> Relation:
    """The companies whose debt is beyond their plans in force in a month, by more than a tenth of these.

    Args:
        plans: `delai_by_month`; a company with an unknown amount is left out.
    Returns:
        siren.
    """
    amounts = ("montant_echeancier", "reste_prevu", "dette")
    unknown = nw.any_horizontal(*(nw.col(name).is_null() for name in amounts), ignore_nulls=False)
    totals = (
        plans.filter(nw.col("periode") == nw.lit(month))
        .with_columns(unknown_=nw.when(unknown).then(nw.lit(1)).otherwise(nw.lit(0)))
        .group_by("siren")
        .agg(nw.col("unknown_").max(), *(nw.col(name).sum() for name in amounts))
    )
    behind = nw.col("dette") - nw.col("reste_prevu")
    return totals.filter(nw.col("unknown_") == 0, behind * MARGIN > nw.col("montant_echeancier")).select("siren")


_FROM: Mapping[Signal, tuple[str, Schema, Callable[[Relation, date], Relation]]] = {
    Signal.LATE_FILING: (
        "filing_delays",
        FILING_DELAYS,
        lambda filings, month: filed_late(filings, month_at(index_of(month) + 1) - timedelta(days=1)),
    ),
    Signal.EXCEEDED_PLAN: ("delai_by_month", DELAI_BY_MONTH, plans_exceeded),
}


def named_by_tables(tables: Path, month: date) -> dict[Signal, frozenset[str]]:
    """By signal that the panel does not hold, the companies that had it in a month; without its table, no signal."""
    by_signal: dict[Signal, frozenset[str]] = {}
    with tempfile.TemporaryDirectory() as scratch, open_engine("duckdb", scratch=Path(scratch)) as engine:
        for signal, (name, schema, named) in _FROM.items():
            file = tables / f"{name}.parquet"
            if file.exists():
                rows = engine.collect(named(engine.read([file], schema), month), _NAMED)
                by_signal[signal] = frozenset(rows["siren"].to_pylist())
    return by_signal
