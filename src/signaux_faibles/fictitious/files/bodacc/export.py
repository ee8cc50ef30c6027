"""The export of the open API of BODACC, like its JSON: texts within texts, old days in words (open-data §2.5)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from signaux_faibles.fictitious.files.bodacc.notices import NOBODY, Notices, Type, publish
from signaux_faibles.fictitious.files.bodacc.words import WORDINGS, in_words
from signaux_faibles.fictitious.files.part_file import PartFile
from signaux_faibles.fictitious.months import Batch, month_of
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people import names, places
from signaux_faibles.fictitious.people.population import Bools, Ints
from signaux_faibles.reference_tables.tables import load

FILE = "annonces-commerciales.json"
_OVERLAP = np.timedelta64(5, "D")
"""Days that two successive exports share, because a notice may enter the API days after its publication."""
_WORDS_UNTIL, _SLASHES_UNTIL, _DAMAGED_UNTIL = (np.datetime64(f"{year}-01-01") for year in (2011, 2013, 2017))
_NO_TYPE_SINCE = np.datetime64("2025-01-01")
_NO_BREAK = "\u00a0"
_ID_STEP = 4
_EVERY = 20_000
_SMALL = 200
_TYPES = {
    Type.ANNONCE: ("annonce", "Avis initial", "initial"),
    Type.RECTIFICATIF: ("rectificatif", "Avis rectificatif", "rectificatif"),
    Type.ANNULATION: ("annulation", "Avis d'annulation", "annulation"),
}


class BodaccFile(PartFile):
    """One list of records being written."""

    def __init__(self, folder: Path, batch: Batch) -> None:
        super().__init__(folder / FILE)
        self._batch = batch

    def _open(self, draft: Path) -> None:
        self._out = self._stack.enter_context(draft.open("w", encoding="utf-8"))
        self._out.write("[")

    def _end(self) -> None:
        if self.rows >= _SMALL:
            for _ in range(self.rows // _EVERY + 1):
                self._out.write(",\n" + json.dumps(_CUT, ensure_ascii=False))
        self._out.write("\n]\n")

    def add(self, part: Part) -> None:
        """Add the notices of a part that the batch holds: those since the batch before, or all of them."""
        for record in records(part, self._batch):
            self._out.write((",\n" if self.rows else "\n") + json.dumps(record, ensure_ascii=False))
            self.rows += 1


def records(part: Part, batch: Batch) -> list[dict[str, object]]:
    """The records of the notices published up to the day of the batch, and since the batch before."""
    notices = publish(part)
    spelling = _Spelling(part, notices)
    published = notices.published <= batch.urssaf_day
    if batch.covered_until is not None:
        published &= notices.published > batch.covered_until - _OVERLAP
    return [spelling.record(rank) for rank in np.flatnonzero(published).tolist()]


class _Spelling:
    """How the notices of a part are written, the same whatever the batch."""

    def __init__(self, part: Part, notices: Notices) -> None:
        parameters, rng, count = part.parameters.bodacc, part.rng("bodacc spelling"), notices.count
        self._notices, self._employers = notices, part.employers
        self._names: pa.Array = pc.coalesce(part.identities.name, part.identities.last_name)
        draws = rng.random((6, count))
        self._anonymous: Bools = draws[0] < parameters.without_siren
        self._damaged: Bools = (draws[1] < parameters.doubly_encoded) & (notices.published < _DAMAGED_UNTIL)
        self._absurd: Bools = draws[2] < parameters.unreadable_day
        self._undated: Bools = draws[2] > 1 - parameters.no_day
        self._slashed: Bools = (draws[3] < 0.2) & (notices.published < _SLASHES_UNTIL)
        self._spaced_first: Bools = draws[4] < 0.5
        self._untyped: Bools = (draws[5] < 0.3) & (notices.published >= _NO_TYPE_SINCE)
        elsewhere = part.rng("bodacc registers").random((2, count))
        self._persons_alone: Bools = elsewhere[0] < parameters.elsewhere
        self._craft: Bools = elsewhere[0] < parameters.elsewhere / 2
        self._odd_blanks: Bools = elsewhere[1] < parameters.odd_blanks
        self._agents = names.proper_names(count, rng).to_pylist()
        self._cessation = notices.judged - rng.integers(5, 540, count).astype("timedelta64[D]")
        first = np.flatnonzero(np.r_[True, notices.company[1:] != notices.company[:-1]]) if count else notices.company
        ordinal = np.arange(count) - np.repeat(first, np.diff(np.r_[first, count]))
        self._number: Ints = part.employers.rank[notices.company] * _ID_STEP + ordinal % _ID_STEP + 1
        self._issue = [_issue(day) for day in notices.published]
        head = np.zeros(count, dtype=np.int64)
        site = part.sites.current_at(notices.company, head, month_of(notices.published).astype(np.int64))
        self._commune: Ints = part.sites.commune[site]

    def record(self, rank: int) -> dict[str, object]:
        """One record of the API."""
        notices, company = self._notices, self._notices.company[rank]
        typeavis, label, _ = _TYPES[Type(notices.type[rank])]
        typed = {} if self._untyped[rank] else {"typeavis": typeavis, "typeavis_lib": label}
        commune, where = int(self._commune[rank]), places.communes()
        departement = where.departement[commune].as_py()
        name = self._names[company].as_py()
        siren = self._employers.siren[company]
        spellings = [siren, f"{siren[:3]} {siren[3:6]} {siren[6:]}"]
        if self._anonymous[rank]:
            registration: list[str] | None = None if rank % 2 else ["non inscrit"]
        elif self._persons_alone[rank]:
            registration = None
        else:
            registration = spellings[::-1] if self._spaced_first[rank] else spellings
        return {
            "id": self._id(rank),
            "publicationavis": "A",
            "parution": self._issue[rank],
            "dateparution": str(notices.published[rank]),
            "numeroannonce": int(self._number[rank]),
            **typed,
            "familleavis": "collective",
            "familleavis_lib": "Procédures collectives",
            "numerodepartement": departement,
            "tribunal": _court(departement, bool(notices.published[rank] < _WORDS_UNTIL)),
            "commercant": name,
            "ville": where.name[commune].as_py(),
            "registre": registration,
            "cp": where.postcode[commune].as_py(),
            "listepersonnes": _person(
                name, None if self._anonymous[rank] else spellings[1], craft=bool(self._craft[rank])
            ),
            "jugement": self._judgment(rank),
            "parutionavisprecedent": self._earlier(rank),
        }

    def _id(self, rank: int) -> str:
        return f"A{self._issue[rank]}{self._number[rank]}"

    def _judgment(self, rank: int) -> str:
        wording = WORDINGS[self._notices.nature[rank]]
        complement = wording.complement.format(
            cessation=in_words(str(self._cessation[rank])), agent=f"SELARL {self._agents[rank].title()}"
        )
        texts = {
            "type": _TYPES[Type(self._notices.type[rank])][2],
            "famille": wording.family,
            "nature": wording.nature,
            "date": self._day(rank),
            "complementJugement": complement,
        }
        members = {key: _twice_encoded(text) if self._damaged[rank] else text for key, text in texts.items() if text}
        return json.dumps(members, ensure_ascii=False)

    def _day(self, rank: int) -> str:
        """The day of the judgment: ISO, in words until 2010, with slashes now and then, absurd or absent for some."""
        if self._undated[rank]:
            return ""
        day = str(self._notices.judged[rank])
        if self._absurd[rank]:
            return "0" + day[1:]
        if self._odd_blanks[rank]:
            return in_words(day).replace(" ", _NO_BREAK)
        if self._slashed[rank]:
            return "/".join(reversed(day.split("-")))
        return in_words(day) if self._notices.published[rank] < _WORDS_UNTIL else day

    def _earlier(self, rank: int) -> str | None:
        corrected = self._notices.corrects[rank]
        if corrected == NOBODY:
            return None
        earlier = {
            "nomPublication": "BODACC A",
            "numeroParution": self._issue[corrected],
            "dateParution": str(self._notices.published[corrected]),
            "numeroAnnonce": str(self._number[corrected]),
        }
        return json.dumps(earlier, ensure_ascii=False)


def _issue(day: np.datetime64) -> str:
    """Number of the issue of a day: the year, then the rank of the day among its weekdays."""
    year = day.astype("datetime64[Y]")
    return f"{year}{np.busday_count(year.astype('datetime64[D]'), day) + 1:04d}"


def _person(name: str, siren: str | None, *, craft: bool) -> str:
    number: dict[str, object] = {}
    if siren is not None and craft:
        number = {"inscriptionRM": {"numeroIdentificationRM": siren, "codeRM": "RM"}}
    elif siren is not None:
        number = {"numeroImmatriculation": {"numeroIdentification": siren, "codeRCS": "RCS"}}
    person = {"typePersonne": "pm", "denomination": name, **number}
    return json.dumps({"personne": person}, ensure_ascii=False)


def _twice_encoded(text: str) -> str:
    """A text whose bytes in UTF-8 were read as cp1252, where they can be."""
    return "".join(_misread(letter) for letter in text)


def _misread(letter: str) -> str:
    try:
        return letter.encode().decode("cp1252")
    except UnicodeDecodeError:
        return letter


def _court(departement: str, old: bool) -> str:
    """The commercial court of the largest town of a département, in the two spellings of the notices."""
    town = _largest_towns()[departement]
    return f"TRIBUNAL DE COMMERCE DE {town.upper()}" if old else f"Greffe du Tribunal de Commerce de {town}"


@cache
def _largest_towns() -> dict[str, str]:
    """The largest town of each département, the first one of equals."""
    towns = [row for row in load("communes").to_pylist() if row["type"] == "commune-actuelle"]
    towns = sorted((row for row in towns if row["population"] is not None), key=lambda row: row["population"])
    return {row["departement"]: row["nom"] for row in towns}


_CUT = {
    "id": "A20180001999999",
    "dateparution": "2018-01-02",
    "familleavis": "collective",
    "registre": ["14000000", "14 000 000"],
    "jugement": '{"famille": "Jugement d\'ouverture", "nature": "Jugement d\'ouverture de liquidation judiciaire"}',
}
"""A record whose registration lost a digit, which the reader must refuse."""
