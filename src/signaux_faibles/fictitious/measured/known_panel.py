"""The columns of the panel in service, read straight from the lives of a part, as known at a month (model §3.8)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from signaux_faibles.fictitious.lives import short_time
from signaux_faibles.fictitious.lives.courts import ProcedureStage
from signaux_faibles.fictitious.measured.known import KnownStocks
from signaux_faibles.fictitious.measured.known_debts import Debts
from signaux_faibles.fictitious.measured.known_payments import Payments
from signaux_faibles.fictitious.measured.known_returns import Returns
from signaux_faibles.fictitious.months import month_of
from signaux_faibles.fictitious.people.population import Ints, Reals

_YEAR, _QUARTER = 12, 3
_BEHIND = 3
"""Months between an extraction of headcounts and the last one that it holds."""
_PLAN_KNOWN = np.timedelta64(30, "D")
_PROCEDURE_KNOWN = np.timedelta64(45, "D")
_SHORT_TIME_KNOWN = 2


@dataclass(frozen=True)
class KnownPanel:
    """What the panel is read from, in one part."""

    stocks: KnownStocks
    debts: Debts
    returns: Returns
    payments: Payments

    @classmethod
    def of(cls, stocks: KnownStocks) -> KnownPanel:
        """Lay out what is known of a part."""
        part = stocks.part
        return cls(stocks, Debts.of(part), Returns.of(part), Payments.of(part))

    def at(self, origin: int, rank: Ints) -> dict[str, Reals]:
        """The numbers of the panel at a month, by column; NaN where nobody knows.

        Headcounts come each quarter, three months old; plans are known a month after their decision, and hours of
        activité partielle once they are claimed.
        """
        return {
            **self._headcount(origin, rank),
            **self.debts.at(origin, rank),
            **self.returns.at(origin, rank),
            **self.payments.at(origin, rank),
            **self._short_time(origin, rank),
            "delai_en_cours": self._under_plan(origin)[rank],
            "procedure_anterieure": self._once_opened(origin)[rank],
        }

    def _headcount(self, origin: int, rank: Ints) -> dict[str, Reals]:
        size, last = self.stocks.part.lives.headcount, origin - origin % _QUARTER - _BEHIND
        now = size[rank, last].astype(np.float64)
        changes = {f"effectif_evolution_{ago}": _change(now, size[rank, last - ago]) for ago in (6, _YEAR)}
        age = (origin - self.stocks.part.employers.birth[rank]).astype(np.float64)
        return {"effectif": now, "effectif_retard": np.zeros(len(rank)), "age_entreprise": age, **changes}

    def _short_time(self, origin: int, rank: Ints) -> dict[str, Reals]:
        year = self.stocks.hours[rank, origin - _YEAR + 1 : origin + 1]
        described = 1.0 if origin >= short_time.FIRST + _SHORT_TIME_KNOWN else np.nan
        return {"ap_etp_12": described * year.mean(axis=1), "ap_mois_12": described * (year > 0).sum(axis=1)}

    def _under_plan(self, origin: int) -> Reals:
        plans = self.stocks.part.plans
        start, stop = month_of(plans.created + _PLAN_KNOWN), month_of(plans.created + plans.days.astype("m8[D]"))
        return self._flag(plans.company[(start <= origin) & (origin < stop)])

    def _once_opened(self, origin: int) -> Reals:
        events = self.stocks.part.lives.events
        opened = events.stage == ProcedureStage.OUVERTURE
        return self._flag(events.company[opened & (month_of(events.day + _PROCEDURE_KNOWN) <= origin)])

    def _flag(self, companies: Ints) -> Reals:
        flag = np.zeros(self.stocks.part.employers.count)
        flag[companies] = 1.0
        return flag


def _change(now: Reals, before: Ints) -> Reals:
    """Relative change; NaN when one end is zero."""
    return np.asarray(np.where(now > 0, now, np.nan) / np.where(before > 0, before, np.nan) - 1)
