"""A model as files: read back as it was, refused in a sentence when anything is wrong with it."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.learning.archive import promote, read_model, write_candidate
from signaux_faibles.detection.learning.artefact.files import MODEL, sha256_of, written
from signaux_faibles.detection.learning.train import CandidateModel
from signaux_faibles.home.home import Home

Trained = tuple[Home, CandidateModel]
Change = Callable[[dict[str, Any]], object]


def copied(trained: Trained, folder: Path) -> tuple[Home, Path]:
    """The same models elsewhere, and the folder of the promoted one."""
    shutil.copytree(trained[0].models, folder / "models")
    return Home(folder), folder / "models" / trained[1].name


def forge(folder: Path, text: str) -> None:
    """Another `model.json`, whose hash the card is made to agree with."""
    (folder / MODEL).write_text(text, encoding="utf-8")
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    card["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    card.pop("digest", None)
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")


def refusal(trained: Trained, tmp_path: Path, change: Change) -> str:
    home, folder = copied(trained, tmp_path)
    read = json.loads((folder / MODEL).read_text(encoding="utf-8"))
    change(read)
    forge(folder, json.dumps(read))
    with pytest.raises(DetectionRefused) as refused:
        promote(home, trained[1].name)
    assert "sf train" in str(refused.value)
    return str(refused.value)


def test_a_model_is_read_back_as_it_was(trained: Trained) -> None:
    home, candidate = trained
    read, card = read_model(home, candidate.name)
    assert written(read) == written(candidate.model)
    assert card == candidate.card
    assert card["sha256"] == sha256_of(written(read))


def test_no_file_of_a_model_holds_code(trained: Trained) -> None:
    names = {file.suffix for file in trained[1].folder.iterdir()}
    assert names == {".json", ".txt"}
    for file in trained[1].folder.iterdir():
        assert file.read_text(encoding="utf-8").startswith("{" if file.suffix == ".json" else "tree\nversion=v4\n")


def test_any_file_that_was_changed_is_refused(trained: Trained, tmp_path: Path) -> None:
    for rank, name in enumerate(sorted(file.name for file in trained[1].folder.iterdir())):
        if name == "card.json":
            continue
        home, folder = copied(trained, tmp_path / str(rank))
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content[: len(content) // 2])
        with pytest.raises(DetectionRefused, match=r"modifié.*sf train"):
            promote(home, trained[1].name)
        (folder / name).unlink()
        with pytest.raises(DetectionRefused, match=r"illisible.*sf train"):
            promote(home, trained[1].name)


def test_a_model_of_an_older_version_is_refused(trained: Trained, tmp_path: Path) -> None:
    home, folder = copied(trained, tmp_path)
    forge(folder, json.dumps({"regressions": {}, "calibrations": {}, "thresholds": {}, "class_observed": {}}))
    with pytest.raises(DetectionRefused, match=r"autre version.*sf train.*models/promoted"):
        promote(home, trained[1].name)


def test_a_model_that_reads_variables_of_an_older_version_is_refused(trained: Trained, tmp_path: Path) -> None:
    model = trained[1].model
    names = {name: f"old_{name}" for name in model.encoding.variables}
    encoding = replace(
        model.encoding, variables=tuple(names.values()), flags=tuple(names[one] for one in model.encoding.flags)
    )
    centre = {names.get(name, name): mean for name, mean in model.centre.items()}
    files = written(replace(model, encoding=encoding, centre=centre))
    write_candidate(Home(tmp_path), "older", files, {**trained[1].card, "sha256": sha256_of(files)})
    with pytest.raises(DetectionRefused, match=r"ne calcule plus .*old_effectif.*sf train.*models/promoted"):
        promote(Home(tmp_path), "older")


def keys(read: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where each value is, the first of each list standing for all."""
    inside = read.items() if isinstance(read, dict) else enumerate(read[:1]) if isinstance(read, list) else ()
    for key, value in inside:
        yield (*at, key)
        yield from keys(value, (*at, key))


def delete(read: Any, at: tuple[Any, ...]) -> None:
    for key in at[:-1]:
        read = read[key]
    del read[at[-1]]


