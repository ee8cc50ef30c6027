"""The replies of the register: one document, one a line, a list, an archive; damaged, withdrawn (open-data §2.9)."""

import gzip
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from harness.archives import tarred, zipped
from signaux_faibles.sources.discovery import contract_of
from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.inpi.inpi import INPI
from signaux_faibles.sources.inpi.inpi_json import INPI_JSON
from signaux_faibles.sources.reading.documents import document_block
from sources.delivered import Outcome, read_file

LINE = {"code": "BJ", "m1": "000000000170145", "m2": "-00000000000862"}


def reply(*lines: dict[str, Any], identity: dict[str, Any] | None = None, **changes: object) -> dict[str, Any]:
    """A reply of one page; a change to None leaves the key without value."""
    pages = [{"numero": "01", "liasses": list(lines or (LINE,))}]
    typed = {"siren": "123456789", "dureeExerciceN": "12", "codeDevise": "EUR"} | (identity or {})
    return {
        "id": "5f0c", "siren": "123456789", "denomination": "ÉPICERIE", "dateDepot": "2018-07-02",
        "dateCloture": "2017-12-31", "typeBilan": "C", "confidentiality": "Public", "deleted": False,
        "bilanSaisi": {"bilan": {"identite": typed, "detail": {"pages": pages}}},
    } | changes  # fmt: skip


def as_json(*replies: object) -> bytes:
    return json.dumps(list(replies), ensure_ascii=False).encode()


def read(folder: Path, content: bytes, name: str = "bilans_saisis_rne.json") -> Outcome:
    path = folder / name
    path.write_bytes(content)
    return read_file(path, "inpi_json")


def test_a_reply_is_read_as_a_document_in_xml(tmp_path):
    """`account_cells` reads both: the same columns of the same kinds, in the same order."""
    kinds = {field.name: field.kind for field in INPI_JSON.staging.fields}
    assert [(f.name, f.kind) for f in INPI.schema.fields] == [(f.name, kinds[f.name]) for f in INPI_JSON.schema.fields]
    (row,) = read(tmp_path, as_json(reply())).rows
    assert (row["siren"], row["date_cloture"], row["date_depot"]) == ("123456789", date(2017, 12, 31), date(2018, 7, 2))
    assert (row["type_bilan"], row["duree_exercice"], row["devise"], row["confidentialite"]) == ("C", 12, "EUR", "0")
    assert (row["page"], row["code"], row["m1"], row["m2"]) == ("01", "BJ", Decimal(170_145), Decimal(-862))
    assert (row["m3"], row["num_depot"], row["supprime"]) == (None, None, False)


WRITINGS = {
    "a list": as_json(reply(), reply(siren="987654321", bilanSaisi=reply(identity={"siren": None})["bilanSaisi"])),
    "a document a line": b"\n".join(json.dumps(reply(siren=s, identity={"siren": s})).encode() for s in "ab")
    .replace(b'"a"', b'"123456789"')
    .replace(b'"b"', b'"987654321"'),
    "documents over several lines": "\n".join(
        json.dumps(reply(siren=s, identity={"siren": s}), indent=2) for s in ("123456789", "987654321")
    ).encode(),
}


@pytest.mark.parametrize("content", WRITINGS.values(), ids=WRITINGS)
def test_documents_are_found_however_they_are_written(tmp_path, content):
    outcome = read(tmp_path, content)
    assert [(row["line"], row["siren"]) for row in outcome.rows] == [(1, "123456789"), (2, "987654321")]


def test_one_document_over_several_lines(tmp_path):
    outcome = read(tmp_path, json.dumps(reply(), indent=4).encode())
    assert outcome.counts == (1, 1, 0, 0)


TWO = {"a/1.json": json.dumps(reply()).encode(), "b/2.jsonl": as_json(reply()), "lisez-moi.txt": b"bonjour"}


@pytest.mark.parametrize(
    ("name", "content"), [("bilans_saisis_rne.zip", zipped(TWO)), ("bilans_saisis_rne_2024.tar.gz", tarred(TWO))]
)
def test_an_archive_holds_many_files(tmp_path, name, content):
    outcome = read(tmp_path, content, name)
    assert [(row["document"], row["line"]) for row in outcome.rows] == [("a/1.json", 1), ("b/2.jsonl", 2)]
    assert outcome.report.warnings == [f"{name} : lisez-moi.txt n'est pas un JSON, ignoré."]
    contract = contract_of(name)
    assert contract is INPI_JSON


def test_a_bad_file_of_an_archive_does_not_hide_the_next(tmp_path):
    members = {"1.json": b'[{"siren": ', "2.json": b"", "3.json": as_json(reply())}
    outcome = read(tmp_path, zipped(members), "bilans_saisis_rne.zip")
    assert outcome.counts == (3, 1, 2, 0)
    assert "JSON tronqué ou abîmé" in outcome.reasons[0]
    assert "fichier vide" in outcome.reasons[1]


