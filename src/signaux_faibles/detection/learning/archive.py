"""The folder of models: candidates, and the pointer to the promoted one."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from signaux_faibles.detection.errors import DamagedModel, DetectionRefused
from signaux_faibles.detection.features.variables import VARIABLES
from signaux_faibles.detection.learning.artefact.checked import read_json
from signaux_faibles.detection.learning.artefact.files import MODEL, OtherSchema, model_read
from signaux_faibles.detection.learning.model import Model
from signaux_faibles.home.damage import digested, is_other
from signaux_faibles.home.home import Home
from signaux_faibles.relations.files import flush, write_text

CARD, PROMOTED = "card.json", "promoted"
CARD_KEYS = {"sha256", "fictitious", "thresholds", "base", "calibration", "training", "backtest", "limits", "seed"}
"""What lists and runs read from a card."""
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def write_candidate(home: Home, name: str, files: Mapping[str, str], card: dict[str, Any]) -> Path:
    """Write a candidate whole or not at all; writing the same model again changes nothing."""
    folder = _folder(home, name)
    if folder.exists():
        return folder
    draft = home.models / f".{name}.{os.getpid()}.draft"
    draft.mkdir(parents=True)
    try:
        for file, text in files.items():
            write_text(draft / file, text)
        write_text(draft / CARD, digested(card) + "\n")
        os.replace(draft, folder)
        flush(folder.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder


def read_model(home: Home, name: str) -> tuple[Model, dict[str, Any]]:
    """A model and its card; every file is checked against its hash, then for what it holds.

    Raises:
        DetectionRefused: it does not exist, another version wrote it, it was changed, or it reads variables that do not
            exist any more.
    """
    folder = _folder(home, name)
    if not NAME.fullmatch(name) or not (folder / CARD).exists():
        names = ", ".join(candidates(home)) or "aucun"
        raise DetectionRefused(
            f"Pas de modèle « {name} » dans {folder.parent}. Modèles connus : {names}. Promouvez-en un "
            "(sf promote), ou apprenez-en un autre (sf train)."
        )
    try:
        model, card = _read(folder)
    except OtherSchema:
        raise DetectionRefused(
            f"Le modèle « {name} » est d'une autre version, que celle-ci ne sait pas lire : {_another(home)}"
        ) from None
    except DamagedModel as damage:
        raise DetectionRefused(
            f"Le modèle « {name} » est abîmé ({damage}) : restaurez-le de votre sauvegarde, ou {_another(home)}"
        ) from None
    unknown = sorted(model.variables - {variable.name for variable in VARIABLES})
    if unknown:
        raise DetectionRefused(
            f"Le modèle « {name} » lit des variables que cette version ne calcule plus ({', '.join(unknown)}) : "
            + _another(home)
        )
    return model, card


def _read(folder: Path) -> tuple[Model, dict[str, Any]]:
    card = read_json(_text(folder / CARD))
    if is_other(card):
        raise DamagedModel("sa fiche a été modifiée depuis l'apprentissage")
    missing = sorted(CARD_KEYS - card.keys())
    if missing:
        raise DamagedModel(f"sa fiche n'a pas « {missing[0]} »")
    text = _text(folder / MODEL)
    if hashlib.sha256(text.encode()).hexdigest() != card["sha256"]:
        raise DamagedModel(f"{MODEL} a été modifié depuis l'apprentissage")
    return model_read(text, lambda file: _text(folder / file)), card


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError) as unreadable:
        raise DamagedModel(f"{file.name} est illisible") from unreadable


def _another(home: Home) -> str:
    return (
        "apprenez-en un autre (sf train), puis promouvez-le (sf promote). Pour calculer d'abord un instantané sans "
        f"scores, supprimez le fichier {home.models / PROMOTED}."
    )


def candidates(home: Home) -> list[str]:
    """The names of all models, in alphabetical order."""
    return sorted(card.parent.name for card in (home.models).glob(f"*/{CARD}") if card.parent.name[0] != ".")


def promote(home: Home, name: str) -> None:
    """Make a candidate the model that scores from now on.

    Raises:
        DetectionRefused: it does not exist or was changed.
    """
    read_model(home, name)
    write_text(home.models / PROMOTED, name + "\n")


def promoted(home: Home) -> str | None:
    """The name of the promoted model, None when there is none.

    Raises:
        DetectionRefused: the pointer is empty.
    """
    pointer = home.models / PROMOTED
    if not pointer.exists():
        return None
    name = pointer.read_text(encoding="utf-8", errors="replace").strip()
    if not name:
        raise DetectionRefused(
            f"{pointer} est abîmé : il ne nomme aucun modèle. Promouvez-en un (sf promote). Modèles connus : "
            f"{', '.join(candidates(home)) or 'aucun'}. Voir docs/recovery.md."
        )
    return name


def _folder(home: Home, name: str) -> Path:
    return home.models / name
