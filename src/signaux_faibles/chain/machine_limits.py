"""The limits of the machine that a run may reach, memory and disk. Neither is a defect, and nothing is lost."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import duckdb

RAISED = (OSError, duckdb.Error, sqlite3.OperationalError)
"""What the libraries raise when a limit is reached, and for other reasons."""

RIGHTS = "Vérifiez le dossier et ses droits"
REFUSED = {
    errno.EROFS: ("Écriture refusée, le disque est en lecture seule", RIGHTS),
    errno.EACCES: ("Accès refusé, votre compte n'a pas les droits", RIGHTS),
    errno.EPERM: ("Accès refusé, votre compte n'a pas les droits", RIGHTS),
    errno.EISDIR: ("Un dossier tient la place d'un fichier", "Déplacez ce dossier ailleurs"),
    errno.ENOTDIR: ("Un fichier tient la place d'un dossier", "Déplacez ce fichier ailleurs"),
}
"""What the system refuses, reading as well as writing: it does not say which. Each has its remedy; none is a defect."""
NOWHERE = (errno.ENOENT, errno.ELOOP)
"""What it says of a link to a file that is gone, or to itself; of what is not a link, the program says more."""


def limit_reached(error: Exception) -> str | None:
    """The sentence that says which limit was reached and what to do; None if the error is something else."""
    if isinstance(error, duckdb.OutOfMemoryException):
        return "Mémoire insuffisante pour le moteur : relancez avec un --memory-limit plus grand."
    if _is_full_disk(error):
        return "Disque plein : libérez de la place et relancez la même commande, rien n'est perdu."
    if isinstance(error, OSError) and error.errno in REFUSED:
        refusal, remedy = REFUSED[error.errno]
        place = _place(error)
        named = f"{place}). {remedy}" if place else f"dossier de la chaîne). {RIGHTS}"
        return f"{refusal} ({named}, puis relancez la même commande, rien n'est perdu."
    if isinstance(error, OSError) and error.errno in NOWHERE and error.filename and Path(error.filename).is_symlink():
        return (
            f"Un lien ne mène nulle part ({error.filename}). Rétablissez ce qu'il désigne, ou retirez-le, puis "
            "relancez la même commande, rien n'est perdu."
        )
    return None


def _is_full_disk(error: Exception) -> bool:
    """Whether the disk is full, which each library says in its own way."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    return any(words in str(error) for words in ("No space left on device", "disk is full"))


def _place(error: OSError) -> str | None:
    """What stands in the way: the target of a renaming, or the file among the folders of a path."""
    path: str | None = error.filename2 or error.filename
    if path is None or error.errno != errno.ENOTDIR:
        return path
    return next((str(one) for one in reversed(Path(path).parents) if one.is_file()), path)
