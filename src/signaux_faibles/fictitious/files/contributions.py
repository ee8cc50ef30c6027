"""Contributions due and unpaid, as Urssaf delivers them on the 20th (import-chain §5.3, §5.4)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from signaux_faibles.fictitious.files.headcounts import FIRST, split
from signaux_faibles.fictitious.lives import urssaf_accounts as accounts
from signaux_faibles.fictitious.lives.courts import Case, Events, ProcedureKind, ProcedureStage
from signaux_faibles.fictitious.months import Batch, first_day, month
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people.establishments import opening_day
from signaux_faibles.fictitious.people.population import Ints, Reals
from signaux_faibles.fictitious.people.sectors import SECTORS

FIRST_DEBT = np.datetime64("2010-01-01")
"""History from January 2010."""
_BONUS = 1.25  # December, for the thirteenth month of some
_QUARTERLY = 9  # one small employer in nine paid by quarter
_NO_MORE_QUARTERS = month(2018, 1)


def contributions(part: Part, batch: Batch) -> pa.Table:
    """Rows of `sigfaible_cotisdues.csv`: one per account and period due by the 15th of the batch."""
    employers, sites = part.employers, part.sites
    people = _people_paid_for(part, batch)
    rank, at = np.nonzero(people > 0)
    period, company = at + FIRST, sites.company[rank]
    bonus = np.where(period % 12 == 11, _BONUS, 1.0)
    due = np.round(people[rank, at] * charges(part)[company] * bonus).astype(np.int64)
    quarterly = employers.small & (employers.rank % _QUARTERLY == 0)
    by_quarter = quarterly[company] & (period < _NO_MORE_QUARTERS)
    is_due = ~by_quarter | (period % 3 == 2)
    rank, period, company, by_quarter = rank[is_due], period[is_due], company[is_due], by_quarter[is_due]
    due = np.where(by_quarter, due[is_due] * 3, due[is_due])
    unpaid = np.where(by_quarter, 0, _unpaid(part, sites.line[rank], company, period))
    unpaid = np.minimum(unpaid, due)
    site = sites.current(company, sites.line[rank], batch.rank)
    departement = accounts.departements(sites, site)
    return pa.table(
        {
            "Urssaf_gestion": accounts.organisation(departement),
            "Dep": departement,
            "siret": pa.array(sites.siret).take(pa.array(site)),
            "numero_compte": accounts.number(employers, company, sites.line[rank]),
            "periode": _period(period, by_quarter),
            "mer": pa.array(unpaid // 100),
            "encaisse": euros(due - unpaid),
            "du": euros(due),
        }
    )


def debts(part: Part, batch: Batch) -> pa.Table:
    """Rows of `sigfaible_debits.csv`: the versions processed up to the 20th.

    A debt follows its establishment when it moves, so that older versions have the current SIRET. On all rows, the
    states of the account and of the procedure are those of the day of delivery.
    """
    gaps, versions, employers, sites = part.gaps, part.versions, part.employers, part.sites
    row = np.flatnonzero((versions.day <= batch.urssaf_day) & (gaps.created[versions.gap] >= FIRST_DEBT))
    gap = versions.gap[row]
    company, line, draw = gaps.company[gap], part.accounts.line[gap], gaps.draw[gap]
    site = sites.current(company, line, batch.rank)
    departement = accounts.departements(sites, site)
    case = _case_at(part.lives.events, employers.count, batch)[company]
    founded = opening_day(employers.birth, np.arange(employers.count)).astype(str)
    return pa.table(
        {
            "Urssaf_gestion": accounts.organisation(departement),
            "Dep": departement,
            "numero_compte": accounts.number(employers, company, line),
            "Siren": pa.array(employers.siren).take(pa.array(company)),
            "siret": pa.array(sites.siret).take(pa.array(site)),
            "Dt_immat": pa.array(np.char.replace(founded, "-", "")).take(pa.array(company)),
            "etat_compte": pa.array(np.where(case == Case.LIQUIDATION, 3, 1)),
            "code_procedure_collective": pa.array(("0", "1", "2", "1")).take(pa.array(case)),
            "periode_debut": pa.array(first_day(gaps.period[gap])),
            "numero_ecart_negatif": pa.array(np.char.zfill((gaps.number[gap] % 1_000).astype(str), 3)),
            "numero_historique_ecart_negatif": pa.array(versions.number[row]),
            "date_traitement": pa.array(versions.day[row]),
            "part_ouvriere": euros(versions.employee[row]),
            "part_patronale": euros(versions.employer[row]),
            "code_operation_ecart_negatif": pa.array(versions.operation[row].astype(str)),
            "code_motif_ecart_negatif": pa.array(np.where(draw < 0.7, "2", np.where(draw < 0.9, "1", "25"))),
            "Recours_en_cours": pa.array(np.where(draw < 0.01, "1", "0")),
        }
    )


def euros(centimes: Ints) -> pa.Array:
    """Exact euros: the same integers, with the point moved two places."""
    words = np.stack([centimes, centimes >> 63], axis=1)  # 128-bit integers, little-endian
    return pa.Array.from_buffers(pa.decimal128(18, 2), len(centimes), [None, pa.py_buffer(words)])


def charges(part: Part) -> Reals:
    """Monthly contributions of one employee of each company, in centimes."""
    mean = np.array([sector.charges for sector in SECTORS])[part.employers.sector]
    return np.asarray(mean * part.employers.wage * 100)


def _people_paid_for(part: Part, batch: Batch) -> npt.NDArray[np.int32]:
    """Employees whose contributions are paid at each establishment and month up to the one before the batch."""
    whole = part.lives.headcount[:, FIRST : batch.rank]
    sites = part.sites
    months = FIRST + np.arange(whole.shape[1])
    is_open = (sites.opens[:, None] <= months) & (months < sites.closes[:, None])
    single = np.where(sites.head[:, None] & is_open, whole[sites.company], -1)
    return np.where(accounts.by_place(sites.company)[:, None], split(whole, sites), single)


def _unpaid(part: Part, line: Ints, company: Ints, period: Ints) -> Ints:
    """What was unpaid when due, in centimes."""
    gaps = part.gaps
    key = (gaps.company * 100 + part.accounts.line) * 1_000 + gaps.period
    order = np.argsort(key, kind="stable")
    sought = (company * 100 + line) * 1_000 + period
    rows = np.minimum(np.searchsorted(key[order], sought), len(key) - 1)
    amount = (gaps.employee + gaps.employer)[order][rows]
    return np.asarray(np.where(key[order][rows] == sought, amount, 0))


def _period(period: Ints, by_quarter: np.ndarray) -> pa.Array:
    """Urssaf periods: a month (201631), or a quarter (201630)."""
    spelled = [f"{y}{q}{m}" for y in range(2004, 2030) for q in range(1, 5) for m in range(4)]
    rank = period // 3 * 4 + np.where(by_quarter, 0, period % 3 + 1)
    return pa.array(spelled).take(pa.array(rank))


def _case_at(events: Events, count: int, batch: Batch) -> Ints:
    """Case of each company on the day of the batch, from its last event."""
    case = np.zeros(count, dtype=np.int64)
    rows = np.flatnonzero(events.day <= batch.urssaf_day)
    rows = rows[np.argsort(events.day[rows], kind="stable")]
    opened = np.where(events.kind[rows] == ProcedureKind.LIQUIDATION, Case.LIQUIDATION, Case.OBSERVATION)
    case[events.company[rows]] = np.select(
        [events.stage[rows] == ProcedureStage.OUVERTURE, events.stage[rows] == ProcedureStage.PLAN_CONTINUATION],
        [opened, np.full(len(rows), Case.PLAN)],
        np.where(events.stage[rows] == ProcedureStage.SOLDE_PROCEDURE, Case.LIQUIDATION, Case.IN_BONIS),
    )
    return case
