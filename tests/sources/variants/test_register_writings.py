"""The documents of INPI and the published ratios as APIs, bulk files and the programs that keep them write them."""

import copy
import io
import json
import re
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sources.delivered import VALID, delivery, read, read_file
from sources.variants.comparing import SAME, rows_of, verdict

BILAN: dict[str, Any] = {
    "siren": "123456782", "denomination": "ÉPICERIE", "dateDepot": "2018-07-02", "dateCloture": "2017-12-31",
    "typeBilan": "C", "confidentiality": "Public", "deleted": False,
    "bilanSaisi": {"bilan": {
        "identite": {"siren": "123456782", "dureeExerciceN": "12", "codeConfidentialite": "0"},
        "detail": {"pages": [
            {"numero": "01", "liasses": [{"code": "BJ", "m1": "000000000170145", "m2": "-00000000000862"}]},
            {"numero": "03", "liasses": [{"code": "FL", "m3": "000000000001700"}]},
        ]},
    }},
}  # fmt: skip
PAGES = "bilanSaisi.bilan.detail.pages"
SALES = f"{PAGES}.1.liasses.0"
POWERS = "formality.content.personneMorale.composition.pouvoirs"
COMPANY: dict[str, Any] = {
    "updatedAt": "2024-02-03T04:05:06+01:00",
    "formality": {"siren": "830000261", "content": {"personneMorale": {
        "identite": {"entreprise": {"siren": "830000261", "denomination": "ÉPICERIE", "formeJuridique": "5499"}},
        "composition": {"pouvoirs": [
            {"roleEntreprise": "30", "typeDePersonne": "INDIVIDU", "actif": True, "individu": {"descriptionPersonne": {
                "nom": "DUPONT", "prenoms": ["Léa", "Anne"], "dateDeNaissance": "1970-05"}}},
            {"roleEntreprise": "73", "typeDePersonne": "ENTREPRISE", "entreprise": {"siren": "830000303"}},
        ]},
    }}},
}  # fmt: skip
DOCUMENTS = {"inpi_json": ("bilans_saisis_rne.json", BILAN), "rne": ("rne_entreprises.json", COMPANY)}


