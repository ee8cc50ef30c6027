"""Only an ordinary file of its folder is read, and one that changes while it is read is refused."""

import gzip
import os
import shutil
import socket
import tarfile
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from signaux_faibles.sources.discovery import discover
from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.reading.file_reader import FileReader
from signaux_faibles.sources.registry import CONTRACTS

HEADER = "Siret;Siren;Dt_effet;Cat_v2;Lib_actx_stdx"
LINE = "10000000100001;100000001;12JAN2026;1;Sauvegarde_ouverture"
BILAN = b"<bilans/>"


def fifo(path):
    os.mkfifo(path)


def zeros(path):
    path.symlink_to("/dev/zero")


def nowhere(path):
    path.symlink_to(path.parent / "absent")


def itself(path):
    path.symlink_to(path)


def outside(path):
    elsewhere = path.parent.parent / "elsewhere"
    elsewhere.write_text(f"{HEADER}\n{LINE}\n", encoding="utf-8")
    path.symlink_to(elsewhere)


def folder(path):
    path.mkdir()


def unix_socket(path):
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


SPECIAL = [
    (fifo, "c'est un tube nommé"),
    (zeros, "ce lien mène hors du dossier"),
    (nowhere, "ce lien ne mène nulle part"),
    (itself, "ce lien ne mène nulle part"),
    (outside, "ce lien mène hors du dossier"),
    (folder, "c'est un dossier"),
    (unix_socket, "c'est un connecteur réseau"),
]
NAMES = ["x.csv", "x.csv.gz", "x.csv.zip", "x.parquet", "x.json"]


@pytest.mark.parametrize(("made", "said"), SPECIAL, ids=lambda one: getattr(one, "__name__", ""))
@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_ordinary_file_is_refused_at_once_whatever_its_name(tmp_path, monkeypatch, made, said, name):
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    (tmp_path / "lot").mkdir()
    made(tmp_path / "lot" / name if made is not unix_socket else tmp_path.joinpath("lot", name).relative_to(tmp_path))
    with pytest.raises(DeliveryRefused, match=said) as refusal:
        list(FileReader(tmp_path / "lot" / name, CONTRACTS["procol"]).chunks())
    assert str(refusal.value).startswith(f"{name} : ")


@pytest.mark.parametrize(("made", "said"), SPECIAL, ids=lambda one: getattr(one, "__name__", ""))
@pytest.mark.parametrize("name", ["bilans_saisis.zip", "bilans_saisis.tar.gz", "PUB_CA_1.xml"])
def test_nor_is_it_read_as_an_archive_of_documents(tmp_path, monkeypatch, made, said, name):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lot").mkdir()
    made(tmp_path / "lot" / name if made is not unix_socket else tmp_path.joinpath("lot", name).relative_to(tmp_path))
    with pytest.raises(DeliveryRefused, match=said):
        list(FileReader(tmp_path / "lot" / name, CONTRACTS["inpi"]).chunks())


def test_a_link_inside_the_folder_is_followed(tmp_path):
    (tmp_path / "true.csv").write_text(f"{HEADER}\n{LINE}\n", encoding="utf-8")
    (tmp_path / "sigfaible_pcoll.csv").symlink_to("true.csv")
    reader = FileReader(tmp_path / "sigfaible_pcoll.csv", CONTRACTS["procol"])
    list(reader.chunks())
    assert reader.report.rows_kept == 1


def test_a_pipe_named_as_a_part_of_the_register_does_not_stop_the_sorting(tmp_path):
    os.mkfifo(tmp_path / "stock_000001.json")
    assert discover(tmp_path).unknown == [tmp_path / "stock_000001.json"]


def plain(path):
    path.write_text("\n".join([HEADER, *[LINE] * 5]) + "\n", encoding="utf-8")


def compressed(path):
    path.write_bytes(gzip.compress("\n".join([HEADER, *[LINE] * 5]).encode()))


def zipped(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x.csv", "\n".join([HEADER, *[LINE] * 5]))


def columnar(path):
    names, values = HEADER.split(";"), LINE.split(";")
    pq.write_table(pa.table({name: [value] * 5 for name, value in zip(names, values, strict=True)}), path)


def xml_zip(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.xml", BILAN)


def xml_tar(path):
    document = path.parent / "a.xml"
    document.write_bytes(BILAN)
    with tarfile.open(path, "w:gz") as archive:
        archive.add(document, "a.xml")


def appended(path):
    with path.open("ab") as stream:
        stream.write(b"\n" + LINE.encode())


def truncated(path):
    os.truncate(path, path.stat().st_size // 2)


def rewritten(path):
    """The same bytes, as `cp` does over a file that it copied before."""
    path.write_bytes(path.read_bytes())


def replaced(path):
    shutil.copy(path, path.with_name("twin"))
    os.replace(path.with_name("twin"), path)


def removed(path):
    path.unlink()


FORMATS = [
    ("procol", "x.csv", plain),
    ("procol", "x.csv.gz", compressed),
    ("procol", "x.csv.zip", zipped),
    ("procol", "x.parquet", columnar),
    ("inpi", "x.zip", xml_zip),
    ("inpi", "x.tar.gz", xml_tar),
]


@pytest.mark.parametrize("change", [appended, truncated, rewritten, replaced, removed], ids=lambda one: one.__name__)
@pytest.mark.parametrize(("kind", "name", "written"), FORMATS, ids=[one[1] for one in FORMATS])
def test_a_file_that_changes_after_its_first_rows_is_refused(tmp_path, change, kind, name, written):
    path = tmp_path / name
    written(path)
    chunks = FileReader(path, CONTRACTS[kind]).chunks()
    next(chunks)
    change(path)
    with pytest.raises(DeliveryRefused, match=r"changé pendant la lecture|introuvable|abîmée|illisible"):
        list(chunks)


def test_a_file_that_stays_the_same_is_read(tmp_path):
    for kind, name, written in FORMATS:
        written(tmp_path / name)
        list(FileReader(tmp_path / name, CONTRACTS[kind]).chunks())
