"""The folder of models: candidates, and the pointer to the promoted one."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.features.variables import VARIABLES
from signaux_faibles.detection.learning.model import Model
from signaux_faibles.home.home import Home
from signaux_faibles.relations.files import flush, write_text

MODEL, CARD, PROMOTED = "model.json", "card.json", "promoted"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def write_candidate(home: Home, name: str, model: Model, card: dict[str, Any]) -> Path:
    """Write a candidate whole or not at all; writing the same model again changes nothing."""
    folder = _folder(home, name)
    if folder.exists():
        return folder
    draft = home.models / f".{name}.{os.getpid()}.draft"
    draft.mkdir(parents=True)
    try:
        write_text(draft / MODEL, model.to_json())
        write_text(draft / CARD, json.dumps(card, indent=1, ensure_ascii=False) + "\n")
        os.replace(draft, folder)
        flush(folder.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder


def read_model(home: Home, name: str) -> tuple[Model, dict[str, Any]]:
    """A model and its card.

    Raises:
        DetectionRefused: it does not exist, it no longer matches its card, or it reads variables that do not
            exist any more.
    """
    folder = _folder(home, name)
    if not NAME.fullmatch(name) or not (folder / CARD).exists():
        names = ", ".join(candidates(home)) or "aucun"
        raise DetectionRefused(f"Pas de modèle « {name} » dans {folder.parent}. Modèles connus : {names}.")
    model = Model.from_json((folder / MODEL).read_text(encoding="utf-8"))
    card = json.loads((folder / CARD).read_text(encoding="utf-8"))
    if model.sha256 != card["sha256"]:
        raise DetectionRefused(
            f"Le modèle « {name} » a été modifié depuis son apprentissage : il n'est plus utilisable."
        )
    unknown = sorted(model.variables - {variable.name for variable in VARIABLES})
    if unknown:
        raise DetectionRefused(
            f"Le modèle « {name} » lit des variables que cette version ne calcule plus ({', '.join(unknown)}) : "
            "apprenez-en un autre (sf train), puis promouvez-le (sf promote). Pour calculer d'abord un instantané sans "
            f"scores, supprimez le fichier {home.models / PROMOTED}."
        )
    return model, card


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
    """The name of the promoted model, None when there is none."""
    pointer = home.models / PROMOTED
    return pointer.read_text(encoding="utf-8").strip() if pointer.exists() else None


def _folder(home: Home, name: str) -> Path:
    return home.models / name
