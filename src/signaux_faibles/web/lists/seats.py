"""Where the companies of a list have their active establishments; the caller decides who may read them."""

from __future__ import annotations

from collections.abc import Sequence

from signaux_faibles.snapshot.served.establishments import Site, seats_in
from signaux_faibles.snapshot.served.lists import PublishedList, Scope, alerts, ranked
from signaux_faibles.snapshot.shelf import Snapshot


def seats_in_alert(snapshot: Snapshot, published: PublishedList, departements: frozenset[str]) -> list[Site]:
    """Those of the companies in alert whose head office is in some departments, most at risk first."""
    in_alert = alerts(snapshot, published, departements, Scope.HEAD_OFFICE)
    return _active(snapshot, [one.siren for one in in_alert], departements)


def seats_at_risk(snapshot: Snapshot, published: PublishedList, departements: frozenset[str]) -> list[Site]:
    """Those of the companies that a list assessed in some departments, in alert or not, most at risk first."""
    return _active(snapshot, ranked(snapshot, published, departements), departements)


def _active(snapshot: Snapshot, sirens: Sequence[str], departements: frozenset[str]) -> list[Site]:
    seats = seats_in(snapshot, sirens, departements)
    return [seats[one] for one in sirens if one in seats and seats[one].active]
