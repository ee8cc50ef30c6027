"""Each drill of docs/recovery.md: damage a home, read the sentence, type the commands of the page, and all is well."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from harness.deliveries import write_delivery
from harness.typed import refused, works
from signaux_faibles.home.home import READ_BY_PAGES, Home
from signaux_faibles.home.manifest import FILE, Manifest
from signaux_faibles.home.published import history, published
from signaux_faibles.snapshot.shelf import DamagedSnapshot, Shelf

PAGE = (Path(__file__).parents[2] / "docs" / "recovery.md").read_text(encoding="utf-8")


def home_of(place):
    return Home(place / "home")


def titles(page):
    return [line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")]


@pytest.mark.parametrize("content", [b"", b"../../etc\n", b"2512-unknown\n", b"\xff\xfe\n"])
def test_the_pointer(place, content):
    name = published(home_of(place))
    home_of(place).current.write_bytes(content)
    assert "current est abîmé" in works(place, "status")
    assert "current est abîmé" in refused(place, "diff", name)
    works(place, "prune")
    works(place, "publish", "--snapshot", name)
    assert published(home_of(place)) == name
    assert "abîmé" not in works(place, "status")


@pytest.mark.parametrize("cut", ['{"act": "publ', "[]\n", "\xff\n", "\n"])
def test_the_journal(place, cut):
    home = home_of(place)
    name = published(home)
    with home.publications.open("a", encoding="latin-1") as journal:
        journal.write(cut)
    if cut.strip():
        assert "1 ligne illisible, ignorée" in works(place, "status")
    home.current.unlink()
    works(place, "publish", "--snapshot", name)
    assert history(home)[-1].snapshot == name
    works(place, "run", "2601")


@pytest.mark.parametrize("content", ["{", "[]", "{}", "null", '{"id": "x"}'])
def test_the_manifest_of_a_snapshot(place, content):
    home = home_of(place)
    name = published(home)
    shutil.copytree(home.snapshots / name, home.snapshots / "2512-old")
    (home.snapshots / "2512-old" / "manifest.json").write_text(content, encoding="utf-8")
    assert "2512-old/manifest.json est abîmé" in works(place, "status").replace("- ", "-")
    assert "manifest.json est abîmé" in refused(place, "publish", "--snapshot", "2512-old")
    works(place, "publish")
    works(place, "prune")
    works(place, "run", "2601")


def test_the_tables_of_a_snapshot(place, tmp_path):
    home = home_of(place)
    name = published(home)
    table = home.snapshots / name / "tables" / "clean_debit.parquet"
    shutil.copy(home.snapshots / name / "tables" / "clean_filter.parquet", table)
    home.current.unlink()
    assert "clean_debit ne correspond plus" in refused(place, "publish", "--snapshot", name)
    assert "abîmé" in refused(place, "export", str(tmp_path / "out"), "--candidate")
    assert not list(tmp_path.glob(".out*"))
    assert "clean_debit ne correspond plus" in refused(place, "hashes", name)
    shutil.rmtree(home.snapshots / name)
    works(place, "run", "2601")
    assert published(home) == name


@pytest.mark.parametrize("file", READ_BY_PAGES)
def test_the_files_that_pages_read(place, file, monkeypatch):
    monkeypatch.delenv("SF_SECRET_KEY", raising=False)  # that of other tests is too weak to serve with
    home = home_of(place)
    name = published(home)
    changed(home.snapshots / name / file)
    assert f"{file} ne correspond plus" in works(place, "status")
    assert f"{file} ne correspond plus" in refused(place, "publish")
    assert f"{file} ne correspond plus" in refused(place, "serve")
    with pytest.raises(DamagedSnapshot, match="sf run 2601"), Shelf(home).pinned():
        pass
    shutil.rmtree(home.snapshots / name)
    works(place, "run", "2601")
    assert "ne correspond plus" not in works(place, "status")
    with Shelf(home).pinned() as snapshot:
        assert snapshot.manifest.id == name


def test_every_file_of_a_snapshot_has_a_digest(place):
    """A file that a later version adds for pages is compared too, or this test says that it is not."""
    folder = home_of(place).snapshots / published(home_of(place))
    manifest = Manifest.read(folder)
    assert {path.name for path in folder.iterdir()} == {FILE, "tables", *manifest.files}
    assert {path.stem for path in (folder / "tables").iterdir()} == set(manifest.tables)
    assert all([*manifest.files.values(), *(one.sha256 for one in manifest.tables.values())])


def test_what_models_read_of_a_snapshot(place):
    home = home_of(place)
    changed(home.snapshots / published(home) / "tables" / "panel.parquet")
    assert "panel ne correspond plus" in refused(place, "train")


def test_a_table_of_a_run_that_was_killed(place, tmp_path):
    """What a resumed run finds in `work/` is compared with what was written, then what is wrong is computed again."""
    write_delivery(place / "deliveries" / "2602")
    undisturbed = tmp_path / "undisturbed"
    shutil.copytree(place, undisturbed)
    works(undisturbed, "run", "2602")
    works(place, "run", "2602", "--until", "tables")
    home = home_of(place)
    (table,) = home.work.glob("2602-*/tables/clean_effectif_ent.parquet")
    changed(table)
    assert "clean_effectif_ent" in refused(place, "export", str(tmp_path / "out"), "--candidate")
    table.with_name("clean_filter.parquet.sha256").unlink()  # a kill between a table and its digest
    works(place, "run", "2602")
    name = published(home)
    expected = Manifest.read(home_of(undisturbed).snapshots / name)
    assert Manifest.read(home.snapshots / name).tables == expected.tables
    assert not list((home.snapshots / name).rglob("*.sha256"))


def test_what_the_ledger_of_the_perimeter_goes_on_from(place, tmp_path):
    for batch in ("2602", "2603"):
        write_delivery(place / "deliveries" / batch)
    undisturbed = tmp_path / "undisturbed"
    shutil.copytree(place, undisturbed)
    works(place, "run", "2602")
    for file in home_of(place).perimeters.rglob("*.parquet"):
        changed(file)
    for batch in ("2602", "2603"):
        works(undisturbed, "run", batch)
    works(place, "run", "2603")
    name = published(home_of(place))
    ledgers = [
        Manifest.read(home.snapshots / name).tables["perimeter_ledger"] for home in map(home_of, (place, undisturbed))
    ]
    assert ledgers[0] == ledgers[1]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (f"snapshots/*/{FILE}", "manifest.json est abîmé"),
        ("batches/2601.json", "2601.json est abîmé"),
    ],
)
def test_one_digit_of_a_small_file(place, file, said):
    """It is still JSON, and says something else."""
    (path,) = home_of(place).root.glob(file)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"2601"', '"2501"', 1), encoding="utf-8")
    assert said in works(place, "status").replace("- ", "-")
    if path.name == "2601.json":
        assert "staging" not in works(place, "prune")


@pytest.mark.parametrize("content", ["{", "[]", "null", "\xff"])
def test_the_manifest_of_a_batch(place, content):
    (home_of(place).batches / "2601.json").write_text(content, encoding="latin-1")
    write_delivery(place / "deliveries" / "2602")
    assert "2601.json est abîmé" in refused(place, "run", "2602")
    assert "2601.json est abîmé" in (home_of(place).reports / "2602.txt").read_text(encoding="utf-8").replace("\n", " ")
    staged = works(place, "prune")
    assert "staging" not in staged
    works(place, "run", "2601")
    works(place, "run", "2602")


def is_read_again_by_its_batch(place, wrong):
    """The month after, which carries over a staged file that is wrong, says which batch to run, then goes on.

    Without filter, so that its tables are others than those of the month before, and the file must be read.
    """
    write_delivery(place / "deliveries" / "2602")
    (place / "deliveries" / "2602" / "sigfaible_debits.csv").unlink()
    month = ("run", "2602", "--carry-over", "debit", "--no-filter")
    assert f"{wrong} : relancez sf run 2601" in refused(place, *month)
    works(place, "run", "2601")
    works(place, *month)


def test_a_staged_file(place):
    home = home_of(place)
    for file in home.staging.glob("debit/2601/*"):
        file.unlink() if file.suffix == ".parquet" else file.write_text("{", encoding="utf-8")
    is_read_again_by_its_batch(place, "manque")


def test_a_staged_file_that_no_table_needs(place):
    """What was made from it is in the snapshot of the month before, whole."""
    changed(staged_debits(place))
    write_delivery(place / "deliveries" / "2602")
    (place / "deliveries" / "2602" / "sigfaible_debits.csv").unlink()
    works(place, "run", "2602", "--carry-over", "debit")


def staged_debits(place):
    (rows,) = (one for one in home_of(place).staging.glob("debit/2601/*.parquet") if ".rejects." not in one.name)
    return rows


def changed(file):
    """Change one byte of the middle of a file, as a disk may; its size and its metadata stay."""
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 0xFF
    file.write_bytes(content)


def test_a_byte_of_a_staged_file_of_an_earlier_batch(place):
    rows = staged_debits(place)
    changed(rows)
    is_read_again_by_its_batch(place, "est abîmé")


def test_a_byte_of_a_staged_file_of_the_batch_that_runs(place):
    home = home_of(place)
    rows = staged_debits(place)
    written = rows.read_bytes()
    changed(rows)
    shutil.rmtree(home.snapshots / published(home))
    home.current.unlink()
    works(place, "run", "2601")
    assert rows.read_bytes() == written


def test_drafts_of_a_run_that_was_killed(place):
    draft = home_of(place).staging / "debit" / "2601" / ".b051.parquet.25015.draft"
    draft.touch()
    assert draft.name in works(place, "prune").replace(" ", "")
    works(place, "prune", "--apply")
    assert not draft.exists()
    draft.touch()
    works(place, "run", "2601")
    assert not draft.exists()


def test_what_a_run_writes_is_private(place):
    written = [path for path in home_of(place).reports.rglob("*") if path.is_file()]
    assert written
    assert not any(path.stat().st_mode & 0o077 for path in written)
    home_of(place).root.chmod(0o755)
    assert "est lisible par tous les comptes" in works(place, "status")


DRILLS = {
    "The pointer `current`": test_the_pointer,
    "The journal `publications.jsonl`": test_the_journal,
    "The manifest of a snapshot": test_the_manifest_of_a_snapshot,
    "The tables of a snapshot": test_the_tables_of_a_snapshot,
    "The files that pages read": test_the_files_that_pages_read,
    "A table of a run that was killed": test_a_table_of_a_run_that_was_killed,
    "The manifest of a batch": test_the_manifest_of_a_batch,
    "A staged file": test_a_staged_file,
    "A list": "detection/lists/test_damaged_lists.py",
    "A model": "recovery/test_what_is_gone.py",
    "The application database": "web/installation/test_damaged_database.py",
    "The keys": "web/installation/test_damaged_database.py",
    "A sealed month of the journal of readings": "web/journal/test_keeping.py",
    "Drafts of a run that was killed": test_drafts_of_a_run_that_was_killed,
    "A home that cannot be written": "home/test_lock.py",
    "A full disk": "chain/test_faults.py",
    "A file that changes while it is read": "chain/intake/test_staging.py",
    "A table that fails, or an unforeseen error": "chain/report/test_writing.py",
    "Invented and real data in one home": "chain/test_kinds.py",
}


def test_each_drill_of_the_page_is_run():
    assert titles(PAGE) == list(DRILLS)
    files = [Path(__file__).parents[1] / drill for drill in DRILLS.values() if isinstance(drill, str)]
    assert [file for file in files if not file.exists()] == []
