"""The company that a damaged record names, and the key of every reject."""

from __future__ import annotations

from pathlib import Path

import pytest

from signaux_faibles.sources.errors import Reject
from signaux_faibles.sources.reading.damaged import siren_in
from signaux_faibles.sources.reading.file_reader import FileReader
from signaux_faibles.sources.registry import CONTRACTS

TEXTS = {
    "a field of a CSV line": ("A1;056502248;2016-12-31", "056502248"),
    "quoted, with blanks": ('A1;"830 000 196";lost', "830000196"),
    "a list in JSON": ('{"registre": ["830 000 196", "830000196"], "id": "A2"', "830000196"),
    "the name of a document": ("PUB_CA_056502248_3801_1956B00224_2016.xml", "056502248"),
    "the first of two": ("830000188,830000196", "830000188"),
    "too short": ("bilan 0565 20161231 2657", None),
    "part of a longer number": ("83000012100011;123456789012", None),
    "digits that are not ASCII": ("٨٣٠٠٠٠١٩٦", None),
    "none": ("", None),
}


@pytest.mark.parametrize(("text", "siren"), TEXTS.values(), ids=TEXTS)
def test_the_siren_that_stands_alone_in_a_text(text: str, siren: str | None) -> None:
    assert siren_in(text) == siren


def rejects(path: Path, kind: str) -> list[Reject]:
    return [reject for chunk in FileReader(path, CONTRACTS[kind]).chunks() for reject in chunk.rejects]


HEADERS = "Siret;Siren;Dt_effet;Cat_v2;Lib_actx_stdx"
LINES = {
    "a refused value: the key as typed": (
        "83000012100011;999999999;01JAN2026;1;Conciliation_ouverture",
        "83000012100011",
    ),
    "a refused key: the siren beside it": ("8300001210001X;830000121;01JAN2026;1;Sauvegarde_Ouverture", "830000121"),
    "a lost field: the siren that it still holds": ("83000012100011;830000121;01JAN2026", "830000121"),
    "nothing to go by": ("X", None),
}


@pytest.mark.parametrize(("line", "key"), LINES.values(), ids=LINES)
def test_a_reject_names_its_company(tmp_path: Path, line: str, key: str | None) -> None:
    path = tmp_path / "sigfaible_pcoll.csv"
    path.write_text(f"{HEADERS}\n{line}\n", encoding="utf-8")
    assert [reject.key for reject in rejects(path, "procol")] == [key]
