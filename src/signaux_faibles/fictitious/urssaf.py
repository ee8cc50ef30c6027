"""What Urssaf delivers at a batch: headcounts, debts, procedures, each with its lag and its revisions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from signaux_faibles.fictitious import places
from signaux_faibles.fictitious.courts import Case, Events, Kind, Stage
from signaux_faibles.fictitious.debts import Gaps, Versions
from signaux_faibles.fictitious.establishments import Establishments, opening_day
from signaux_faibles.fictitious.lives import Lives
from signaux_faibles.fictitious.months import Batch, first_day, month, month_of, urssaf_month
from signaux_faibles.fictitious.parameters import Headcount, Procedures
from signaux_faibles.fictitious.population import Employers, Ints

FIRST_HEADCOUNT = month(2010, 1)
"""DESIGN §9: history from January 2010."""
FIRST_DEBT = np.datetime64("2010-01-01")
FIRST_PROCEDURE = np.datetime64("2006-01-01")
_LABELS = {
    Stage.OUVERTURE: "Ouverture_{0}",
    Stage.PLAN_CONTINUATION: "Plan_continuation_{0}",
    Stage.INCLUSION_AUTRE_PROCEDURE: "Inclusion_autre_procedure_{0}",
    Stage.FIN_PROCEDURE: "Fin_procedure_{0}",
    Stage.SOLDE_PROCEDURE: "Solde_procedure_{0}",
}
_OTHER_OPENING = "{0}_Ouverture"
_ACCOUNT = 117_000_000_000_000_000


@dataclass(frozen=True)
class Accounts:
    """The Urssaf account of each écart négatif: a line of establishments of a company."""

    line: Ints


def last_headcount(batch: Batch, law: Headcount) -> int:
    """Last month that the extraction in force at a batch holds."""
    return batch.rank // law.extraction * law.extraction - law.lag


def headcount_months(batch: Batch, law: Headcount) -> list[str]:
    """Headers of the months of a batch, `eff201011` and following."""
    return [f"eff{urssaf_month(rank)}" for rank in range(FIRST_HEADCOUNT, last_headcount(batch, law) + 1)]


def headcounts(
    employers: Employers, lives: Lives, names: pa.Array, batch: Batch, law: Headcount, chance: np.random.Generator
) -> pa.Table:
    """Rows of `sigfaible_effectif_siren.csv`: one a company that has employed someone since 2010.

    The last months of an extraction are provisional: a few are missing or off by some employees, until the next one.
    """
    last = last_headcount(batch, law)
    values = lives.headcount[:, FIRST_HEADCOUNT : last + 1]
    known = np.flatnonzero((values > 0).any(axis=1))
    values = values[known].copy()
    draws = chance.random((2, *lives.headcount.shape), dtype=np.float32)[:, known]
    for rank in range(last - law.provisional + 1, last + 1):
        column = values[:, rank - FIRST_HEADCOUNT]
        doubtful = draws[0][:, rank] < law.revised
        shift = np.round((draws[1][:, rank] - 0.5) * (2 + 0.2 * column)).astype(np.int32)
        missing = doubtful & (draws[1][:, rank] < 0.25)
        revised = np.where(doubtful & (column > 0), np.maximum(column + shift, 1), column)
        values[:, rank - FIRST_HEADCOUNT] = np.where(missing, -1, revised)
    columns = {"siren": pa.array(employers.siren[known]), "rais_soc": names.take(pa.array(known))}
    for header, column in zip(headcount_months(batch, law), values.T, strict=True):
        columns[header] = pa.array(column, mask=column < 0)
    return pa.table(columns)


def accounts(gaps: Gaps, sites: Establishments, chance: np.random.Generator) -> Accounts:
    """Most companies pay all their contributions in one place; the others have an account for each establishment."""
    count = len(gaps.company)
    by_place = (gaps.company * 40_503 % 100) < 25
    draw = chance.random(count)
    lines = np.bincount(sites.company, weights=(sites.line > 0).astype(float)).astype(np.int64)
    line = np.where(by_place, (draw * (lines[gaps.company] + 1)).astype(np.int64), 0)
    return Accounts(line)


def debts(
    employers: Employers,
    sites: Establishments,
    events: Events,
    gaps: Gaps,
    versions: Versions,
    accounts: Accounts,
    batch: Batch,
) -> pa.Table:
    """Rows of `sigfaible_debits.csv`: the versions processed up to the 20th.

    A debt follows its establishment when this one moves: older versions bear the present SIRET. The states of account
    and of procedure are those of the day of delivery, on all rows.
    """
    row = np.flatnonzero((versions.day <= batch.urssaf_day) & (gaps.created[versions.gap] >= FIRST_DEBT))
    gap = versions.gap[row]
    company = gaps.company[gap]
    site = sites.current(company, accounts.line[gap], batch.rank)
    departement = places.communes().departement.take(pa.array(sites.commune[site]))
    account = _ACCOUNT + employers.rank[company] * 100 + accounts.line[gap]
    case = _case_at(events, employers.count, batch)[company]
    code = np.array(["0", "1", "2", "1"])[case]
    columns = {
        "Urssaf_gestion": pa.array(
            np.array([f"{100 + 7 * int(c, 36) % 900:03d}" for c in departement.to_pylist()], "U3")
        ),
        "Dep": departement,
        "numero_compte": pa.array(account.astype(str)),
        "Siren": pa.array(employers.siren[company]),
        "siret": pa.array(sites.siret[site]),
        "Dt_immat": pa.array(np.char.replace(opening_day(employers.birth[company], company).astype(str), "-", "")),
        "etat_compte": pa.array(np.where(case == Case.LIQUIDATION, 3, 1)),
        "code_procedure_collective": pa.array(code),
        "periode_debut": pa.array(first_day(gaps.period[gap])),
        "numero_ecart_negatif": pa.array(np.char.zfill((gaps.number[gap] % 1_000).astype(str), 3)),
        "numero_historique_ecart_negatif": pa.array(versions.number[row]),
        "date_traitement": pa.array(versions.day[row]),
        "part_ouvriere": _euros(versions.employee[row]),
        "part_patronale": _euros(versions.employer[row]),
        "code_operation_ecart_negatif": pa.array(versions.operation[row].astype(str)),
        "code_motif_ecart_negatif": pa.array(
            np.where(gaps.draw[gap] < 0.7, "2", np.where(gaps.draw[gap] < 0.9, "1", "25"))
        ),
        "Recours_en_cours": pa.array(np.where(gaps.draw[gap] < 0.01, "1", "0")),
    }
    return pa.table(columns)


def procedures(
    employers: Employers,
    sites: Establishments,
    events: Events,
    batch: Batch,
    law: Procedures,
    chance: np.random.Generator,
) -> pa.Table:
    """Rows of `sigfaible_pcoll.csv`: one an event and establishment open on its day, once Urssaf has recorded it."""
    count = len(events.company)
    mean, spread = law.recording_days
    delay = np.minimum(np.exp(mean + spread * chance.standard_normal(count)), 120).astype("timedelta64[D]")
    other = chance.random(count) < 0.03
    known = np.flatnonzero((events.day + delay <= batch.urssaf_day) & (events.day >= FIRST_PROCEDURE))
    order = np.argsort(sites.company, kind="stable")
    start = np.searchsorted(sites.company[order], events.company[known], side="left")
    stop = np.searchsorted(sites.company[order], events.company[known], side="right")
    event = np.repeat(known, stop - start)
    offset = np.arange(len(event)) - np.repeat(np.cumsum(stop - start) - (stop - start), stop - start)
    site = order[np.repeat(start, stop - start) + offset]
    at = month_of(events.day[event])
    is_open = (sites.opens[site] <= at) & (at < sites.closes[site])
    event, site = event[is_open], site[is_open]
    shift = np.where(events.stage[event] == Stage.SOLDE_PROCEDURE, sites.line[site] * 9, 0)
    day = events.day[event] + shift.astype("timedelta64[D]")
    kept = day <= batch.urssaf_day
    event, site, day = event[kept], site[kept], day[kept]
    columns = {
        "siret": pa.array(sites.siret[site]),
        "Siren": pa.array(employers.siren[events.company[event]]),
        "date_effet": pa.array(day),
        "Cat_v2": pa.array(["1"] * len(event)),
        "Lib_actx_stdx": _labels(events.kind[event], events.stage[event], other[event]),
    }
    return pa.table(columns)


def _labels(kind: Ints, stage: Ints, other: np.ndarray) -> pa.Array:
    """Wordings as delivered; some openings are worded the other way round."""
    words = [label.format(Kind(k).name.lower()) for k in range(len(Kind)) for label in _LABELS.values()]
    words += [_OTHER_OPENING.format(Kind(k).name.capitalize()) for k in range(len(Kind))]
    rank = kind * len(_LABELS) + stage
    rank = np.where(other & (stage == Stage.OUVERTURE), len(Kind) * len(_LABELS) + kind, rank)
    return pa.array(words).take(pa.array(rank))


def _case_at(events: Events, count: int, batch: Batch) -> Ints:
    """Case of each company on the day of the batch, from its last event."""
    case = np.zeros(count, dtype=np.int64)
    known = np.flatnonzero(events.day <= batch.urssaf_day)
    known = known[np.argsort(events.day[known], kind="stable")]
    opened = np.where(events.kind[known] == Kind.LIQUIDATION, Case.LIQUIDATION, Case.OBSERVATION)
    state = np.select(
        [events.stage[known] == Stage.OUVERTURE, events.stage[known] == Stage.PLAN_CONTINUATION],
        [opened, np.full(len(known), Case.PLAN)],
        np.where(events.stage[known] == Stage.SOLDE_PROCEDURE, Case.LIQUIDATION, Case.IN_BONIS),
    )
    case[events.company[known]] = state
    return case


def _euros(centimes: Ints) -> pa.Array:
    """Exact euros: the same integers, read two places further."""
    words = np.stack([centimes, centimes >> 63], axis=1)  # 128-bit integers, little-endian
    return pa.Array.from_buffers(pa.decimal128(18, 2), len(centimes), [None, pa.py_buffer(words)])
