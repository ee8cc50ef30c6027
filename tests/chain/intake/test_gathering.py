"""Real files, as they are downloaded, become the folder of a batch (docs/real-files.md)."""

import shutil
import zipfile
from pathlib import Path

import pytest

from signaux_faibles.chain.intake.gathering import ARCHIVE, BESIDE_AN_ARCHIVE, gather
from signaux_faibles.sources.discovery import FICTITIOUS_MARK, discover
from signaux_faibles.sources.errors import DeliveryRefused
from sources.delivered import read_file

TESTS = Path(__file__).parents[2]
FILINGS = sorted((TESTS / "tables" / "data" / "inpi").glob("*.xml"))
AS_MET = TESTS / "sources" / "data" / "as_met"
NOTICES = TESTS / "sources" / "data" / "bodacc_real_records.json"


@pytest.fixture
def downloaded(tmp_path):
    """Six real filings of INPI, five real notices of BODACC, and a file of no type."""
    source = tmp_path / "downloaded"
    (source / "inpi").mkdir(parents=True)
    (source / "bodacc").mkdir()
    for path in FILINGS:
        shutil.copy(path, source / "inpi" / path.name)
    shutil.copy(NOTICES, source / "bodacc" / NOTICES.name)
    (source / "LISEZMOI.txt").write_text("origine des fichiers", encoding="utf-8")
    return source


def test_documents_are_packed_files_take_the_names_of_a_delivery_and_the_rest_is_reported(downloaded, tmp_path):
    gathered = gather(downloaded, tmp_path / "deliveries", "2611")
    assert gathered.documents == 6
    assert gathered.files == {"bodacc/bodacc_real_records.json": "annonces-commerciales.json"}
    assert gathered.unread == ["LISEZMOI.txt"]
    with zipfile.ZipFile(gathered.folder / ARCHIVE) as archive:
        assert sorted(archive.namelist()) == [path.name for path in FILINGS]
    assert set(discover(gathered.folder).files) == {"bodacc", "inpi"}


def test_the_same_files_give_the_same_bytes_and_the_source_is_not_written(downloaded, tmp_path):
    before = {path: path.read_bytes() for path in downloaded.rglob("*.*") if path.is_file()}
    one, other = (gather(downloaded, tmp_path / name, "2611").folder / ARCHIVE for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()
    assert {path: path.read_bytes() for path in downloaded.rglob("*.*") if path.is_file()} == before


def test_bulk_files_of_the_register_keep_the_names_under_which_they_are_published(tmp_path):
    source = tmp_path / "downloaded"
    (source / "inpi").mkdir(parents=True)
    accounts = source / "inpi" / "stock_RNE_comptes_annuels_NIVEAU1_20260320_1400.zip"
    with zipfile.ZipFile(accounts, "w") as archive:
        archive.write(AS_MET / "lists_by_line_inpi_json.jsonl", "stock_000001.json")
        archive.write(AS_MET / "lists_by_line_inpi_json.jsonl", "stock_000002.json")
    shutil.copy(AS_MET / "list_then_document_rne.jsonl", source / "inpi" / "stock_000001.json")
    (source / "PCL_BXA20240001.taz").touch()
    gathered = gather(source, tmp_path / "deliveries", "2611")
    assert gathered.unread == ["PCL_BXA20240001.taz"]
    files = discover(gathered.folder).files
    assert {kind: [path.name for path in paths] for kind, paths in files.items()} == {
        "inpi_json": [accounts.name],
        "rne": ["stock_000001.json"],
    }
    read = {kind: read_file(paths[0], kind) for kind, paths in files.items()}
    assert (read["inpi_json"].counts, read["rne"].counts) == ((8, 8, 0, 0), (2, 2, 0, 0))


def test_documents_hide_no_archive_of_them_nor_one_another(downloaded, tmp_path):
    """The archive of the year before, and the same document in two folders of downloads."""
    with zipfile.ZipFile(downloaded / ARCHIVE, "w") as archive:
        archive.write(FILINGS[0], FILINGS[0].name)
    (downloaded / "again").mkdir()
    shutil.copy(FILINGS[0], downloaded / "again" / FILINGS[0].name)
    gathered = gather(downloaded, tmp_path / "deliveries", "2611")
    found = {path.name: read_file(path, "inpi").report.rows_kept for path in discover(gathered.folder).files["inpi"]}
    assert found == {ARCHIVE: 1, BESIDE_AN_ARCHIVE: 7}


def test_two_files_of_one_name_are_refused(downloaded, tmp_path):
    shutil.copy(NOTICES, downloaded / "annonces-commerciales.json")
    with pytest.raises(DeliveryRefused, match=r"même nom annonces-commerciales\.json"):
        gather(downloaded, tmp_path / "deliveries", "2611")


def test_what_is_invented_is_not_gathered_as_real(downloaded, tmp_path):
    (downloaded / FICTITIOUS_MARK).write_text("", encoding="utf-8")
    with pytest.raises(DeliveryRefused, match="données fictives"):
        gather(downloaded, tmp_path / "deliveries", "2611")


@pytest.mark.parametrize("files", [None, ["LISEZMOI.txt"]])
def test_a_source_without_a_known_file_is_refused(tmp_path, files):
    source = tmp_path / "source"
    if files is not None:
        source.mkdir()
        (source / files[0]).write_text("rien", encoding="utf-8")
    with pytest.raises(DeliveryRefused, match=r"introuvable|aucun fichier"):
        gather(source, tmp_path / "deliveries", "2611")
    assert not (tmp_path / "deliveries").exists()


def test_real_files_alone_become_a_published_snapshot_where_each_company_is_accounted_for(chain, downloaded):
    gather(downloaded, chain.deliveries, "2611")
    outcome = chain.run("2611", filtered=False)
    assert outcome.published
    covered = chain.rows(outcome.snapshot, "accounts_coverage")
    assert {row["siren"] for row in covered} == {path.name.split("_")[2] for path in FILINGS}
    assert all(row["ratios_connus"] or row["motif"] for row in covered)
    assert len(chain.rows(outcome.snapshot, "current_procedures")) == 4
