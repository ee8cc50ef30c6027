"""The companies of a list that a capacity keeps: the first per department, or in all, in one of two frozen orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from signaux_faibles.snapshot.archived.capacity import PlaceInOrder, Places
from signaux_faibles.sources.families import Family
from signaux_faibles.web.lists.candidate import Candidate


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


def by_capacity(candidates: Sequence[Candidate], places: Mapping[str, Places], capacity: Capacity) -> list[Candidate]:
    """The companies that a capacity keeps, first to call first.

    A company whose debts the agent may not read is left out: to keep it would say that it has no plan in progress.
    """
    found = [
        (place, one)
        for one in candidates
        if one.debts is not None and (place := _place(places.get(one.alert.siren), capacity.order)) is not None
    ]
    found.sort(key=lambda pair: pair[0].overall)
    if capacity.overall:
        return [one for _, one in found[: capacity.k]]
    return [one for place, one in found if place.within is not None and place.within <= capacity.k]


def _place(places: Places | None, order: CapacityOrder) -> PlaceInOrder | None:
    if places is None:
        return None
    return places.jobs if order is CapacityOrder.JOBS else places.accounts
