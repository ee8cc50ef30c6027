"""An order of calls drawn at random inside each level of alert, under a protocol that was declared first.

What is called and what is not then differs by chance alone, which is what a measure of impact can stand on. Nothing is
drawn unless a protocol is open; whatever is drawn is written, with the companies that the capacity left uncalled.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from signaux_faibles.detection.levels import Level
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.campagnes.models import Campagne, Draw, DrawnCompany, Protocol
from signaux_faibles.web.campagnes.running import open_campagne

BANDS = (Level.HIGH, Level.MODERATE)
"""From the first to be called to the last; chance decides inside a band alone."""


@dataclass(frozen=True)
class ToCall:
    """An establishment that may be called, with the level and the rank of its company in the list."""

    siret: str
    level: Level
    rank: int


@dataclass(frozen=True)
class Drawing:
    """The protocol under which an order is drawn, and the list that it is drawn from."""

    protocol: Protocol
    list_number: int


def open_protocol() -> Protocol | None:
    """The protocol that is open, the last one declared; None when none is."""
    return Protocol.objects.filter(closed_on=None).order_by("-pk").first()


def drawn_order(companies: Iterable[ToCall], seed: str) -> list[ToCall]:
    """The companies by band, each band in an order that the seed alone decides.

    Anybody who knows the seed finds the same order again: that of the SHA-256 of the seed followed by the siret.
    """
    return sorted(companies, key=lambda one: (BANDS.index(one.level), _drawn(seed, one.siret)))


def open_drawn(
    actor: Actor,
    departement: str,
    title: str,
    companies: Sequence[ToCall],
    *,
    drawing: Drawing,
    capacity: int | None,
    carried: Sequence[str] = (),
) -> Campagne:
    """Open a campagne on the first companies of a drawn order, and write the whole draw.

    Args:
        capacity: how many are called; None for all. carried: establishments postponed by former campagnes, called too.

    Raises:
        CampagneRefused, CampagneTooLong: nothing is written.
    """
    seed = secrets.token_hex(16)
    ordered = drawn_order(companies, seed)
    called = len(ordered) if capacity is None else capacity
    with transaction.atomic():
        sirets = [one.siret for one in ordered[:called]]
        campagne = open_campagne(actor, departement, title, (*sirets, *carried))
        draw = Draw(
            campagne=campagne,
            protocol=drawing.protocol,
            list_number=drawing.list_number,
            seed=seed,
            drawn_by=actor.account,
        )
        draw.save()
        DrawnCompany.objects.bulk_create(
            DrawnCompany(
                draw=draw,
                siret=one.siret,
                level=one.level.value,
                rank=one.rank,
                position=position,
                called=position <= called,
            )
            for position, one in enumerate(ordered, start=1)
        )
    return campagne


def _drawn(seed: str, siret: str) -> str:
    return hashlib.sha256(f"{seed} {siret}".encode()).hexdigest()
