"""Where companies stand at the end of each month, from what administrations know about them."""

from __future__ import annotations

import numpy as np

from signaux_faibles.fictitious.lives.courts import Events, ProcedureStage
from signaux_faibles.fictitious.lives.debts import Gaps, Versions
from signaux_faibles.fictitious.months import LAST, month_of
from signaux_faibles.fictitious.people.population import Bools, Reals

_DAY_OF_DEBT = 20


def owed(gaps: Gaps, versions: Versions, amount: Reals, count: int) -> Reals:
    """Debt of each company on the 20th of each month, in centimes; shape (companies, months).

    Args:
        amount: what each version leaves to pay, of one share of the debt; count: how many companies there are.
    """
    first = np.r_[True, versions.gap[1:] != versions.gap[:-1]]
    change = amount - np.where(first, 0.0, np.r_[0.0, amount[:-1]])
    day = (versions.day - versions.day.astype("datetime64[M]")).astype(int)
    at = month_of(versions.day) + (day >= _DAY_OF_DEBT)
    stock = np.zeros((count, LAST))
    np.add.at(stock, (gaps.company[versions.gap][at < LAST], at[at < LAST]), change[at < LAST])
    return np.cumsum(stock, axis=1)


def in_bonis(events: Events, count: int) -> Bools:
    """Whether each company is in no procedure, from its events of the months before; shape (companies, months)."""
    state = np.ones((count, LAST), dtype=bool)
    for rank in np.argsort(events.day, kind="stable"):
        state[events.company[rank], month_of(events.day[rank]) + 1 :] = (
            events.stage[rank] == ProcedureStage.FIN_PROCEDURE
        )
    return state
