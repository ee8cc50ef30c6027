"""Deliveries in JSON: a list or a record a line, whatever the place where a read ends; what is damaged is said."""

import gzip
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.examples import tried
from signaux_faibles.sources.contract import raw_name
from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.reading.blocks import Headers
from signaux_faibles.sources.reading.documents import json_blocks, json_text
from signaux_faibles.sources.reading.documents.json_blocks import JsonSource, as_text, is_json
from sources.delivered import read_file

NOTICE = {"id": "A200902491993", "dateparution": "2009-12-27", "registre": ["100 000 001"], "jugement": None}
HEADERS = Headers(["a", "b"], {0: raw_name("a"), 1: raw_name("b")})

TEXTS = {
    "a text": ("x", "x"),
    "an empty text": ("", None),
    "nothing": (None, None),
    "a boolean": (True, "true"),
    "texts": (["x", "y"], "x,y"),
    "no text": ([], None),
    "an object": ({"é": "x"}, '{"é": "x"}'),
    "objects": ([{"é": "x"}], '[{"é": "x"}]'),
}


@pytest.mark.parametrize(("value", "text"), TEXTS.values(), ids=TEXTS)
def test_a_value_has_the_text_of_a_csv(value, text):
    assert as_text(value) == text


def test_a_name_says_that_a_file_is_json():
    assert [is_json(name) for name in ("x.json", "x.jsonl.gz", "X.JSON", "x.csv", "json")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def rows(content: bytes) -> tuple[list[dict[str, object]], list[tuple[int, str]]]:
    """The texts of a file and its malformed records."""
    blocks = list(JsonSource(io.BytesIO(content), "x.json", ["a", "b"]).blocks(HEADERS))
    texts = [row for block in blocks for row in block.texts.to_pylist()]
    return texts, [(reject.line, reject.reason) for block in blocks for reject in block.malformed]


values = st.one_of(st.none(), st.text(max_size=4), st.integers(), st.lists(st.text(max_size=2), max_size=2))
records = st.lists(st.fixed_dictionaries({"a": values, "b": values}), max_size=5)


@tried(100)
@given(records, st.sampled_from([1, 3, 7, 4096]), st.sampled_from([1, 2, 100]), st.booleans())
def test_a_list_a_record_a_line_and_records_over_lines_read_the_same_however_they_are_cut(given_, read, block, ascii_):
    listed = json.dumps(given_, ensure_ascii=ascii_, indent=1)
    by_line = "\n\n".join(json.dumps(record, ensure_ascii=ascii_) for record in given_)
    over_lines = "\n".join(json.dumps(record, ensure_ascii=ascii_, indent=2) for record in given_)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_text, "_READ", read)
        patch.setattr(json_blocks, "RECORDS", block)
        found = rows(b"\xef\xbb\xbf" + listed.encode())
        if given_:
            assert rows(by_line.encode() + b"\n") == found
            assert rows(over_lines.encode() + b"\n") == found
    assert len(found[0]) + len(found[1]) == len(given_)
    sound = [record for record in given_ if "\0" not in json.dumps(record, ensure_ascii=False).replace("\\u0000", "\0")]
    assert [(row["raw a"], row["raw b"]) for row in found[0]] == [(as_(r["a"]), as_(r["b"])) for r in sound]


def as_(value: object) -> str | None:
    """The text of a value; numbers keep the text of the file."""
    return str(value) if isinstance(value, int) else as_text(value)


ONE_BAD = {
    "no object": (b"3", "ce n'est pas un objet JSON"),
    "a damaged byte": (b'{"a": "\xff"}', "octets illisibles"),
    "half a character": (b'{"a": "\\ud800"}', "octets illisibles"),
    "a NUL character": (b'{"a": "\\u0000"}', "octet nul"),
}


@pytest.mark.parametrize(("record", "reason"), ONE_BAD.values(), ids=ONE_BAD)
def test_a_bad_record_is_refused_alone(record, reason):
    good = b'{"a": "1"}'
    for content in (b"[" + b",".join([good, record, good]) + b"]", b"\n".join([good, record, good])):
        texts, ((place, reported),) = rows(content)
        assert [row["line"] for row in texts] == [1, 3]
        assert place == 2
        assert reason in reported


def test_a_broken_line_is_refused_alone():
    assert rows(b'{"a": "1"}\n{"a": \n{"a": "2"}')[1] == [(2, "ce n'est pas un objet JSON")]


WHOLE = {
    "an empty file": (b" \n", "fichier vide"),
    "no JSON": (b"id;registre\n", "ce n'est pas un fichier JSON"),
    "UTF-16": ("[]".encode("utf-16"), "ce n'est pas un fichier JSON"),
    "a cut list": (b'[{"a": "1"},', "tronqué ou abîmé"),
    "a cut record": (b'[{"a": "1', "tronqué ou abîmé"),
    "a list without comma": (b'[{"a": "1"} {"a": "2"}]', 'tronqué ou abîmé près de « {"a": "2"}] »'),
    "too deep a list": (b"[" * 100_000, "tronqué ou abîmé"),
}


@pytest.mark.parametrize(("content", "sentence"), WHOLE.values(), ids=WHOLE)
def test_a_file_that_cannot_be_followed_is_refused(content, sentence):
    with pytest.raises(DeliveryRefused, match=r"^x\.json : .+\. Redemandez") as refused:
        rows(content)
    assert sentence in str(refused.value)


def test_a_record_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(json_text, "LONGEST", 100)
    monkeypatch.setattr(json_text, "_READ", 10)
    for content in (b'[{"a": "' + b"x" * 1_000, b'{"a": "' + b"x" * 1_000):
        with pytest.raises(DeliveryRefused, match="tronqué"):
            rows(content)


def test_an_archive_of_json_is_read(tmp_path):
    path = tmp_path / "annonces-commerciales.json.gz"
    path.write_bytes(gzip.compress(json.dumps([NOTICE, NOTICE | {"ID": None, "id": None}]).encode()))
    outcome = read_file(path, "bodacc")
    assert outcome.counts == (2, 1, 1, 0)
    assert outcome.rejects[0].line == 2
    assert outcome.reasons == ["id est vide"]