def changed(document: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """A document with another value at a path of keys and ranks."""
    made = copy.deepcopy(document)
    *way, last = path.split(".")
    inside: Any = made
    for key in way:
        inside = inside[int(key) if isinstance(inside, list) else key]
    inside[last] = value
    return made


def bilan(path: str, value: object) -> dict[str, Any]:
    return changed(BILAN, path, value)


def company(path: str, value: object) -> dict[str, Any]:
    return changed(COMPANY, path, value)


ALIKE: dict[str, tuple[str, object]] = {
    "a reply": ("inpi_json", BILAN),
    "the documents of a company": ("inpi_json", {"bilans": [], "bilansSaisis": [BILAN], "actes": []}),
    "pages of hydra": ("inpi_json", {"@context": "x", "hydra:member": [BILAN], "hydra:totalItems": 1}),
    "an integer for a page": ("inpi_json", bilan(f"{PAGES}.0.numero", 1)),
    "a number for a page": ("inpi_json", bilan(f"{PAGES}.0.numero", 1.0)),
    "three digits for a page": ("inpi_json", bilan(f"{PAGES}.0.numero", "001")),
    "a word for a page": ("inpi_json", bilan(f"{PAGES}.0.numero", "Page 1")),
    "an integer for an amount": ("inpi_json", bilan(f"{SALES}.m3", 1700)),
    "a number for an amount": ("inpi_json", bilan(f"{SALES}.m3", 1700.0)),
    "a power for an amount": ("inpi_json", bilan(f"{SALES}.m3", "1.7E3")),
    "cents for an amount": ("inpi_json", bilan(f"{SALES}.m3", "1700,00")),
    "a narrow blank in an amount": ("inpi_json", bilan(f"{SALES}.m3", "1\u202f700")),
    "a sign before an amount": ("inpi_json", bilan(f"{SALES}.m3", "+1700")),
    "a code in small letters": ("inpi_json", bilan(f"{SALES}.code", " fl ")),
    "a line for a list": ("inpi_json", bilan(f"{PAGES}.1.liasses", {"code": "FL", "m3": 1700})),
    "a list for a bilan": ("inpi_json", bilan("bilanSaisi.bilan", [BILAN["bilanSaisi"]["bilan"]])),
    "an integer for a siren": ("inpi_json", bilan("siren", 123456782)),
    "a number for a siren": ("inpi_json", bilan("siren", 123456782.0)),
    "blanks in a siren": ("inpi_json", bilan("siren", "123\u00a0456\u202f782")),
    "a siren in the identity alone": ("inpi_json", bilan("siren", None)),
    "a word for a type": ("inpi_json", bilan("typeBilan", "Bilan complet")),
    "an hour in Paris": ("inpi_json", bilan("dateDepot", "2018-07-02T00:00:00+02:00")),
    "an hour in Greenwich": ("inpi_json", bilan("dateDepot", "2018-07-01T22:00:00Z")),
    "an integer for a day": ("inpi_json", bilan("dateDepot", 20180702)),
    "an integer for a duration": ("inpi_json", bilan("bilanSaisi.bilan.identite.dureeExerciceN", 12.0)),
    "a text for a boolean": ("inpi_json", bilan("deleted", "false")),
    "a company": ("rne", {"company": COMPANY}),
    "hits of an index": ("rne", {"hits": {"total": 1, "hits": [{"_source": COMPANY}]}}),
    "an integer for a role": ("rne", company(f"{POWERS}.0.roleEntreprise", 30)),
    "a text for what is active": ("rne", company(f"{POWERS}.0.actif", "true")),
    "a day of birth": ("rne", company(f"{POWERS}.0.individu.descriptionPersonne.dateDeNaissance", "1970-05-17")),
    "an integer for a company that directs": ("rne", company(f"{POWERS}.1.entreprise.siren", 830000303)),
}  # fmt: skip

OTHERWISE: dict[str, tuple[str, object, str]] = {
    "no page": ("inpi_json", bilan(f"{PAGES}.0.numero", None), "1 rejected: numero est vide"),
    "cents that are not zero": ("inpi_json", bilan(f"{SALES}.m3", 1700.5), "1 rejected: page 03 FL : m3 « 1700.5 »"),
    "an amount in brackets": ("inpi_json", bilan(f"{SALES}.m3", "(1700)"), "1 rejected: page 03 FL : m3"),
    "a minus after an amount": ("inpi_json", bilan(f"{SALES}.m3", "1700-"), "1 rejected: page 03 FL : m3"),
    "a currency": ("inpi_json", bilan(f"{SALES}.m3", "1700 €"), "1 rejected: page 03 FL : m3"),
    "thousands by a point": ("inpi_json", bilan(f"{SALES}.m3", "1.700"), "1 rejected: page 03 FL : m3"),
    "a word for an amount": ("inpi_json", bilan(f"{SALES}.m3", "ND"), "1 rejected: page 03 FL : m3"),
    "pages by number": ("inpi_json", bilan(PAGES, {"1": BILAN}), "1 rejected: .* n'est pas une liste"),
    "a text for a bilan": ("inpi_json", bilan("bilanSaisi", json.dumps(BILAN["bilanSaisi"])), "1 rejected: bilan sans"),
    "another name for lines": (
        "inpi_json", bilan(PAGES, [{"numero": 1, "liasse": [{"code": "FL", "m3": 1}]}]), "1 rejected: bilan sans",
    ),
    "a line twice": (
        "inpi_json", bilan(f"{PAGES}.1.liasses", [{"code": "FL", "m3": 1}] * 2), "1 rejected: ligne 03 FL en double",
    ),
    "no page at all": ("inpi_json", bilan(PAGES, []), "comptes publics sans liasse, que rien ne dit non saisis × 1"),
    "days for a duration": ("inpi_json", bilan("bilanSaisi.bilan.identite.dureeExerciceN", 365), "dureeExerciceN × 1"),
    "a French day": ("inpi_json", bilan("dateDepot", "02/07/2018"), "1 rejected: dateDepot"),
    "a word for a boolean": ("inpi_json", bilan("deleted", "non"), "1 rejected: deleted"),
    "an answer of an error": ("inpi_json", {"message": "Unauthorized"}, "1 rejected"),
    "no list of directors": ("rne", company("formality.content.personneMorale.composition", None), "document partiel"),
    "an empty list of directors": ("rne", company(POWERS, []), "entreprise sans dirigeant déclaré"),
    "directors elsewhere": ("rne", COMPANY["formality"], "1 rejected: dirigeants ailleurs qu'à leur place"),
    "directors by rank": ("rne", company(POWERS, {"0": {}}), "1 rejected: .* n'est pas une liste"),
    "a foreign company that directs": (
        "rne", company(f"{POWERS}.1.entreprise.siren", "HRB 12345"), "^entreprise.siren × 1 ; changed: siren_dirigeant",
    ),
    "a French day of update": ("rne", company("updatedAt", "03/02/2024"), "updatedAt × 1"),
}  # fmt: skip


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    folder = tmp_path_factory.mktemp("usual")
    for name, document in DOCUMENTS.values():
        (folder / name).write_text(json.dumps(document), encoding="utf-8")
    return {kind: rows_of(read_file(folder / name, kind)) for kind, (name, _) in DOCUMENTS.items()}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_documents_are_read_alike(tmp_path, usual, kind):
    written = {name: json.dumps(document).encode() for name, (of, document) in ALIKE.items() if of == kind}
    found = {name: verdict(tmp_path, kind, DOCUMENTS[kind][0], text, usual[kind]) for name, text in written.items()}
    assert found == dict.fromkeys(written, SAME)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_what_is_not_read_is_said(tmp_path, usual, kind):
    written = {name: json.dumps(document).encode() for name, (of, document, _) in OTHERWISE.items() if of == kind}
    found = {name: verdict(tmp_path, kind, DOCUMENTS[kind][0], text, usual[kind]) for name, text in written.items()}
    assert {name: said for name, said in found.items() if not re.search(OTHERWISE[name][2], said)} == {}


RATIOS = {
    name.lower(): text if name in ("siren", "date_cloture_exercice", "type_bilan", "confidentiality") else float(text)
    for name, text in VALID["ratios_inpi_bce"].items()
}


def ratios(**changes: object) -> bytes:
    written = io.BytesIO()
    pq.write_table(pa.table({name: pa.array([value]) for name, value in (RATIOS | changes).items()}), written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("changes", "ebe"),
    [({}, 560_326), ({"ebe": 1.5e10}, 15_000_000_000), ({"ebe": float("nan")}, None), ({"ebe": -2e10}, -2e10)],
)
def test_numbers_of_a_columnar_file_are_worth_what_they_are(tmp_path, changes, ebe):
    """A whole number of billions has no exponent, and what is missing is no reject."""
    path = tmp_path / "ratios_inpi_bce.parquet"
    path.write_bytes(ratios(**changes))
    outcome = read_file(path, "ratios_inpi_bce")
    assert outcome.counts == (1, 1, 0, 0)
    assert [row["ebe"] for row in outcome.rows] == [ebe]


@pytest.mark.parametrize("text", ["NaN", "nan", "null", "NULL", "None", "N/A", "#N/A", "\\N", "[ND]", "<NA>"])
def test_what_stands_for_a_missing_code_is_no_code(tmp_path, text):
    """Demands of one such number would count as one demand delivered several times."""
    assert read(tmp_path, "apconso", delivery("apconso", {"ID_DA": text})).reasons == ["ID_DA est vide"]
    (row,) = read(tmp_path, "debit", delivery("debit", {"Num_Ecn": text})).rows
    assert row["numero_ecart_negatif"] is None