def _alike(at: tuple[Any, ...]) -> bool:
    """What is optional, and the horizons and learners that look like another one."""
    return at[-2:-1] in {("learners",), ("folds",), ("flags",)} or (
        at[0] == "horizons" and len(at) > 2 and at[1] != "18"
    )


def test_whatever_is_missing_is_noticed(trained: Trained, tmp_path: Path) -> None:
    home, folder = copied(trained, tmp_path)
    text = (folder / MODEL).read_text(encoding="utf-8")
    places = [at for at in keys(json.loads(text)) if not _alike(at)]
    assert len(places) > 40
    for at in places:
        read = json.loads(text)
        delete(read, at)
        forge(folder, json.dumps(read))
        with pytest.raises(DetectionRefused, match="sf train"):
            promote(home, trained[1].name)


def ridge(read: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(
        learner["folds"][0] for name, learner in read["horizons"]["18"]["learners"].items() if "ridge" in name
    )
    return found


def learner(read: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(iter(read["horizons"]["18"]["learners"].values()))
    return found


WRONG: list[tuple[str, Change, str]] = [
    ("no number", lambda read: ridge(read).update(base=float("nan")), "NaN"),
    ("no finite number", lambda read: ridge(read).update(base=10**400), "fini"),
    ("a text for a number", lambda read: ridge(read).update(base="0"), "nombre"),
    ("a truth for a number", lambda read: ridge(read).update(base=True), "nombre"),
    ("a coefficient too many", lambda read: ridge(read)["coefficients"].append(0.0), "nombres"),
    ("a column that does not exist", lambda read: ridge(read)["design"].update(flagged=[999]), "n'existe pas"),
    ("a scale of zero", lambda read: ridge(read)["design"]["scale"].__setitem__(0, 0), "positifs"),
    ("an unknown design", lambda read: ridge(read)["design"].update(kind="pickle"), "sorte"),
    ("a negative weight", lambda read: learner(read).update(weight=-1), "ensemble"),
    ("a calibration that falls", lambda read: read["horizons"]["6"]["calibration"].update(above=-1), "calibration"),
    ("thresholds upside down", lambda read: read["thresholds"].update(elevee=-1.0), "seuil"),
    ("a column named twice", lambda read: read["encoding"]["variables"].__setitem__(0, "effectif"), "deux fois"),
    ("a file of elsewhere", lambda read: read.update(boosters={}), "n'est pas de ce modèle"),
    ("no object", lambda read: read.update(horizons=[]), "n'est pas un objet"),
    ("an unknown learner", lambda read: read["horizons"]["18"]["learners"].update(other={}), "n'existe pas"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_forged_model_is_refused(trained: Trained, tmp_path: Path, change: Change, said: str) -> None:
    assert said in refusal(trained, tmp_path, change)


def test_what_is_no_json_is_refused(trained: Trained, tmp_path: Path) -> None:
    home, folder = copied(trained, tmp_path)
    for text in ("", "{", "[]", "null", "[" * 100_000, "0"):
        forge(folder, text)
        with pytest.raises(DetectionRefused, match=r"JSON.*sf train"):
            promote(home, trained[1].name)


def test_a_damaged_card_is_refused(trained: Trained, tmp_path: Path) -> None:
    home, folder = copied(trained, tmp_path)
    for content in (b"", b"\xff\xfe", b"{}", b'{"sha256": NaN}'):
        (folder / "card.json").write_bytes(content)
        with pytest.raises(DetectionRefused, match=r"abîmé.*sf train"):
            promote(home, trained[1].name)


def test_one_digit_of_a_card_is_noticed(trained: Trained, tmp_path: Path) -> None:
    """A threshold that a disk changed would move companies into the list, or out of it."""
    home, folder = copied(trained, tmp_path)
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    card["thresholds"]["elevee"] = float(card["thresholds"]["elevee"]) + 0.01
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(DetectionRefused, match=r"sa fiche a été modifiée depuis l'apprentissage.*sf train"):
        promote(home, trained[1].name)
