"""What the help of agents really does in a world, for those who judge a measure of impact."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from signaux_faibles.fictitious.measured.known import HORIZON
from signaux_faibles.fictitious.months import LAST, first_day
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.truth.help import help_given


@dataclass(frozen=True)
class Effect:
    """The help given 18 months or more before the end of the country, failures within 18 months.

    Attributes:
        companies: how many were touched.
        logged: share of the help that is written down.
        with_help, without: share that fails, with the help and as it would have without.
        jobs: employees at 18 months with the help, over those without it; a company that stopped has none.
    """

    companies: int
    logged: float
    with_help: float
    without: float
    jobs: float


def effect(parts: list[Part], role: str = "aidee") -> Effect | None:
    """The effect on the companies helped, or on their neighbours (`voisine`); None where nobody is."""
    rows = pa.concat_tables([help_given(part) for part in parts])
    last = first_day(np.array([LAST - 1 - HORIZON]))[0]
    over = pc.and_(pc.equal(rows["role"], role), pc.less_equal(rows["periode"], pa.scalar(last.item())))
    rows = rows.filter(over)
    if not rows.num_rows:
        return None
    jobs = [float(pc.sum(pc.fill_null(rows[f"effectif_{HORIZON}_{suffix}"], 0)).as_py()) for suffix in ("avec", "sans")]
    return Effect(
        companies=rows.num_rows,
        logged=float(np.mean(rows["consigne"].to_numpy())),
        with_help=_failing(rows, "avec"),
        without=_failing(rows, "sans"),
        jobs=jobs[0] / jobs[1],
    )


def _failing(rows: pa.Table, suffix: str) -> float:
    """Share of the companies that fail in the 18 months after the month of the help."""
    month = rows["periode"].to_numpy().astype("datetime64[M]")
    failure = rows[f"defaillance_{suffix}"].to_numpy().astype("datetime64[M]")
    return float(np.mean(~np.isnat(failure) & (failure <= month + HORIZON)))
