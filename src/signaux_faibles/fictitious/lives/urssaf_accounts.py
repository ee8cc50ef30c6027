"""Urssaf accounts: where a company pays its contributions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from signaux_faibles.fictitious.lives.debts import Gaps
from signaux_faibles.fictitious.people import places
from signaux_faibles.fictitious.people.establishments import Establishments
from signaux_faibles.fictitious.people.population import Bools, Employers, Ints

_SERIES = 117_000_000_000_000_000
_BY_PLACE = 25


@dataclass(frozen=True)
class Accounts:
    """The account of each écart négatif: a line of establishments of its company."""

    line: Ints


def draw(gaps: Gaps, sites: Establishments, rng: np.random.Generator) -> Accounts:
    """The accounts: most companies pay everything in one place, others have an account for each establishment."""
    lines = np.bincount(sites.company, weights=(sites.line > 0).astype(float)).astype(np.int64)
    some = (rng.random(len(gaps.company)) * (lines[gaps.company] + 1)).astype(np.int64)
    open_then = sites.is_open(gaps.company, some, gaps.period)
    return Accounts(np.where(by_place(gaps.company) & open_then, some, 0))


def by_place(company: Ints) -> Bools:
    """Whether a company pays its contributions establishment by establishment: one in four [estimate]."""
    return np.asarray(company * 40_503 % 100 < _BY_PLACE)


def number(employers: Employers, company: Ints, line: Ints) -> pa.Array:
    """Number of the account of a line of establishments, eighteen digits."""
    return pa.array(_SERIES + employers.rank[company] * 100 + line).cast(pa.string())


def departements(sites: Establishments, site: Ints) -> pa.Array:
    """Départements of establishments."""
    return places.communes().departement.take(pa.array(sites.commune[site]))


def organisation(departement: pa.Array) -> pa.Array:
    """Invented code of the Urssaf that manages a département, three digits."""
    encoded = departement.dictionary_encode()
    codes = pa.array([f"{100 + 7 * int(code, 36) % 900:03d}" for code in encoded.dictionary.to_pylist()], pa.string())
    return codes.take(encoded.indices)
