"""A filing without a liasse is a right of its company, or is not typed: kept and counted apart, never a reject."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from sources.delivered import Outcome, read_file

DATA = Path(__file__).parent / "data"
SECRET = "comptes confidentiels, déposés sans liasse : un droit de l'entreprise"
NOT_TYPED = "comptes déposés, non saisis par l'INPI"
UNEXPLAINED = "comptes publics sans liasse, que rien ne dit non saisis"
DAMAGED = "bilan sans aucune ligne de liasse"
REPORTED_ALL_THE_SAME = "comptes confidentiels livrés avec des montants : aucun n'est repris"

LINES = '<page numero="01"><liasse code="CO" m1="1" m3="1"/></page>'
IN_XML = {
    # detail, code of confidentiality, motif: how it is counted
    "confidential": (None, "1", "00", "apart", SECRET),
    "confidential, an empty detail": ("<detail/>", "1", "00", "apart", SECRET),
    "confidential, a page without a line": ('<detail><page numero="01"/></detail>', "1", "00", "apart", SECRET),
    "confidential and not typed": (None, "1", "03", "apart", SECRET),
    "confidential, the code in two digits": (None, "01", "00", "apart", SECRET),
    "not typed": (None, "0", "03", "apart", NOT_TYPED),
    "not typed, of one digit": (None, "0", "3", "apart", NOT_TYPED),
    "not typed, a page without a line": ('<detail><page numero="01"/></detail>', "0", "13", "apart", NOT_TYPED),
    "profit and loss withheld, and not typed": (None, "2", "12", "apart", NOT_TYPED),
    "public, and nothing says why": (None, "0", "00", "doubts", UNEXPLAINED),
    "public, without any motif": ("<detail></detail>", "0", "", "doubts", UNEXPLAINED),
    "public, a page without a line": ('<detail><page numero="01"/></detail>', "0", "00", "refused", DAMAGED),
    "public, lines of another name": ('<detail><feuille code="CO"/></detail>', "0", "", "refused", DAMAGED),
    "confidential, and reported": (f"<detail>{LINES}</detail>", "1", "00", "doubts", REPORTED_ALL_THE_SAME),
}  # fmt: skip


def document(detail: str | None, confidentiality: str, motif: str) -> str:
    model = next(DATA.glob("PUB_CA_100000009*")).read_text(encoding="utf-8")
    model = model.replace("<code_confidentialite>1<", f"<code_confidentialite>{confidentiality}<")
    model = model.replace("<code_motif>00<", f"<code_motif>{motif}<")
    return model.replace("</identite>", f"</identite>{detail or ''}")


def counted(outcome: Outcome, how: str, reason: str) -> None:
    """The filing is refused for a reason, or kept in one row and counted under it."""
    if how == "refused":
        assert outcome.counts == (1, 0, 1, 0)
        assert outcome.reasons[0].startswith(reason)
        return
    assert outcome.counts == (1, 1, 0, 0)
    both = outcome.report.doubts | outcome.report.apart
    assert (getattr(outcome.report, how).get(reason), sum(both.values())) == (1, 1)


@pytest.mark.parametrize(("detail", "confidentiality", "motif", "how", "reason"), IN_XML.values(), ids=IN_XML)
def test_a_document_without_a_liasse(tmp_path, detail, confidentiality, motif, how, reason):
    path = tmp_path / "PUB_CA_1.donnees.xml"
    path.write_text(document(detail, confidentiality, motif), encoding="utf-8")
    counted(read_file(path, "inpi"), how, reason)


REPLY = json.loads((DATA / "bilans_saisis_rne_page-entier.json").read_text(encoding="utf-8"))[0]
IN_JSON: dict[str, tuple[dict[str, Any], str, str]] = {
    # what is changed in a reply: how it is counted
    "confidential, nothing typed": ({"confidentiality": "Confidentiel", "bilanSaisi": None}, "apart", SECRET),
    "confidential, no key of a bilan": ({"confidentiality": "Confidentiel", "bilanSaisi": ...}, "apart", SECRET),
    "confidential, no detail": ({"confidentiality": "Confidentiel", "detail": ...}, "apart", SECRET),
    "confidential, a detail that is null": ({"confidentiality": "Confidentiel", "detail": None}, "apart", SECRET),
    "confidential, no page": ({"confidentiality": "Confidentiel", "detail": {"pages": []}}, "apart", SECRET),
    "confidential by its identity": ({"codeConfidentialite": 1, "detail": None}, "apart", SECRET),
    "not typed": ({"codeSaisie": "03", "detail": None}, "apart", NOT_TYPED),
    "not typed, a number": ({"codeSaisie": 13, "detail": {"pages": []}}, "apart", NOT_TYPED),
    "public, nothing typed": ({"bilanSaisi": None}, "doubts", UNEXPLAINED),
    "public, no page": ({"detail": {"pages": []}}, "doubts", UNEXPLAINED),
    "public, pages that say they are empty": (
        {"detail": {"pages": [{"numero": 1, "liasses": []}]}},
        "doubts",
        UNEXPLAINED,
    ),
    "public, pages whose lines are null": (
        {"detail": {"pages": [{"numero": 1, "liasses": None}]}},
        "doubts",
        UNEXPLAINED,
    ),
    "public, a page without a list of lines": ({"detail": {"pages": [{"numero": 1}]}}, "refused", DAMAGED),
    "public, lines of another name": ({"detail": {"feuilles": [{"code": "CO", "m1": "1"}]}}, "refused", DAMAGED),
    "public, a bilan in a text": ({"bilanSaisi": '{"bilan": {"detail": {"liasses": []}}}'}, "refused", DAMAGED),
    "confidential, and reported": ({"confidentiality": "Confidentiel"}, "doubts", REPORTED_ALL_THE_SAME),
}


def reply(changes: dict[str, Any]) -> dict[str, Any]:
    """The reply with each change where its key is; « … » takes the key away."""
    changed = copy.deepcopy(REPLY)
    bilan = changed["bilanSaisi"]["bilan"]
    for key, value in changes.items():
        holder = next(part for part in (changed, bilan, bilan["identite"]) if key in part)
        holder[key] = value
        if value is ...:
            del holder[key]
    return changed


@pytest.mark.parametrize(("changes", "how", "reason"), IN_JSON.values(), ids=IN_JSON)
def test_a_reply_without_a_liasse(tmp_path, changes, how, reason):
    path = tmp_path / "bilans_saisis_rne.json"
    path.write_text(json.dumps([reply(changes)]), encoding="utf-8")
    counted(read_file(path, "inpi_json"), how, reason)


def test_the_documents_of_the_check_are_read():
    """Those of the independent check: all withheld, and not typed (motif 03)."""
    withheld, not_typed = (read_file(path, "inpi") for path in sorted(DATA.glob("PUB_CA_[12]*")))
    assert (withheld.counts, withheld.report.apart) == ((1, 1, 0, 0), {SECRET: 1})
    assert (not_typed.counts, not_typed.report.apart) == ((1, 1, 0, 0), {NOT_TYPED: 1})
    row = not_typed.rows[0]
    assert (row["code_motif"], row["confidentialite"], row["page"], row["code"]) == ("03", "0", None, None)


def test_pages_are_the_same_in_each_writing():
    rows = read_file(DATA / "pages_in_each_writing.json", "inpi_json").rows
    reported = {siren: {(row["page"], row["code"]) for row in rows if row["siren"] == siren} for siren in ids(rows)}
    assert reported["830000006"] == reported["830000014"] == reported["830000022"]
    assert reported["830000030"] == reported["830000048"]
    assert {page for page, _ in reported["830000014"]} == {"01", "02", "03", "04"}


def ids(rows: list[dict[str, Any]]) -> set[str]:
    return {row["siren"] for row in rows}


def test_a_type_that_only_the_identity_reports_is_read(tmp_path):
    path = tmp_path / "bilans_saisis_rne.json"
    path.write_text(json.dumps([reply({"typeBilan": ...}), reply({"dateCloture": ...})]), encoding="utf-8")
    outcome = read_file(path, "inpi_json")
    assert outcome.counts == (2, 2, 0, 0)
    assert {(row["type_bilan"], row["date_cloture"].year) for row in outcome.rows} == {("C", 2024)}


def test_a_reply_of_several_bilans_gives_them_all(tmp_path):
    bilans = [copy.deepcopy(REPLY["bilanSaisi"]["bilan"]) for _ in range(2)]
    bilans[0]["identite"] |= {"dateClotureExercice": "2023-12-31", "numDepot": "1"}
    path = tmp_path / "bilans_saisis_rne.json"
    path.write_text(json.dumps([reply({"bilanSaisi": {"bilan": bilans}})]), encoding="utf-8")
    outcome = read_file(path, "inpi_json")
    assert outcome.counts == (2, 2, 0, 0)
    assert {(row["date_cloture"].year, row["num_depot"]) for row in outcome.rows} == {(2023, "1"), (2024, "1234")}


@pytest.mark.parametrize("alone", [True, False])
def test_an_object_in_the_place_of_a_list_is_a_list_of_one(tmp_path, alone):
    line = {"code": "CO", "m1": 1, "m3": 1}
    pages = {"numero": 1, "liasses": line if alone else [line]}
    path = tmp_path / "bilans_saisis_rne.json"
    path.write_text(json.dumps([reply({"detail": {"pages": pages}})]), encoding="utf-8")
    assert [(row["page"], row["code"]) for row in read_file(path, "inpi_json").rows] == [("01", "CO")]


def test_a_line_reported_twice_in_two_writings_is_reported_twice(tmp_path):
    pages = [{"numero": number, "liasses": [{"code": "CO", "m1": 1}]} for number in (1, "01")]
    path = tmp_path / "bilans_saisis_rne.json"
    path.write_text(json.dumps([reply({"detail": {"pages": pages}})]), encoding="utf-8")
    assert read_file(path, "inpi_json").reasons == ["ligne 01 CO en double"]