REFUSED: dict[str, tuple[object, str]] = {
    "a siren": (reply(siren="12345678X"), "siren « 12345678X » n'est pas un SIREN"),
    "no closing": (reply(dateCloture=None), "dateCloture est vide"),
    "a day that is none": (reply(dateDepot="2018-02-31"), "dateDepot « 2018-02-31 » n'est pas une date"),
    "no type": (reply(typeBilan=""), "typeBilan est vide"),
    "an amount": (reply({"code": "BJ", "m1": "12O"}), "page 01 BJ : m1 « 12O » n'est pas un montant de liasse"),
    "not a number": (reply({"code": "BJ", "m1": float("inf")}), "m1 « Infinity » n'est pas un montant de liasse"),
    "sixteen digits": (reply({"code": "BJ", "m1": 10**15}), "n'est pas un montant de liasse"),
    "a line without code": (reply({"m1": "1"}), "code est vide"),
    "a line twice": (reply(LINE, LINE), "ligne 01 BJ en double"),
    "pages that are none": (reply(bilanSaisi={"bilan": {"detail": {"pages": {"a": 1}}}}), "n'est pas une liste"),
    "another company": (reply(identity={"siren": "987654321"}), "celui d'une autre entreprise"),
    "too long a name": (reply(denomination="A" * 1_001), "texte de plus de 1000 caractères"),
    "a NUL": (reply(denomination="a\0"), "octet nul"),
    "a mark of ours": (reply({"code": "BJ\x1e"}), "caractère de contrôle"),
    "half a character": (reply(denomination="\ud800"), "octets illisibles"),
    "no object": (["a"], "ce n'est pas un objet JSON"),
    "too many lines": (reply(*({"code": str(place)} for place in range(5_001))), "plus de 5000 lignes"),
}


UNNAMED = {REFUSED["a siren"][1], REFUSED["no object"][1]}
"""The reasons of documents that name no company."""


@pytest.mark.parametrize(("bad", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_bad_document_is_one_reject_and_the_others_are_kept(tmp_path, bad, reason):
    content = json.dumps([reply(), bad, reply()]).encode()
    outcome = read(tmp_path, content)
    assert outcome.counts == (3, 2, 1, 0)
    assert reason in outcome.reasons[0]
    assert outcome.rejects[0].line == 2
    assert outcome.rejects[0].content.startswith("bilans_saisis_rne.json : document 2, siren ")
    assert outcome.rejects[0].key == (None if reason in UNNAMED else outcome.rows[0]["siren"])


def test_what_is_lenient_becomes_unknown(tmp_path):
    outcome = read(tmp_path, as_json(reply(identity={"dureeExerciceN": "douze"})))
    assert outcome.rows[0]["duree_exercice"] is None
    assert outcome.report.unknowns == {"bilanSaisi.bilan.identite.dureeExerciceN": 1}


def test_a_withdrawn_filing_is_kept_with_or_without_its_cells(tmp_path):
    outcome = read(tmp_path, as_json(reply(deleted=True), reply(deleted=True, bilanSaisi=None)))
    assert [(row["line"], row["supprime"], row["code"]) for row in outcome.rows] == [(1, True, "BJ"), (2, True, None)]
    assert outcome.report.doubts == {"dépôt retiré du registre": 2}


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Public", "0"), ("Confidentiel", "1"), ("Publication simplifiee", "2"), ("CompteResultatConfidentiel", "2"),
        ("Compte de résultat confidentiel", "2"), (None, None), ("autre", None),
    ],
)  # fmt: skip
def test_a_word_of_confidentiality_has_the_code_of_the_xml(tmp_path, word, code):
    (row,) = read(tmp_path, as_json(reply(confidentiality=word))).rows
    assert (row["confidentialite"], row["confidentiality"]) == (code, word)


def test_dates_are_read_in_each_writing(tmp_path):
    texts = (
        "20180702",
        "2018-07-02T00:00:00+02:00",
        "2018-07-02",
        "2018-07-02 00:00:00",
        "\u00a02018-07-02T00:00:00Z ",
    )
    outcome = read(tmp_path, as_json(*(reply(dateDepot=text) for text in (*texts, 20180702))))
    assert outcome.counts == (6, 6, 0, 0)
    assert {row["date_depot"] for row in outcome.rows} == {date(2018, 7, 2)}


@pytest.mark.parametrize(
    "siren", ["123456789", 123456789, 123456789.0, "123 456 789", "123\u202f456\u00a0789", "123456789.0"]
)
@pytest.mark.parametrize("identity", ["123456789", 123456789, "123.456.789", None])
def test_a_siren_is_read_in_each_writing(tmp_path, siren, identity):
    outcome = read(tmp_path, as_json(reply(siren=siren, identity={"siren": identity})))
    assert outcome.counts == (1, 1, 0, 0)
    assert {row["siren"] for row in outcome.rows} == {"123456789"}


@pytest.mark.parametrize("siren", [1_000_009, "1000009", 1_000_009.0])
def test_a_siren_that_lost_its_zeros_has_them_back(tmp_path, siren):
    (row,) = read(tmp_path, as_json(reply(siren=siren, identity={"siren": "001000009"}))).rows
    assert row["siren"] == "001000009"


