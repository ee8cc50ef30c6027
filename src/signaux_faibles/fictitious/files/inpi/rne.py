"""The register of companies, `rne_entreprises.jsonl`: a document for each company that changed (open-data §2.9)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc

from signaux_faibles.fictitious.files.inpi import directors
from signaux_faibles.fictitious.files.inpi.directors import Changes
from signaux_faibles.fictitious.files.part_file import PartFile
from signaux_faibles.fictitious.months import LAST, Batch, Dates, first_day
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people import identifiers
from signaux_faibles.fictitious.people.activity_codes import naf_rev2
from signaux_faibles.fictitious.people.establishments import opening_day
from signaux_faibles.fictitious.people.names import FIRST_NAMES
from signaux_faibles.fictitious.people.population import Bools
from signaux_faibles.sources.inpi.rne import RNE

_ROLES = {"5710": ("73", "53"), "5499": ("30", "30"), "5498": ("30", "30"), "5599": ("51", "53"), "5202": ("30", "30")}
"""Codes of the first and of the second director by legal form: président, gérant, directeur général."""
_DIRECTING = 2_990_000
"""Companies that direct others have a SIREN of their own, from ranks that no employer has."""
_FEWEST_FOR_A_DEFECT = 200
_DEFECT = '{"updatedAt":"2019-03-01","formality":{"content":{"personneMorale":{"identite":{"entreprise":{"siren":"14 0'


class RegisterFile(PartFile):
    """The documents being written."""

    def __init__(self, folder: Path, batch: Batch) -> None:
        super().__init__(folder / RNE.files.exact[1])
        self._batch = batch

    def _open(self, draft: Path) -> None:
        self._out = self._stack.enter_context(draft.open("w", encoding="utf-8"))

    def _end(self) -> None:
        if self.rows >= _FEWEST_FOR_A_DEFECT:
            self._out.write(_DEFECT + "\n")

    def add(self, part: Part) -> None:
        """Add the companies of a part whose entry changed since the batch before; all of them in a first batch."""
        for document in _documents(part, self._batch):
            self._out.write(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")
            self.rows += 1


def _documents(part: Part, batch: Batch) -> Iterator[dict[str, Any]]:
    employers, identities = part.employers, part.identities
    changes = directors.draw(employers, part.lives, identities, part.parameters.directors, part.rng("directors"))
    updated, struck = _updates(part, changes, batch)
    delivered = ~np.isnat(updated)
    if batch.covered_until is not None:
        delivered &= updated > batch.covered_until
    rows = np.flatnonzero(delivered)
    created = np.datetime_as_string(opening_day(employers.birth[rows], rows))
    activities = naf_rev2(employers.activity[rows]).to_pylist()
    labels = pc.coalesce(identities.name, identities.last_name).take(rows).to_pylist()
    forms = identities.form.take(rows).to_pylist()
    powers = _Powers(changes, batch)
    has_powers = _has_new_directors(changes, batch, employers.count)
    for at, company in enumerate(rows.tolist()):
        identity = {
            "siren": str(employers.siren[company]),
            "denomination": labels[at],
            "formeJuridique": forms[at],
            "dateImmat": f"{created[at]}T00:00:00.000Z",
            "codeApe": activities[at].replace(".", ""),
        }
        content: dict[str, Any] = {"identite": {"entreprise": identity}}
        if has_powers[company]:
            content["composition"] = {"pouvoirs": powers.of(company, _ROLES[forms[at]])}
        if not np.isnat(struck[company]):
            day = str(struck[company])
            content["detailCessationEntreprise"] = {"dateRadiation": day, "dateCessationTotaleActivite": day}
        yield {
            "updatedAt": f"{updated[company]}T00:00:00+00:00",
            "formality": {"siren": identity["siren"], "content": {"personneMorale": content}},
        }


def _has_new_directors(changes: Changes, batch: Batch, count: int) -> Bools:
    """Whether the document of each company gives its directors; in an increment, that of a striking off does not."""
    if batch.covered_until is None:
        return np.ones(count, dtype=bool)
    new = (changes.recorded > batch.covered_until) & (changes.recorded <= batch.urssaf_day)
    return np.isin(np.arange(count), changes.company[new])


def _updates(part: Part, changes: Changes, batch: Batch) -> tuple[Dates, Dates]:
    """Day of the last change of each company that the register shows, and of its striking off; NaT where none."""
    count, radiated = part.employers.count, part.identities.radiated
    is_recorded = changes.recorded <= batch.urssaf_day
    updated = np.full(count, np.datetime64("0001-01-01"))
    np.maximum.at(updated, changes.company[is_recorded], changes.recorded[is_recorded])
    gone = first_day(np.minimum(radiated, 2 * LAST))
    struck = np.where((radiated <= LAST) & (gone <= batch.urssaf_day), gone, np.datetime64("NaT", "D"))
    updated = np.where(updated == np.datetime64("0001-01-01"), np.datetime64("NaT", "D"), updated)
    return np.where(np.isnat(struck) | np.isnat(updated), updated, np.maximum(updated, struck)), struck


class _Powers:
    """The directors in place, as the register knows them on the day of a batch."""

    def __init__(self, changes: Changes, batch: Batch) -> None:
        recorded = np.flatnonzero(changes.recorded <= batch.urssaf_day)
        seat = changes.company[recorded] * 2 + changes.seat[recorded]
        last = recorded[np.r_[seat[1:] != seat[:-1], True]] if len(recorded) else recorded
        self._changes, self._names = changes, changes.pool.to_pylist()
        self._rows: dict[int, list[int]] = {}
        for row in last.tolist():
            self._rows.setdefault(int(changes.company[row]), []).append(row)

    def of(self, company: int, roles: tuple[str, str]) -> list[dict[str, Any]]:
        """The powers of a company."""
        rows = self._rows.get(company, [])
        return [self._power(row, roles[int(self._changes.seat[row])]) for row in rows]

    def _power(self, row: int, role: str) -> dict[str, Any]:
        changes = self._changes
        rank = int(changes.name[row])
        name = self._names[rank]
        if changes.legal[row]:
            siren = str(identifiers.siren(np.array([rank]) + _DIRECTING)[0])
            company = {"siren": siren, "denomination": f"{name} PARTICIPATIONS"}
            return {"roleEntreprise": role, "typeDePersonne": "ENTREPRISE", "actif": True, "entreprise": company}
        person = {
            "nom": name,
            "prenoms": [FIRST_NAMES[(rank * 7 + row) % len(FIRST_NAMES)]],
            "dateDeNaissance": f"{1950 + (rank * 11 + row) % 48}-{1 + (rank * 5 + row) % 12:02d}",
            "dateEffetRoleDeclarant": str(changes.day[row]),
        }
        individual = {"descriptionPersonne": person}
        return {"roleEntreprise": role, "typeDePersonne": "INDIVIDU", "actif": True, "individu": individual}
