"""A file in which several exports are joined end to end: read when each adds rows, refused when one repeats another."""

import pytest

from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.registry import CONTRACTS
from sources.delivered import delivery, read

HEADER, FIRST, SECOND, THIRD = delivery("debit", {"Num_Ecn": "101"}, {"Num_Ecn": "102"}, {"Num_Ecn": "103"}).splitlines(
    keepends=True
)
BOM = b"\xef\xbb\xbf"
JOINED = {
    "two parts": HEADER + FIRST + HEADER + SECOND + THIRD,
    "three parts": HEADER + FIRST + HEADER + SECOND + HEADER + THIRD,
    "each with its mark": BOM + HEADER + FIRST + BOM + HEADER + SECOND + THIRD,
    "the header twice at the top": HEADER + HEADER + FIRST + SECOND + THIRD,
    "an empty part at the end": HEADER + FIRST + SECOND + THIRD + HEADER,
    "returns": (HEADER + FIRST + HEADER + SECOND + THIRD).replace(b"\n", b"\r\n"),
    "blank lines between": HEADER + FIRST + b"\n" + HEADER + b"\n" + SECOND + THIRD,
}


@pytest.mark.parametrize("content", JOINED.values(), ids=JOINED)
@pytest.mark.parametrize("exact", [False, True])
def test_the_rows_of_every_part_are_read_and_no_header_is_a_record(tmp_path, content, exact):
    outcome = read(tmp_path, "debit", content, exact=exact)
    assert sorted(row["numero_ecart_negatif"] for row in outcome.rows) == ["101", "102", "103"]
    assert outcome.rejects == []
    assert outcome.report.rows_read == 3
    (warning,) = outcome.report.warnings
    assert "l'en-tête revient" in warning


SAME_TWICE = {
    "joined to itself": 2 * (HEADER + FIRST + SECOND),
    "three times": 3 * (HEADER + FIRST),
    "joined to a later export of the same months": HEADER + FIRST + SECOND + HEADER + FIRST + SECOND + THIRD,
    "joined to an earlier export": HEADER + FIRST + SECOND + HEADER + FIRST,
    "the third part repeats the second": HEADER + FIRST + HEADER + SECOND + HEADER + SECOND,
    "no end of line between": HEADER + FIRST + SECOND.rstrip(b"\n") + HEADER + FIRST + SECOND,
}


@pytest.mark.parametrize("content", SAME_TWICE.values(), ids=SAME_TWICE)
@pytest.mark.parametrize("exact", [False, True])
def test_the_same_export_twice_is_refused(tmp_path, content, exact):
    with pytest.raises(DeliveryRefused, match=r"sigfaible_debits\.csv, ligne \d : .* compterait double"):
        read(tmp_path, "debit", content, exact=exact)


def test_a_file_longer_than_a_block_is_refused_too(tmp_path):
    rows = b"".join(delivery("debit", {"Num_Ecn": str(n)}).splitlines(keepends=True)[1] for n in range(2_000))
    padding = rows * (20_000_000 // len(rows))
    with pytest.raises(DeliveryRefused, match="compterait double"):
        read(tmp_path, "debit", HEADER + rows + padding + HEADER + rows)


@pytest.mark.parametrize("kind", ["debit", "cotisation", "apconso", "effectif", "sirene", "procol"])
def test_every_delimited_type_is_protected(tmp_path, kind):
    assert CONTRACTS[kind]
    with pytest.raises(DeliveryRefused, match="compterait double"):
        read(tmp_path, kind, 2 * delivery(kind, {}))
