"""An explicit perimeter is right or refused (import-chain §5.13; contract Q15, Q16, W17)."""

import pytest

from signaux_faibles.sources.errors import DeliveryRefused
from sources.delivered import read

GOOD = [
    (b"123456789\n", ["123456789"]),
    (b"siren\n123456789\n012345678\n", ["123456789", "012345678"]),
    (b"SIREN\r\n123456789\r\n", ["123456789"]),
    (b"\xef\xbb\xbfsiren\n123456789", ["123456789"]),
    (b"123456789\nsiren\n012345678\n", ["123456789", "012345678"]),
    (b"siren;nom\n123456789;X\n", ["123456789"]),
    (b'"123456789"\n', ["123456789"]),
    (b"\n\n123456789\n", ["123456789"]),
]
BAD = [
    (b"", "fichier vide"),
    (b"siren\n", "aucune ligne utile"),
    (b"siren\n12345678\n", "ligne 2 : siren « 12345678 » n'est pas un SIREN"),
    (b"123456789\nABCDEFGHI\n", "ligne 2 : siren « ABCDEFGHI » n'est pas un SIREN"),
    (b"123456789\n 1234 56789x\n", "ligne 2"),
    (b"123456789\n;X\n", "ligne 2 : 2 champs au lieu de 1"),
    (b"siren;nom\n;X\n", "ligne 2 : siren est vide"),
]


@pytest.mark.parametrize(("content", "siren"), GOOD)
def test_a_perimeter_is_read_with_or_without_a_header(tmp_path, content, siren):
    assert [row["siren"] for row in read(tmp_path, "filter", content).rows] == siren


@pytest.mark.parametrize(("content", "sentence"), BAD)
def test_a_wrong_perimeter_is_refused_whole(tmp_path, content, sentence):
    with pytest.raises(DeliveryRefused, match=f"^filter.csv.*{sentence}"):
        read(tmp_path, "filter", content)
