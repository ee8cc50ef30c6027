"""Who employers are in the register: name, legal form, what they do not disseminate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from signaux_faibles.fictitious.months import Months
from signaux_faibles.fictitious.parameters.world import Population
from signaux_faibles.fictitious.people import names
from signaux_faibles.fictitious.people.population import Bools, Employers, Ints

LEGAL_FORMS = (
    ("5710", 0.42),
    ("5499", 0.36),
    ("5599", 0.07),
    ("5498", 0.05),
    ("6540", 0.02),
    ("9220", 0.05),
    ("5202", 0.03),
)
"""SAS, SARL, SA, EURL, SCI, association, SNC: shares among employers [estimate]."""
EXCLUDED_FORMS = ("7210", "7220", "7346", "7348", "7379", "7389", "4110", "4140", "7410", "7490")
"""Legal forms that the perimeter leaves out (import-chain §6.4)."""
_MONTHS_TO_CEASE = 6


@dataclass(frozen=True)
class Identities:
    """What the register says about employers on any day; one value per company.

    Attributes:
        name: denomination of a legal person, null for a natural one.
        last_name, first_name: of a natural person, null for a legal one.
        form: legal form, four digits.
        masked: not disseminated at the request of the unit.
        foreign: its head office is abroad.
        radiated: month from which the register says that it has ceased.
    """

    name: pa.Array
    last_name: pa.Array
    first_name: pa.Array
    form: pa.Array
    masked: Bools
    foreign: Bools
    radiated: Ints


def draw(employers: Employers, end: Months, parameters: Population, rng: np.random.Generator) -> Identities:
    """Draw the identities; a company ceases in the register a few months after its end."""
    count = employers.count
    draws = rng.random((5, count))
    person = employers.small & (draws[0] < parameters.sole_traders / 0.4)
    public = ~person & (draws[1] < parameters.excluded_legal_forms)
    codes, weights = zip(*LEGAL_FORMS, strict=True)
    form = rng.choice(np.array(codes), count, p=np.array(weights) / sum(weights))
    form = np.where(public, rng.choice(np.array(EXCLUDED_FORMS), count), np.where(person, "1000", form))
    name = names.company_names(employers.sector, rng)
    last = names.proper_names(count, rng)
    first = pa.array(np.array(names.FIRST_NAMES)[rng.integers(0, len(names.FIRST_NAMES), count)])
    masked = draws[2] < np.where(person, 6, 1) * parameters.non_diffusible / 1.5
    none = pa.scalar(None, pa.string())
    return Identities(
        name=pc.if_else(pa.array(person), none, name),
        last_name=pc.if_else(pa.array(person), last, none),
        first_name=pc.if_else(pa.array(person), first, none),
        form=pa.array(form),
        masked=masked,
        foreign=~person & ~masked & (draws[3] < parameters.foreign_head_offices),
        radiated=end + 1 + (draws[4] * _MONTHS_TO_CEASE).astype(np.int64),
    )
