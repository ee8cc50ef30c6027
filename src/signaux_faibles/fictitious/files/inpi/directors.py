"""Who directs companies: one or two directors, who change now and then, and more before a failure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from signaux_faibles.fictitious.books.filings import FILING_FORMS
from signaux_faibles.fictitious.lives.lives import Lives
from signaux_faibles.fictitious.months import LAST, Dates, first_day
from signaux_faibles.fictitious.parameters.tax import Directors as Law
from signaux_faibles.fictitious.people import names
from signaux_faibles.fictitious.people.identities import Identities
from signaux_faibles.fictitious.people.population import Bools, Employers, Ints

_POOL = 4_000
"""Names that directors share."""
_DAYS = 28


@dataclass(frozen=True)
class Changes:
    """The directors of the companies of a part, ordered by company then day: one value per change, arrivals included.

    Attributes:
        company: rank in the part.
        seat: 0 for the first director, 1 for the second.
        day: since when.
        recorded: day from which the register says so.
        name: rank in `pool`.
        legal: the director is a company.
        pool: names at birth.
    """

    company: Ints
    seat: Ints
    day: Dates
    recorded: Dates
    name: Ints
    legal: Bools
    pool: pa.Array


def draw(
    employers: Employers, lives: Lives, identities: Identities, parameters: Law, rng: np.random.Generator
) -> Changes:
    """The directors of the commercial companies of one part, from their creation to their end."""
    count = employers.count
    commerce = np.isin(identities.form.to_numpy(zero_copy_only=False), FILING_FORMS)
    second = commerce & (rng.random(count) < parameters.second)
    risk = parameters.change + (parameters.change_in_crisis - parameters.change) * lives.crisis
    risk = risk * np.exp(parameters.change_by_strain * np.clip(lives.strain, -3, 3))
    living = (np.arange(LAST) > employers.birth[:, None]) & (np.arange(LAST) < lives.end[:, None])
    seats = [_of_seat(has[:, None] & living, risk, rng) for has in (commerce, second)]
    company = np.concatenate([rows for rows, _ in seats])
    month = np.concatenate([months for _, months in seats])
    seat = np.repeat([0, 1], [len(rows) for rows, _ in seats])
    arrivals = np.flatnonzero(commerce), np.flatnonzero(second)
    company = np.concatenate([*arrivals, company])
    seat = np.concatenate([np.zeros(len(arrivals[0]), int), np.ones(len(arrivals[1]), int), seat])
    month = np.concatenate([*(employers.birth[rows] for rows in arrivals), month])
    day = first_day(month) + rng.integers(0, _DAYS, len(month)).astype("timedelta64[D]")
    order = np.lexsort((day, seat, company))
    wait = 1 + rng.exponential(parameters.recording_days, len(day))
    return Changes(
        company=company[order],
        seat=seat[order],
        day=day[order],
        recorded=(day + wait.astype("timedelta64[D]"))[order],
        name=rng.integers(0, _POOL, len(day))[order],
        legal=(rng.random(len(day)) < parameters.legal_person)[order],
        pool=names.proper_names(_POOL, rng),
    )


def _of_seat(living: Bools, risk: npt.NDArray[np.floating], rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Companies and months of the changes of one seat."""
    changing = living & (rng.random(living.shape, dtype=np.float32) < risk)
    company, month = np.nonzero(changing)
    return company, month
