"""The companies of the perimeter nearest to one of them, by activity, size and department, with their last accounts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from signaux_faibles.snapshot.search.places import town_name
from signaux_faibles.snapshot.served.place import OF_COMPANIES, companies
from signaux_faibles.snapshot.served.procedures import ProcedureStanding
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.insee.nomenclatures import LABELS, NAF_2025
from signaux_faibles.tables.accounts.state import NOT_TYPED, WITHHELD

SHOWN = 20
"""How many companies are compared; the class of activity is widened until it holds as many."""
SIZE_RATIO = 2
"""A company has a comparable headcount from half to twice that of the other one."""
LENGTHS = (5, 4, 3, 2)
"""The characters of a code that name the sub-class, the class, the group and the division; then comes the section."""

_CODED = f"""
SELECT assessed.*, in_force.nomenclature,
    replace(CASE WHEN in_force.nomenclature = '{NAF_2025.name}' THEN naf25_5 ELSE rev2_5 END, '.', '') AS code,
    CASE WHEN in_force.nomenclature = '{NAF_2025.name}' THEN naf25_1 ELSE rev2_1 END AS letter
FROM assessed_company AS assessed CROSS JOIN nomenclature_in_force AS in_force LEFT JOIN company_activity USING (siren)
"""
_OWN = f"""
WITH coded AS ({_CODED})
SELECT nomenclature, code, letter, effectif, departement FROM coded WHERE siren = $siren
"""
_OTHERS = f"""
WITH coded AS ({_CODED})
SELECT siren, raison_sociale, departement, commune, effectif, periode_effectif, standing, active_departments,
    code, letter
FROM coded
WHERE siren <> $siren AND est_actif AND letter = $letter
    AND effectif BETWEEN $headcount / {SIZE_RATIO} AND $headcount * {SIZE_RATIO}
"""
_ACCOUNTS = f"""
SELECT siren, date_cloture, chiffre_affaires, marge_ebe, resultat_net, capitaux_propres FROM company_accounts
WHERE {OF_COMPANIES} AND (liasse IS NULL OR liasse NOT IN ('{WITHHELD}', '{NOT_TYPED}'))
ORDER BY siren, date_cloture
"""


@dataclass(frozen=True)
class LastAccounts:
    """The last accounts with known amounts, in euros; the EBE as a percentage of the turnover."""

    closing: date | None = None
    turnover: Decimal | None = None
    ebe_share: float | None = None
    net_result: Decimal | None = None
    equity: Decimal | None = None


NO_ACCOUNTS = LastAccounts()


@dataclass(frozen=True)
class Comparable:
    """A company close to another one; `name` is None when INSEE masks it."""

    siren: str
    name: str | None
    departement: str | None
    town: str | None
    headcount: int
    headcount_month: date
    standing: ProcedureStanding | None
    active_departments: frozenset[str]
    code: str | None


@dataclass(frozen=True)
class Comparables:
    """What a company is compared with.

    Attributes:
        activity: the code that they share, or the letter of the section; None when that of the company is not known.
        nomenclature: its label.
        headcount: that of the company; None when it is not known.
        companies: nearest first.
    """

    activity: str | None
    nomenclature: str
    headcount: int | None
    companies: tuple[Comparable, ...] = ()


def comparables_of(snapshot: Snapshot, siren: str) -> Comparables | None:
    """The active companies of the perimeter that are nearest to a company; None where it is not of the perimeter.

    They have the same activity, as finely as `SHOWN` companies of a comparable headcount share it; first those of the
    same department, then the others, from the nearest headcount to the furthest.
    """
    rows = snapshot.rows(_OWN, {"siren": siren})
    if not rows:
        return None
    nomenclature, code, letter, headcount, departement = rows[0]
    label = LABELS[nomenclature]
    if letter is None or not headcount:
        return Comparables(code or letter, label, headcount)
    others = snapshot.rows(_OTHERS, {"siren": siren, "letter": letter, "headcount": headcount})
    activity, candidates = _same_activity([(_comparable(row), row[-1]) for row in others], code, letter)
    nearest = sorted(candidates, key=lambda one: _distance(one, headcount, departement))
    return Comparables(activity, label, headcount, tuple(nearest[:SHOWN]))


def last_accounts_of(snapshot: Snapshot, sirens: Collection[str]) -> dict[str, LastAccounts]:
    """The last accounts with a known amount, by company."""
    # Of several exercices, the last one is kept.
    return {siren: LastAccounts(*rest) for siren, *rest in snapshot.rows(_ACCOUNTS, companies(sirens))}


def _same_activity(
    others: Sequence[tuple[Comparable, str]], code: str | None, letter: str
) -> tuple[str, list[Comparable]]:
    """Those who share the finest activity that is common enough, with that activity."""
    for length in LENGTHS if code else ():
        shared = (code or "")[:length]
        candidates = [one for one, _ in others if (one.code or "").startswith(shared)]
        if len(candidates) >= SHOWN:
            return shared, candidates
    return letter, [one for one, _ in others]


def _comparable(row: tuple[Any, ...]) -> Comparable:
    siren, name, departement, written, headcount, month, standing, places, code, _ = row
    stands = ProcedureStanding(**standing) if standing else None
    town = town_name(written) if written else None
    return Comparable(siren, name, departement, town, headcount, month, stands, frozenset(places), code)


def _distance(one: Comparable, headcount: int, departement: str | None) -> tuple[bool, float, str]:
    """Another department is further than any headcount; a half is as far as a double."""
    larger, smaller = max(one.headcount, headcount), min(one.headcount, headcount)
    return one.departement != departement, larger / smaller, one.siren