def test_sirens_of_several_types_are_read_together(tmp_path):
    """Each is seen, also among those that are written as usual."""
    sirens = ["123456789", 123456789.0, 123456789, "123456789.0", "123 456 789", 1_000_009, 1_000_009.0]
    outcome = read(tmp_path, as_json(*(reply(siren=siren, identity={"siren": None}) for siren in sirens)))
    assert outcome.counts == (7, 7, 0, 0)
    assert [row["siren"] for row in outcome.rows] == ["123456789"] * 5 + ["001000009"] * 2


def test_blocks_are_read_as_one(tmp_path, monkeypatch):
    monkeypatch.setattr(document_block, "MOST_CELLS_OF_A_BLOCK", 2)
    outcome = read(tmp_path, as_json(*[reply()] * 5))
    assert [row["line"] for row in outcome.rows] == [1, 2, 3, 4, 5]


WHOLE = {
    "a truncated gz": ("bilans_saisis_rne.json.gz", gzip.compress(as_json(reply()))[:-9], "archive tronquée"),
    "a truncated zip": ("bilans_saisis_rne.zip", zipped(TWO)[:-30], "archive tronquée"),
    "a zip of nothing": ("bilans_saisis_rne.zip", zipped({}), r"aucun document \.json"),
    "a truncated tar": ("bilans_saisis_rne_1.tar.gz", tarred(TWO)[:-40], "archive tronquée"),
}


@pytest.mark.parametrize(("name", "content", "sentence"), WHOLE.values(), ids=WHOLE)
def test_a_damaged_archive_is_refused_in_a_sentence(tmp_path, name, content, sentence):
    with pytest.raises(DeliveryRefused, match=sentence):
        read(tmp_path, content, name)


@pytest.mark.parametrize("content", [b"", b"siren;dateCloture\n", "[]".encode("utf-16"), b'[{"siren": "1'])
def test_a_file_that_cannot_be_followed_is_one_reject(tmp_path, content):
    """More than one reject in a hundred: a run refuses the file."""
    outcome = read(tmp_path, content)
    assert outcome.report.rows_kept == 0
    assert outcome.report.rows_rejected >= 1


@pytest.mark.parametrize("name", ["bilans_saisis_rne.json", "bilans_saisis_rne.zip"])
def test_a_file_cut_after_its_first_document_refuses_the_delivery(tmp_path, name):
    """One reject would say that one document is lost: nobody knows how many are."""
    cut = as_json(reply(), reply())[:-40]
    with pytest.raises(DeliveryRefused, match=r"^bilans_saisis_rne\.\w+(, 1\.json)? : JSON tronqué"):
        read(tmp_path, zipped({"1.json": cut}) if name.endswith(".zip") else cut, name)


def test_an_empty_list_has_no_rows(tmp_path):
    assert read(tmp_path, b"[]").counts == (0, 0, 0, 0)


def test_the_keys_of_a_line_are_the_same_in_capitals(tmp_path):
    outcome = read(tmp_path, as_json(reply({"CODE": "BJ", "M1": "5", "m2": "6"})))
    (row,) = outcome.rows
    assert (row["code"], row["m1"], row["m2"]) == ("BJ", Decimal(5), Decimal(6))


WITHOUT = [
    {"code": "BJ", "valeur": "5"}, {"code": "BJ"}, {"code": "BJ", "m1": None, "m2": ""},
    {"code": "BJ", "m1": float("nan")},
]  # fmt: skip
"""NaN is how some programs write a missing value."""


@pytest.mark.parametrize("line", WITHOUT)
def test_lines_without_any_amount_are_not_silent(tmp_path, line):
    reason = "liasse sans aucun montant : ils sont ailleurs, ou sous d'autres noms"
    assert read(tmp_path, as_json(reply(line))).reasons == [reason]
    assert read(tmp_path, as_json(reply(line, LINE | {"code": "BK"}))).counts == (1, 1, 0, 0)


@pytest.mark.parametrize("word", ["Oui", "5", "Accès restreint"])
def test_a_word_of_confidentiality_that_nobody_knows_is_counted_beside_a_known_code(tmp_path, word):
    outcome = read(tmp_path, as_json(reply(confidentiality=word, identity={"codeConfidentialite": "0"})))
    assert outcome.report.doubts == {"confidentialité inconnue": 1}


@pytest.mark.parametrize(
    ("identity", "doubtful"),
    [
        ({"dateClotureExercice": "20171231", "dateDepot": "2018-07-02T00:00:00"}, False),
        ({"dateClotureExercice": "illisible"}, False),
        ({"dateClotureExercice": "2016-12-31"}, True),
        ({"dateDepot": "2019-07-02"}, True),
    ],
)
def test_a_reply_that_dates_its_bilan_otherwise_is_kept_and_counted(tmp_path, identity, doubtful):
    outcome = read(tmp_path, as_json(reply(identity=identity)))
    said = {"clôture ou dépôt : la réponse et son bilan ne disent pas la même date": 1}
    assert (outcome.counts, outcome.report.doubts) == ((1, 1, 0, 0), said if doubtful else {})
