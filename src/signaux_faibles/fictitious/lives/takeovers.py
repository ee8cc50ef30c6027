"""Businesses that go on under another siren after a liquidation: a plan de cession, as the data show it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from signaux_faibles.fictitious.lives.courts import ProcedureKind, ProcedureStage
from signaux_faibles.fictitious.lives.help import NOBODY, Helped
from signaux_faibles.fictitious.lives.lives import Lives
from signaux_faibles.fictitious.months import LAST, month, month_of
from signaux_faibles.fictitious.parameters.help import Help
from signaux_faibles.fictitious.parameters.world import Population
from signaux_faibles.fictitious.people.population import Employers, Ints

Headcounts = npt.NDArray[np.int32]

_FIRST = month(2010, 1)
_FEWEST = 10
_BORN_WITHIN = 3  # months
_KEPT = (0.5, 0.95)


@dataclass(frozen=True)
class Takeovers:
    """Businesses taken over, one value each.

    Attributes:
        company: rank of the company liquidated.
        successor: rank of the newly created company that goes on with the business.
        period: month of the liquidation.
        jobs: employees taken over.
    """

    company: Ints
    successor: Ints
    period: Ints
    jobs: Ints


def take_over(
    employers: Employers,
    lives: Lives,
    helped: Helped,
    parameters: Help,
    population: Population,
    rng: np.random.Generator,
) -> tuple[Employers, Lives, Takeovers]:
    """Some companies born after a liquidation take over its sector, its activity and a part of its employees."""
    company, period, jobs = _chosen(lives, helped, parameters, rng)
    newborn = np.flatnonzero((employers.birth >= _FIRST) & ~employers.small)
    newborn = newborn[np.argsort(employers.birth[newborn], kind="stable")]
    birth, free = employers.birth[newborn], np.ones(len(newborn), dtype=bool)
    pairs = []
    for rank, at in enumerate(period):
        low, high = np.searchsorted(birth, (at, at + _BORN_WITHIN))
        near = np.flatnonzero(free[low:high])
        if len(near):
            free[low + near[0]] = False
            pairs.append((rank, newborn[low + near[0]]))
    chosen, successor = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    takeovers = Takeovers(company[chosen], successor, period[chosen], jobs[chosen])
    headcount = lives.headcount.copy()
    headcount[successor] = _grown_at_once(headcount[successor], employers, takeovers, population)
    same = {
        name: _put(getattr(employers, name), successor, getattr(employers, name)[takeovers.company])
        for name in ("sector", "activity")
    }
    full_size = _put(employers.full_size, successor, takeovers.jobs)
    return replace(employers, full_size=full_size, **same), replace(lives, headcount=headcount), takeovers


def _chosen(lives: Lives, helped: Helped, parameters: Help, rng: np.random.Generator) -> tuple[Ints, Ints, Ints]:
    """The liquidations of companies of ten or more that somebody takes over: company, month, employees taken over."""
    events = lives.events
    when = month_of(events.day).astype(np.int64)
    opened = (events.kind == ProcedureKind.LIQUIDATION) & (events.stage == ProcedureStage.OUVERTURE) & (when >= _FIRST)
    rank = np.flatnonzero(opened)
    company, when = events.company[rank], when[rank]
    size = lives.headcount[company, when - 1]
    since = np.full(len(lives.end), LAST, dtype=np.int64)
    by_agents = helped.neighbour_of == NOBODY
    since[helped.company[by_agents]] = helped.period[by_agents]
    share = np.where(when > since[company], parameters.taken_over, parameters.taken_over_alone)
    draws = rng.random((2, len(rank)))
    taken = (draws[0] < share) & (size >= _FEWEST)
    share_kept = _KEPT[0] + (_KEPT[1] - _KEPT[0]) * draws[1]
    jobs = np.maximum(np.round(size * share_kept), 1).astype(np.int64)
    return company[taken], when[taken], jobs[taken]


def _grown_at_once(
    headcount: Headcounts, employers: Employers, takeovers: Takeovers, population: Population
) -> Headcounts:
    """The headcounts of successors: their own course from the size taken over, without the growth of first years."""
    age = np.arange(LAST) - employers.birth[takeovers.successor][:, None]
    grown = np.minimum(1.0, 0.3 + 0.7 * np.maximum(age, 0) / (12 * population.years_to_full_size))
    scale = (takeovers.jobs / employers.full_size[takeovers.successor])[:, None] / grown
    return np.where(headcount > 0, np.maximum(np.round(headcount * scale), 1), headcount).astype(np.int32)


def _put(values: np.ndarray, ranks: Ints, new: np.ndarray) -> np.ndarray:
    """A copy of values, changed at some ranks."""
    changed = values.copy()
    changed[ranks] = new
    return changed
