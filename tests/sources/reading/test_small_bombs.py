"""A small file cannot cost much memory or time: what it opens to is bounded, and said."""

import gzip
import io
import tarfile
import tracemalloc
import zipfile

import pytest

from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.reading import archive_limits
from signaux_faibles.sources.reading.csv import csv_source
from signaux_faibles.sources.reading.documents.inpi_xml import DEEPEST, MOST_NAMES
from signaux_faibles.sources.reading.file_reader import FileReader
from signaux_faibles.sources.registry import CONTRACTS

HEADER = b"Siret;Siren;Dt_effet;Cat_v2;Lib_actx_stdx\n"
LINE = b"10000000100001;100000001;12JAN2026;1;Sauvegarde_ouverture\n"
MEGABYTE = 1024 * 1024


def outcome(path, kind):
    """What the reader says of a file: the reasons for its rejects, or its refusal; and the megabytes it took."""
    tracemalloc.start()
    try:
        rejects = [reject.reason for chunk in FileReader(path, CONTRACTS[kind]).chunks() for reject in chunk.rejects]
    except DeliveryRefused as error:
        rejects = [str(error)]
    peak = tracemalloc.get_traced_memory()[1] / MEGABYTE
    tracemalloc.stop()
    return rejects, peak


def zipped(path, name, pieces):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as member:
        for piece in pieces:
            member.write(piece)


def test_tags_inside_tags_are_bounded(tmp_path):
    zipped(tmp_path / "x.zip", "a.xml", [b"<a>" * 100_000] * 10)
    rejects, peak = outcome(tmp_path / "x.zip", "inpi")
    assert rejects == [f"ligne 1 : plus de {DEEPEST} balises les unes dans les autres"]
    assert peak < 10


@pytest.mark.parametrize("place", ["<bilans><bilan><identite>", "<bilans>", "<bilans><bilan><detail>"])
def test_names_of_tags_are_bounded(tmp_path, place):
    (tmp_path / "x.xml").write_text(place + "".join(f"<t{n}/>" for n in range(100_000)), encoding="utf-8")
    rejects, peak = outcome(tmp_path / "x.xml", "inpi")
    assert f"plus de {MOST_NAMES} noms de balises et d'attributs" in rejects[0]
    assert peak < 10


def test_names_of_attributes_are_bounded(tmp_path):
    cells = "".join(f'<liasse a{n}="1"/>' for n in range(3_000))
    (tmp_path / "x.xml").write_text(f"<bilans><bilan><detail><page>{cells}", encoding="utf-8")
    assert f"plus de {MOST_NAMES} noms" in outcome(tmp_path / "x.xml", "inpi")[0][0]


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK])
def test_headers_of_a_tar_are_bounded(tmp_path, kind):
    header = tarfile.TarInfo("x")
    header.type, header.size = kind, 64 * MEGABYTE
    with gzip.open(tmp_path / "x.tar.gz", "wb", 1) as archive:
        archive.write(header.tobuf(tarfile.USTAR_FORMAT))
        archive.write(b"a" * header.size)
    rejects, peak = outcome(tmp_path / "x.tar.gz", "inpi")
    assert "x.tar.gz : un en-tête de l'archive dépasse" in rejects[0]
    assert peak < 16


def test_a_stray_quote_does_not_hold_a_hundred_long_lines(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_source, "LONGEST_LINE", MEGABYTE)
    long_lines = (b"a" * (MEGABYTE - 1) + b"\n" for _ in range(60))
    (tmp_path / "x.csv").write_bytes(HEADER + b'"abc;\n' + b"".join(long_lines) + LINE)
    rejects, peak = outcome(tmp_path / "x.csv", "procol")
    assert rejects[0] == "guillemet ouvert et jamais refermé"
    assert len(rejects) == 61
    assert peak < 64 * 4


def bomb(path):
    """A valid file that opens to 400 times its size."""
    content = HEADER + LINE * 100_000
    if path.suffix == ".zip":
        zipped(path, "a.csv" if path.name != "documents.zip" else "a.xml", [content])
    elif path.name.endswith(".tar.gz"):
        with tarfile.open(path, "w:gz") as archive:
            member = tarfile.TarInfo("a.xml")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    else:
        path.write_bytes(gzip.compress(content))


@pytest.mark.parametrize(
    ("kind", "name"),
    [("procol", "x.csv.gz"), ("procol", "x.csv.zip"), ("inpi", "documents.zip"), ("inpi", "documents.tar.gz")],
)
def test_what_an_archive_opens_to_is_bounded_beside_its_size(tmp_path, monkeypatch, kind, name):
    monkeypatch.setattr(archive_limits, "SMALL", MEGABYTE)
    bomb(tmp_path / name)
    refusal = outcome(tmp_path / name, kind)[0][0]
    assert refusal.startswith(f"{name} : l'archive s'ouvre à plus de 100 fois sa taille, elle est refusée.")
    monkeypatch.setenv(archive_limits.RATIO, "2000")
    assert "fois sa taille" not in str(outcome(tmp_path / name, kind)[0])
    monkeypatch.setattr(archive_limits, "MOST_GIGABYTES", 0)
    assert "plus de 0 Go" in outcome(tmp_path / name, kind)[0][0]


def test_a_small_archive_of_equal_lines_is_read(tmp_path):
    bomb(tmp_path / "x.csv.gz")
    assert outcome(tmp_path / "x.csv.gz", "procol")[0] == []


def test_links_and_devices_of_a_tar_are_named_in_the_report(tmp_path):
    with tarfile.open(tmp_path / "x.tar.gz", "w:gz") as archive:
        for name, kind in (("link.xml", tarfile.SYMTYPE), ("device", tarfile.CHRTYPE), ("folder", tarfile.DIRTYPE)):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
        document = tarfile.TarInfo("a.xml")
        document.size = 9
        archive.addfile(document, io.BytesIO(b"<bilans/>"))
    reader = FileReader(tmp_path / "x.tar.gz", CONTRACTS["inpi"])
    list(reader.chunks())
    assert [warning.split(" : ")[1].split(" ")[0] for warning in reader.report.warnings] == ["link.xml", "device"]
