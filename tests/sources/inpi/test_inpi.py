"""Bilans saisis of INPI: real documents, archives of them, and what a damaged or hostile one gives (open-data §2.9)."""

import gzip
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from harness.archives import tarred, zipped
from signaux_faibles.sources.discovery import contract_of
from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.proving.specimens import bilans_saisis
from sources.delivered import read_file

REAL = Path(__file__).parents[2] / "tables" / "data" / "inpi"
COMPLETE = REAL / "PUB_CA_316880723_6403_1979B40037_2018_1317.donnees.xml"

IDENTITY = {
    "siren": "123456789",
    "date_cloture_exercice": "20171231",
    "num_depot": "1234",
    "date_depot": "20180702",
    "duree_exercice_n": "12",
    "code_type_bilan": "C",
    "code_confidentialite": "0",
    "code_devise": "EUR",
    "denomination": "DUPONT &amp; FILS",
}
LINE = '<liasse code="BJ" m1="000000000170145" m2="-000000000000862"/>'


def bilan(line: str = LINE, **changes: str) -> str:
    """A bilan of one page; a change to an empty text leaves the element empty."""
    identity = "".join(f"<{tag}>{text}</{tag}>" for tag, text in (IDENTITY | changes).items())
    return f'<bilan>\n<identite>{identity}</identite>\n<detail><page numero="01">\n{line}\n</page></detail>\n</bilan>\n'


def document(*bilans: str, before: str = "") -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n{before}'
    return f'{head}<bilans xmlns="fr:inpi:odrncs:bilansSaisisXML">\n{"".join(bilans)}</bilans>'.encode()


def read(folder: Path, content: bytes, name: str = "PUB_CA_1.donnees.xml"):
    path = folder / name
    path.write_bytes(content)
    return read_file(path, "inpi")


def test_a_real_document():
    outcome = read_file(COMPLETE, "inpi")
    assert outcome.counts == (1, 1, 0, 0)
    rows = {(row["page"], row["code"]): row for row in outcome.rows}
    total = rows["02", "EE"]
    assert (total["siren"], total["date_cloture"], total["type_bilan"]) == ("316880723", date(2018, 9, 30), "C")
    assert total["m1"] == rows["01", "CO"]["m3"]
    assert total["document"] == COMPLETE.name
    assert {row["line"] for row in outcome.rows} == {1}


def test_a_document_holds_several_bilans_and_knows_each(tmp_path):
    outcome = read(tmp_path, document(bilan(), bilan(siren="987654321", num_depot="B2017/1")))
    assert [(row["line"], row["siren"], row["num_depot"]) for row in outcome.rows] == [
        (1, "123456789", "1234"),
        (2, "987654321", "B2017/1"),
    ]
    first = outcome.rows[0]
    assert (first["m1"], first["m2"], first["m3"]) == (Decimal(170145), Decimal(-862), None)
    assert first["denomination"] == "DUPONT & FILS"


REFUSED = [
    # what is wrong, the bilan, what the reason holds
    ("a siren", bilan(siren="12345678X"), "siren « 12345678X » n'est pas un SIREN"),
    ("no date", bilan(date_cloture_exercice=""), "date_cloture_exercice est vide"),
    ("a day that is none", bilan(date_depot="20180231"), "date_depot « 20180231 » n'est pas une date"),
    ("an amount", bilan('<liasse code="BJ" m1="0000000001701O5"/>'), "page 01 BJ : m1 « 0000000001701O5 »"),
    ("sixteen digits", bilan(f'<liasse code="BJ" m1="{"9" * 16}"/>'), "n'est pas un montant de liasse"),
    ("a line without code", bilan('<liasse m1="000000000000001"/>'), "code est vide"),
    ("no line", bilan(""), "aucune ligne de liasse"),
    ("a line twice", bilan(LINE * 2), "ligne 01 BJ en double"),
    ("a tag twice", bilan().replace("</identite>", "<siren>987654321</siren></identite>"), "siren figure deux fois"),
    ("too long a text", bilan(denomination="A" * 1001), "texte de plus de 1000 caractères"),
]


KEYS = {"siren « 12345678X » n'est pas un SIREN": None, "siren figure deux fois": "987654321"}
"""The key of the rejects that do not name the company of the other bilans, by reason."""


