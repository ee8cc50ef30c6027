"""The companies of a list that a capacity keeps: the first per department, or in all, in one of two frozen orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from signaux_faibles.snapshot.archived.capacity import PlaceInOrder, Places
from signaux_faibles.sources.families import Family
from signaux_faibles.web.lists.held.candidates import Candidates
from signaux_faibles.web.lists.held.coded import Rows


class CapacityOrder(StrEnum):
    """Who is called first."""

    JOBS = "emplois"
    ACCOUNTS = "dgfip"


ORDERS = {
    CapacityOrder.JOBS: "Emplois en jeu : défaillances attendues, pondérées par l’effectif",
    CapacityOrder.ACCOUNTS: "Ordre de la DGFiP : ratios dégradés, puis modérées, puis élevées",
}
FAMILIES = {CapacityOrder.JOBS: (Family.URSSAF,), CapacityOrder.ACCOUNTS: (Family.URSSAF, Family.FISCAL)}
"""What an order gives away: that no plan is in progress; for that of the DGFiP, that accounts explain the alert."""


@dataclass(frozen=True)
class Capacity:
    """How many companies can be called, and in which order.

    Attributes:
        overall: whether the number is for all departments together.
    """

    order: CapacityOrder
    k: int
    overall: bool = False


def by_capacity(candidates: Candidates, places: Mapping[str, Places], capacity: Capacity) -> Rows:
    """The places, among some companies, of those that a capacity keeps, first to call first.

    A company whose debts the agent may not read is left out: to keep it would say that it has no plan in progress.
    """
    readable = ~np.isnan(candidates.filterable.debts)
    ranked = [
        (place, number)
        for number, siren in enumerate(candidates.sirens)
        if readable[number] and (place := _place(places.get(siren), capacity.order)) is not None
    ]
    ranked.sort(key=lambda pair: pair[0].overall)
    if capacity.overall:
        within = ranked[: capacity.k]
    else:
        within = [one for one in ranked if one[0].within is not None and one[0].within <= capacity.k]
    return np.array([number for _, number in within], dtype=np.intp)


def _place(places: Places | None, order: CapacityOrder) -> PlaceInOrder | None:
    if places is None:
        return None
    return places.jobs if order is CapacityOrder.JOBS else places.accounts
