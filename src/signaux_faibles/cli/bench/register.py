"""A register of any size, invented for the bench of the search alone: names, signs, towns and headcounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from signaux_faibles.fictitious.people.names import FIRST_NAMES, company_names, proper_names
from signaux_faibles.reference_tables.tables import load
from signaux_faibles.snapshot.search.companies import NAME_MARK, IndexedCompany
from signaux_faibles.tables.register.trade_names import SIGN

AT_ONCE = 100_000
EMPLOYERS = 0.18
"""Share of companies whose headcount is known; they come first."""
ACTIVE = 0.95
_SECTORS = (0.05, 0.08, 0.15, 0.17, 0.04, 0.10, 0.04, 0.07, 0.10, 0.15, 0.05)
_FORMS = ("", "", "", "SOCIETE ", "", "SAINT ", "", "", "STE ", "")
"""What a name begins with, one in ten each."""


def invented_register(companies: int, seed: int) -> Iterator[IndexedCompany]:
    """Companies in order of importance; a third bear a coined word that hardly any other bears, as true names do."""
    rng = np.random.default_rng(seed)
    towns = [row for row in load("communes").to_pylist() if row["codes_postaux"] and row["population"]]
    inhabitants = np.array([row["population"] for row in towns], dtype=float)
    for start in range(0, companies, AT_ONCE):
        count = min(AT_ONCE, companies - start)
        names, signs = _names(count, rng), pc.utf8_upper(proper_names(count, rng)).to_pylist()
        places = rng.choice(len(towns), count, p=inhabitants / inhabitants.sum())
        draws = rng.random((3, count))
        for n in range(count):
            rank = start + n
            yield _company(rank, rank / companies, names[n], signs[n], towns[places[n]], draws[:, n])


def _company(
    rank: int, depth: float, name: str, sign: str, town: dict[str, Any], draws: np.ndarray[Any, Any]
) -> IndexedCompany:
    """`depth`: how far down the register, from 0 to 1."""
    return IndexedCompany(
        siren=f"{100_000_000 + rank * 7_919 % 899_999_999:09}",
        name=name,
        departement=town["departement"],
        departement_label=town["departement"],
        activity="Activité inventée",
        active=bool(draws[0] < ACTIVE),
        active_departments=town["departement"],
        towns=town["code"],
        postcodes=town["codes_postaux"].split()[0],
        other_names=f"{SIGN}{NAME_MARK}AU {sign}" if draws[1] < 0.15 else None,
        departments=town["departement"],
        section=chr(ord("A") + int(draws[2] * 21)),
        headcount=int(2 / (depth + 1e-4)) if depth < EMPLOYERS else None,
        procedure="redressement" if draws[1] > 0.995 else None,
    )


def _names(count: int, rng: np.random.Generator) -> list[str]:
    sectors = rng.choice(len(_SECTORS), count, p=_SECTORS)
    names, coined = company_names(sectors, rng), pc.binary_join_element_wise(*_pieces(count, rng), "")
    kinds = rng.random(count)
    people = pc.binary_join_element_wise(coined, pa.array(_chosen(FIRST_NAMES, count, rng)), "EI", " ")
    plain = pc.binary_join_element_wise(pa.array(_chosen(_FORMS, count, rng)), names, "")
    full_names = pc.binary_join_element_wise(names, coined, " ")
    names_of_all = pc.if_else(pa.array(kinds < 0.15), people, pc.if_else(pa.array(kinds < 0.3), full_names, plain))
    return list(names_of_all.to_pylist())


def _pieces(count: int, rng: np.random.Generator) -> tuple[pa.Array, pa.Array]:
    """Two proper names, which make one that is long and rare."""
    return pc.utf8_slice_codeunits(proper_names(count, rng), 0, 7), proper_names(count, rng)


def _chosen(words: Sequence[str], count: int, rng: np.random.Generator) -> list[str]:
    return [words[rank] for rank in rng.integers(0, len(words), count)]
