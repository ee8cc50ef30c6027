"""What is news of a company that agents follow: procedures opened, plans granted, plans left behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from signaux_faibles.snapshot.served.place import OF_COMPANIES, companies
from signaux_faibles.snapshot.shelf import Snapshot

_OPENINGS = f"""
SELECT siren, action_procol, libelle_procol, date_effet FROM procedures_chronology
WHERE {OF_COMPANIES} AND stade_procol = 'ouverture' AND date_effet IS NOT NULL
ORDER BY siren, date_effet, action_procol
"""
_PLANS = f"""
SELECT siren, siret, date_creation, date_echeance FROM payment_plan
WHERE {OF_COMPANIES} AND date_echeance >= $as_of ORDER BY siren, siret, date_creation, date_echeance
"""
MARGIN = 10
"""A plan is left behind when the debt exceeds what should remain by a tenth of the plan's amount, as on the page."""
LEFT_BEHIND = f"(dette - reste_prevu) * {MARGIN} > montant_echeancier"
"""The SQL condition of the months of plans that are left behind."""
_BEHIND = f"""
SELECT siren, siret, date_echeance FROM plan_month
WHERE {OF_COMPANIES} AND periode = (SELECT max(periode) FROM plan_month) AND {LEFT_BEHIND}
ORDER BY siren, siret
"""


@dataclass(frozen=True)
class OpenedProcedure:
    """A procedure that was opened: its kind, its label, the day of the judgment."""

    action: str
    label: str
    on: date


@dataclass(frozen=True)
class FollowedState:
    """What a snapshot says of a company.

    Attributes:
        openings: of procedures, the first one first.
        plans: those in force: establishment, day on which it was granted, last instalment.
        behind: plans left behind (see `MARGIN`): establishment, last instalment.
    """

    openings: tuple[OpenedProcedure, ...] = ()
    plans: tuple[tuple[str, date, date], ...] = ()
    behind: tuple[tuple[str, date], ...] = ()


def followed_states(snapshot: Snapshot, sirens: Collection[str]) -> dict[str, FollowedState]:
    """What the snapshot says of each of these companies."""
    asked = companies(sorted(sirens))
    openings, plans, behind = defaultdict(list), defaultdict(list), defaultdict(list)
    for siren, action, label, on in snapshot.rows(_OPENINGS, asked):
        openings[siren].append(OpenedProcedure(action or "", label or "", on))
    for siren, siret, granted, until in snapshot.rows(_PLANS, {**asked, "as_of": snapshot.manifest.as_of}):
        plans[siren].append((siret, granted, until))
    for siren, siret, until in snapshot.rows(_BEHIND, asked):
        behind[siren].append((siret, until))
    return {one: FollowedState(tuple(openings[one]), tuple(plans[one]), tuple(behind[one])) for one in sirens}
