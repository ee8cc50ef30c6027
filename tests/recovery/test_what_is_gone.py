"""What was removed, emptied or written by another version is said in a sentence, and loses nothing."""

from __future__ import annotations

import shutil

import pytest

from harness.deliveries import write_delivery
from harness.typed import refused, works
from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.learning.archive import promoted
from signaux_faibles.home.damage import digested, read_json
from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import Manifest
from signaux_faibles.home.published import published
from signaux_faibles.snapshot.damages import damages
from signaux_faibles.snapshot.pruning import prunable


def test_the_manifest_of_a_batch_that_the_publication_stands_on(place):
    """A month that ran without it would lose its increments, and `sf prune` what it staged."""
    home = Home(place / "home")
    write_delivery(place / "deliveries" / "2602")
    (home.batches / "2601.json").unlink()
    assert "2601.json manque : relancez sf run 2601" in works(place, "status")
    assert prunable(home).staged == []
    assert "2601.json manque : relancez sf run 2601" in refused(place, "run", "2602")
    works(place, "run", "2601")
    works(place, "run", "2602")
    assert Manifest.read(home.snapshots / published(home)).batches.keys() == {"2601", "2602"}


def test_the_manifest_of_a_batch_and_the_pointer_with_it(place):
    """The journal of publications still says what was published."""
    home = Home(place / "home")
    write_delivery(place / "deliveries" / "2602")
    (home.batches / "2601.json").unlink()
    home.current.unlink()
    assert "2601.json manque : relancez sf run 2601" in refused(place, "run", "2602")
    works(place, "run", "2601")
    works(place, "run", "2602")


@pytest.mark.parametrize("small", ["manifest of the snapshot", "manifest of the batch"])
def test_a_small_file_of_a_later_version(place, small):
    """It is whole: what is said is that this version does not read it."""
    home = Home(place / "home")
    write_delivery(place / "deliveries" / "2602")
    snapshot = home.snapshots / published(home) / "manifest.json"
    file = snapshot if small == "manifest of the snapshot" else home.batches / "2601.json"
    before = file.read_text(encoding="utf-8")
    file.write_text(digested(read_json(file, "") | {"later": 1}), encoding="utf-8")
    words = ("publish", "--snapshot", snapshot.parent.name) if file == snapshot else ("run", "2602")
    assert f"{file} a été écrit par une autre version du programme : réinstallez-la" in refused(place, *words)
    assert f"{file.name} a été écrit par une autre version" in works(place, "status")
    file.write_text(before, encoding="utf-8")
    works(place, "run", "2602")


def test_the_manifest_of_the_published_snapshot(place):
    """The run that makes it again replaces the folder, which is no snapshot any more."""
    home = Home(place / "home")
    name = published(home)
    (home.snapshots / name / "manifest.json").unlink()
    assert "current est abîmé" in works(place, "status")
    works(place, "run", "2601")
    assert published(home) == name
    assert "abîmé" not in works(place, "status")


def test_the_pointer(place):
    home = Home(place / "home")
    home.current.unlink()
    assert "current manque" in works(place, "status")
    works(place, "publish")
    assert "manque" not in works(place, "status")


def test_all_tables_of_a_snapshot(place):
    home = Home(place / "home")
    name = published(home)
    shutil.rmtree(home.snapshots / name / "tables")
    for words in (("publish",), ("train",)):
        said = refused(place, *words)
        assert "ne correspondent plus à son manifeste" in said
        assert len(said) < 500


def test_a_run_says_that_the_snapshot_it_would_publish_is_damaged(place):
    """It is a refusal, not an unforeseen error to report."""
    home = Home(place / "home")
    name = published(home)
    (home.snapshots / name / "serving.duckdb").write_bytes(b"")
    said = refused(place, "run", "2601")
    assert f"L'instantané {name} est abîmé : serving.duckdb ne correspond plus" in said
    assert "imprévue" not in said
    shutil.rmtree(home.snapshots / name)
    works(place, "run", "2601")


@pytest.mark.parametrize("folder", ["lock", "current"])
def test_a_folder_in_the_place_of_a_file(place, folder):
    path = Home(place / "home").root / folder
    path.unlink()
    path.mkdir()
    for words in (("publish",), ("run", "2601")):
        assert f"Un dossier tient la place d'un fichier ({path}). Déplacez ce dossier" in refused(place, *words)


@pytest.mark.parametrize("target", ["gone.json", "2512.json"], ids=["to what is gone", "to itself"])
@pytest.mark.parametrize("words", [("status",), ("prune",), ("run", "2601")], ids=lambda words: words[0])
def test_a_link_to_nowhere(place, target, words):
    link = Home(place / "home").batches / "2512.json"
    link.symlink_to(target)
    act = works if words == ("status",) else refused
    assert f"Un lien ne mène nulle part ({link}). Rétablissez ce qu'il désigne" in act(place, *words)
    link.unlink()
    works(place, *words)


def test_status_goes_on_after_what_stands_among_the_manifests(place):
    batches = Home(place / "home").batches
    (batches / "2510.json").mkdir()
    (batches / "2511.json").write_text("[" * 100_000, encoding="utf-8")
    (batches / "notes.json").write_text("{}", encoding="utf-8")
    said = works(place, "status")
    for name in ("2510.json)", "2511.json est abîmé", "notes.json n'est le manifeste d'aucun lot : déplacez-le"):
        assert name in said
    assert "publication" in said
    works(place, "publish")


def test_a_file_named_for_no_month_among_the_manifests(place):
    stray = Home(place / "home").batches / "2601-copie.json"
    stray.write_text("{}", encoding="utf-8")
    assert "2601-copie.json n'est le manifeste d'aucun lot : déplacez-le ailleurs" in refused(place, "run", "2601")
    stray.unlink()
    works(place, "run", "2601")


def test_the_folder_of_staged_files(place):
    """A file in its place is said; when it is gone, the batch reads its deliveries again."""
    home = Home(place / "home")
    shutil.rmtree(home.staging)
    home.staging.write_text("", encoding="utf-8")
    assert f"Un fichier tient la place d'un dossier ({home.staging}). Déplacez ce" in refused(place, "run", "2601")
    home.staging.unlink()
    works(place, "run", "2601")


def test_the_promoted_model(place):
    home = Home(place / "home")
    home.models.mkdir(exist_ok=True)
    pointer = home.models / "promoted"
    pointer.write_text("", encoding="utf-8")
    with pytest.raises(DetectionRefused, match="ne nomme aucun modèle"):
        promoted(home)
    assert "promoted est abîmé" in works(place, "status")
    assert "promoted est abîmé" in refused(place, "run", "2601")
    pointer.write_text("2601-gone\n", encoding="utf-8")
    assert [said for said in damages(home) if "Pas de modèle « 2601-gone »" in said]
    pointer.unlink()
    works(place, "run", "2601")
