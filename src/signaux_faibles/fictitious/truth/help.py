"""The truth about the help of agents: what happened to each company touched, and what would have happened."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from signaux_faibles.fictitious.lives.courts import Events, ProcedureKind, ProcedureStage
from signaux_faibles.fictitious.lives.help import NOBODY
from signaux_faibles.fictitious.lives.lives import Lives
from signaux_faibles.fictitious.months import LAST, Dates, first_day, month_of
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people.population import Bools, Ints

HORIZONS = (6, 12, 18, 24, 36)
"""Months after the help at which the headcount is recorded."""
_NEVER = np.datetime64("2200-01-01")


def help_given(part: Part) -> pa.Table:
    """One row per company touched by help, with both outcomes: `_avec` happened, `_sans` would have without any help.

    Outcomes follow the month of the help: first failure from in bonis and its kind, first opening of a liquidation,
    headcounts at `HORIZONS`. Null means none before the end of the country; for a headcount, that the company has
    stopped or the country has ended.
    """
    helped, siren, parameters = part.stories.helped, part.employers.siren, part.parameters.help
    own = helped.neighbour_of == NOBODY
    columns = {
        "siren": pa.array(siren[helped.company]),
        "periode": pa.array(first_day(helped.period)),
        "role": pa.array(("voisine", "aidee")).take(pa.array(own.astype(np.int64))),
        "voisine_de": pa.array(siren[np.maximum(helped.neighbour_of, 0)], mask=own),
        "consigne": pa.array(helped.logged),
        "indice_visible": pa.array(helped.on_data.astype(np.float32)),
        "rapport_de_risque": pa.array(np.where(own, parameters.ratio, parameters.neighbour)),
        "mois_d_effet": pa.repeat(parameters.months, len(own)),
    }
    for suffix, lives in (("avec", part.lives), ("sans", part.stories.unhelped)):
        columns |= {f"{name}_{suffix}": column for name, column in _outcomes(part, lives).items()}
    return pa.table(columns)


def takeovers(part: Part) -> pa.Table:
    """One row per business that goes on under another siren after a liquidation."""
    takeover, siren = part.takeovers, part.employers.siren
    company, successor, period, jobs = (
        (takeover.company, takeover.successor, takeover.period, takeover.jobs)
        if takeover is not None
        else (np.zeros(0, dtype=np.int64),) * 4
    )
    return pa.table(
        {
            "siren": pa.array(siren[company]),
            "siren_repreneur": pa.array(siren[successor]),
            "periode": pa.array(first_day(period)),
            "emplois_repris": pa.array(jobs),
        }
    )


def _outcomes(part: Part, lives: Lives) -> dict[str, pa.Array]:
    helped, events = part.stories.helped, lives.events
    failure, rank = _first(events, events.failures, helped.company, helped.period)
    liquidated = (events.kind == ProcedureKind.LIQUIDATION) & (events.stage == ProcedureStage.OUVERTURE)
    liquidation, _ = _first(events, liquidated, helped.company, helped.period)
    kind = pa.array([kind.name.lower() for kind in ProcedureKind]).take(
        pa.array(events.kind[rank], mask=failure == _NEVER)
    )
    columns = {
        "defaillance": pa.array(failure, mask=failure == _NEVER),
        "procedure": kind,
        "liquidation": pa.array(liquidation, mask=liquidation == _NEVER),
    }
    for ahead in HORIZONS:
        at = helped.period + ahead
        size = lives.headcount[helped.company, np.minimum(at, LAST - 1)]
        columns[f"effectif_{ahead}"] = pa.array(size, mask=(at >= LAST) | (size < 0))
    return columns


def _first(events: Events, chosen: Bools, company: Ints, period: Ints) -> tuple[Dates, Ints]:
    """Day and rank of the first chosen event of each company after a month; `_NEVER` and any rank if there is none."""
    rows = np.flatnonzero(chosen)
    key = events.company[rows] * (LAST + 1) + month_of(events.day[rows])
    order = np.argsort(key, kind="stable")
    if not len(order):
        return np.full(len(company), _NEVER), np.zeros(len(company), dtype=np.int64)
    place = np.searchsorted(key[order], company * (LAST + 1) + period, side="right")
    rank = rows[order[np.minimum(place, len(order) - 1)]]
    exists = (place < len(order)) & (events.company[rank] == company)
    return np.where(exists, events.day[rank], _NEVER), rank
