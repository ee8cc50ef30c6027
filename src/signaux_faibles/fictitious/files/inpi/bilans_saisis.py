"""Bilans saisis, `bilans_saisis.zip`: one document per filing since the last batch or bulk file (open-data §2.9)."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from itertools import chain
from pathlib import Path

from signaux_faibles.fictitious.files.inpi.detail_bilan import start_of_increment
from signaux_faibles.fictitious.files.inpi.filing_documents import FilingDocument, Pages, documents_of
from signaux_faibles.fictitious.files.inpi.outsiders import outsiders
from signaux_faibles.fictitious.files.oddities import NARROW, NO_BREAK, is_answered_by_the_api, is_in_other_writing
from signaux_faibles.fictitious.files.part_file import PartFile
from signaux_faibles.fictitious.months import Batch
from signaux_faibles.fictitious.part import Part
from signaux_faibles.sources.inpi.inpi import INPI

_HEAD = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<bilans version="1.0" xmlns="fr:inpi:odrncs:bilansSaisisXML">
<bilan>
"""
_FOOT = "</bilan>\n</bilans>\n"
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The archive holds no time, so that the same call writes the same bytes."""
_FEWEST_FOR_A_DEFECT = 200
_CUT = 400
"""Characters of a document that was cut short."""
_FREE_TEXTS = ("denomination", "adresse")


class TypedFile(PartFile):
    """The archive being written."""

    def __init__(self, folder: Path, batch: Batch) -> None:
        super().__init__(folder / INPI.files.exact[0])
        self._until = batch.urssaf_day
        self._after = start_of_increment(batch)
        self._last = ""

    def _open(self, draft: Path) -> None:
        self._archive = self._stack.enter_context(zipfile.ZipFile(draft, "w"))

    def _end(self) -> None:
        if self.rows >= _FEWEST_FOR_A_DEFECT:
            self._write("PUB_CA_TRONQUE.donnees.xml", self._last[:_CUT])

    def add(self, part: Part) -> None:
        """Add the filings of a part, except those that the API gives."""
        filings = part.annual.filings.filed(until=self._until, after=self._after)
        for document in chain(documents_of(part, filings), outsiders(part, filings)):
            if not is_answered_by_the_api(document.identity["siren"]):
                self._last = as_xml(document)
                self._write(_name(document), self._last)
                self.rows += 1

    def _write(self, name: str, document: str) -> None:
        member = zipfile.ZipInfo(name, _MOMENT)
        member.compress_type = zipfile.ZIP_DEFLATED
        self._archive.writestr(member, document)


def as_xml(document: FilingDocument) -> str:
    """The text of a document; for one company in 29, the same values in another spelling."""
    identity, odd = document.identity, is_in_other_writing(document.identity["siren"])
    values = {tag: _value(tag, text) for tag, text in identity.items()}
    if odd:
        siren = identity["siren"]
        values["siren"] = f"{NO_BREAK}{siren[:3]}{NARROW}{siren[3:6]}{NARROW}{siren[6:]}"
        values["date_depot"] = f"{identity['date_depot']}T00:00:00"
    tags = "".join(f"<{tag}>{text}</{tag}>\n" if text else f"<{tag}/>\n" for tag, text in values.items())
    return f"{_HEAD}<identite>\n{tags}</identite>\n{_detail(document.pages, odd=odd)}{_FOOT}"


def _value(tag: str, text: str) -> str:
    if tag in _FREE_TEXTS:
        return f"<![CDATA[{text}]]>"
    return text.replace("-", "") if tag.startswith("date") else text


def _detail(pages: Pages, *, odd: bool) -> str:
    """The pages; for a filing without any, nothing or an empty tag."""
    if not pages:
        return "<detail/>\n" if odd else ""
    number, code_of, amount_of = (_short, _short, _grouped) if odd else (str, str, _padded)
    written = ""
    for page, lines in pages.items():
        liasses = "".join(_line(code_of(code), filled, amount_of) for code, filled in lines)
        written += f'<page numero="{number(page)}">\n{liasses}</page>\n'
    return f"<detail>\n{written}</detail>\n"


def _line(code: str, filled: list[tuple[int, int]], amount_of: Callable[[int], str]) -> str:
    amounts = "".join(f' m{column}="{amount_of(value)}"' for column, value in filled)
    return f'<liasse code="{code}"{amounts}/>\n'


def _padded(value: int) -> str:
    return f"{'-' if value < 0 else ''}{abs(value):015d}"


def _grouped(value: int) -> str:
    return f"{value:,}".replace(",", NARROW)


def _short(code: str) -> str:
    """A number without its leading zeros."""
    return str(int(code)) if code.isdigit() else code


def _name(document: FilingDocument) -> str:
    """The name of the file of a document."""
    identity = document.identity
    name = "_".join(("PUB_CA", identity["siren"], identity["code_greffe"], identity["num_gestion"]))
    return f"{name}_{identity['date_cloture_exercice'][:4]}_{identity['num_depot'].replace('/', '')}.donnees.xml"