@pytest.mark.parametrize(("bad", "reason"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_a_bad_bilan_is_one_reject_and_the_others_are_kept(tmp_path, bad, reason):
    outcome = read(tmp_path, document(bilan(), bad, bilan(siren="987654321")))
    assert outcome.counts == (3, 2, 1, 0)
    assert reason in outcome.reasons[0]
    assert outcome.rejects[0].line == 2
    assert outcome.rejects[0].content.startswith("PUB_CA_1.donnees.xml, ligne 9 : bilan ")
    assert outcome.rejects[0].key == KEYS.get(reason, "123456789")
    assert [row["line"] for row in outcome.rows] == [1, 3]


def test_one_bad_amount_refuses_the_whole_bilan(tmp_path):
    outcome = read(tmp_path, document(bilan(LINE + '<liasse code="BL" m1="x"/>')))
    assert outcome.rows == []


BROKEN = [
    ("cut", document(bilan(), bilan())[:-200], "XML mal formé"),
    ("two roots", document(bilan()) + b"<more/>", "XML mal formé"),
    ("no XML", b"siren;date\n123456789;2017-12-31\n", "XML mal formé"),
    ("empty", b"", "XML mal formé"),
    ("no bilan", document(), "aucun bilan dans le document"),
    ("a bilan in a bilan", document(f"<bilan>{bilan()}</bilan>"), "un bilan dans un bilan"),
    ("an unknown encoding", document(bilan()).replace(b"UTF-8", b"EBCDIC-X"), "codage"),
    ("bytes that are no UTF-8", document(bilan(denomination="@")).replace(b"@", b"\xff"), "XML mal formé"),
    ("an endless tag", document(bilan(f'<liasse code="{"A" * 3_000_000}"/>')), "Ko sans fin de balise"),
    ("too many lines", document(bilan("<liasse/>" * 5_001)), "plus de 5000 cellules"),
]


@pytest.mark.parametrize(("content", "reason"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_document_that_is_none_is_one_reject_with_its_place(tmp_path, content, reason):
    outcome = read(tmp_path, content)
    assert reason in outcome.reasons[-1]
    assert outcome.report.rows_rejected == 1


def test_the_bilans_before_a_break_are_kept(tmp_path):
    outcome = read(tmp_path, document(bilan(), bilan())[:-200])
    assert [row["line"] for row in outcome.rows] == [1]
    assert outcome.rejects[0].line == 2


SECRET = "<!DOCTYPE bilans [<!ENTITY s SYSTEM 'file://{path}'>]>"
LAUGHS = "<!DOCTYPE bilans [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize("doctype", [SECRET, LAUGHS + "]>", "<!DOCTYPE bilans SYSTEM 'http://127.0.0.1:9/x.dtd'>"])
def test_a_document_with_a_doctype_is_refused_before_any_entity(tmp_path, doctype):
    (tmp_path / "secret").write_text("a secret")
    entity = "&s;" if "ENTITY s" in doctype else "&i;"
    content = document(bilan(denomination=entity), before=doctype.replace("{path}", str(tmp_path / "secret")))
    outcome = read(tmp_path, content)
    assert "DOCTYPE interdit" in outcome.reasons[0]
    assert outcome.rows == []


TWO = {
    "a/PUB_CA_1.xml": document(bilan()),
    "b/PUB_CA_2.xml": document(bilan(siren="987654321")),
    "lisez-moi.txt": b"bonjour",
}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bilans_saisis.zip", zipped(TWO)),
        ("bilans_saisis_2018.tar.gz", tarred(TWO)),
        ("bilans_saisis_2018.tgz", tarred(TWO)),
        ("bilans_saisis_2018.tar", tarred(TWO, "w")),
    ],
)
def test_an_archive_holds_many_documents(tmp_path, name, content):
    outcome = read(tmp_path, content, name)
    assert [(row["document"], row["siren"]) for row in outcome.rows] == [
        ("a/PUB_CA_1.xml", "123456789"),
        ("b/PUB_CA_2.xml", "987654321"),
    ]
    assert outcome.report.warnings == [f"{name} : lisez-moi.txt n'est pas un XML, ignoré."]
    assert contract_of(name) is not None


def test_a_bad_document_of_an_archive_does_not_hide_the_next(tmp_path):
    outcome = read(tmp_path, zipped({"a.xml": b"<bilans>", "b.xml": document(bilan())}), "bilans_saisis.zip")
    assert outcome.counts == (2, 1, 1, 0)
    assert outcome.rejects[0].content.startswith("a.xml, ligne ")


def test_a_gzipped_document(tmp_path):
    assert len(read(tmp_path, gzip.compress(document(bilan())), "PUB_CA_1.donnees.xml.gz").rows) == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("bilans_saisis.zip", zipped(TWO)[:-80], "archive tronquée"),
        ("bilans_saisis.zip", b"no zip", "archive tronquée"),
        ("bilans_saisis.zip", zipped({}), "aucun document .xml"),
        ("bilans_saisis.tar.gz", tarred(TWO)[:-40], "archive tronquée"),
        ("bilans_saisis.tar", b"no tar", "archive tronquée"),
        ("PUB_CA_1.donnees.xml.gz", gzip.compress(document(bilan()))[:-9], "archive tronquée"),
    ],
)
def test_a_damaged_archive_is_refused_in_a_sentence(tmp_path, name, content, sentence):
    with pytest.raises(DeliveryRefused, match=sentence):
        read(tmp_path, content, name)


def test_what_is_strange_is_kept_and_counted(tmp_path):
    strange = bilan(date_depot="20170101", code_devise="USD", code_type_bilan="Z", duree_exercice_n="00")
    outcome = read(tmp_path, document(strange))
    assert len(outcome.rows) == 1
    assert set(outcome.report.doubts.values()) == {1}
    assert len(outcome.report.doubts) == 4


@pytest.mark.parametrize("seed", range(5))
def test_a_specimen_is_read_whole(tmp_path, seed):
    outcome = read(tmp_path, bilans_saisis(Random(seed), 4))
    assert outcome.counts == (4, 4, 0, 0)
