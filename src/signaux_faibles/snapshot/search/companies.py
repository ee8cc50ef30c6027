"""A company as the index holds it, and as results show it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from signaux_faibles.tables.register.trade_names import ACRONYM, SIGN, USUAL_NAME

NAME_MARK = "\t"
"""Between the kind and the text of another name, in the index."""


class OtherNameKind(Enum):
    """What another name of a company is, in the words that an agent reads."""

    ACRONYM = ACRONYM
    USUAL_NAME = USUAL_NAME
    SIGN = SIGN


@dataclass(frozen=True)
class OtherName:
    """A name beside the denomination: acronym, usual name, sign of an establishment."""

    kind: OtherNameKind
    text: str


@dataclass(frozen=True)
class RegisteredCompany:
    """A company as the register describes it in results; `name` is None when INSEE masks it.

    Attributes:
        other_names: those by which it is also searched.
        towns: INSEE codes of the towns where it has its head office, first, or an active establishment.
        postcodes: those of the same places.
        establishments: how many are active; None in an index written before it was counted.
    """

    siren: str
    name: str | None
    departement: str | None
    departement_label: str | None
    activity: str | None
    active: bool
    active_departments: frozenset[str]
    other_names: tuple[OtherName, ...] = ()
    towns: tuple[str, ...] = ()
    postcodes: frozenset[str] = frozenset()
    establishments: int | None = None


class IndexedCompany(NamedTuple):
    """A company as it is written, in columns: the register has millions, so no object is made of each.

    Several values are separated by spaces, other names by line ends, each after its kind and `NAME_MARK`. `town_names`
    are the towns as addresses write them, by line ends: those that have no code any more, or are abroad. A masked name
    is None, and then only the siren finds the company.
    """

    siren: str
    name: str | None
    departement: str | None
    departement_label: str | None
    activity: str | None
    active: bool
    active_departments: str
    towns: str | None = None
    postcodes: str | None = None
    other_names: str | None = None
    departments: str | None = None
    section: str | None = None
    headcount: int | None = None
    procedure: str | None = None
    town_names: str | None = None
    establishments: int | None = None
