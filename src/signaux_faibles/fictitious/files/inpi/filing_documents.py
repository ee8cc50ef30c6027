"""What INPI publishes about each filing: its identity, and its lines if its accounts are typed (open-data §2.9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from signaux_faibles.fictitious.books.exercices import MOST
from signaux_faibles.fictitious.books.filings import LETTERS, BilanType, Filings, closing_day, filing_order
from signaux_faibles.fictitious.books.pages import Line, lines_of
from signaux_faibles.fictitious.books.typed import before, of_form, typed
from signaux_faibles.fictitious.lives import urssaf_accounts as accounts
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people import places
from signaux_faibles.fictitious.people.activity_codes import naf_rev2
from signaux_faibles.fictitious.people.population import Ints

Pages = dict[str, list[tuple[str, list[tuple[int, int]]]]]
"""By page, the code of each filled line and its amounts: column, from 1 to 4, then euros."""

_KINDS = range(2 * len(BilanType))
"""The filings of one exercice, each with its number."""
_TYPED = ("00", "01")
_NOT_TYPED = ("02", "03", "11", "12", "13", "14", "19")
"""The motifs of real documents [D: 3,822]: those with lines, then public ones without lines."""


@dataclass(frozen=True)
class FilingDocument:
    """A filing as INPI publishes it.

    Attributes:
        identity: values by tag of the XML, in the order of true documents; days in ISO; empty where nothing is known.
        pages: empty when the accounts are wholly withheld or were not typed.
    """

    identity: dict[str, str]
    pages: Pages


def documents_of(part: Part, filings: Filings) -> Iterator[FilingDocument]:
    """The document of each filing of companies of a part, those on the normal form first."""
    for normal in (True, False):
        filings_of_form = of_form(filings, normal=normal)
        if len(filings_of_form.day):
            yield from _documents(part, filings_of_form, normal=normal)


def _documents(part: Part, filings: Filings, *, normal: bool) -> Iterator[FilingDocument]:
    cells = typed(filings, part.annual.liasses, normal=normal)
    old = before(filings, part.annual.liasses, normal=normal)
    lines = lines_of(normal=normal)
    columns = [
        ((old if column.previous else cells)[column.cell], (old if column.previous else cells), column.less)
        for line in lines
        for column in line.columns
    ]
    values = np.stack([cell - source[less] if less else cell for cell, source, less in columns], axis=1).tolist()
    without_lines = (filings.secret | filings.untyped).tolist()
    for identity, row, bare in zip(identities(part, filings), values, without_lines, strict=True):
        yield FilingDocument(identity, {} if bare else _pages(lines, row))


def _pages(lines: tuple[Line, ...], row: list[int]) -> Pages:
    """The pages that have a filled line."""
    pages: Pages = {}
    at = 0
    for line in lines:
        values = row[at : at + len(line.columns)]
        at += len(line.columns)
        filled = [(column.number, value) for column, value in zip(line.columns, values, strict=True) if value]
        if filled:
            pages.setdefault(line.page, []).append((line.code, filled))
    return pages


def identities(part: Part, filings: Filings) -> Iterator[dict[str, str]]:
    """The identity of each filing: see `FilingDocument`."""
    liasses, employers = part.annual.liasses, part.employers
    row = filings.liasse
    company = liasses.company[row]
    site = part.sites.current(company, np.zeros_like(company), 0)
    where = places.communes()
    commune = part.sites.commune[site].tolist()
    greffes = _greffes(part, site)
    names = pc.coalesce(part.identities.name, part.identities.last_name).take(company).to_pylist()
    activities = naf_rev2(employers.activity[company]).to_pylist()
    earlier = np.maximum(row - 1, 0)
    has_earlier = (liasses.company[earlier] == company) & (earlier < row)
    closed = np.datetime_as_string(closing_day(liasses.close[row]))
    closed_before = np.datetime_as_string(closing_day(liasses.close[row] - liasses.months[row]))
    filed, rank = np.datetime_as_string(filings.day), employers.rank[company]
    numbers = (rank * MOST + liasses.rank[row]) * len(_KINDS) + filing_order(filings) % len(_KINDS)
    for at in range(len(row)):
        motif = _motif(filings, at, int(rank[at] * 7 + row[at]))
        months = 0 if filings.no_length[at] else liasses.months[row[at]]
        previous = liasses.months[earlier[at]] if has_earlier[at] and filings.previous[at] else 0
        yield {
            "siren": str(employers.siren[company[at]]),
            "date_cloture_exercice": closed[at],
            "code_greffe": greffes[at],
            "num_depot": f"B{filed[at][:4]}/{numbers[at]:09d}",
            "num_gestion": f"{max(2004 + int(employers.birth[company[at]]) // 12, 1954)}B{rank[at] % 100_000:05d}",
            "code_activite": activities[at].replace(".", ""),
            "date_cloture_exercice_n-1": closed_before[at] if has_earlier[at] else "",
            "duree_exercice_n": f"{months:02d}",
            "duree_exercice_n-1": f"{previous:02d}",
            "date_depot": filed[at],
            "code_motif": motif,
            "code_type_bilan": str(LETTERS[filings.form[at]]),
            "code_devise": "EUR",
            "code_origine_devise": "O",
            "code_confidentialite": _confidentiality(filings, at),
            "info_traitement": "",
            "denomination": names[at],
            "adresse": f"{where.postcode[commune[at]]} {where.name[commune[at]]}",
        }


def _greffes(part: Part, site: Ints) -> list[str]:
    """The greffe of the first court of each department; both of Corsica have that of 20."""
    departements = accounts.departements(part.sites, site).to_pylist()
    return [f"{place[:2].replace('2A', '20').replace('2B', '20')}01" for place in departements]


def _motif(filings: Filings, at: int, draw: int) -> str:
    """Why a filing was not typed; else whether INPI saw inconsistencies in it, as it does in three of thirteen."""
    return _NOT_TYPED[draw % len(_NOT_TYPED)] if filings.untyped[at] else _TYPED[draw % 13 // 10]


def _confidentiality(filings: Filings, at: int) -> str:
    if filings.secret[at]:
        return "1"
    return "2" if filings.withheld[at] else "0"
