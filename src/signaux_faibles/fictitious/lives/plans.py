"""Délais de paiement that Urssaf grants, and the joint ones of the CCSF (import-chain §5.5, §5.6)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from signaux_faibles.fictitious.lives.debts import Gaps
from signaux_faibles.fictitious.months import Dates
from signaux_faibles.fictitious.parameters.world import PlanLaw
from signaux_faibles.fictitious.people.population import Bools, Ints, Reals

_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Plans:
    """Plans asked for, one value each.

    Attributes:
        gap: rank of the oldest écart négatif that it covers.
        company: rank in the part.
        created: day of the decision.
        days: length.
        amount: debt of the company on that day, in centimes.
        joint: goes through the CCSF.
        draw: uniform, decides details.
    """

    gap: Ints
    company: Ints
    created: Dates
    days: Ints
    amount: Ints
    joint: Bools
    draw: Reals


def grant(gaps: Gaps, parameters: PlanLaw, rng: np.random.Generator) -> tuple[Gaps, Plans]:
    """Grant plans on lasting debts, one per company and half-year; four in five are kept to their end.

    Returns:
        the écarts négatifs, settled at the end of their plan when it is kept, and the plans.
    """
    count = len(gaps.company)
    lasting = (gaps.settled - gaps.created) > parameters.lasting_days * _DAY
    asked = rng.random(count) < np.where(gaps.deferred, parameters.of_deferrals, parameters.of_debts) * lasting
    wait = rng.integers(*parameters.wait_days, count)
    created = gaps.created + wait.astype("timedelta64[D]")
    # Deferrals of 2020 got their plans once the crisis was over.
    created = np.where(
        gaps.deferred, np.maximum(created, np.datetime64("2020-09-01") + wait.astype("timedelta64[D]")), created
    )
    log_days = parameters.log_days[0] + parameters.log_days[1] * rng.standard_normal(count)
    days = np.clip(np.exp(log_days), 30, parameters.longest).astype(np.int64)
    draw, joint = rng.random(count), rng.random(count) < parameters.joint
    chosen = np.flatnonzero(asked & (created < gaps.settled))
    half_year = created[chosen].astype("datetime64[M]").astype(np.int64) // 6
    _, first = np.unique(gaps.company[chosen] * 10_000 + half_year, return_index=True)
    chosen = chosen[np.sort(first)]
    paid_to_the_end = chosen[draw[chosen] < parameters.kept]
    settled = gaps.settled.copy()
    settled[paid_to_the_end] = created[paid_to_the_end] + days[paid_to_the_end].astype("timedelta64[D]")
    settled_gaps = replace(gaps, settled=settled)
    amount = _outstanding(settled_gaps, gaps.company[chosen], created[chosen])
    granted = Plans(chosen, gaps.company[chosen], created[chosen], days[chosen], amount, joint[chosen], draw[chosen])
    return settled_gaps, granted


def _outstanding(gaps: Gaps, company: Ints, day: Dates) -> Ints:
    """Debt of companies on a day, ignoring partial payments."""
    amount = gaps.employee + gaps.employer
    return _up_to(gaps.company, gaps.created, amount, company, day) - _up_to(
        gaps.company, gaps.settled, amount, company, day
    )


def _up_to(owner: Ints, when: Dates, amount: Ints, company: Ints, day: Dates) -> Ints:
    """Sum of the amounts of each company up to a day, that day included."""
    key = owner * 1_000_000 + when.astype(np.int64)
    order = np.argsort(key, kind="stable")
    total = np.r_[0, np.cumsum(amount[order])]
    stop = np.searchsorted(key[order], company * 1_000_000 + day.astype(np.int64), side="right")
    start = np.searchsorted(key[order], company * 1_000_000, side="left")
    return np.asarray(total[stop] - total[start])
