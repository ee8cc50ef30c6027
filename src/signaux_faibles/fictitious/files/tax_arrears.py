"""Unpaid taxes, `dgfip_restes_a_recouvrer.csv`, which often go with social debts (open-data §2.1)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from signaux_faibles.fictitious.lives.courts import ProcedureStage
from signaux_faibles.fictitious.months import LAST, Batch, Dates, first_day, month, month_of
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people.population import Bools, Ints, Reals

FIRST = month(2014, 1)
"""Depth of the lake of the DGFiP (open-data §2.1)."""
_SMALLEST = 50
_STEPS = (1.0, 0.7, 0.35)
"""What is left of a claim in each third of its life."""


@dataclass(frozen=True)
class Claims:
    """Taxes unpaid, one value each.

    Attributes:
        company: rank in the part.
        due: day from which the tax could be claimed.
        end: day on which nothing is left of it.
        amount: due at first, in euros.
        tax: rank in `parameters.Tax.taxes`.
        suspended: under a plan or a dispute.
    """

    company: Ints
    due: Dates
    end: Dates
    amount: Ints
    tax: Ints
    suspended: Bools


def claims(part: Part) -> Claims:
    """The claims of one part: some go with social debts, others come in other months; a procedure freezes them."""
    parameters, gaps, rng = part.parameters.tax, part.gaps, part.rng("tax arrears")
    count = len(gaps.company)
    draws, normal = rng.random((7, count)), rng.standard_normal((2, count))
    alone = draws[0] > 1 - parameters.alone
    rows = np.flatnonzero(((draws[0] < parameters.with_social_debt) & ~gaps.deferred) | alone)
    elsewhere = (draws[1] * (LAST - FIRST)).astype(np.int64) + FIRST
    shifted = gaps.created + (60 * draws[2] - 30).astype("timedelta64[D]")
    due = np.where(alone, first_day(elsewhere), shifted)
    length = (gaps.settled - gaps.created).astype(int) * np.exp(0.4 * normal[0])
    length = np.where(alone, 20 + 60 * draws[3], np.clip(length, 20, 2_000))
    euros = (gaps.employee + gaps.employer) / 100 * np.exp(0.8 * normal[1])
    amount = np.maximum(np.rint(euros), _SMALLEST).astype(np.int64)
    shares = np.cumsum([share for _, share in parameters.taxes])
    all_claims = Claims(
        company=gaps.company[rows],
        due=due[rows],
        end=(due + length.astype("timedelta64[D]"))[rows],
        amount=amount[rows],
        tax=np.searchsorted(shares[:-1], draws[4][rows]),
        suspended=draws[5][rows] < parameters.suspended,
    )
    return _frozen(part, all_claims)


def _frozen(part: Part, claims: Claims) -> Claims:
    """Claims unpaid at the opening of a procedure stay until its plan or end; none arises after the company stops."""
    count = part.employers.count
    events = part.lives.events
    opened, closed = np.full(count, LAST), np.full(count, LAST)
    np.minimum.at(opened, events.company, month_of(events.day))
    ends = events.stage != ProcedureStage.OUVERTURE
    np.minimum.at(closed, events.company[ends], month_of(events.day[ends]))
    stop = np.minimum(part.lives.end, LAST)[claims.company]
    frozen = (month_of(claims.due) < opened[claims.company]) & (month_of(claims.end) >= opened[claims.company])
    until = first_day(np.minimum(np.maximum(closed[claims.company], opened[claims.company] + 1), stop))
    end = np.minimum(np.where(frozen, until, claims.end), first_day(stop))
    born = part.employers.birth[claims.company] < month_of(claims.due)
    stays = born & (end > claims.due) & (month_of(claims.due) < opened[claims.company])
    return Claims(
        claims.company[stays],
        claims.due[stays],
        end[stays],
        claims.amount[stays],
        claims.tax[stays],
        claims.suspended[stays],
    )


def arrears(part: Part, batch: Batch) -> pa.Table:
    """Rows of the file: each claim on each first of month at which it is unpaid; since 2014 in a first batch."""
    all_claims = claims(part)
    start = FIRST if batch.after is None else Batch(batch.after).rank + 1
    first = np.maximum(month_of(all_claims.due) + 1, start)
    last = np.minimum(month_of(all_claims.end - np.timedelta64(1, "D")), batch.rank)
    months = np.maximum(last - first + 1, 0)
    row = np.repeat(np.arange(len(months)), months)
    at = first[row] + np.arange(len(row)) - np.repeat(np.cumsum(months) - months, months)
    left = _left(all_claims, row, first_day(at))
    names = pa.array([name for name, _ in part.parameters.tax.taxes])
    return pa.table(
        {
            "siren": pa.array(part.employers.siren[all_claims.company[row]]),
            "date_situation": pa.array(first_day(at)),
            "nature_impot": names.take(pa.array(all_claims.tax[row])),
            "date_exigibilite": pa.array(all_claims.due[row]),
            "montant_initial": pa.array(all_claims.amount[row]),
            "montant_restant": pa.array(left),
            "sursis": pa.array(all_claims.suspended[row]),
        }
    )


def _left(claims: Claims, row: Ints, day: Dates) -> Ints:
    """What is left of a claim on a day, by thirds of its life."""
    lived: Reals = (day - claims.due[row]).astype(float) / np.maximum((claims.end - claims.due)[row].astype(float), 1)
    share = np.array(_STEPS)[np.clip((lived * len(_STEPS)).astype(int), 0, len(_STEPS) - 1)]
    return np.asarray(np.rint(claims.amount[row] * share), dtype=np.int64)
