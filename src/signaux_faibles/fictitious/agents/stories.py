"""The accompagnements that agents wrote down: the help given to companies, as known at a batch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from signaux_faibles.fictitious.lives.help import NOBODY
from signaux_faibles.fictitious.months import Batch, first_day
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people import places

_SHORTEST, _LONGEST = 4, 26
"""Months that an accompagnement lasts, if the company lives that long."""


@dataclass(frozen=True)
class Story:
    """An accompagnement.

    Attributes:
        number: its identifier, the same at every batch.
        name: empty for a company that does not disseminate it.
        closed: None for one that goes on at the batch.
        draws: between 0 and 1, choose its words.
    """

    number: int
    siret: str
    name: str
    departement: str
    opened: date
    closed: date | None
    draws: tuple[float, ...]

    def chosen(self, draw: int, choices: tuple[str, ...]) -> str:
        """One of some words."""
        return choices[int(self.draws[draw] * len(choices))]

    def during(self, share: float) -> date:
        """A day of its first four months, or of its life if that is shorter."""
        last = min(self.closed or date.max, self.opened + timedelta(days=120))
        return self.opened + timedelta(days=int(share * (last - self.opened).days))


def known_at(part: Part, batch: Batch) -> Iterator[Story]:
    """The accompagnements of a part that were written down before a batch, of head offices in France."""
    helped, communes = part.stories.helped, places.communes()
    draws = part.rng("follow-ups").random((8, len(helped.company)))
    written = helped.logged & (helped.neighbour_of == NOBODY) & (helped.period < batch.rank)
    for rank in np.flatnonzero(written & ~part.identities.foreign[helped.company]):
        company, begun = helped.company[rank], int(helped.period[rank])
        site = part.sites.current(np.array([company]), np.zeros(1, dtype=np.int64), batch.rank - 1)[0]
        gone = min(int(part.sites.closes[site]), int(part.identities.radiated[company]), int(part.lives.end[company]))
        over = min(begun + _SHORTEST + int(draws[0, rank] * (_LONGEST - _SHORTEST)), max(gone, begun + 1))
        opened = _day(begun, draws[1, rank])
        yield Story(
            number=int(part.employers.rank[company]) + 1,
            siret=str(part.sites.siret[site]),
            name=_name(part, company),
            departement=communes.departement[int(part.sites.commune[site])].as_py(),
            opened=opened,
            closed=_day(over, draws[2, rank]) if over < batch.rank else None,
            draws=tuple(float(one) for one in draws[3:, rank]),
        )


def _day(month: int, draw: float) -> date:
    first: date = first_day(np.array([month]))[0].item()
    return first + timedelta(days=int(draw * 28))


def _name(part: Part, company: int) -> str:
    identities = part.identities
    if identities.masked[company]:
        return ""
    person = (identities.last_name[company].as_py(), identities.first_name[company].as_py())
    return identities.name[company].as_py() or " ".join(filter(None, person))
