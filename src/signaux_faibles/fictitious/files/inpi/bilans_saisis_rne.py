"""Replies of the API of INPI, `bilans_saisis_rne.jsonl`: a line per company, with its filings (open-data §2.9)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from signaux_faibles.fictitious.files.inpi.confidentiality import PARTLY, PUBLIC
from signaux_faibles.fictitious.files.inpi.detail_bilan import start_of_increment
from signaux_faibles.fictitious.files.inpi.filing_documents import FilingDocument, Pages, documents_of
from signaux_faibles.fictitious.files.oddities import is_answered_by_the_api
from signaux_faibles.fictitious.files.part_file import PartFile
from signaux_faibles.fictitious.months import Batch
from signaux_faibles.fictitious.part import Part
from signaux_faibles.sources.inpi.inpi_json import INPI_JSON

_WORDS = {"0": PUBLIC, "1": "Confidentiel", "2": PARTLY}
_KEYS = {
    "siren": "siren",
    "dateClotureExercice": "date_cloture_exercice",
    "codeGreffe": "code_greffe",
    "numDepot": "num_depot",
    "numGestion": "num_gestion",
    "codeActivite": "code_activite",
    "dateClotureExerciceNMoins1": "date_cloture_exercice_n-1",
    "dureeExerciceN": "duree_exercice_n",
    "dureeExerciceNMoins1": "duree_exercice_n-1",
    "dateDepot": "date_depot",
    "codeSaisie": "code_motif",
    "codeTypeBilan": "code_type_bilan",
    "codeDevise": "code_devise",
    "codeOrigineDevise": "code_origine_devise",
    "codeConfidentialite": "code_confidentialite",
    "infoTraitement": "info_traitement",
    "denomination": "denomination",
    "adresse": "adresse",
}
"""The keys of the identity of a bilan, and the tags of the XML for the same values."""
_NUMBERS = ("codeSaisie", "codeConfidentialite", "dureeExerciceN", "dureeExerciceNMoins1")


class RepliesFile(PartFile):
    """The replies being written."""

    def __init__(self, folder: Path, batch: Batch) -> None:
        super().__init__(folder / INPI_JSON.files.exact[1])
        self._until = batch.urssaf_day
        self._after = start_of_increment(batch)

    def _open(self, draft: Path) -> None:
        self._out = self._stack.enter_context(draft.open("w", encoding="utf-8"))

    def add(self, part: Part) -> None:
        """Add a reply for each company of a part that we ask about, even if it has filed nothing since."""
        asked = (str(siren) for siren in part.employers.siren)
        replies: dict[str, list[dict[str, Any]]] = {siren: [] for siren in asked if is_answered_by_the_api(siren)}
        filings = part.annual.filings.filed(until=self._until, after=self._after)
        for document in documents_of(part, filings):
            siren = document.identity["siren"]
            if siren in replies:
                replies[siren].append(_reply(document))
        for filed in replies.values():
            reply = {"bilans": [], "bilansSaisis": filed}
            self._out.write(json.dumps(reply, ensure_ascii=False, separators=(",", ":")) + "\n")
            self.rows += len(filed)


def _reply(document: FilingDocument) -> dict[str, Any]:
    """What the API replies about a filing; without `bilanSaisi` when all of it is withheld."""
    identity = document.identity
    return {
        "id": f"{identity['siren']}-{identity['num_depot']}",
        "siren": int(identity["siren"]),
        "denomination": identity["denomination"],
        "dateDepot": f"{identity['date_depot']}T00:00:00",
        "dateCloture": identity["date_cloture_exercice"],
        "typeBilan": identity["code_type_bilan"],
        "confidentiality": _WORDS[identity["code_confidentialite"]],
        "deleted": False,
        "updatedAt": f"{identity['date_depot']}T00:00:00+00:00",
        "bilanSaisi": None if identity["code_confidentialite"] == "1" else {"bilan": _bilan(document)},
    }


def _bilan(document: FilingDocument) -> dict[str, Any]:
    identity: dict[str, Any] = {key: document.identity[tag] or None for key, tag in _KEYS.items()}
    identity |= {key: _number(identity[key]) for key in _NUMBERS}
    return {"identite": identity} | ({"detail": {"pages": _pages(document.pages)}} if document.pages else {})


def _pages(pages: Pages) -> list[dict[str, Any]]:
    """The pages; their numbers are integers, as in the replies observed in 2026."""
    return [
        {
            "numero": int(page),
            "liasses": [_line(code, filled) for code, filled in lines],
        }
        for page, lines in pages.items()
    ]


def _line(code: str, filled: list[tuple[int, int]]) -> dict[str, str]:
    return {"code": code} | {f"m{column}": str(value) for column, value in filled}


def _number(text: str | None) -> int | str | None:
    """A code as a number, if it is one: « 1A » is not."""
    return int(text) if text and text.isdigit() else text
