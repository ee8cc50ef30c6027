"""Bilans saisis, `bilans_saisis.zip`: one document per filing since the last batch or bulk file (open-data §2.9)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self
from xml.sax.saxutils import escape

import numpy as np
import pyarrow.compute as pc

from signaux_faibles.fictitious.books.exercices import MOST
from signaux_faibles.fictitious.books.filings import LETTERS, Filings, Form, closing_day, filing_order
from signaux_faibles.fictitious.books.pages import Line, lines_of
from signaux_faibles.fictitious.books.typed import before, of_form, typed
from signaux_faibles.fictitious.files.detail_bilan import version
from signaux_faibles.fictitious.lives import urssaf_accounts as accounts
from signaux_faibles.fictitious.months import Batch
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people import places
from signaux_faibles.fictitious.people.activity_codes import naf_rev2
from signaux_faibles.fictitious.people.population import Ints
from signaux_faibles.relations.files import whole_file
from signaux_faibles.sources.inpi.inpi import INPI

_HEAD = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<bilans version="1.0" xmlns="fr:inpi:odrncs:bilansSaisisXML">
<bilan>
"""
_FOOT = "</detail>\n</bilan>\n</bilans>\n"
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The archive bears no hour, so that the same call writes the same bytes."""
_FEWEST_FOR_A_DEFECT = 200
_KINDS = range(2 * len(Form))
"""The filings of one exercice, each with its number."""
_CUT = 400
"""Characters of a document that was cut short."""


class TypedFile:
    """The archive being written, a part after another; use as a context."""

    def __init__(self, folder: Path, batch: Batch) -> None:
        self._path = folder / INPI.files.exact[0]
        self._until = batch.urssaf_day
        self._after = version(batch) if batch.told_until is None else batch.told_until
        self._stack = ExitStack()
        self._last = ""
        self.rows = 0

    def __enter__(self) -> Self:
        draft = self._stack.enter_context(whole_file(self._path))
        self._archive = self._stack.enter_context(zipfile.ZipFile(draft, "w"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self.rows >= _FEWEST_FOR_A_DEFECT:
            self._write("PUB_CA_TRONQUE.donnees.xml", self._last[:_CUT])
        self._stack.__exit__(kind, error, trace)

    def add(self, part: Part) -> None:
        """Add the filings of a part."""
        published = part.annual.filings.public(until=self._until, after=self._after)
        for normal in (True, False):
            for name, document in _documents(part, of_form(published, normal=normal), normal=normal):
                self._write(name, document)
                self._last = document
                self.rows += 1

    def _write(self, name: str, document: str) -> None:
        member = zipfile.ZipInfo(name, _MOMENT)
        member.compress_type = zipfile.ZIP_DEFLATED
        self._archive.writestr(member, document)


def _documents(part: Part, filings: Filings, *, normal: bool) -> Iterator[tuple[str, str]]:
    """The name and the text of the document of each filing."""
    if not len(filings.day):
        return
    cells = typed(filings, part.annual.liasses, normal=normal)
    old = before(filings, part.annual.liasses, normal=normal)
    lines = lines_of(normal=normal)
    columns = [
        (place.column, (old if place.previous else cells)[place.cell], (old if place.previous else cells), place.less)
        for line in lines
        for place in line.places
    ]
    values = np.stack([cell - source[less] if less else cell for _, cell, source, less in columns], axis=1)
    for identity, row in zip(_identities(part, filings), values.tolist(), strict=True):
        name = "_".join(("PUB_CA", identity["siren"], identity["code_greffe"], identity["num_gestion"]))
        name += f"_{identity['date_cloture_exercice'][:4]}_{identity['num_depot'].replace('/', '')}"
        yield f"{name}.donnees.xml", _HEAD + _identite(identity) + "<detail>\n" + _pages(lines, row) + _FOOT


def _pages(lines: tuple[Line, ...], row: list[int]) -> str:
    """The pages that have a filled line."""
    pages: dict[str, list[str]] = {}
    at = 0
    for line in lines:
        values = row[at : at + len(line.places)]
        at += len(line.places)
        told = "".join(
            f' m{place.column}="{"-" if value < 0 else ""}{abs(value):015d}"'
            for place, value in zip(line.places, values, strict=True)
            if value
        )
        if told:
            pages.setdefault(line.page, []).append(f'<liasse code="{line.code}"{told}/>\n')
    return "".join(f'<page numero="{page}">\n{"".join(told)}</page>\n' for page, told in pages.items())


def _identite(identity: dict[str, str]) -> str:
    """The identity of a filing; what is empty is a tag alone."""
    tags = "".join(f"<{tag}>{text}</{tag}>\n" if text else f"<{tag}/>\n" for tag, text in identity.items())
    return f"<identite>\n{tags}</identite>\n"


def _identities(part: Part, filings: Filings) -> Iterator[dict[str, str]]:
    """The identity of each filing, in the order of the true tags."""
    liasses, employers = part.annual.liasses, part.employers
    row = filings.liasse
    company = liasses.company[row]
    site = part.sites.current(company, np.zeros_like(company), 0)
    where = places.communes()
    commune = part.sites.commune[site].tolist()
    greffes = [f"{place[:2].replace('2A', '20').replace('2B', '20')}01" for place in _departements(part, site)]
    names = pc.coalesce(part.who.name, part.who.last_name).take(company).to_pylist()
    activities = naf_rev2(employers.activity[company]).to_pylist()
    earlier = np.maximum(row - 1, 0)
    has_earlier = (liasses.company[earlier] == company) & (earlier < row)
    closed = np.datetime_as_string(closing_day(liasses.close[row]))
    closed_before = np.datetime_as_string(closing_day(liasses.close[row] - liasses.months[row]))
    filed = np.datetime_as_string(filings.day)
    rank = employers.rank[company]
    numbers = (rank * MOST + liasses.rank[row]) * len(_KINDS) + filing_order(filings) % len(_KINDS)
    for at in range(len(row)):
        months = 0 if filings.no_length[at] else liasses.months[row[at]]
        previous = liasses.months[earlier[at]] if has_earlier[at] and filings.previous[at] else 0
        yield {
            "siren": str(employers.siren[company[at]]),
            "date_cloture_exercice": _compact(closed[at]),
            "code_greffe": greffes[at],
            "num_depot": f"B{filed[at][:4]}/{numbers[at]:09d}",
            "num_gestion": f"{max(2004 + int(employers.birth[company[at]]) // 12, 1954)}B{rank[at] % 100_000:05d}",
            "code_activite": activities[at].replace(".", ""),
            "date_cloture_exercice_n-1": _compact(closed_before[at]) if has_earlier[at] else "",
            "duree_exercice_n": f"{months:02d}",
            "duree_exercice_n-1": f"{previous:02d}",
            "date_depot": _compact(filed[at]),
            "code_motif": ("00", "01", "1A")[min(int(rank[at] * 7 + row[at]) % 13 // 10, 2)],
            "code_type_bilan": str(LETTERS[filings.form[at]]),
            "code_devise": "EUR",
            "code_origine_devise": "O",
            "code_confidentialite": "2" if filings.withheld[at] else "0",
            "info_traitement": "",
            "denomination": f"<![CDATA[{names[at]}]]>",
            "adresse": f"<![CDATA[{where.postcode[commune[at]]} {escape(str(where.name[commune[at]]))}]]>",
        }


def _departements(part: Part, site: Ints) -> list[str]:
    return list(accounts.departements(part.sites, site).to_pylist())


def _compact(day: str) -> str:
    return day.replace("-", "")
