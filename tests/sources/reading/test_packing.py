"""A file packed under the name of its content is opened, and what a Mac adds to an archive is not seen."""

import gzip
import io
import zipfile

import pytest

from sources.delivered import VALID, delivery, read_file

CONTENT = delivery("apconso", {})


def zipped(**added: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("consommation_ap.csv", CONTENT)
        for name, content in added.items():
            archive.writestr(name, content)
    return made.getvalue()


MAC = {"__MACOSX/._consommation_ap.csv": b"\0\5\x16\7", ".DS_Store": b"\0", "__MACOSX/": b""}
PACKED = {
    "left packed under the name of its content": ("consommation_ap.csv", gzip.compress(CONTENT)),
    "an archive under the name of its content": ("consommation_ap.csv", zipped()),
    "made on a Mac": ("consommation_ap.csv.zip", zipped(**MAC)),
    "a zip named gz": ("consommation_ap.csv.gz", zipped()),
}


@pytest.mark.parametrize(("name", "content"), PACKED.values(), ids=PACKED)
def test_it_is_read(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    outcome = read_file(path, "apconso")
    assert (outcome.counts, outcome.rows[0]["siret"]) == ((1, 1, 0, 0), VALID["apconso"]["ETAB_SIRET"])


def test_documents_of_an_archive_made_on_a_mac(tmp_path):
    path = tmp_path / "rne_entreprises.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("stock_000001.json", '[{"formality": {"siren": "830000048"}}]')
        archive.writestr("__MACOSX/._stock_000001.json", b"\0\5")
    assert read_file(path, "rne").counts == (1, 1, 0, 0)
