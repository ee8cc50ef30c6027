"""Archives of documents: none of them is forgotten in silence."""

import io
import tarfile
import zipfile

import pytest

from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.reading.documents.document_archive import opened_documents

DOCUMENTS = [f"<bilan>{place}</bilan>".encode() for place in range(4)]
MEMBER = 2 * tarfile.BLOCKSIZE
"""A header and a short content."""


def tarred() -> bytes:
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as file:
        for place, content in enumerate(DOCUMENTS):
            member = tarfile.TarInfo(f"{place}.xml")
            member.size = len(content)
            file.addfile(member, io.BytesIO(content))
    return archive.getvalue()


def read(path):
    with opened_documents(path, []) as documents:
        return [stream.read() for _, stream in documents]


def test_a_sound_tar_gives_all_its_documents(tmp_path):
    path = tmp_path / "bilans_saisis_1.tar"
    path.write_bytes(tarred())
    assert read(path) == DOCUMENTS


@pytest.mark.parametrize(
    "content",
    [tarred()[: 2 * MEMBER], tarred()[: 2 * MEMBER + 100], tarred()[: 2 * MEMBER] + b"\1" + tarred()[2 * MEMBER + 1 :]],
    ids=["cut between two members", "cut in a header", "a damaged header"],
)
def test_a_tar_that_seems_to_end_too_soon_is_refused(tmp_path, content):
    path = tmp_path / "bilans_saisis_1.tar"
    path.write_bytes(content)
    with pytest.raises(DeliveryRefused, match="tronquée ou abîmée"):
        read(path)


def test_a_damaged_lzma_is_refused(tmp_path):
    path = tmp_path / "bilans_saisis_1.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("1.xml", b"<bilan/>" * 500)
    content = bytearray(path.read_bytes())
    content[50:58] = b"\xff" * 8
    path.write_bytes(content)
    with pytest.raises(DeliveryRefused, match="tronquée ou abîmée"):
        read(path)
