"""Procedures as Urssaf records them, weeks after their day (import-chain §5.7)."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from signaux_faibles.fictitious.lives.courts import ProcedureKind, ProcedureStage
from signaux_faibles.fictitious.months import Batch, month_of
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people.population import Bools, Ints

FIRST_PROCEDURE = np.datetime64("2006-01-01")
"""Procedures are delivered since 2006, because a plan can last ten years."""
_LABELS = {
    ProcedureStage.OUVERTURE: "Ouverture_{0}",
    ProcedureStage.PLAN_CONTINUATION: "Plan_continuation_{0}",
    ProcedureStage.INCLUSION_AUTRE_PROCEDURE: "Inclusion_autre_procedure_{0}",
    ProcedureStage.FIN_PROCEDURE: "Fin_procedure_{0}",
    ProcedureStage.SOLDE_PROCEDURE: "Solde_procedure_{0}",
}
_OTHER_WORDING = "{0}_Ouverture"
_OTHERWISE_WORDED = 0.03
_LONGEST_DELAY = 120
_DAYS_BETWEEN_CLOSINGS = 9  # the accounts of a company are not closed on the same day


def procedures(part: Part, batch: Batch) -> pa.Table:
    """Rows of `sigfaible_pcoll.csv`: one per recorded event and establishment open on its day."""
    events, sites, rng = part.lives.events, part.sites, part.rng("recording")
    mean, spread = part.parameters.procedures.recording_days
    delay = np.exp(mean + spread * rng.standard_normal(len(events.company)))
    other = rng.random(len(events.company)) < _OTHERWISE_WORDED
    recorded = events.day + np.minimum(delay, _LONGEST_DELAY).astype("timedelta64[D]")
    rows = np.flatnonzero((recorded <= batch.urssaf_day) & (events.day >= FIRST_PROCEDURE))
    event, site = _at_each_site(part, rows)
    closing = events.stage[event] == ProcedureStage.SOLDE_PROCEDURE
    shift = np.where(closing, sites.line[site] * _DAYS_BETWEEN_CLOSINGS, 0)
    day = events.day[event] + shift.astype("timedelta64[D]")
    is_delivered = day <= batch.urssaf_day
    event, site, day = event[is_delivered], site[is_delivered], day[is_delivered]
    return pa.table(
        {
            "siret": pa.array(sites.siret[site]),
            "Siren": pa.array(part.employers.siren[events.company[event]]),
            "date_effet": pa.array(day),
            "Cat_v2": pa.repeat("1", len(event)),
            "Lib_actx_stdx": _labels(events.kind[event], events.stage[event], other[event]),
        }
    )


def _at_each_site(part: Part, events: Ints) -> tuple[Ints, Ints]:
    """Each event with each establishment of its company that is open in its month."""
    sites, company = part.sites, part.lives.events.company[events]
    start = np.searchsorted(sites.company, company, side="left")
    count = np.searchsorted(sites.company, company, side="right") - start
    event = np.repeat(events, count)
    site = np.repeat(start, count) + np.arange(len(event)) - np.repeat(np.cumsum(count) - count, count)
    at = month_of(part.lives.events.day[event])
    is_open = (sites.opens[site] <= at) & (at < sites.closes[site])
    return event[is_open], site[is_open]


def _labels(kind: Ints, stage: Ints, other: Bools) -> pa.Array:
    """Wordings as delivered; some openings are worded the other way round."""
    words = [
        label.format(ProcedureKind(k).name.lower()) for k in range(len(ProcedureKind)) for label in _LABELS.values()
    ]
    words += [_OTHER_WORDING.format(ProcedureKind(k).name.capitalize()) for k in range(len(ProcedureKind))]
    rank = kind * len(_LABELS) + stage
    rank = np.where(other & (stage == ProcedureStage.OUVERTURE), len(ProcedureKind) * len(_LABELS) + kind, rank)
    return pa.array(words).take(pa.array(rank))
