"""Opening the follow-ups of several companies: each is judged and written as if it were alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from signaux_faibles.snapshot.served.establishments import Site, seats_in
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.accompagnements import acts
from signaux_faibles.web.accompagnements.acts import Actor, ActRefused, Followed
from signaux_faibles.web.accompagnements.contacts import called_lately
from signaux_faibles.web.accompagnements.models import Approach, FollowUp
from signaux_faibles.web.accompagnements.naming import name_of
from signaux_faibles.web.accompagnements.recording import AlreadyOpen
from signaux_faibles.web.accompagnements.states import OPEN_STATUTS
from signaux_faibles.web.rights.follow_ups import ActVerdict, Why, decide_opening


@dataclass(frozen=True)
class PlannedOpening:
    """A company that an agent would accompany.

    Attributes:
        site: its establishment in their zone; None where it has none.
        verdict: whether they may open a follow-up on it, as the page of the establishment would say.
        follow_up: the number of the follow-up that is open on it; None without one.
        called: the last contact of a colleague in the last fourteen days.
    """

    siren: str
    site: Site | None
    verdict: ActVerdict
    follow_up: int | None
    called: Approach | None

    @property
    def name(self) -> str:
        """The name of the company, or why it has none."""
        return name_of(self.site)


@dataclass(frozen=True)
class Opened:
    """What became of the companies: the follow-ups that were opened, and those refused with the reason."""

    written: tuple[FollowUp, ...]
    refused: tuple[tuple[PlannedOpening, Why], ...]


def openings_of(sirens: Sequence[str], actor: Actor, snapshot: Snapshot) -> tuple[PlannedOpening, ...]:
    """What an agent could open, in the order given."""
    seats = seats_in(snapshot, sirens, actor.agent.zone)
    sirets = [one.siret for one in seats.values()]
    rows = FollowUp.objects.filter(siret__in=sirets, statut__in=OPEN_STATUTS)
    open_follow_ups, called = dict(rows.values_list("siret", "pk")), called_lately(sirets, actor)
    return tuple(_opening(siren, seats.get(siren), actor, open_follow_ups, called) for siren in sirens)


def open_all(
    openings: Sequence[PlannedOpening],
    actor: Actor,
    choices: Mapping[str, Any],
    seen: Callable[[Followed], dict[str, Any]],
) -> Opened:
    """Open those that may be, with the same choices; one that is refused stops no other.

    Args:
        seen: what the agent had before them of an establishment, kept in the event.
    """
    written: list[FollowUp] = []
    refused: list[tuple[PlannedOpening, Why]] = []
    for one in openings:
        if one.site is None:
            refused.append((one, one.verdict.why))
            continue
        place = Followed(one.site.siret, one.site.name, one.site.departement, one.site.active)
        try:
            written.append(acts.open_on(actor, place, choices, {}, seen(place)))
        except ActRefused as reason:
            refused.append((one, reason.verdict.why))
        except AlreadyOpen:
            refused.append((one, Why.ALREADY_OPEN))
    return Opened(tuple(written), tuple(refused))


def _opening(
    siren: str, site: Site | None, actor: Actor, open_follow_ups: Mapping[str, int], called: Mapping[str, Approach]
) -> PlannedOpening:
    if site is None:
        return PlannedOpening(
            siren, None, decide_opening(actor.agent, None, active=False, already_open=False), None, None
        )
    number = open_follow_ups.get(site.siret)
    verdict = decide_opening(actor.agent, site.departement, active=site.active, already_open=number is not None)
    seen = number if verdict.why is Why.ALREADY_OPEN else None
    return PlannedOpening(siren, site, verdict, seen, called.get(site.siret))
