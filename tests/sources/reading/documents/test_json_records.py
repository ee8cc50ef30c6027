"""The records of a JSON file, whatever way they are written: all of them are read, or a sentence says why not."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.examples import tried
from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.proving.json_writings import WRITINGS
from signaux_faibles.sources.reading.documents import json_text
from signaux_faibles.sources.reading.documents.json_blocks import JsonSource
from sources.delivered import DATA, read_file

AS_MET = DATA / "as_met"
HEADERS = ["id", "dateparution", "jugement", "registre"]

AS_REPORTED = {
    "lists_by_line_bodacc.jsonl": ["830000048", "830000055"],
    "lists_by_line_inpi_json.jsonl": ["830000006", "830000014", "830000022", "830000030"],
    "list_then_document_rne.jsonl": ["830000063", "830000071"],
}


@pytest.mark.parametrize(("file", "sirens"), AS_REPORTED.items())
def test_what_follows_the_first_list_is_read(file, sirens):
    outcome = read_file(AS_MET / file, file.removesuffix(".jsonl").split("_", 3)[3])
    assert list(dict.fromkeys(row["siren"] for row in outcome.rows)) == sirens
    assert outcome.counts == (len(sirens), len(sirens), 0, 0)


def notice(number: int, **changes: object) -> dict[str, Any]:
    return {"id": f"A{number}", "dateparution": "2025-06-20", "jugement": {"date": "2025-06-04"}} | changes


def found(content: str | bytes, headers: list[str] = HEADERS) -> list[object]:
    data = content.encode() if isinstance(content, str) else content
    return [record for _, record in JsonSource(io.BytesIO(data), "x.json", headers).records()]


values = st.one_of(st.none(), st.text(max_size=4), st.lists(st.text(max_size=2), max_size=2))
records = st.lists(
    st.fixed_dictionaries({"id": st.text(max_size=3), "dateparution": values, "jugement": values}),
    min_size=2,
    max_size=6,
)


@tried(150)
@given(records, st.sampled_from(list(WRITINGS)), st.sampled_from([1, 5, 4096]))
def test_each_way_of_writing_gives_the_same_records(given_, way, read):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_text, "_READ", read)
        assert found(WRITINGS[way](given_)) == given_


@pytest.mark.parametrize("way", WRITINGS)
def test_each_way_of_writing_is_read_in_a_delivery_of_documents(tmp_path, way):
    document = json.loads((AS_MET / "list_then_document_rne.jsonl").read_text(encoding="utf-8").splitlines()[1])
    path = tmp_path / "rne_entreprises.json"
    path.write_text(WRITINGS[way]([document] * 3), encoding="utf-8")
    outcome = read_file(path, "rne")
    assert [(row["line"], row["siren"]) for row in outcome.rows] == [(n, "830000071") for n in (1, 2, 3)]
    assert outcome.report.warnings == []


ONE, TWO, THREE = (json.dumps(notice(number)) for number in (1, 2, 3))
OTHER_WRITINGS = {
    "a key that nobody foresaw": f'{{"donnees": [{ONE}, {TWO}, {THREE}]}}',
    "a page in an object": f'{{"status": "ok", "data": {{"items": [{ONE}, {TWO}, {THREE}]}}}}',
    "hits of a search": f'{{"hits": {{"total": 3, "hits": [{{"_id": "1", "_source": {ONE}}}, {{"_source": {TWO}}}, '
    f'{{"_source": {THREE}}}]}}}}',
    "a record within a record": '{"records": ['
    + ", ".join(
        f'{{"links": [{{"rel": "self"}}], "record": {{"id": "x", "fields": {one}}}}}' for one in (ONE, TWO, THREE)
    )
    + "]}",
    "lists of lists": f"[[{ONE}, {TWO}], [[{THREE}]]]",
    "lists, then a page": f'[{ONE}]\n[{TWO}]\n{{"results": [{THREE}]}}',
    "a page, then records": f'{{"results": [{ONE}, {TWO}]}}\n{THREE}\n',
    "one after the other on a line": ONE + TWO + THREE,
    "separated by commas": f"{ONE},{TWO},\n{THREE},",
    "a comma before the end of the list": f"[{ONE}, {TWO}, {THREE},]",
    "marks of encoding": f"\ufeff{ONE}\n\ufeff{TWO}\r\n\ufeff{THREE}\n\ufeff",
    "keys in another case": f"[{ONE}, {TWO}, {THREE}]".replace('"id"', '"ID"').replace('"jugement"', '"Jugement"'),
}


@pytest.mark.parametrize("content", OTHER_WRITINGS.values(), ids=OTHER_WRITINGS)
def test_other_ways_of_writing_them(content):
    reported = [{key.lower(): value for key, value in record.items()} for record in found(content)]
    assert [record["id"] for record in reported] == ["A1", "A2", "A3"]
    assert {record["jugement"]["date"] for record in reported} == {"2025-06-04"}


CUT = {
    "a page": f'{{"total_count": 3, "results": [{ONE}, {TWO}',
    "the second list": f"[{ONE}]\n[{TWO}, ",
    "the second list, in its record": f"[{ONE}]\n[{TWO}, {THREE[:20]}",
    "a record over several lines": json.dumps(notice(1), indent=1) + "\n" + json.dumps(notice(2), indent=1)[:-20],
    "rubbish after a list": f"[{ONE}]\nfin de fichier",
    "a text after a list": f'[{ONE}]\n"fin"',
    "a list that never closes before another": f"[{ONE}\n[{TWO}]",
}


@pytest.mark.parametrize("content", CUT.values(), ids=CUT)
def test_a_file_that_cannot_be_followed_to_its_end_is_refused(content):
    with pytest.raises(DeliveryRefused, match=r"^x\.json : JSON tronqué ou abîmé"):
        found(content)


ONE_BY_ONE = ("a record a line", "a record a line, with commas", "a record in an object")
END_TO_END = ("records over several lines", "two files end to end")


@tried(200)
@given(st.sampled_from(list(WRITINGS)), st.data())
def test_no_cut_loses_a_record_in_silence(way, data):
    """A file cut anywhere is refused, or ends with the one record that the cut broke, which is a reject.

    Between two values nothing in the file can show that more were to follow.
    """
    given_ = [notice(number) for number in range(3)]
    whole = WRITINGS[way](given_).rstrip("\n,")
    cut = whole[: data.draw(st.integers(1, len(whole) - 1))]
    try:
        *sound, last = found(cut)
    except DeliveryRefused:
        return
    assert way in (*ONE_BY_ONE, *END_TO_END, "a list a line", "a page a line")
    assert sound == given_[: len(sound)]
    assert last == given_[len(sound)] or (last is None and way in ONE_BY_ONE)


def test_a_page_that_announces_more_than_it_holds_is_said(tmp_path):
    path = tmp_path / "annonces-commerciales.json"
    path.write_text(json.dumps({"total_count": 9584, "results": [notice(1), notice(2)]}), encoding="utf-8")
    outcome = read_file(path, "bodacc")
    assert outcome.report.rows_read == 2
    assert outcome.report.warnings == [
        "annonces-commerciales.json : 2 enregistrements dans ce fichier, pages de réponses qui en annoncent 9584. "
        "Demandez l'export complet, ou livrez toutes les pages."
    ]


def test_real_replies_of_an_api_give_their_records():
    """Replies to four questions, one of them empty: each record is in `fields`; three announce more than they hold."""
    outcome = read_file(DATA / "ratios_inpi_bce_api_pages.json", "ratios_inpi_bce")
    assert [row["siren"] for row in outcome.rows] == ["511278533", "511278533", "552032534", "552032534", "328847397"]
    assert outcome.counts == (5, 5, 0, 0)
    assert "5 enregistrements dans ce fichier, pages de réponses qui en annoncent 26" in outcome.report.warnings[0]


@pytest.mark.parametrize("key", ["total_count", "nhits", "total_results", "total"])
@pytest.mark.parametrize("count", [2, "2"])
def test_pages_that_hold_all_that_they_announce_are_not(tmp_path, key, count):
    path = tmp_path / "annonces-commerciales.jsonl"
    pages = [{key: count, "results": [notice(number)]} for number in (1, 2)]
    path.write_text("\n".join(json.dumps(page) for page in pages), encoding="utf-8")
    outcome = read_file(path, "bodacc")
    assert (outcome.report.rows_read, outcome.report.warnings) == (2, [])


SAYING = {
    "a total beside it": {"meta": {"total": 3}},
    "a total in its pagination": {"pagination": {"totalElements": "3"}},
    "a total that is an object": {"total": {"value": 3}},
    "odata": {"@odata.count": 3},
}
FOLLOWED = {
    "an address": {"next": "/records?offset=100"},
    "a link": {"links": {"self": "/records", "next": "/records?offset=100"}},
    "a number": {"next_page": 2},
    "a yes": {"hasMore": True},
}


@pytest.mark.parametrize("said", SAYING.values(), ids=SAYING)
def test_a_page_says_its_total_in_many_ways(tmp_path, said):
    assert "annoncent 3" in _warned(tmp_path, said)


@pytest.mark.parametrize("said", FOLLOWED.values(), ids=FOLLOWED)
def test_the_last_page_of_a_file_may_say_that_another_follows(tmp_path, said):
    assert "la dernière page de réponses de ce fichier en annonce une autre" in _warned(tmp_path, said)
    assert not _warned(tmp_path, said, {"next": None, "links": {"self": "/records"}})


def _warned(folder, *pages):
    path = folder / "annonces-commerciales.jsonl"
    path.write_text("\n".join(json.dumps(page | {"results": [notice(1)]}) for page in pages), encoding="utf-8")
    outcome = read_file(path, "bodacc")
    assert outcome.report.rows_read == len(pages)
    return " ".join(outcome.report.warnings)


WRITTEN = {
    "830000048": "830000048", "830000048.0": "830000048", "8.30000048E8": "830000048", "8.30000048e+08": "830000048",
    "1.23457E+13": "1.23457E+13", "0.5": "0.5", "-12.00": "-12", "1E400": "1E400",
}  # fmt: skip


@pytest.mark.parametrize(("number", "text"), WRITTEN.items())
def test_a_number_is_the_text_of_its_digits(number, text):
    """One whose exponent adds digits was rounded: it stays as it is, for a contract to refuse."""
    (record,) = found(f'[{{"id": {number}, "dateparution": null}}]')
    assert record["id"] == text


def test_a_page_of_nothing_has_no_record():
    assert found('{"total_count": 0, "results": []}') == []
    assert found("[]\n[]\n") == []


def test_records_of_another_kind_in_a_page_are_counted(tmp_path):
    path = tmp_path / "annonces-commerciales.json"
    path.write_text(json.dumps({"results": [notice(1)], "liens": [{"id": "x"}, {"id": "y"}]}), encoding="utf-8")
    outcome = read_file(path, "bodacc")
    assert outcome.report.rows_read == 1
    assert outcome.report.warnings == [
        "annonces-commerciales.json : 2 enregistrements d'une autre sorte sous « liens », non lus."
    ]


def test_an_object_without_any_key_of_a_record_is_a_reject_that_names_its_keys(tmp_path):
    path = tmp_path / "annonces-commerciales.json"
    path.write_text(json.dumps({"error_code": "LimitExceeded", "message": "trop de lignes"}), encoding="utf-8")
    outcome = read_file(path, "bodacc")
    assert outcome.reasons == ["aucune des clés attendues dans cet objet (clés lues : error_code, message)"]


def test_the_identity_of_a_document_is_not_taken_for_the_document():
    """It repeats the siren, the name and the day of filing of the document that holds it."""
    headers = ["siren", "denomination", "dateDepot", "dateCloture", "typeBilan", "bilanSaisi.bilan.identite.siren"]
    identity = {"siren": "1", "denomination": "X", "dateDepot": "2025-06-30", "codeGreffe": "7501"}
    document = {"siren": "1", "bilanSaisi": {"bilan": {"identite": identity}}}
    assert found(json.dumps(document), headers) == [document]


def test_a_page_too_long_to_be_held_is_read_record_by_record(monkeypatch):
    monkeypatch.setattr(json_text, "LONGEST", 200)
    monkeypatch.setattr(json_text, "_READ", 50)
    given_ = [notice(number) for number in range(20)]
    assert found(json.dumps({"type": "x", "meta": {"a": [1]}, "results": given_, "end": True})) == given_
    assert found(json.dumps({"data": {"results": given_}})) == given_
    with pytest.raises(DeliveryRefused, match="tronqué"):
        found(json.dumps(notice(1, commentaires=[{"x": "y" * 50}] * 90)))
