"""Where the companies in alert of a list have their active head offices."""

from __future__ import annotations

from signaux_faibles.snapshot.served.establishments import Site, seats_in
from signaux_faibles.snapshot.served.lists import PublishedList, Scope, alerts
from signaux_faibles.snapshot.shelf import Snapshot


def seats_in_alert(snapshot: Snapshot, published: PublishedList, departements: frozenset[str]) -> list[Site]:
    """The active head offices in some departments, most at risk first; the caller decides who may read them."""
    found = alerts(snapshot, published, departements, Scope.HEAD_OFFICE)
    seats = seats_in(snapshot, [one.siren for one in found], departements)
    return [seats[one.siren] for one in found if one.siren in seats and seats[one.siren].active]
