"""What a file really is when it is not what its name says: an error page, a workbook, an archive in an archive.

A failed download leaves a page under the name of the file; a browser or a person may give it the wrong name. The
refusal says so, instead of naming a column that such a file could not have.
"""

from __future__ import annotations

from collections.abc import Iterable

from signaux_faibles.sources.errors import DeliveryRefused

_SIGNS = (
    ((b"<!doctype html", b"<html"), "une page web : le téléchargement a échoué. Reprenez-le"),
    ((b"<?xml", b"<"), "du XML. Vérifiez le nom du fichier"),
    ((b"{", b"["), "du JSON. Donnez-lui un nom en .json, ou redemandez le fichier"),
    ((b"par1",), "un fichier Parquet. Donnez-lui un nom en .parquet"),
    ((b"%pdf",), "un document PDF. Demandez les données"),
    ((b"\xd0\xcf\x11\xe0",), "un classeur de tableur. Demandez le CSV"),
    ((b"\x1f\x8b", b"pk\x03\x04"), "une archive dans une archive. Retirez la première"),
)
"""The first bytes, in lower case, with what they show and what to do."""
_WORKBOOK = "[Content_Types].xml"
"""The member that every workbook or document of an office suite holds."""


def refuse_lookalike(start: bytes, name: str, expected: str) -> None:
    """Refuse a file whose first bytes are those of another kind.

    Args:
        expected: what it should be, in French with its article.
    Raises:
        DeliveryRefused: the file is of another known kind.
    """
    bare = start.removeprefix(b"\xef\xbb\xbf").lstrip()[:64].lower()
    for signs, what in _SIGNS:
        if bare.startswith(signs):
            raise DeliveryRefused(f"{name} : ce n'est pas {expected} mais {what}.")


def refuse_workbook(members: Iterable[str], name: str) -> None:
    """Refuse an archive that is in fact a workbook.

    Raises:
        DeliveryRefused: one of its members says so.
    """
    if _WORKBOOK in members:
        raise DeliveryRefused(f"{name} : ce n'est pas une archive mais un classeur de tableur. Demandez le CSV.")
