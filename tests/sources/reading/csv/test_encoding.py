"""The encodings of deliveries: UTF-8, cp1252, latin-1, with what is damaged distinguished."""

import pytest

from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.reading.csv.encoding import Decoder
from sources.delivered import delivery, read

E_UTF8, E_CP1252 = "é".encode(), "é".encode("cp1252")

BLOCKS = [
    # lines, what they are in UTF-8, damaged lines, encoding reported
    ([b"abc"], ["abc"], [], "utf-8"),
    ([E_UTF8], ["é"], [], "utf-8"),
    ([E_CP1252], ["é"], [], "cp1252"),
    (["œuvre à 3 €".encode("cp1252")], ["œuvre à 3 €"], [], "cp1252"),
    ([b"\x81"], ["\x81"], [], "latin-1"),
    ([E_UTF8, b"x", E_CP1252], ["é", "x", "�"], [2], "utf-8"),
    ([E_CP1252, E_UTF8, E_UTF8, E_CP1252], ["é", "é", "é", "�"], [3], "utf-8"),
    ([E_CP1252 * 5, E_UTF8, E_CP1252], ["é" * 5, "é", "é"], [], "cp1252"),
]


@pytest.mark.parametrize(("lines", "texts", "damaged", "encoding"), BLOCKS)
@pytest.mark.parametrize("together", [True, False], ids=["one block", "a block a line"])
def test_lines_come_out_in_utf8(lines, texts, damaged, encoding, together):
    decoder = Decoder()
    if together:
        block, bad = decoder.decode(b"\n".join(lines) + b"\n")
    else:
        parts = [decoder.decode(line + b"\n") for line in lines]
        block, bad = b"".join(part[0] for part in parts), [place for place, part in enumerate(parts) if part[1]]
    assert (block.decode().split("\n")[:-1], bad, decoder.encoding) == (texts, damaged, encoding)


NAME = {"denominationUniteLegale": "CRÊPERIE DE L’ÎLE"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_name_is_the_same_in_every_encoding(tmp_path, encoding):
    content = delivery("sirene_ul", NAME).decode().encode(encoding)
    outcome = read(tmp_path, "sirene_ul", content)
    assert outcome.rows[0]["raison_sociale"] == NAME["denominationUniteLegale"]
    assert outcome.report.encoding == ("cp1252" if encoding == "cp1252" else "utf-8")


def test_headers_with_accents_are_found_in_cp1252(tmp_path):
    outcome = read(tmp_path, "paydex", delivery("paydex", {}).decode().encode("cp1252"))
    assert outcome.counts == (1, 1, 0, 0)


def test_one_bad_line_does_not_hide_the_encoding_of_the_others(tmp_path):
    content = delivery("sirene_ul", {}, NAME).decode().encode("cp1252") + b"one field\n"
    outcome = read(tmp_path, "sirene_ul", content)
    assert (outcome.counts, outcome.rows[1]["raison_sociale"]) == ((3, 2, 1, 0), NAME["denominationUniteLegale"])


def test_a_damaged_line_of_a_utf8_file_is_refused_alone(tmp_path):
    content = delivery("sirene_ul", NAME, NAME, {}).replace("Ê".encode(), b"\xc3", 1)
    content = b"\n".join(sorted(content.splitlines(), key=lambda line: b"\xc3P" in line)) + b"\n"
    outcome = read(tmp_path, "sirene_ul", content)
    assert outcome.counts == (3, 2, 1, 0)
    assert outcome.reasons == ["octets illisibles : la ligne n'est ni en UTF-8 ni d'un autre codage"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_are_named_and_refused(tmp_path, encoding):
    with pytest.raises(DeliveryRefused, match="UTF-8"):
        read(tmp_path, "sirene_ul", delivery("sirene_ul", {}).decode().encode(encoding))
